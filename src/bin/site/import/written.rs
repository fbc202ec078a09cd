//! The authored form as it is written: what `crate::authored` reads, in the order in which docs/content.md shows it.

use super::html;
use super::marks;
use portal::model::Inline;
use serde::Serialize;
use std::collections::BTreeMap;

/// `article.json`.
#[derive(Serialize)]
pub(crate) struct Article {
    pub(crate) published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated: Option<String>,
    pub(crate) source: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) views: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cover: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) pictures: BTreeMap<String, Picture>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) files: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) draft: bool,
}

/// Where the news comes from.
#[derive(Clone, Serialize)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) address: String,
}

/// A picture's file.
#[derive(Serialize)]
pub(crate) struct Picture {
    pub(crate) file: String,
}

/// `<lang>.json`.
#[derive(Default, Serialize)]
pub(crate) struct Version {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<String>,
    pub(crate) lead: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) pictures: BTreeMap<String, PictureText>,
    pub(crate) body: Vec<Block>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) translated_from: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) draft: bool,
}

/// What is written about a picture.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PictureText {
    pub(crate) alternative: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) caption: Option<String>,
}

/// A block.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Block {
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

/// A file's bytes: JSON with an indent of two spaces.
pub(crate) fn bytes(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Runs in our marks. Runs that were settled can always be written.
pub(crate) fn text(runs: &[Inline]) -> String {
    marks::write(runs).unwrap_or_else(|| marks::plain(&portal::model::plain_text(runs)).0)
}

/// A block as it is written; `None` for what shows files, which need names first.
pub(crate) fn block(block: &html::Block) -> Option<Block> {
    let all = |lines: &[Vec<Inline>]| lines.iter().map(|runs| text(runs)).collect::<Vec<_>>();
    Some(match block {
        html::Block::Paragraph(runs) => Block::Paragraph(text(runs)),
        html::Block::Heading(words) => Block::Heading(words.clone()),
        html::Block::Subheading(words) => Block::Subheading(words.clone()),
        html::Block::List(entries) => Block::List(all(entries)),
        html::Block::Numbered(entries) => Block::Numbered(all(entries)),
        html::Block::Quote(runs, source) => Block::Quote { text: text(runs), source: source.clone() },
        html::Block::Table(table) => Block::Table {
            caption: table.caption.clone(),
            header: table.header.clone(),
            rows: table.rows.iter().map(|row| all(row)).collect(),
        },
        html::Block::Picture(_) | html::Block::Gallery(..) | html::Block::Player(_) => return None,
    })
}
