//! The index of all articles, and the lists of each language. Newer articles come first; articles
//! of the same minute are sorted by address.

use editorial::content::catalogue::Item;
use model::{ArchiveMonth, Lang, Month, PageNumber, Slug};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// How many articles a numbered part of a section or a tag has.
const IN_PART: usize = 24;

/// How many articles a numbered part of a month has: there they are lines, not teasers.
const IN_PART_OF_MONTH: usize = 100;

/// Identifies a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ListId {
    /// A section.
    Section(Slug),
    /// A tag.
    Tag(Slug),
    /// A month.
    Month(Month),
}

impl ListId {
    /// How many entries a numbered part has.
    fn in_part(&self) -> usize {
        if matches!(self, Self::Month(_)) {
            IN_PART_OF_MONTH
        } else {
            IN_PART
        }
    }
}

/// A part of a list.
pub(crate) struct Slice<'o, 'a> {
    /// The articles, newest first.
    pub(crate) items: &'o [&'a Item],
    /// The next newer part.
    pub(crate) newer: Option<PageNumber>,
    /// The next older part.
    pub(crate) older: Option<PageNumber>,
}

/// All articles, sorted, and the lists made of them.
pub(crate) struct ArticleIndex<'a> {
    sorted: Vec<&'a Item>,
    all: HashMap<Lang, Vec<&'a Item>>,
    lists: HashMap<Lang, BTreeMap<ListId, Vec<&'a Item>>>,
    items: HashMap<(&'a Slug, &'a Slug), &'a Item>,
    most_read: HashMap<Lang, Vec<&'a Item>>,
}

/// The sort key of articles.
pub(crate) fn rank(item: &Item) -> (Reverse<i64>, &Slug, &Slug) {
    (Reverse(item.minutes), &item.section, &item.slug)
}

impl<'a> ArticleIndex<'a> {
    /// Builds the index. `most_read` is how many of the most read articles it keeps for each
    /// language.
    pub(super) fn new(items: &'a [Item], most_read: usize) -> Self {
        let mut sorted: Vec<&Item> = items.iter().collect();
        sorted.sort_by_key(|item| rank(item));
        let mut index = Self {
            sorted: Vec::new(),
            all: HashMap::new(),
            lists: HashMap::new(),
            items: HashMap::with_capacity(items.len()),
            most_read: HashMap::new(),
        };
        for &item in &sorted {
            index.items.insert((&item.section, &item.slug), item);
            let month = Month {
                year: item.published.year,
                month: item.published.month,
            };
            for (lang, _) in &item.versions {
                let lang = *lang;
                index.all.entry(lang).or_default().push(item);
                let lists = index.lists.entry(lang).or_default();
                let keys =
                    [ListId::Section(item.section.clone()), ListId::Month(month)].into_iter();
                for key in keys.chain(item.tags.iter().cloned().map(ListId::Tag)) {
                    lists.entry(key).or_default().push(item);
                }
            }
        }
        for (&lang, all) in &index.all {
            let mut read: Vec<&Item> = all
                .iter()
                .copied()
                .filter(|item| item.recent_views > 0)
                .collect();
            read.sort_by_key(|item| (Reverse(item.recent_views), rank(item)));
            read.truncate(most_read);
            index.most_read.insert(lang, read);
        }
        index.sorted = sorted;
        index
    }

    /// All articles, oldest first.
    pub(super) fn oldest_first(&self) -> impl Iterator<Item = &'a Item> + use<'a, '_> {
        self.sorted.iter().rev().copied()
    }

    /// All articles in a language, newest first.
    pub(crate) fn all(&self, lang: Lang) -> &[&'a Item] {
        self.all.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// A list in a language, newest first.
    pub(crate) fn list(&self, lang: Lang, key: &ListId) -> &[&'a Item] {
        self.lists
            .get(&lang)
            .and_then(|lists| lists.get(key))
            .map_or(&[], Vec::as_slice)
    }

    /// A part of a list; `None` where there is no such part. The front has the articles that are in
    /// no numbered part, at least a part's worth where there are as many.
    pub(crate) fn slice(
        &self,
        lang: Lang,
        key: &ListId,
        part: PageNumber,
    ) -> Option<Slice<'_, 'a>> {
        let (list, size) = (self.list(lang, key), key.in_part());
        // The numbered parts are full; the front has the newer rest.
        let parts = numbered(list.len(), size);
        let part_of = |number: usize| u32::try_from(number).ok().map(PageNumber);
        if part == PageNumber::FRONT {
            let items = &list[..list.len() - parts * size];
            return Some(Slice {
                items,
                newer: None,
                older: part_of(parts).filter(|_| parts > 0),
            });
        }
        let number = part.0 as usize;
        if number > parts {
            return None;
        }
        let end = list.len() - (number - 1) * size;
        Some(Slice {
            items: &list[end - size..end],
            newer: if number == parts {
                Some(PageNumber::FRONT)
            } else {
                part_of(number + 1)
            },
            older: part_of(number - 1).filter(|_| number > 1),
        })
    }

    /// How many numbered parts a list has.
    pub(crate) fn parts(&self, lang: Lang, key: &ListId) -> u32 {
        u32::try_from(numbered(self.list(lang, key).len(), key.in_part())).unwrap_or(u32::MAX)
    }

    /// The months of a language, newest first, with their numbers of articles.
    pub(crate) fn months(&self, lang: Lang) -> Vec<ArchiveMonth> {
        let lists = self.lists.get(&lang).into_iter().flatten();
        let months = lists.filter_map(|(key, list)| match key {
            ListId::Month(month) => Some(ArchiveMonth {
                month: *month,
                articles: u32::try_from(list.len()).unwrap_or(u32::MAX),
            }),
            _ => None,
        });
        let mut months: Vec<ArchiveMonth> = months.collect();
        months.sort_by_key(|month| Reverse(month.month));
        months
    }

    /// The most read articles in a language, most read first.
    pub(crate) fn most_read(&self, lang: Lang) -> &[&'a Item] {
        self.most_read.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// The article with this address.
    pub(crate) fn item(&self, section: &Slug, slug: &Slug) -> Option<&'a Item> {
        self.items.get(&(section, slug)).copied()
    }

    /// The next newer and the next older article of the same section, in a language that the
    /// article has.
    pub(crate) fn neighbours(&self, lang: Lang, item: &Item) -> [Option<&'a Item>; 2] {
        let key = ListId::Section(item.section.clone());
        let (list, place) = (self.list(lang, &key), self.place(lang, &key, item));
        [place.checked_sub(1), Some(place + 1)].map(|place| list.get(place?).copied())
    }

    /// The position of an article in a list, or the one where it would be inserted.
    pub(crate) fn place(&self, lang: Lang, key: &ListId, item: &Item) -> usize {
        self.list(lang, key)
            .partition_point(|other| rank(other) < rank(item))
    }
}

/// How many numbered parts a list of this length has. The newest part's worth is never numbered: it
/// stays on the front.
fn numbered(length: usize, size: usize) -> usize {
    (length / size).saturating_sub(1)
}
