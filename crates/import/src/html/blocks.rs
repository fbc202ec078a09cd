//! The types that HTML is turned into.

use crate::loss::Loss;
use markup5ever_rcdom::{Handle, NodeData};
use model::{Address, Inline};

/// Resolves a `src` or `href` to an address that a link may have; `None` where there is none.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<Address>;

/// A block as the HTML had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading(String),
    /// A heading below a heading.
    Subheading(String),
    /// A picture, not looked up yet.
    Picture(Picture),
    /// Several pictures, not looked up yet, and the title of them all, which may be empty.
    Gallery(Vec<Picture>, String),
    /// A film or a recording, not looked up yet.
    Player(Player),
    /// An unordered list.
    List(Vec<Vec<Inline>>),
    /// An ordered list.
    Numbered(Vec<Vec<Inline>>),
    /// A quotation and its source.
    Quote(Vec<Inline>, Option<String>),
    /// A table.
    Table(Table),
}

/// A picture as the HTML had it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its `src`.
    pub source: String,
    /// Its alternative text; may be empty.
    pub alternative: String,
    /// The line below it; may be empty.
    pub caption: String,
    /// The number of its attachment in WordPress.
    pub media: Option<u64>,
}

/// A film or a recording as the HTML had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// The name of its element, such as `iframe`, `video` or `audio`.
    pub element: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its `src`.
    pub source: String,
    /// The page or the file that it leads to.
    pub to: Address,
}

/// A table: at least two columns and one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its caption.
    pub caption: String,
    /// The columns' names.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// The result of reading HTML.
#[derive(Debug, Default)]
pub struct Body {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The losses.
    pub losses: Vec<Loss>,
}

/// The most nodes that are looked at for an excerpt.
const MOST_NODES: usize = 400;

/// The beginning of the text below a node.
pub(super) fn text_below(node: &Handle) -> String {
    let mut text = String::new();
    let mut open = vec![node.clone()];
    for _ in 0..MOST_NODES {
        let Some(node) = open.pop() else { break };
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}
