//! Checks the corrections of an article: each was made between its publication and its last update.

use super::Loader;
use super::listing::Folder;
use crate::content::article::{Facts, Version};
use crate::diagnostics::Problem;
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
            let problem = |message: String| -> Problem {
                instead.problem_in(&file, message, |version| {
                    version.key("history").item(index).key("at")
                })
            };
            if minutes < facts.published.minutes() {
                let message = format!(
                    "the correction was made before the article was published, {}",
                    facts.published
                );
                let help = "correct \"at\", or \"published\" in article.json; what was changed before is no correction";
                loader.findings.add(problem(message).help(help));
            } else if facts
                .updated
                .is_none_or(|updated| updated.minutes() < minutes)
            {
                let message = match facts.updated {
                    Some(updated) => {
                        format!("article.json was last updated before this correction: {updated}")
                    }
                    None => "article.json does not say that the article was updated".to_owned(),
                };
                let help =
                    format!("write \"updated\": \"{at}\" into article.json, or correct \"at\"");
                loader.findings.add(problem(message).help(help));
            }
        }
    }
}
