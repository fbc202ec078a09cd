//! The example page of each kind.

use super::super::pages::{
    self, A_MONTH, IN_TWO_LANGUAGES, NOWHERE, WITH_HEADLINE, WITHOUT_HEADLINE,
};
use super::Wanted;
use model::Lang;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// A page that is opened once for all of its pictures.
#[derive(Clone, Debug)]
pub(super) struct Shot {
    /// Its kind.
    pub(super) kind: String,
    /// Its language.
    pub(super) lang: Lang,
    /// Its path below the site's base.
    pub(super) path: String,
    /// A JavaScript expression that is true when the page is complete.
    pub(super) settled: String,
}

/// The selected pages that exist. Vietnamese and English have no untranslated article; the pages
/// without a language are taken once.
pub(super) fn shots(folder: &Path, wanted: &Wanted) -> Vec<Shot> {
    let langs = Lang::ALL
        .into_iter()
        .filter(|lang| wanted.langs.iter().any(|tag| tag == lang.tag()));
    let langs: Vec<Lang> = langs.collect();
    let pairs = wanted
        .kinds
        .iter()
        .flat_map(|kind| langs.iter().map(move |&lang| (kind, lang)));
    pairs
        .filter_map(|(kind, lang)| shot(folder, kind, lang))
        .collect()
}

fn shot(folder: &Path, kind: &str, lang: Lang) -> Option<Shot> {
    let below = match kind {
        "home" => String::new(),
        "section" => "port/".to_owned(),
        "part" => "port/page/2/".to_owned(),
        "archive" => "archive/".to_owned(),
        "year" => "archive/2014/".to_owned(),
        "month" => A_MONTH.to_owned(),
        "tags" => "tags/".to_owned(),
        "tag" => first_tag(folder, lang),
        "search" => "search/".to_owned(),
        "search-results" => format!("search/?q={}", sought(lang)),
        "search-none" => "search/?q=zzzz".to_owned(),
        "article" => WITH_HEADLINE.to_owned(),
        "article-without-headline" => WITHOUT_HEADLINE.to_owned(),
        "article-with-blocks" => with_most_blocks(folder, lang)?,
        "untranslated" if !matches!(lang, Lang::Vi | Lang::En) => IN_TWO_LANGUAGES.to_owned(),
        "standing" => "pages/about/".to_owned(),
        "not-found" => NOWHERE.to_owned(),
        "chooser" if lang == Lang::Vi => String::new(),
        "lost" if lang == Lang::Vi => NOWHERE.to_owned(),
        "untranslated" | "chooser" | "lost" => return None,
        _ => panic!("{kind} is no kind of page"),
    };
    let settled = match kind {
        "search-results" => "document.querySelector('.search-result')",
        "search-none" => "document.querySelector('.search-status')?.textContent",
        "search" => "document.querySelector('#q')",
        _ => "true",
    };
    let path = if matches!(kind, "chooser" | "lost") {
        below
    } else {
        format!("{}/{below}", lang.tag())
    };
    Some(Shot {
        kind: kind.to_owned(),
        lang,
        path,
        settled: settled.to_owned(),
    })
}

/// “Port” in each language.
fn sought(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "c%E1%BA%A3ng",
        Lang::En => "port",
        Lang::Ko => "%ED%95%AD%EA%B5%AC",
        Lang::Ja | Lang::ZhHans => "%E6%B8%AF",
    }
}

fn first_tag(folder: &Path, lang: Lang) -> String {
    let tags = pages::Page::read(folder, lang, "tags/");
    let slug = tags.document["page"]["tags"]["tags"][0]["slug"]
        .as_str()
        .expect("there are tags");
    format!("tags/{slug}/")
}

/// The article with the most kinds of blocks in its text.
fn with_most_blocks(folder: &Path, lang: Lang) -> Option<String> {
    let home = folder.join(lang.tag());
    let inside = |folder: &Path| {
        std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
    };
    let articles = inside(&home).flat_map(|section| inside(&section).collect::<Vec<_>>());
    let counted = articles.filter_map(|article| {
        let text = std::fs::read_to_string(article.join("index.json")).ok()?;
        let document: Value = serde_json::from_str(&text).ok()?;
        let blocks = document["page"]["article"]["body"].as_array()?.clone();
        let kinds: BTreeSet<&String> = blocks
            .iter()
            .filter_map(|block| block.as_object()?.keys().next())
            .collect();
        Some((kinds.len(), article))
    });
    let (_, article) = counted.max()?;
    Some(format!("{}/", article.strip_prefix(home).ok()?.to_str()?))
}
