//! The blocks of a body. No block holds HTML.

use super::{
    Address, Attachment, Audio, Contact, Dated, Event, Gallery, Inline, KeyFacts, Picture, Slug,
    Video,
};
use macros::Read;
use serde::{Deserialize, Serialize};

/// One block of a body. There is no block that holds HTML, and none will be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading of the second level.
    Heading(Heading),
    /// A heading of the third level.
    Subheading(Heading),
    /// A picture with its caption.
    Picture(Picture),
    /// Several pictures that belong together.
    Gallery(Gallery),
    /// A list whose order means nothing.
    List(Vec<Vec<Inline>>),
    /// A list whose order matters.
    Numbered(Vec<Vec<Inline>>),
    /// What somebody said or wrote.
    Quote(Quote),
    /// A table.
    Table(Table),
    /// A film.
    Video(Video),
    /// A recording.
    Audio(Audio),
    /// A file to keep.
    Attachment(Attachment),
    /// What happened, in the order of time.
    Timeline(Vec<Dated>),
    /// What a reader should know at a glance.
    KeyFacts(KeyFacts),
    /// How to reach somebody.
    Contact(Contact),
    /// Something that takes place.
    Event(Event),
}

/// A heading with a name of its own, which an address can end with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// What tells it from all other headings of the body: made of its words, or of its number.
    pub id: Slug,
    /// The words.
    pub text: String,
}

/// What somebody said or wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words.
    pub text: Vec<Inline>,
    /// Whose words they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where they were said; only with a source, whose name leads there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Address>,
}

/// A table. Every row has as many cells as the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The columns' names.
    pub header: Vec<String>,
    /// The rows; the first cell names its row.
    pub rows: Vec<Vec<Vec<Inline>>>,
}
