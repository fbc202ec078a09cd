//! The blocks that a body is made of.

use super::{Inline, Picture};
use serde::{Deserialize, Serialize};

/// One block of a body. There is no block that holds HTML, and none will be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading of the second level.
    Heading(String),
    /// A heading of the third level.
    Subheading(String),
    /// A picture with its caption.
    Picture(Picture),
    /// A list whose order means nothing.
    List(Vec<Vec<Inline>>),
    /// A list whose order matters.
    Numbered(Vec<Vec<Inline>>),
    /// What somebody said or wrote.
    Quote(Quote),
    /// A table.
    Table(Table),
}

/// What somebody said or wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words.
    pub text: Vec<Inline>,
    /// Whose words they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A table. Every row has as many cells as the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The columns' names.
    pub header: Vec<String>,
    /// The rows; the first cell names its row.
    pub rows: Vec<Vec<Vec<Inline>>>,
}
