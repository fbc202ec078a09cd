//! Checks the languages of an article against each other: which one is the original, and which
//! version of it the others were made from.

use super::Loader;
use super::listing::Folder;
use crate::content::article::{Facts, Version};
use crate::content::stamp;
use crate::message;
use model::{Lang, Slug};
use std::collections::BTreeMap;

/// Checks an article's translations against its original. A translation of an earlier original
/// gets a warning, and is published with a note for its readers.
pub(super) fn check_translations(
    loader: &mut Loader,
    folder: &Folder,
    (section, slug): (&Slug, &Slug),
    facts: &Facts,
    versions: &BTreeMap<Lang, Version>,
) {
    let instead = loader.instead.clone();
    let file = |name: &str| folder.path.join(format!("{name}.json"));
    let there = |lang: &Lang| folder.files.contains(&format!("{}.json", lang.tag()));
    if let Some(missing) = facts.original.filter(|lang| !there(lang)) {
        let tag = missing.tag();
        let message = message!("\"original\" is \"{tag}\", but there is no {tag}.json", tag);
        let help = message!(
            "write the language that the article was written in first, or leave the key out"
        );
        loader.findings.add(
            instead
                .problem_in(&file("article"), message, |article| article.key("original"))
                .help(help),
        );
        return;
    }
    let Some(original) = facts
        .original
        .or_else(|| Lang::ALL.into_iter().find(|lang| there(lang)))
    else {
        return;
    };
    let current = versions
        .get(&original)
        .map(|version| version.stamp.as_str())
        .unwrap_or_default();
    for (lang, version) in versions {
        let Some(from) = version
            .translated_from
            .as_deref()
            .filter(|from| stamp::is_stamp(from))
        else {
            continue;
        };
        let (at, of) = (lang.tag(), original.tag());
        let (message, help) = if *lang == original {
            let help = if facts.original.is_some() {
                message!("delete the key here, or correct \"original\" in article.json")
            } else {
                message!("delete the key, or write into article.json in which language the article was written first: \
                 \"original\": \"…\"")
                    .to_owned()
            };
            (
                message!("this is the original, which was translated from nothing"),
                help,
            )
        } else if !current.is_empty() && from != current {
            let help = message!(
                "bring it up to date, then run `site translations done {section}/{slug} {at}`; until then its \
                 readers see a note",
                section,
                slug,
                at
            );
            (
                message!(
                    "the translation is older than its original: {of}.json has changed since",
                    of
                ),
                help,
            )
        } else {
            continue;
        };
        let problem = instead
            .problem_in(&file(at), message, |version| version.key("translated_from"))
            .help(help);
        loader.findings.add(if *lang == original {
            problem
        } else {
            problem.warning().in_desk(message!(
                "compare it with the original, bring it up to date, and then press “This is up to date now”; until then its readers see a note"
            ))
        });
    }
}
