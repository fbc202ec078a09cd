//! From HTML to blocks. A real HTML5 parser reads it; what stands on the list in [`elements`] becomes a block or a mark,
//! and everything else leaves its words and a [`Loss`], or a loss alone.
//!
//! Nothing in here calls itself, so that no depth of markup ends the stack.

mod builder;
mod elements;
mod page;
mod table;
mod tag;
mod tree;

use super::loss::Loss;
use builder::Builder;
use markup5ever_rcdom::{Handle, NodeData};
use portal::model::{Address, Inline};
use tree::Tangle;

pub(crate) use page::{Page, page};

/// What a `src` or `href` leads to, as an address that a link may have.
pub(crate) type Resolve<'a> = &'a dyn Fn(&str) -> Option<Address>;

/// A block as the HTML had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading(String),
    /// A heading below a heading.
    Subheading(String),
    /// A picture, not looked up yet.
    Picture(Picture),
    /// Several pictures, not looked up yet, and what they show together; may be empty.
    Gallery(Vec<Picture>, String),
    /// What plays, not looked up yet.
    Player(Player),
    /// A list whose order means nothing.
    List(Vec<Vec<Inline>>),
    /// A list whose order matters.
    Numbered(Vec<Vec<Inline>>),
    /// What somebody said, and who.
    Quote(Vec<Inline>, Option<String>),
    /// A table.
    Table(Table),
}

/// A picture as the HTML had it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Its `src`.
    pub(crate) source: String,
    /// What it shows; may be empty.
    pub(crate) alternative: String,
    /// The line below it; may be empty.
    pub(crate) caption: String,
    /// The number that WordPress gave it.
    pub(crate) media: Option<u64>,
}

/// A film or a recording as the HTML had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Player {
    /// The element that it was: `iframe`, `video`, `audio`.
    pub(crate) element: String,
    /// What it is called; may be empty.
    pub(crate) title: String,
    /// Its `src`.
    pub(crate) source: String,
    /// The page or the file that it leads to.
    pub(crate) to: Address,
}

/// A table: at least two columns and one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// What it shows.
    pub(crate) caption: String,
    /// The columns' names.
    pub(crate) header: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Vec<Vec<Inline>>>,
}

/// What was made of some HTML.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The blocks.
    pub(crate) blocks: Vec<Block>,
    /// What could not be carried over.
    pub(crate) losses: Vec<Loss>,
}

/// The most nodes that are looked at for an excerpt.
const MOST_NODES: usize = 400;

/// Reads the HTML of a text, such as a post.
pub(crate) fn fragment(html: &str, resolve: Resolve<'_>) -> Body {
    let mut builder = Builder::new(resolve);
    match tree::fragment(html) {
        Ok(dom) => walk(&dom.document, &mut builder),
        Err(tangle) => without_markup(html, tangle, &mut builder),
    }
    builder.finish()
}

/// Takes a text whose markup is not read: its words become one paragraph.
fn without_markup(html: &str, tangle: Tangle, builder: &mut Builder<'_>) {
    builder.lose(&tangle.what(), html);
    // Without a tag in it, nothing can be nested.
    if let Ok(dom) = tree::fragment(&tree::without_markup(html)) {
        walk(&dom.document, builder);
    }
}

/// The words of a text with markup in it, such as a title.
pub(crate) fn words(html: &str) -> String {
    let body = fragment(html, &|_| None);
    let text = |block: &Block| match block {
        Block::Paragraph(runs) | Block::Quote(runs, _) => portal::model::plain_text(runs),
        Block::Heading(text) | Block::Subheading(text) => text.clone(),
        Block::List(entries) | Block::Numbered(entries) => {
            entries.iter().map(|entry| portal::model::plain_text(entry)).collect::<Vec<_>>().join(" ")
        }
        Block::Picture(picture) => picture.caption.clone(),
        Block::Gallery(_, title) => title.clone(),
        Block::Player(player) => player.title.clone(),
        Block::Table(table) => table.header.join(" "),
    };
    body.blocks.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

enum Step {
    Enter(Handle),
    Leave,
}

/// Walks over everything below a node in the order of the text.
fn walk(root: &Handle, builder: &mut Builder<'_>) {
    let children = |node: &Handle| node.children.borrow().iter().rev().cloned().map(Step::Enter).collect::<Vec<_>>();
    let mut steps = children(root);
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Leave => {
                builder.end();
                continue;
            }
            Step::Enter(node) => node,
        };
        match &node.data {
            NodeData::Text { contents } => builder.text(&contents.borrow()),
            NodeData::Comment { contents } => builder.comment(contents),
            // The parser puts everything into an element of its own; so does a <body> in the middle.
            NodeData::Element { .. } if builder.start(&node) => {
                steps.push(Step::Leave);
                steps.extend(children(&node));
            }
            _ => {}
        }
    }
}

/// The beginning of the text below a node.
fn text_below(node: &Handle) -> String {
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

#[cfg(test)]
mod tests;
