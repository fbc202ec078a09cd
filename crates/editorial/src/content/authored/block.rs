//! The blocks of a body. Texts may carry inline marks, except where a comment says that they are plain.

use super::facts::{Contact, Dated, Event, KeyFacts};
use super::form::{Cell, LinkForm, Marked, Words};
use super::media::{Attachment, Audio, Gallery, Video};
use schemars::JsonSchema;
use serde::Deserialize;

/// One block: an object with a single key that says what it is.
#[derive(Deserialize, JsonSchema)]
#[serde(
    rename_all = "snake_case",
    expecting = "an object with one key that says what it is"
)]
pub enum Block {
    /// A paragraph.
    Paragraph(#[schemars(with = "Marked")] String),
    /// A heading; plain.
    Heading(#[schemars(with = "Words")] String),
    /// A heading below a heading; plain.
    Subheading(#[schemars(with = "Words")] String),
    /// A picture, by its name in `article.json`.
    Picture(String),
    /// Several pictures that belong together.
    Gallery(Gallery),
    /// A list whose order means nothing.
    List(#[schemars(with = "Vec<Marked>", length(min = 1))] Vec<String>),
    /// A list whose order matters.
    Numbered(#[schemars(with = "Vec<Marked>", length(min = 1))] Vec<String>),
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
    Timeline(#[schemars(length(min = 1))] Vec<Dated>),
    /// What a reader should know at a glance.
    KeyFacts(KeyFacts),
    /// How to reach somebody.
    Contact(Contact),
    /// Something that takes place.
    Event(Event),
}

/// What somebody said or wrote.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"text\": \"…\", \"source\": \"…\" }"
)]
pub struct Quote {
    /// The words.
    #[schemars(with = "Marked")]
    pub text: String,
    /// Whose they are; plain.
    #[schemars(with = "Option<Words>")]
    pub source: Option<String>,
    /// Where they were said: `https://…`, or a page of this portal.
    #[schemars(with = "Option<LinkForm>")]
    pub link: Option<String>,
}

/// A table.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with \"caption\", \"header\" and \"rows\""
)]
pub struct Table {
    /// What it shows; plain.
    #[schemars(with = "Words")]
    pub caption: String,
    /// The columns' names; plain.
    #[schemars(with = "Vec<Words>", length(min = 1))]
    pub header: Vec<String>,
    /// The rows; each cell may carry marks.
    #[schemars(with = "Vec<Vec<Cell>>", length(min = 1))]
    pub rows: Vec<Vec<String>>,
}
