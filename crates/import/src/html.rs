//! Turns HTML into blocks. A real HTML5 parser reads it. Elements on the list in [`elements`]
//! become blocks or marks. Any other element leaves its words and a [`Loss`](crate::loss::Loss), or
//! a loss alone.
//!
//! Nothing in this module recurses, so that deep markup cannot overflow the stack.

mod blocks;
mod builder;
mod elements;
mod page;
mod table;
mod tag;
mod tree;
mod visible;

use builder::Builder;
use markup5ever_rcdom::{Handle, NodeData};
use tree::MarkupLimit;

pub use blocks::{Block, Body, Picture, Player, Resolve, Table};
pub use page::{Page, page};
pub use visible::visible;

/// Reads a fragment of HTML, such as the text of a post.
pub fn fragment(html: &str, resolve: Resolve<'_>) -> Body {
    let mut builder = Builder::new(resolve);
    match tree::fragment(html) {
        Ok(dom) => walk(&dom.document, &mut builder),
        Err(limit) => without_markup(html, limit, &mut builder),
    }
    builder.finish()
}

/// Takes a text whose markup exceeds a limit: its words become one paragraph.
fn without_markup(html: &str, limit: MarkupLimit, builder: &mut Builder<'_>) {
    builder.lose(&limit.what(), html);
    // Without a tag in it, nothing can be nested.
    if let Ok(dom) = tree::fragment(&tree::without_markup(html)) {
        walk(&dom.document, builder);
    }
}

/// The characters that HTML knows by a name, which is written as `&name;`; `None` for an unknown name.
pub fn named(reference: &str) -> Option<String> {
    tree::named(reference)
}

/// The words of a text with markup in it, such as a title.
pub fn words(html: &str) -> String {
    texts(html).join(" ")
}

/// The words of a text with markup in it, block by block.
pub fn texts(html: &str) -> Vec<String> {
    let body = fragment(html, &|_| None);
    let text = |block: &Block| match block {
        Block::Paragraph(runs) | Block::Quote(runs, _) => model::plain_text(runs),
        Block::Heading(text) | Block::Subheading(text) => text.clone(),
        Block::List(entries) | Block::Numbered(entries) => entries
            .iter()
            .map(|entry| model::plain_text(entry))
            .collect::<Vec<_>>()
            .join(" "),
        Block::Picture(picture) => picture.caption.clone(),
        Block::Gallery(_, title) => title.clone(),
        Block::Player(player) => player.title.clone(),
        Block::Table(table) => table.header.join(" "),
    };
    body.blocks
        .iter()
        .map(text)
        .filter(|text| !text.is_empty())
        .collect()
}

enum Step {
    Enter(Handle),
    Leave,
}

/// Walks over everything below a node in the order of the text.
fn walk(root: &Handle, builder: &mut Builder<'_>) {
    let children = |node: &Handle| {
        node.children
            .borrow()
            .iter()
            .rev()
            .cloned()
            .map(Step::Enter)
            .collect::<Vec<_>>()
    };
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
            // The root element that the parser adds is taken like any other.
            NodeData::Element { .. } if builder.start(&node) => {
                steps.push(Step::Leave);
                steps.extend(children(&node));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
