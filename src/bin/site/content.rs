//! The content as it was read and checked: texts parsed, pictures measured, nothing published yet. Whatever is in here
//! had no problem of its own.

use crate::authored::site::PerLang;
use crate::catalogue::Item;
use crate::selection::Selection;
use portal::model::{Block, Inline, Lang, Level, Moment, Slug, Source};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All content.
pub(crate) struct Content {
    /// The portal itself.
    pub(crate) site: Site,
    /// What lists show of the articles, in the order of their folders.
    pub(crate) items: Vec<Item>,
    /// The standing pages, in the order of the footer.
    pub(crate) pages: Vec<Standing>,
    /// Every picture's file, with the hash of its bytes.
    pub(crate) pictures: Vec<(PathBuf, u64)>,
}

impl Content {
    /// Takes out what is not published: what `selection` leaves out, and versions in languages that the portal does not
    /// have.
    pub(crate) fn select(&mut self, selection: &Selection) {
        let languages = &self.site.languages;
        for item in &mut self.items {
            item.versions.retain(|(lang, version)| languages.contains(lang) && selection.includes_version(version));
        }
        self.items.retain(|item| selection.includes(item) && !item.versions.is_empty());
    }
}

/// The portal itself.
pub(crate) struct Site {
    /// Scheme and host, without a slash at the end.
    pub(crate) origin: String,
    /// The portal's name.
    pub(crate) names: PerLang<String>,
    /// Its slogan.
    pub(crate) slogans: PerLang<String>,
    /// The pictures above the name.
    pub(crate) banners: Vec<Banner>,
    /// The sections, in the order of the navigation.
    pub(crate) sections: Vec<Section>,
    /// The languages that the portal has, in the order of the tabs.
    pub(crate) languages: Vec<Lang>,
    /// The section and slug of the story that leads the home page.
    pub(crate) lead: Option<(Slug, Slug)>,
    /// The sections and slugs of the stories beside it.
    pub(crate) picks: Vec<(Slug, Slug)>,
    /// The tags, in the order of `site.json`.
    pub(crate) tags: Vec<Tag>,
    /// What every reader should know now.
    pub(crate) notices: Vec<Notice>,
}

/// A tag.
pub(crate) struct Tag {
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// Its name.
    pub(crate) names: PerLang<String>,
}

/// What every reader should know now.
pub(crate) struct Notice {
    /// How much it matters.
    pub(crate) level: Level,
    /// What it says.
    pub(crate) texts: PerLang<Vec<Inline>>,
    /// When it stops to matter.
    pub(crate) until: Option<Moment>,
}

/// A picture above the name.
pub(crate) struct Banner {
    /// The picture.
    pub(crate) wide: PictureFile,
    /// The picture for narrow screens.
    pub(crate) narrow: PictureFile,
    /// What it is, shown with it.
    pub(crate) captions: PerLang<String>,
    /// What it shows.
    pub(crate) alternatives: PerLang<String>,
}

/// A section.
pub(crate) struct Section {
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// Its name.
    pub(crate) names: PerLang<String>,
    /// What it is about.
    pub(crate) descriptions: PerLang<String>,
}

/// An article in all its languages.
#[derive(Debug, PartialEq)]
pub(crate) struct Article {
    /// The section that it stands in.
    pub(crate) section: Slug,
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// What is the same in every language.
    pub(crate) facts: Facts,
    /// What is written, by language.
    pub(crate) versions: BTreeMap<Lang, Version>,
}

/// What is the same in every language.
#[derive(Debug, PartialEq)]
pub(crate) struct Facts {
    /// When it was published.
    pub(crate) published: Moment,
    /// When its substance last changed.
    pub(crate) updated: Option<Moment>,
    /// Where the news comes from.
    pub(crate) source: Source,
    /// Who wrote it.
    pub(crate) author: Option<String>,
    /// How often it was read.
    pub(crate) views: u64,
    /// The name of the picture above the text.
    pub(crate) cover: Option<String>,
    /// The pictures by their names.
    pub(crate) pictures: BTreeMap<String, PictureFile>,
    /// Its tags.
    pub(crate) tags: Vec<Slug>,
    /// The sections and slugs that it had before.
    pub(crate) aliases: Vec<(Slug, Slug)>,
    /// The language that it was written in, where that is said.
    pub(crate) original: Option<Lang>,
    /// Whether it is not ready to be published.
    pub(crate) draft: bool,
}

/// A picture's file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PictureFile {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its own width in CSS pixels.
    pub(crate) width: u32,
    /// Its own height in CSS pixels.
    pub(crate) height: u32,
    /// Who made it.
    pub(crate) credit: Option<String>,
}

/// An article as it is written in one language.
#[derive(Debug, PartialEq)]
pub(crate) struct Version {
    /// Its headline, if it has one.
    pub(crate) headline: Option<String>,
    /// The author's name in this language.
    pub(crate) author: Option<String>,
    /// The source's name in this language.
    pub(crate) source: Option<String>,
    /// The paragraph that says what the article says.
    pub(crate) lead: Vec<Inline>,
    /// What each picture shows, by the pictures' names.
    pub(crate) pictures: BTreeMap<String, PictureText>,
    /// The text.
    pub(crate) body: Vec<Part>,
    /// The stamp of the original that this translation was made from, where that was recorded.
    pub(crate) translated_from: Option<String>,
    /// What was written, in short: changes whenever words of this version change. See `crate::stamp`. Empty where the
    /// article was read again only for its pages.
    pub(crate) stamp: String,
    /// Whether it is not ready to be published in this language.
    pub(crate) draft: bool,
}

/// What is written about a picture.
#[derive(Debug, PartialEq)]
pub(crate) struct PictureText {
    /// What it shows.
    pub(crate) alternative: String,
    /// The line below it.
    pub(crate) caption: Option<String>,
}

/// A part of a body.
#[derive(Debug, PartialEq)]
pub(crate) enum Part {
    /// A picture, by its name.
    Picture(String),
    /// Any other block, as it is published.
    Block(Block),
}

/// A standing page in all languages.
pub(crate) struct Standing {
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// What is written, by language.
    pub(crate) versions: BTreeMap<Lang, StandingVersion>,
}

/// A standing page in one language.
pub(crate) struct StandingVersion {
    /// Its title.
    pub(crate) title: String,
    /// The paragraph that says what the page says.
    pub(crate) lead: Vec<Inline>,
    /// The text.
    pub(crate) body: Vec<Block>,
}
