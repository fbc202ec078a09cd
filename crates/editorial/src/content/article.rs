//! An article as it was read and checked: texts parsed, pictures measured, nothing published yet.

use model::{Block, Correction, Inline, Lang, Length, Moment, Slug, Source, Video};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// An article in all its languages.
#[derive(Debug, PartialEq)]
pub struct Article {
    /// The section that it stands in.
    pub section: Slug,
    /// Its name in addresses.
    pub slug: Slug,
    /// What is the same in every language.
    pub facts: Facts,
    /// What is written, by language.
    pub versions: BTreeMap<Lang, Version>,
}

/// What is the same in every language.
#[derive(Debug, PartialEq)]
pub struct Facts {
    /// When it was published.
    pub published: Moment,
    /// When its substance last changed.
    pub updated: Option<Moment>,
    /// Where the news comes from.
    pub source: Source,
    /// Who wrote it.
    pub author: Option<String>,
    /// How often it was read.
    pub views: u64,
    /// The name of the picture above the text.
    pub cover: Option<String>,
    /// The pictures by their names.
    pub pictures: BTreeMap<String, PictureFile>,
    /// The other files by their names.
    pub files: BTreeMap<String, AttachedFile>,
    /// Its tags.
    pub tags: Vec<Slug>,
    /// The sections and slugs that it had before.
    pub aliases: Vec<(Slug, Slug)>,
    /// The language that it was written in, where that is said.
    pub original: Option<Lang>,
    /// Whether it is not ready to be published.
    pub draft: bool,
}

/// A picture's file.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFile {
    /// The file.
    pub path: PathBuf,
    /// Its own width in CSS pixels.
    pub width: u32,
    /// Its own height in CSS pixels.
    pub height: u32,
    /// Who made it.
    pub credit: Option<String>,
}

/// A file that is no picture.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachedFile {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// An article as it is written in one language.
#[derive(Debug, PartialEq)]
pub struct Version {
    /// Its headline, if it has one.
    pub headline: Option<String>,
    /// The author's name in this language.
    pub author: Option<String>,
    /// The source's name in this language.
    pub source: Option<String>,
    /// The paragraph that says what the article says.
    pub lead: Vec<Inline>,
    /// What each picture shows, by the pictures' names.
    pub pictures: BTreeMap<String, PictureText>,
    /// The text.
    pub body: Vec<BodyItem>,
    /// What was corrected since, newest first.
    pub history: Vec<Correction>,
    /// The stamp of the original that this translation was made from, where that was recorded.
    pub translated_from: Option<String>,
    /// What was written, in short: changes whenever words of this version change. See `crate::content::stamp`. Empty where the
    /// article was read again only for its pages.
    pub stamp: String,
    /// Whether it is not ready to be published in this language.
    pub draft: bool,
}

/// What is written about a picture.
#[derive(Debug, PartialEq)]
pub struct PictureText {
    /// What it shows.
    pub alternative: String,
    /// The line below it.
    pub caption: Option<String>,
}

/// An item of a body. Pictures and files are there by their names in `article.json`.
#[derive(Debug, PartialEq)]
pub enum BodyItem {
    /// A picture.
    Picture(String),
    /// Several pictures.
    Gallery {
        /// What they show together.
        title: Option<String>,
        /// The pictures.
        pictures: Vec<String>,
    },
    /// A film.
    Film {
        /// What is said of it; no picture and no file.
        video: Video,
        /// The picture that stands for it.
        poster: Option<String>,
        /// The film itself.
        file: Option<String>,
        /// What is said in it.
        captions: Option<String>,
    },
    /// A recording.
    Recording {
        /// What is heard.
        title: String,
        /// How long it is.
        length: Option<Length>,
        /// What is said in it.
        transcript: Vec<Vec<Inline>>,
        /// The recording itself.
        file: String,
    },
    /// A file to keep.
    Attachment {
        /// What it holds.
        title: String,
        /// The file.
        file: String,
    },
    /// Any other block, as it is published. The files of events are named when it is.
    Block(Block),
}

impl BodyItem {
    /// The names of the files that it shows or offers.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Film { file, captions, .. } => (file.as_deref(), captions.as_deref()),
            Self::Recording { file, .. } | Self::Attachment { file, .. } => (Some(file.as_str()), None),
            Self::Picture(_) | Self::Gallery { .. } | Self::Block(_) => (None, None),
        };
        one.into_iter().chain(other)
    }
}
