//! The standing pages of a portal, for their list.

use model::{Lang, Slug};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A standing page.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its title in each language that it has.
    pub titles: BTreeMap<Lang, String>,
    /// Whether `site.json` lists it, so that it is published.
    pub is_listed: bool,
}

/// All pages: those that `listed` has in its order, then the others.
pub fn pages(content: &Path, listed: &[&str]) -> Vec<Page> {
    let folder = content.join("pages");
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let slugs = folders.filter_map(|entry| Slug::new(entry.file_name().to_str()?).ok());
    let mut pages: Vec<Page> = slugs
        .map(|slug| Page {
            titles: titles(&folder.join(slug.as_str())),
            is_listed: listed.contains(&slug.as_str()),
            slug,
        })
        .collect();
    let at = |page: &Page| listed.iter().position(|slug| *slug == page.slug.as_str());
    pages.sort_by_cached_key(|page| (at(page).unwrap_or(usize::MAX), page.slug.clone()));
    pages
}

fn titles(folder: &Path) -> BTreeMap<Lang, String> {
    let title = |lang: Lang| {
        let bytes = fs::read(folder.join(format!("{}.json", lang.tag()))).ok()?;
        let bare = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        // A page with a mistake is there, too.
        let page: Value = serde_json::from_slice(bare).unwrap_or_default();
        Some((lang, page["title"].as_str().unwrap_or_default().to_owned()))
    };
    Lang::ALL.into_iter().filter_map(title).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_in_the_order_of_the_footer_and_the_others_behind() {
        let content = tempfile::tempdir().unwrap();
        for (page, text) in [
            ("a", "{ \"title\": \"A\" }"),
            ("b", "{"),
            ("c", "{ \"title\": 7 }"),
        ] {
            let folder = content.path().join("pages").join(page);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("en.json"), text).unwrap();
        }
        fs::write(content.path().join("pages/stray"), "").unwrap();
        let pages = pages(content.path(), &["c", "nowhere", "a"]);
        let shown: Vec<(&str, bool, &str)> = pages
            .iter()
            .map(|page| {
                (
                    page.slug.as_str(),
                    page.is_listed,
                    page.titles[&Lang::En].as_str(),
                )
            })
            .collect();
        assert_eq!(shown, [("c", true, ""), ("a", true, "A"), ("b", false, "")]);
    }
}
