//! Which article comes first: the newest, and of two that are equally new the one whose address comes first.

use crate::content::{Article, Content};
use portal::model::{Lang, Slug};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The articles in order.
pub(super) struct Order<'a> {
    sections: HashMap<(Lang, &'a Slug), Vec<&'a Article>>,
    newest: HashMap<Lang, &'a Article>,
    articles: HashMap<(&'a Slug, &'a Slug), &'a Article>,
}

impl<'a> Order<'a> {
    /// Puts all articles in order.
    pub(super) fn new(content: &'a Content) -> Self {
        let mut all: Vec<&Article> = content.articles.iter().collect();
        all.sort_by_key(|article| (Reverse(article.facts.published.minutes()), &article.section, &article.slug));
        let mut order = Self { sections: HashMap::new(), newest: HashMap::new(), articles: HashMap::new() };
        for article in all {
            order.articles.insert((&article.section, &article.slug), article);
            for &lang in article.versions.keys() {
                order.newest.entry(lang).or_insert(article);
                order.sections.entry((lang, &article.section)).or_default().push(article);
            }
        }
        order
    }

    /// A section's articles in a language, newest first.
    pub(super) fn section(&self, lang: Lang, section: &'a Slug) -> &[&'a Article] {
        self.sections.get(&(lang, section)).map_or(&[], Vec::as_slice)
    }

    /// The newest article in a language.
    pub(super) fn newest(&self, lang: Lang) -> Option<&'a Article> {
        self.newest.get(&lang).copied()
    }

    /// The article with this address.
    pub(super) fn article(&self, section: &'a Slug, slug: &'a Slug) -> Option<&'a Article> {
        self.articles.get(&(section, slug)).copied()
    }
}
