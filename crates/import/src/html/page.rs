//! A whole page: its text, and the metadata in its head.

use super::blocks::{Block, Body, Resolve, text_below};
use super::builder::Builder;
use super::tag::Tag;
use super::{tree, walk, without_markup, words};
use markup5ever_rcdom::Handle;

/// A page with its metadata.
#[derive(Debug, Default)]
pub struct Page {
    /// Its first `<h1>`, or else its `<title>`.
    pub title: String,
    /// The date of publication, as the page writes it.
    pub published: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// Its canonical address.
    pub address: Option<String>,
    /// The name of its site.
    pub site: Option<String>,
    /// Its text.
    pub body: Body,
}

/// Reads a whole page. Its text is in `<main>`, else in `<article>`, else in `<body>`.
pub fn page(html: &str, resolve: Resolve<'_>) -> Page {
    let dom = match tree::document(html) {
        Ok(dom) => dom,
        Err(limit) => {
            let mut builder = Builder::new(resolve);
            without_markup(html, limit, &mut builder);
            return Page {
                body: builder.finish(),
                ..Page::default()
            };
        }
    };
    let elements = elements(&dom.document);
    let mut page = head(&elements);
    let root = ["main", "article", "body"]
        .iter()
        .find_map(|name| elements.iter().find(|tag| tag.name == **name));
    let Some(root) = root else { return page };
    let mut builder = Builder::new(resolve);
    builder.leave_out_surroundings();
    walk(&root.node, &mut builder);
    page.body = builder.finish();
    take_title(&mut page, elements.iter().find(|tag| tag.name == "h1"));
    page
}

/// Makes the first `<h1>` the page's title, and takes it out of the text.
fn take_title(page: &mut Page, heading: Option<&Tag>) {
    let Some(text) = heading.map(|tag| text_below(&tag.node)) else {
        return;
    };
    let text = words(&escaped(&text));
    if text.is_empty() {
        return;
    }
    if let Some(at) = page
        .body
        .blocks
        .iter()
        .position(|block| *block == Block::Heading(text.clone()))
    {
        page.body.blocks.remove(at);
        // The heading is the headline now: nothing is lost.
        let known = crate::loss::Loss::new("a heading of level 1 became one of level 2", &text);
        page.body.losses.retain(|loss| *loss != known);
    }
    page.title = text;
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn head(elements: &[Tag]) -> Page {
    let meta = |names: &[&str]| {
        let named = |tag: &&Tag| {
            tag.name == "meta"
                && tag
                    .first(&["name", "property"])
                    .is_some_and(|n| names.contains(&n))
        };
        elements
            .iter()
            .find(named)
            .and_then(|tag| tag.get("content"))
            .map(str::to_owned)
    };
    let time = || {
        elements
            .iter()
            .find(|tag| tag.name == "time")
            .and_then(|tag| tag.get("datetime"))
            .map(str::to_owned)
    };
    let link = elements
        .iter()
        .find(|tag| tag.name == "link" && tag.get("rel") == Some("canonical"));
    let title = elements
        .iter()
        .find(|tag| tag.name == "title")
        .map(|tag| words(&escaped(&text_below(&tag.node))));
    Page {
        title: title.unwrap_or_default(),
        published: meta(&[
            "article:published_time",
            "date",
            "dc.date",
            "DC.date.issued",
        ])
        .or_else(time),
        author: meta(&["author", "article:author", "dc.creator"])
            .filter(|name| !name.contains("://")),
        address: link
            .and_then(|tag| tag.get("href"))
            .map(str::to_owned)
            .or_else(|| meta(&["og:url"])),
        site: meta(&["og:site_name"]),
        body: Body::default(),
    }
}

/// Every element of a page, in document order.
fn elements(root: &Handle) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(node) = open.pop() {
        found.extend(Tag::new(&node));
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    found
}
