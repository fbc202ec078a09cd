//! The pages that every reader's needs are held against: every kind of page, and every kind of thing on a page.

use super::pages::{self, NOWHERE, Page};
use super::session::Browser;
use model::Lang;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The page that searches, and a query that finds something in every language.
const SEARCH: &str = "search/";
const QUERY: &str = "?q=2025";

/// Every kind of page in a language. After [`pages::every_kind_in`] and the search come the pages whose documents say
/// something that none before them says: a new kind of page, of block or of list is walked over as soon as the site has
/// one.
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

/// Opens a page and waits until it is alive; the search, until something is found.
pub(super) async fn open(browser: &Browser, page: &Page) {
    if page.path.ends_with(SEARCH) {
        browser.open_alive(&format!("{}{QUERY}", page.path)).await;
        browser.until("something is found", "document.querySelector('.search-link')").await;
    } else {
        browser.open_alive(&page.path).await;
    }
}

/// The addresses that belong to no language.
pub(super) const WITHOUT_LANGUAGE: [&str; 2] = ["", NOWHERE];

/// The names of everything that a document says. The kind of a page and of a block is such a name, and so is everything
/// that a page may have or lack.
fn collect(value: &Value, within: &str, known: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                known.insert(format!("{within}.{name}"));
                collect(value, name, known);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, within, known)),
        _ => {}
    }
}

/// The paths of all pages below a folder.
fn every_path(folder: &Path) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for path in fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("index.json") {
                let below = next.strip_prefix(folder).unwrap().to_str().unwrap();
                paths.insert(if below.is_empty() { String::new() } else { format!("{below}/") });
            }
        }
    }
    paths
}
