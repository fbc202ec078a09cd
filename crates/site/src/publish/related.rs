//! The related articles of an article.
//!
//! They are older than the article, so that a new article changes no list but its own. Those that
//! share most of its tags come first, then the next older ones of its section. The oldest articles
//! of a section have too few older ones, and show newer ones too.

use super::article_index::{ArticleIndex, ListId, rank};
use editorial::content::catalogue::Item;
use model::Lang;
use std::cmp::Reverse;

/// How many related articles an article has.
pub(super) const RELATED: usize = 4;

/// How many older articles of each tag are considered.
const LOOKED_AT: usize = 12;

/// The related articles of `item` in a language.
pub(super) fn related<'a>(index: &ArticleIndex<'a>, lang: Lang, item: &Item) -> Vec<&'a Item> {
    let mut found = by_tags(index, lang, item);
    let key = ListId::Section(item.section.clone());
    let list = index.list(lang, &key);
    let place = index.place(lang, &key, item);
    let is_new = |found: &[&Item], other: &Item| {
        rank(other) != rank(item) && !found.iter().any(|known| rank(known) == rank(other))
    };
    let older = list.get(place + 1..).unwrap_or_default().iter();
    let newer = list[..place.min(list.len())].iter().rev();
    for &other in older.chain(newer) {
        if found.len() >= RELATED {
            break;
        }
        if is_new(&found, other) {
            found.push(other);
        }
    }
    found
}

/// The older articles that share tags with it. Those that share most of them come first, and of
/// these the newest.
fn by_tags<'a>(index: &ArticleIndex<'a>, lang: Lang, item: &Item) -> Vec<&'a Item> {
    let mut shared: Vec<(usize, &Item)> = Vec::new();
    for tag in &item.tags {
        let key = ListId::Tag(tag.clone());
        let older = index.place(lang, &key, item) + 1;
        for &other in index
            .list(lang, &key)
            .get(older..)
            .unwrap_or_default()
            .iter()
            .take(LOOKED_AT)
        {
            match shared
                .iter_mut()
                .find(|(_, known)| rank(known) == rank(other))
            {
                Some((tags, _)) => *tags += 1,
                None => shared.push((1, other)),
            }
        }
    }
    shared.sort_by_key(|(tags, other)| (Reverse(*tags), rank(other)));
    shared
        .into_iter()
        .map(|(_, other)| other)
        .take(RELATED)
        .collect()
}
