//! Checks the corrections of an article: each was made between its publication and its last update.

use super::Loader;
use super::listing::Folder;
use crate::content::article::{Facts, Version};
use crate::diagnostics::{Message, Problem};
use crate::message;
use model::Lang;
use std::collections::BTreeMap;

/// Checks the corrections of every language against `published` and `updated`.
pub(super) fn check_history(
    loader: &mut Loader,
    folder: &Folder,
    facts: &Facts,
    versions: &BTreeMap<Lang, Version>,
) {
    let instead = loader.instead.clone();
    for (lang, version) in versions {
        for (index, correction) in version.history.iter().enumerate() {
            let (at, minutes) = (correction.at, correction.at.minutes());
            let file = folder.path.join(format!("{}.json", lang.tag()));
            let problem = |message: Message| -> Problem {
                instead.problem_in(&file, message, |version| {
                    version.key("history").item(index).key("at")
                })
            };
            if minutes < facts.published.minutes() {
                let message = message!(
                    "the correction was made before the article was published, {published}",
                    published = facts.published
                );
                let help = message!(
                    "correct \"at\", or \"published\" in article.json; what was changed before is no correction"
                );
                loader.findings.add(problem(message).help(help));
            } else if facts
                .updated
                .is_none_or(|updated| updated.minutes() < minutes)
            {
                let message = match facts.updated {
                    Some(updated) => {
                        message!(
                            "article.json was last updated before this correction: {updated}",
                            updated
                        )
                    }
                    None => message!("article.json does not say that the article was updated"),
                };
                let help = message!(
                    "write \"updated\": \"{at}\" into article.json, or correct \"at\"",
                    at
                );
                loader.findings.add(problem(message).help(help));
            }
        }
    }
}
