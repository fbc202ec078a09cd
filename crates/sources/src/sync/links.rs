//! Links between articles of the CMS lead to where the articles are here. An article may come later
//! than a link to it, move, or go: then the article with the link is made again.

use crate::record::{Origin, Record};
use std::collections::{BTreeMap, BTreeSet};

/// What stands before an address within the CMS in the place of the name of an article, where no article
/// has that address yet.
const UNKNOWN: &str = "at ";

/// The name for an address within the CMS that leads to no article yet. `None` for files, and for
/// addresses of others.
pub(super) fn unknown(address: &str, cms: &str) -> Option<String> {
    let below = address.strip_prefix(cms)?.strip_prefix('/')?;
    let path = below.split(['?', '#']).next().unwrap_or_default();
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    (!below.is_empty() && !is_file).then(|| format!("{UNKNOWN}{address}"))
}

/// Where links lead.
#[derive(Default)]
pub(super) struct Links {
    /// The addresses of the articles that readers see, by their names in the CMS.
    places: BTreeMap<String, String>,
    /// Where the links of each article lead: the names of articles with their addresses when it was
    /// made. An address is empty where there was no article.
    links: BTreeMap<String, BTreeMap<String, String>>,
}

impl Links {
    /// The links as they were recorded. `there` are the articles that the CMS still has.
    pub(super) fn new(record: &Record, there: &BTreeSet<&str>) -> Self {
        let mut links = Self::default();
        for (id, origin) in &record.articles {
            if there.contains(id.as_str()) {
                links.made(id, origin);
            }
        }
        links
    }

    /// The address of an article; empty where readers see none.
    pub(super) fn place(&self, id: &str) -> &str {
        self.places.get(id).map_or("", String::as_str)
    }

    /// Remembers an article that was made.
    pub(super) fn made(&mut self, id: &str, origin: &Origin) {
        if origin.draft {
            self.places.remove(id);
        } else {
            let place = format!("/{}/", origin.place());
            self.places.insert(id.to_owned(), place);
        }
        self.links.insert(id.to_owned(), origin.links.clone());
    }

    /// Whether a link of an article leads elsewhere now. `article_at` is the article that an address
    /// within the CMS leads to.
    pub(super) fn is_stale(&self, id: &str, article_at: impl Fn(&str) -> Option<String>) -> bool {
        let now = |to: &str| match to.strip_prefix(UNKNOWN) {
            Some(address) => article_at(address).map(|id| self.place(&id)),
            None => Some(self.place(to)),
        };
        let links = self.links.get(id);
        links.is_some_and(|links| {
            let mut links = links.iter();
            links.any(|(to, place)| now(to).unwrap_or_default() != place)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Slug;

    fn origin(slug: &str, links: &[(&str, &str)], draft: bool) -> Origin {
        let own = |text: &str| text.to_owned();
        Origin {
            section: Slug::new("port").unwrap(),
            slug: Slug::new(slug).unwrap(),
            wanted: Slug::new(slug).unwrap(),
            named_by: own("vi"),
            aliases: vec![],
            revisions: BTreeMap::new(),
            files: BTreeMap::new(),
            links: links
                .iter()
                .map(|(to, place)| (own(to), own(place)))
                .collect(),
            draft,
        }
    }

    #[test]
    fn a_link_is_stale_when_its_article_comes_moves_becomes_a_draft_or_goes() {
        let mut record = Record::default();
        let articles = &mut record.articles;
        articles.insert(
            "1".to_owned(),
            origin("a", &[("2", "/port/b/"), ("3", "")], false),
        );
        articles.insert("2".to_owned(), origin("b", &[], false));
        let there = BTreeSet::from(["1", "2"]);
        let mut links = Links::new(&record, &there);
        assert!(!links.is_stale("1", |_| None));
        links.made("2", &origin("c", &[], false));
        assert!(links.is_stale("1", |_| None));
        links.made("2", &origin("b", &[], false));
        assert!(!links.is_stale("1", |_| None));
        links.made("2", &origin("b", &[], true));
        assert!(links.is_stale("1", |_| None));
        links.made("2", &origin("b", &[], false));
        links.made("3", &origin("d", &[], false));
        assert!(links.is_stale("1", |_| None));
        assert!(Links::new(&record, &BTreeSet::from(["1"])).is_stale("1", |_| None));
        assert!(!links.is_stale("2", |_| None) && !links.is_stale("unknown", |_| None));
    }

    #[test]
    fn a_link_to_an_address_is_stale_when_an_article_has_it() {
        let cms = "https://a.example/blog";
        let at = |path: &str| unknown(&format!("{cms}{path}"), cms);
        for (path, is_one) in [
            ("/2026/berth/", true),
            ("/?p=7", true),
            ("/", false),
            ("", false),
            ("2/berth/", false),
            ("/files/berth.pdf", false),
        ] {
            assert_eq!(at(path).is_some(), is_one, "{path}");
        }
        assert_eq!(unknown("https://b.example/2026/", cms), None);

        let mut links = Links::default();
        links.made("1", &origin("a", &[(&at("/?p=7").unwrap(), "")], false));
        let article_at =
            |address: &str| (address == "https://a.example/blog/?p=7").then(|| "7".to_owned());
        assert!(!links.is_stale("1", |_| None));
        assert!(!links.is_stale("1", article_at), "it has no place yet");
        links.made("7", &origin("b", &[], false));
        assert!(links.is_stale("1", article_at));
        assert!(!links.is_stale("1", |_| None));
    }
}
