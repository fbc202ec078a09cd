//! Search without a server: the files with which a browser searches the articles and standing pages
//! of a language.
//!
//! Pagefind makes and reads the index. Our own code takes the words from a text
//! (`i18n::tokens`), splits the articles into shards that a new article leaves as they are
//! ([`shards`]), and reads only as many shards as a query needs (`src/search.js`).
//!
//! ```text
//! assets/search-….js             the script, with Pagefind's own
//! assets/search-….wasm           Pagefind's program; one with English stems, one for all other languages
//! search/<lang>.json             the script's words, and the shards of a language, newest first
//! search/<lang>/pages/…          the shard of the standing pages
//! search/<lang>/<shard>/…        Pagefind's index of a shard, and a record of each article in it
//! ```

mod index;
mod record;
mod runtime;
mod shards;

pub(crate) use index::build;
pub(crate) use record::{Record, block_lines, lines};
pub(crate) use runtime::{Runtime, publish};
pub(crate) use shards::{Shard, plan};

use crate::output::{Output, UnitState};
use crate::stages::Count;
use editorial::content::Standing;
use editorial::content::article::Article;
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use editorial::hash::CacheKey;
use i18n::{Finding, words};
use model::{Lang, Site};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The folder of all files of the search, except script and programs.
pub(crate) const FOLDER: &str = "search";

/// The folder of the shard of standing pages, within a language's folder. Folders of articles'
/// shards begin with a year.
const PAGES: &str = "pages";

/// How many shards are made at once, however many processors there are: Pagefind takes much memory
/// for each ([`shards`]).
const AT_ONCE: usize = 2;

/// A shard in the language's list of shards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its folder below the language's.
    pub(crate) folder: String,
    /// The name of Pagefind's metadata file, which is loaded first.
    pub(crate) meta: String,
    /// The first year in it; 0 for standing pages, which have neither year nor section.
    pub(crate) from: u16,
    /// The last year in it.
    pub(crate) to: u16,
    /// When its oldest article was published, as readers of the language write it.
    pub(crate) since: String,
    /// How many articles or pages it has.
    pub(crate) articles: usize,
}

/// Writes the files with which a browser searches.
pub(crate) struct SearchFiles<'a, S, A> {
    /// The languages of the portal.
    pub(crate) languages: &'a [Lang],
    /// The catalogue's items, one for each article.
    pub(crate) items: &'a [Item],
    /// The standing pages.
    pub(crate) pages: Vec<&'a Standing>,
    /// Returns the portal in a language.
    pub(crate) site: S,
    /// Reads an article's texts when its shard is made.
    pub(crate) article: A,
    /// The hash of the tool.
    pub(crate) key: u64,
    /// Receives the files.
    pub(crate) output: &'a Output,
    /// Counts the shards.
    pub(crate) count: &'a Count,
}

