//! The catalogue: the part of every article that lists show. It fits into memory for a hundred
//! thousand articles. Their texts are reread when their pages are made.

use crate::content::article::{Article, BodyItem, Version};
use crate::content::summary::summary;
use model::{Block, Event, Lang, Moment, Slug, plain_text, title_from_lead};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// An article's entry in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The section that it stands in.
    pub section: Slug,
    /// Its name in addresses.
    pub slug: Slug,
    /// When it was published.
    pub published: Moment,
    /// The same in minutes, as the sort key.
    pub minutes: i64,
    /// When its substance last changed.
    pub updated: Option<Moment>,
    /// How often it was read.
    pub views: u64,
    /// How often it was read in the last days, by which “most read” is sorted.
    pub recent_views: u64,
    /// Its tags.
    pub tags: Vec<Slug>,
    /// Its former sections and slugs.
    pub aliases: Vec<(Slug, Slug)>,
    /// The language of the original.
    pub original: Lang,
    /// Whether it is a draft.
    pub draft: bool,
    /// The hash of `article.json`, the pictures and the attached files.
    pub hash: u64,
    /// Its languages, in the order of the tabs.
    pub versions: Vec<(Lang, ItemVersion)>,
}

/// One language of an article's entry in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemVersion {
    /// Its title: the headline, or else the beginning of the lead.
    pub title: String,
    /// The beginning of its lead.
    pub summary: String,
    /// Its cover.
    pub cover: Option<Box<Cover>>,
    /// Who wrote it, in this language.
    pub author: Option<String>,
    /// Its stamp: see `crate::content::stamp`.
    pub stamp: String,
    /// The stamp of the original that it was made from, where that was recorded.
    pub translated_from: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The hash of the language's file.
    pub hash: u64,
    /// The events in its text, in their order.
    pub events: Vec<Event>,
}

/// The picture of a teaser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The file in the content folder.
    pub path: PathBuf,
    /// Its own width in CSS pixels.
    pub width: u32,
    /// Its own height in CSS pixels.
    pub height: u32,
    /// The alternative text.
    pub alternative: String,
    /// The caption.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

impl Item {
    /// An entry with nothing but an address, a time of publication, and languages, the original
    /// first.
    ///
    /// # Panics
    /// Where it has no language.
    pub fn bare(section: Slug, slug: Slug, published: Moment, languages: &[Lang]) -> Self {
        Self {
            section,
            slug,
            published,
            minutes: published.minutes(),
            updated: None,
            views: 0,
            recent_views: 0,
            tags: Vec::new(),
            aliases: Vec::new(),
            original: languages[0],
            draft: false,
            hash: 0,
            versions: languages
                .iter()
                .map(|&lang| (lang, ItemVersion::default()))
                .collect(),
        }
    }

    /// The entry of an article; `None` where it has no language. `hash` returns the hash of the
    /// file of that name.
    pub fn of(article: &Article, hash: impl Fn(&str) -> u64) -> Option<Self> {
        let facts = &article.facts;
        let first = *article.versions.keys().next()?;
        let versions = article.versions.iter().map(|(&lang, version)| {
            let shown = ItemVersion {
                title: title(version, lang),
                summary: summary(&version.lead, lang),
                cover: cover(article, version).map(Box::new),
                author: version.author.clone().or_else(|| facts.author.clone()),
                stamp: version.stamp.clone(),
                translated_from: version.translated_from.clone(),
                draft: version.draft,
                hash: hash(&format!("{}.json", lang.tag())),
                events: events(version),
            };
            (lang, shown)
        });
        Some(Self {
            section: article.section.clone(),
            slug: article.slug.clone(),
            published: facts.published,
            minutes: facts.published.minutes(),
            updated: facts.updated,
            views: facts.views,
            recent_views: 0,
            tags: facts.tags.clone(),
            aliases: facts.aliases.clone(),
            draft: facts.draft,
            hash: hash("article.json"),
            original: facts
                .original
                .filter(|lang| article.versions.contains_key(lang))
                .unwrap_or(first),
            versions: versions.collect(),
        })
    }

    /// Its languages, in the order of the tabs.
    pub fn languages(&self) -> Vec<Lang> {
        self.versions.iter().map(|(lang, _)| *lang).collect()
    }

    /// The events in its texts, language by language.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.versions
            .iter()
            .flat_map(|(_, version)| &version.events)
    }

    /// One of its languages.
    pub fn version(&self, lang: Lang) -> Option<&ItemVersion> {
        self.versions
            .iter()
            .find(|(known, _)| *known == lang)
            .map(|(_, version)| version)
    }

    /// The language of the original, where the version in `lang` was made from an earlier original.
    pub fn outdated(&self, lang: Lang) -> Option<Lang> {
        let from = self.version(lang)?.translated_from.as_ref()?;
        let original = self.version(self.original)?;
        (lang != self.original && *from != original.stamp).then_some(self.original)
    }
}

fn title(version: &Version, lang: Lang) -> String {
    version
        .headline
        .clone()
        .unwrap_or_else(|| title_from_lead(&plain_text(&version.lead), lang))
}

fn events(version: &Version) -> Vec<Event> {
    let events = version.body.iter().filter_map(|part| match part {
        BodyItem::Block(Block::Event(event)) => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

fn cover(article: &Article, version: &Version) -> Option<Cover> {
    let name = article.facts.cover.as_deref()?;
    let (file, text) = (
        article.facts.pictures.get(name)?,
        version.pictures.get(name)?,
    );
    Some(Cover {
        path: file.path.clone(),
        width: file.width,
        height: file.height,
        alternative: text.alternative.clone(),
        caption: text.caption.clone(),
        credit: file.credit.clone(),
    })
}
