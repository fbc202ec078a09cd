//! Splits the articles of a language into shards. A shard is held in memory while it is made, is
//! made anew where one of its articles changes, and is opened as a whole by the browser.
//!
//! Years share a shard as far as they fit. A long year is split from its beginning on, so that the
//! next article goes to the last shard. In the newest year this shard is kept small, because every
//! article makes it anew.

use crate::publish::article_index::rank;
use editorial::content::catalogue::Item;
use model::Lang;
use std::collections::BTreeMap;

/// How many articles a shard has at most. Pagefind takes about 200 KB of memory for each: half a
/// gigabyte for a shard.
const MOST: usize = 2_500;

/// How many articles a small shard of the newest year has.
const SMALL: usize = 500;

/// Articles of a language with an index of their own.
#[derive(Debug)]
pub(crate) struct Shard<'a> {
    /// The language.
    pub(crate) lang: Lang,
    /// Its folder below the language's: `2011-2014/1`, `2026/2-3`.
    pub(crate) folder: String,
    /// The first year in it.
    pub(crate) from: u16,
    /// The last year in it.
    pub(crate) to: u16,
    /// Its articles, oldest first.
    pub(crate) members: Vec<&'a Item>,
}

/// The shards of a language, oldest first. The order of `items` has no meaning.
pub(crate) fn plan(items: &[Item], lang: Lang) -> Vec<Shard<'_>> {
    split(items, lang, MOST, SMALL)
}

fn split<'a>(items: &'a [Item], lang: Lang, most: usize, small: usize) -> Vec<Shard<'a>> {
    let mut years: BTreeMap<u16, Vec<&Item>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.version(lang).is_some()) {
        years.entry(item.published.year).or_default().push(item);
    }
    let newest = years.keys().next_back().copied();
    let mut shards: Vec<Shard> = Vec::new();
    for (year, mut members) in years {
        members.sort_by_key(|item| std::cmp::Reverse(rank(item)));
        let fits = shards
            .last()
            .is_some_and(|last| last.members.len() + members.len() <= most);
        if let (true, Some(last)) = (fits && newest != Some(year), shards.last_mut()) {
            last.to = year;
            last.members.extend(members);
            continue;
        }
        for (block, number) in members.chunks(most).zip(1..) {
            let mut add = |folder: String, members: &[&'a Item]| {
                shards.push(Shard {
                    lang,
                    folder,
                    from: year,
                    to: year,
                    members: members.to_vec(),
                });
            };
            if newest == Some(year) && block.len() < most {
                block
                    .chunks(small)
                    .zip(1..)
                    .for_each(|(block, small)| add(format!("{number}-{small}"), block));
            } else {
                add(number.to_string(), block);
            }
        }
    }
    for shard in &mut shards {
        let years = if shard.from == shard.to {
            shard.from.to_string()
        } else {
            format!("{}-{}", shard.from, shard.to)
        };
        shard.folder = format!("{years}/{}", shard.folder);
    }
    shards
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Moment, Slug};

    fn item(year: u16, number: usize) -> Item {
        let (day, hour) = (number / 24 % 28 + 1, number % 24);
        let published = Moment::new(&format!("{year:04}-01-{day:02}T{hour:02}:00Z")).unwrap();
        let slug = Slug::new(&format!("a-{number}")).unwrap();
        Item::bare(Slug::new("port").unwrap(), slug, published, &[Lang::Vi])
    }

    fn shape(items: &[Item], lang: Lang) -> Vec<(String, usize)> {
        split(items, lang, 8, 3)
            .into_iter()
            .map(|shard| (shard.folder, shard.members.len()))
            .collect()
    }

    fn items(years: &[(u16, usize)]) -> Vec<Item> {
        years
            .iter()
            .flat_map(|&(year, count)| (0..count).map(move |number| item(year, number)))
            .collect()
    }

    fn named(shards: &[(&str, usize)]) -> Vec<(String, usize)> {
        shards
            .iter()
            .map(|&(folder, count)| (folder.to_owned(), count))
            .collect()
    }

    #[test]
    fn short_years_stay_together_and_long_ones_are_split_from_their_beginning_on() {
        let items = items(&[
            (2011, 2),
            (2012, 6),
            (2013, 1),
            (2014, 20),
            (2015, 2),
            (2016, 12),
        ]);
        let expected = [
            ("2011-2012/1", 8),
            ("2013/1", 1),
            ("2014/1", 8),
            ("2014/2", 8),
            ("2014-2015/3", 6),
            ("2016/1", 8),
            ("2016/2-1", 3),
            ("2016/2-2", 1),
        ];
        assert_eq!(shape(&items, Lang::Vi), named(&expected));
        assert_eq!(shape(&items, Lang::En), []);
    }

    #[test]
    fn what_is_published_next_changes_the_last_part_alone() {
        let before = items(&[(2014, 20), (2016, 12)]);
        let after = items(&[(2014, 20), (2016, 13)]);
        let members = |items: &[Item]| -> Vec<_> {
            let slugs = |shard: Shard<'_>| {
                shard
                    .members
                    .iter()
                    .map(|item| item.slug.clone())
                    .collect::<Vec<_>>()
            };
            split(items, Lang::Vi, 8, 3)
                .into_iter()
                .map(|shard| (shard.folder.clone(), slugs(shard)))
                .collect()
        };
        let (before, after) = (members(&before), members(&after));
        assert_eq!(before.len(), after.len());
        assert_eq!(before[..before.len() - 1], after[..before.len() - 1]);
        assert_ne!(before.last(), after.last());
    }

    #[test]
    fn the_order_of_the_articles_has_no_meaning() {
        let mut items = items(&[(2011, 2), (2014, 20), (2016, 12)]);
        let before = shape(&items, Lang::Vi);
        items.reverse();
        assert_eq!(shape(&items, Lang::Vi), before);
    }
}
