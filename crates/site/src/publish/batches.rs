//! Batches of articles, from the oldest on. The pages of a batch depend on its own articles and on
//! older ones (see [`super::related`]), except for the few that link to newer articles. So after a
//! new article, only these few and the newest batch are checked page by page.

use super::Publisher;
use super::places::in_language;
use super::related::RELATED;
use crate::media::pictures::Published;
use editorial::content::Site;
use editorial::content::catalogue::Item;
use editorial::hash::CacheKey;
use model::{Lang, Slug};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// How many articles a batch has.
const SIZE: usize = 256;

/// Consecutive articles.
pub(crate) struct Batch<'a> {
    /// The cache key of all pages of these articles, except those with [`Member::looks_ahead`].
    pub(crate) key: u64,
    /// The articles, oldest first.
    pub(crate) members: Vec<Member<'a>>,
}

/// An article of a batch.
pub(crate) struct Member<'a> {
    /// The article.
    pub(crate) item: &'a Item,
    /// Whether its pages may link to an article of a newer batch: it has few older articles, or it
    /// is the newest of its section in this batch in one of its languages. Or another article may come to
    /// have its moment, which tells apart the names of events.
    pub(crate) looks_ahead: bool,
}

impl<'a, P: Fn(&Path) -> Published> Publisher<'a, P> {
    /// All articles. Each batch but the newest is full.
    pub(crate) fn batches(&self) -> Vec<Batch<'a>> {
        self.batches_of(SIZE)
    }

    /// All articles in batches of that size.
    pub(super) fn batches_of(&self, size: usize) -> Vec<Batch<'a>> {
        let mut key = self.surroundings();
        let mut before: HashMap<(&Slug, Lang), usize> = HashMap::new();
        let mut oldest_first = self.index.oldest_first();
        let mut batches = Vec::new();
        loop {
            let mut members: Vec<Member> = oldest_first
                .by_ref()
                .take(size)
                .inspect(|item| key = with(std::mem::take(&mut key), self.site, item))
                .map(|item| Member {
                    item,
                    looks_ahead: looks_ahead(item, &mut before) | item.events().next().is_some(),
                })
                .collect();
            if members.is_empty() {
                return batches;
            }
            let mut after = HashSet::new();
            for member in members.iter_mut().rev() {
                member.looks_ahead |= is_newest(member.item, &mut after);
            }
            batches.push(Batch {
                key: key.clone().finish(),
                members,
            });
        }
    }

    /// The key of what the pages of articles show besides articles, in all languages.
    fn surroundings(&self) -> CacheKey {
        let key = self
            .site_keys
            .iter()
            .fold(CacheKey::default(), |key, site| key.number(*site));
        let languages = self.site.languages.iter();
        let places = languages.flat_map(|&lang| {
            self.site
                .places
                .iter()
                .map(move |place| in_language(place, lang))
        });
        let key = places.fold(key, |key, place| super::cache_key::json(key, &place));
        let key = self
            .site
            .languages
            .iter()
            .fold(key, |key, &lang| self.share_key(key, lang));
        self.site.tags.iter().fold(key, |key, tag| {
            let names = self.site.languages.iter().map(|&lang| tag.names.get(lang));
            names.fold(key.add(tag.slug.as_str()), CacheKey::add)
        })
    }
}

/// Adds an article to a key: its address, the hashes of its files, and its views.
fn with(key: CacheKey, site: &Site, item: &Item) -> CacheKey {
    let key = key
        .add(item.section.as_str())
        .add(item.slug.as_str())
        .number(item.hash);
    let key = super::cache_key::views(key, site, item);
    let key = key.number(item.versions.len() as u64);
    item.versions.iter().fold(key, |key, (lang, version)| {
        key.add(lang.tag()).number(version.hash)
    })
}

/// Whether the article is the newest of its section in one of its languages. Wants the articles
/// from new to old.
fn is_newest<'a>(item: &'a Item, after: &mut HashSet<(&'a Slug, Lang)>) -> bool {
    item.versions.iter().fold(false, |newest, (lang, _)| {
        after.insert((&item.section, *lang)) | newest
    })
}

/// Whether the section has fewer older articles than an article links to. Wants the articles from
/// old to new.
fn looks_ahead<'a>(item: &'a Item, before: &mut HashMap<(&'a Slug, Lang), usize>) -> bool {
    let counts = item.versions.iter().map(|(lang, _)| {
        let count = before.entry((&item.section, *lang)).or_default();
        *count += 1;
        *count - 1
    });
    counts.min().is_some_and(|least| least < RELATED)
}