impl<'a, S, A> SearchFiles<'a, S, A>
where
    S: Fn(Lang) -> &'a Site + Sync,
    A: Fn(&Item) -> Result<Article, Failure> + Sync,
{
    /// Writes the shards of every language: those of articles, and one of standing pages.
    ///
    /// # Errors
    /// Where Pagefind fails, an article cannot be read, or a file cannot be written.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        for &lang in self.languages {
            let mut entries = Vec::new();
            for shards in plan(self.items, lang).chunks(AT_ONCE) {
                let made: Result<Vec<Option<Entry>>, Failure> = shards
                    .par_iter()
                    .with_max_len(1)
                    .map(|shard| self.articles(shard))
                    .collect();
                entries.extend(made?.into_iter().flatten());
            }
            entries.extend(self.standing(lang)?);
            let listing = listing((self.site)(lang), self.items, entries)?;
            self.output.write(&listing_path(lang), listing.as_bytes())?;
        }
        Ok(())
    }

    /// Writes a shard of articles, or keeps the one of the last build. `None` where no article in
    /// it has a word.
    fn articles(&self, shard: &Shard<'_>) -> Result<Option<Entry>, Failure> {
        let key = shard
            .members
            .iter()
            .fold(CacheKey::default().number(self.key), |key, item| {
                let version = item.version(shard.lang).map_or(0, |version| version.hash);
                key.add(item.section.as_str())
                    .add(item.slug.as_str())
                    .number(item.hash)
                    .number(version)
            });
        let folder = format!("{FOLDER}/{}/{}", shard.lang.tag(), shard.folder);
        self.shard(shard, &folder, key, || {
            shard
                .members
                .par_iter()
                .filter_map(|item| {
                    (self.article)(item)
                        .map(|read| Record::of(&read, shard.lang))
                        .transpose()
                })
                .collect()
        })
    }

    /// Writes the shard of a language's standing pages, or keeps the one of the last build.
    fn standing(&self, lang: Lang) -> Result<Option<Entry>, Failure> {
        let shard = Shard {
            lang,
            folder: PAGES.to_owned(),
            from: 0,
            to: 0,
            members: Vec::new(),
        };
        let records: Vec<Record> = self
            .pages
            .iter()
            .filter_map(|page| Record::of_page(page, lang))
            .collect();
        let key = records
            .iter()
            .fold(CacheKey::default().number(self.key), |key, record| {
                key.add(&record.href).add(&record.title).add(&record.text)
            });
        let folder = format!("{FOLDER}/{}/{PAGES}", lang.tag());
        self.shard(&shard, &folder, key, || Ok(records))
    }

    /// Writes a shard's files below `folder`, or keeps those of the last build with the same key.
    fn shard(
        &self,
        shard: &Shard<'_>,
        folder: &str,
        key: CacheKey,
        records: impl FnOnce() -> Result<Vec<Record>, Failure>,
    ) -> Result<Option<Entry>, Failure> {
        let failure =
            |error: serde_json::Error| Failure::new(format!("the search of {folder}: {error}"));
        let (state, note) = self.output.unit_with_note(folder, key.finish(), || {
            let built = build(shard, records()?)?;
            let note =
                serde_json::to_vec(&built.as_ref().map(|built| &built.entry)).map_err(failure)?;
            let files = built
                .map(|built| built.files)
                .unwrap_or_default()
                .into_iter();
            Ok((
                files
                    .map(|(path, bytes)| (format!("{folder}/{path}"), bytes))
                    .collect(),
                note,
            ))
        })?;
        self.count.one(state == UnitState::Written);
        serde_json::from_slice(&note).map_err(failure)
    }
}

/// The path of a language's list of shards.
pub(crate) fn listing_path(lang: Lang) -> String {
    format!("{FOLDER}/{}.json", lang.tag())
}

/// A language's list of shards as JSON, with the words of the script and the sections and years to
/// choose from. Standing pages come first, then articles, newest first. `entries` are in the
/// opposite order.
///
/// # Errors
/// Never for entries that [`build`] made.
pub(crate) fn listing(
    site: &Site,
    items: &[Item],
    mut entries: Vec<Entry>,
) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Listing<'a> {
        search: &'a str,
        words: &'a Finding,
        sections: Vec<(&'a str, &'a str)>,
        years: BTreeSet<Reverse<u16>>,
        #[serde(rename = "parts")]
        shards: Vec<Entry>,
    }
    let words = words(site.lang);
    entries.reverse();
    let listing = Listing {
        search: words.search,
        words: &words.finding,
        sections: site
            .sections
            .iter()
            .map(|section| (section.slug.as_str(), section.name.as_str()))
            .collect(),
        years: items
            .iter()
            .filter(|item| item.version(site.lang).is_some())
            .map(|item| Reverse(item.published.year))
            .collect(),
        shards: entries,
    };
    serde_json::to_string(&listing).map_err(|error| Failure::new(error.to_string()))
}
