//! Links between articles of the CMS lead to where the articles are here. An article may come later
//! than a link to it, move, or go: then the article with the link is made again.

use crate::record::{Origin, Record};
use std::collections::{BTreeMap, BTreeSet};

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

    /// Whether a link of an article leads elsewhere now.
    pub(super) fn is_stale(&self, id: &str) -> bool {
        let links = self.links.get(id);
        links.is_some_and(|links| links.iter().any(|(to, place)| self.place(to) != place))
    }
}
