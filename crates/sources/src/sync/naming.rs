//! Gives each article its place. An article keeps the place that it has, until its section or its
//! name changes in the CMS; then the former place becomes an alias.

use crate::adapter::{Entry, Stub};
use crate::record::{Origin, Record};
use import::{ExistingArticles, UniqueSlugs, fold};
use model::{Lang, Slug};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The places that are taken.
pub(super) struct Names<'a> {
    existing: ExistingArticles,
    record: &'a BTreeMap<String, Origin>,
    /// The places of articles from the CMS.
    own: BTreeSet<(Slug, Slug)>,
    given: BTreeMap<Slug, UniqueSlugs>,
    /// The places that were given in this run.
    placed: BTreeMap<String, Origin>,
}

impl<'a> Names<'a> {
    pub(super) fn new(content: &Path, record: &'a Record) -> Self {
        let origins = record.articles.values();
        Self {
            existing: ExistingArticles::of(content),
            record: &record.articles,
            own: origins
                .map(|origin| (origin.section.clone(), origin.slug.clone()))
                .collect(),
            given: BTreeMap::new(),
            placed: BTreeMap::new(),
        }
    }

    /// The name that the CMS has for an article, and the locale of the text that gives it: the one
    /// that gave it before, or else the English one, or else the first with a name. Publishing in one
    /// language never moves the others. `None` where no text has a name that an address can have.
    pub(super) fn wanted(
        &self,
        id: &str,
        texts: &[(Lang, &Stub, Entry)],
    ) -> Option<(Slug, String)> {
        let name = |(_, stub, entry): &(Lang, &Stub, Entry)| {
            let slug = fold(&entry.slug).or_else(|| fold(&entry.title))?;
            Some((slug, stub.locale.clone()))
        };
        if let Some(before) = self.record.get(id) {
            let same = texts
                .iter()
                .find(|(_, stub, _)| stub.locale == before.named_by);
            return same
                .and_then(name)
                .or_else(|| Some((before.wanted.clone(), before.named_by.clone())));
        }
        let english = texts.iter().filter(|(lang, _, _)| *lang == Lang::En);
        let by_number = || {
            Some((
                fold(&format!("article-{id}"))?,
                texts.first()?.1.locale.clone(),
            ))
        };
        english.chain(texts).find_map(name).or_else(by_number)
    }

    /// The place of an article: the same one however often it is made.
    pub(super) fn give(&mut self, id: &str, section: Slug, wanted: (Slug, String)) -> Origin {
        if let Some(placed) = self.placed.get(id) {
            return placed.clone();
        }
        let origin = self.find(id, section, wanted);
        self.placed.insert(id.to_owned(), origin.clone());
        origin
    }

    fn find(&mut self, id: &str, section: Slug, (wanted, named_by): (Slug, String)) -> Origin {
        let before = self.record.get(id);
        if let Some(before) =
            before.filter(|before| before.section == section && before.wanted == wanted)
        {
            return before.clone();
        }
        let is_taken = |slug: &Slug| {
            let place = (section.clone(), slug.clone());
            let is_mine =
                before.is_some_and(|before| (&before.section, &before.slug) == (&place.0, slug));
            let mine = before.map_or((&place.0, slug), |before| (&before.section, &before.slug));
            !is_mine
                && (self.own.contains(&place)
                    || self.existing.has_article(&section, slug)
                    || self.existing.had_address(&section, slug, mine))
        };
        let slug = self
            .given
            .entry(section.clone())
            .or_default()
            .take(&wanted, is_taken);
        let mut aliases = before
            .map(|before| before.aliases.clone())
            .unwrap_or_default();
        aliases.extend(before.map(Origin::place));
        let own = format!("{section}/{slug}");
        aliases.retain(|alias| *alias != own);
        aliases.dedup();
        Origin {
            section,
            slug,
            wanted,
            named_by,
            aliases,
            revisions: BTreeMap::new(),
            files: BTreeMap::new(),
            links: BTreeMap::new(),
            draft: false,
        }
    }
}
