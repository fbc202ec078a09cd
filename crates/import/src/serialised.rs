//! The authored form for writing: what `editorial::content::authored` reads, in the order of
//! docs/content.md.

use super::html;
use super::marks;
use model::Inline;
use serde::Serialize;
use std::collections::BTreeMap;

/// `article.json`.
#[derive(Serialize)]
pub struct Article {
    pub published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    pub source: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    pub views: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, Picture>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    pub draft: bool,
}

/// The source of the news.
#[derive(Clone, Serialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
}

/// A picture's file.
#[derive(Serialize)]
pub struct Picture {
    pub file: String,
}

/// `<lang>.json`.
#[derive(Default, Serialize)]
pub struct Version {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    pub lead: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, PictureText>,
    pub body: Vec<Block>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_from: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub draft: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub machine: bool,
}

/// The words about a picture.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PictureText {
    pub alternative: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

/// A block.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Paragraph(String),
    Heading(String),
    Subheading(String),
    Picture(String),
    Gallery {
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        pictures: Vec<String>,
    },
    Video {
        title: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
    },
    Audio {
        title: String,
        file: String,
    },
    Attachment {
        title: String,
        file: String,
    },
    List(Vec<String>),
    Numbered(Vec<String>),
    Quote {
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    Table {
        caption: String,
        header: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Serialises a file: JSON with an indent of two spaces.
pub fn bytes(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Writes runs with our marks. Settled runs can always be written.
pub fn text(runs: &[Inline]) -> String {
    marks::write(runs).unwrap_or_else(|| marks::plain(&model::plain_text(runs)).0)
}

/// A block as it is written; `None` for pictures and players, whose files need names first.
pub fn block(block: &html::Block) -> Option<Block> {
    let all = |lines: &[Vec<Inline>]| lines.iter().map(|runs| text(runs)).collect::<Vec<_>>();
    Some(match block {
        html::Block::Paragraph(runs) => Block::Paragraph(text(runs)),
        html::Block::Heading(words) => Block::Heading(words.clone()),
        html::Block::Subheading(words) => Block::Subheading(words.clone()),
        html::Block::List(entries) => Block::List(all(entries)),
        html::Block::Numbered(entries) => Block::Numbered(all(entries)),
        html::Block::Quote(runs, source) => Block::Quote {
            text: text(runs),
            source: source.clone(),
        },
        html::Block::Table(table) => Block::Table {
            caption: table.caption.clone(),
            header: table.header.clone(),
            rows: table.rows.iter().map(|row| all(row)).collect(),
        },
        html::Block::Picture(_) | html::Block::Gallery(..) | html::Block::Player(_) => return None,
    })
}
