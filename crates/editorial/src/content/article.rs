//! The checked article: texts are parsed, and pictures are measured.

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
    /// The facts that are the same in every language.
    pub facts: Facts,
    /// The versions by language.
    pub versions: BTreeMap<Lang, Version>,
}

/// The facts about an article that are the same in every language.
#[derive(Debug, PartialEq)]
pub struct Facts {
    /// When it was published.
    pub published: Moment,
    /// When its substance last changed.
    pub updated: Option<Moment>,
    /// The source of the news.
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
    /// Its former sections and slugs.
    pub aliases: Vec<(Slug, Slug)>,
    /// The language of the original, where `article.json` names it.
    pub original: Option<Lang>,
    /// Whether it is a draft.
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
    /// The lead.
    pub lead: Vec<Inline>,
    /// The texts about the pictures, by the pictures' names.
    pub pictures: BTreeMap<String, PictureText>,
    /// The body.
    pub body: Vec<BodyItem>,
    /// The corrections, the newest first.
    pub history: Vec<Correction>,
    /// The stamp of the original that this translation was made from, where that was recorded.
    pub translated_from: Option<String>,
    /// The stamp, which changes with the words of this version: see `crate::content::stamp`. Empty
    /// where the article was reread only for its pages.
    pub stamp: String,
    /// Whether it is a draft.
    pub draft: bool,
}

/// The texts about a picture.
#[derive(Debug, PartialEq)]
pub struct PictureText {
    /// The alternative text.
    pub alternative: String,
    /// The caption.
    pub caption: Option<String>,
}

/// An item of a body. It refers to pictures and files by their names in `article.json`.
#[derive(Debug, PartialEq)]
pub enum BodyItem {
    /// A picture.
    Picture(String),
    /// Several pictures.
    Gallery {
        /// The title.
        title: Option<String>,
        /// The pictures.
        pictures: Vec<String>,
    },
    /// A film.
    Film {
        /// The block, without its picture and files.
        video: Video,
        /// The poster picture.
        poster: Option<String>,
        /// The video file.
        file: Option<String>,
        /// The captions file.
        captions: Option<String>,
    },
    /// A recording.
    Recording {
        /// The title.
        title: String,
        /// The duration.
        length: Option<Length>,
        /// The transcript, by paragraphs.
        transcript: Vec<Vec<Inline>>,
        /// The audio file.
        file: String,
    },
    /// A file to download.
    Attachment {
        /// The title.
        title: String,
        /// The file.
        file: String,
    },
    /// Any other block in its published form. The calendar file of an event is named when the
    /// article is published.
    Block(Block),
}

impl BodyItem {
    /// The names of the attached files that it uses.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Film { file, captions, .. } => (file.as_deref(), captions.as_deref()),
            Self::Recording { file, .. } | Self::Attachment { file, .. } => {
                (Some(file.as_str()), None)
            }
            Self::Picture(_) | Self::Gallery { .. } | Self::Block(_) => (None, None),
        };
        one.into_iter().chain(other)
    }
}
