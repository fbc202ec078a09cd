//! The blocks of a body. Texts may carry inline marks, except where a comment says that they are plain.

use serde::Deserialize;

/// One block: an object with a single key that says what it is.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", expecting = "an object with one key that says what it is")]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A heading; plain.
    Heading(String),
    /// A heading below a heading; plain.
    Subheading(String),
    /// A picture, by its name in `article.json`.
    Picture(String),
    /// A list whose order means nothing.
    List(Vec<String>),
    /// A list whose order matters.
    Numbered(Vec<String>),
    /// What somebody said or wrote.
    Quote(Quote),
    /// A table.
    Table(Table),
}

/// What somebody said or wrote.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"text\": \"…\", \"source\": \"…\" }")]
pub(crate) struct Quote {
    /// The words.
    pub(crate) text: String,
    /// Whose they are; plain.
    pub(crate) source: Option<String>,
}

/// A table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with \"caption\", \"header\" and \"rows\"")]
pub(crate) struct Table {
    /// What it shows; plain.
    pub(crate) caption: String,
    /// The columns' names; plain.
    pub(crate) header: Vec<String>,
    /// The rows; each cell may carry marks.
    pub(crate) rows: Vec<Vec<String>>,
}
