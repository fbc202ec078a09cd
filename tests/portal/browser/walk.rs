//! The pages for checks of accessibility: every kind of page, and every kind of content on a page.

use super::pages::{self, NOWHERE, Page};
use super::session::Browser;
use model::Lang;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The search page, and a query with results in every language.
const SEARCH: &str = "search/";
const QUERY: &str = "?q=2025";

/// Every kind of page in a language: those of [`pages::every_kind_in`], the search, and each page
/// whose document has a field that none before it has. So a new kind of page, block or list is
/// covered as soon as the site has one.
pub(super) fn every_page(folder: &Path, lang: Lang) -> Vec<Page> {
    let mut found = pages::every_kind_in(folder, lang);
    found.push(Page::read(folder, lang, SEARCH));
    let mut known = BTreeSet::new();
    for page in &found {
        collect(&page.document["page"], "page", &mut known);
    }
    for below in every_path(&folder.join(lang.tag())) {
        let page = Page::read(folder, lang, &below);
        let before = known.len();
        collect(&page.document["page"], "page", &mut known);
        if known.len() > before {
            found.push(page);
        }
    }
    found
}

/// Opens a page and waits until the program is ready; on the search page, until there are results.
pub(super) async fn open(browser: &Browser, page: &Page) {
    if page.path.ends_with(SEARCH) {
        browser.open_alive(&format!("{}{QUERY}", page.path)).await;
        browser
            .until(
                "something is found",
                "document.querySelector('.search-link')",
            )
            .await;
    } else {
        browser.open_alive(&page.path).await;
    }
}

/// The addresses without a language.
pub(super) const WITHOUT_LANGUAGE: [&str; 2] = ["", NOWHERE];

/// Collects the field names of a document. Kinds of pages and blocks are field names, and so are
/// optional parts.
fn collect(value: &Value, within: &str, known: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                known.insert(format!("{within}.{name}"));
                collect(value, name, known);
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect(value, within, known)),
        _ => {}
    }
}

/// The paths of all pages below a folder.
pub(super) fn every_path(folder: &Path) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for path in fs::read_dir(&next)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("index.json") {
                let below = next.strip_prefix(folder).unwrap().to_str().unwrap();
                paths.insert(if below.is_empty() {
                    String::new()
                } else {
                    format!("{below}/")
                });
            }
        }
    }
    paths
}
