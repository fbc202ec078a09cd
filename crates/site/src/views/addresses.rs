//! From the addresses that programs for statistics report to articles.

use editorial::content::catalogue::Item;
use editorial::content::views::key;
use model::Slug;
use model::route::{Destination, Route};
use std::collections::{HashMap, HashSet};

/// Finds articles by their addresses, former ones too.
pub(crate) struct Addresses {
    base: String,
    articles: HashMap<(Slug, Slug), String>,
    sections: HashSet<Slug>,
}

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// The page of an article, by its `section/slug`.
    Page(&'a str),
    /// Its document.
    Document(&'a str),
    /// Another page of the portal.
    Other,
    /// Nothing that the portal has.
    Nothing,
}

impl Addresses {
    /// The addresses of these articles, for a portal that stands under `base`.
    pub(crate) fn new(items: &[Item], base: &str) -> Self {
        let mut articles = HashMap::new();
        for item in items {
            for (section, slug) in &item.aliases {
                articles.insert((section.clone(), slug.clone()), key(item));
            }
        }
        // What an article is called now counts more than what another one was called.
        for item in items {
            articles.insert((item.section.clone(), item.slug.clone()), key(item));
        }
        let sections = items.iter().map(|item| item.section.clone());
        Self {
            base: base.to_owned(),
            sections: sections.collect(),
            articles,
        }
    }

    /// What an address leads to: a path, or a whole address of the web. What stands behind `?` and
    /// `#` has no say.
    pub(crate) fn find(&self, address: &str) -> Found<'_> {
        let path = match address.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => address,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = decoded(path);
        let Some(below) = path.strip_prefix(&self.base) else {
            return Found::Nothing;
        };
        let document = below.strip_suffix("index.json");
        let page = document
            .or_else(|| below.strip_suffix("index.html"))
            .unwrap_or(below);
        let page = if page.is_empty() || page.ends_with('/') {
            page.to_owned()
        } else {
            format!("{page}/")
        };
        match Route::parse(&page) {
            Destination::Page(Route::Article(_, section, slug)) => {
                match self.articles.get(&(section, slug)) {
                    Some(article) if document.is_some() => Found::Document(article),
                    Some(article) => Found::Page(article),
                    None => Found::Nothing,
                }
            }
            Destination::Page(Route::Section(_, section, _))
                if !self.sections.contains(&section) =>
            {
                Found::Nothing
            }
            Destination::Page(_) | Destination::Root => Found::Other,
            _ => Found::Nothing,
        }
    }
}

/// A path with the characters that stand in it as `%` and two digits.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Lang, Moment};

    #[test]
    fn every_spelling_of_an_address_leads_to_its_article() {
        let slug = |text: &str| Slug::new(text).unwrap();
        let mut item = Item::bare(
            slug("port"),
            slug("deep-water-port"),
            Moment::new("2014-09-03T16:10+07:00").unwrap(),
            &[Lang::Vi],
        );
        item.aliases = vec![(slug("port"), slug("lach-huyen"))];
        let addresses = Addresses::new(&[item], "/tin/");
        let article = "port/deep-water-port";
        for (address, found) in [
            ("/tin/vi/port/deep-water-port/", Found::Page(article)),
            ("/tin/vi/port/deep-water-port", Found::Page(article)),
            (
                "/tin/ko/port/deep-water-port/index.html",
                Found::Page(article),
            ),
            (
                "/tin/vi/port/deep-water-port/?with=en#a",
                Found::Page(article),
            ),
            ("/tin/vi/port/deep%2Dwater-port/", Found::Page(article)),
            (
                "https://a.example/tin/vi/port/lach-huyen/",
                Found::Page(article),
            ),
            (
                "/tin/vi/port/deep-water-port/index.json",
                Found::Document(article),
            ),
            ("/tin/vi/port/", Found::Other),
            ("/tin/", Found::Other),
            ("/vi/port/deep-water-port/", Found::Nothing),
            ("/tin/vi/port/nothing/", Found::Nothing),
            ("/tin/wp-login.php", Found::Nothing),
            ("/tin/vi/nothing/", Found::Nothing),
            ("/tin/%", Found::Nothing),
            ("https://a.example", Found::Nothing),
        ] {
            assert_eq!(addresses.find(address), found, "{address}");
        }
    }
}
