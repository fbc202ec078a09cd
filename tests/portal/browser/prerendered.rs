//! A prerendered page, parsed from its file by an HTML parser and not by a browser.

use super::pages::Page;
use super::snapshot::{Head, PageSnapshot};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::fs;
use std::path::Path;

/// The parts of the file that journeys compare.
pub(super) struct Prerendered {
    /// The head.
    pub(super) head: Head,
    /// The text of the main part.
    pub(super) main: String,
    /// The Open Graph title.
    pub(super) share_title: Option<String>,
    /// The text of everything that is hydrated. Leptos writes a space for an empty text, to have a
    /// node to hydrate; these spaces are left out.
    pub(super) portal: String,
}

impl Prerendered {
    /// Parses a page's file.
    pub(super) fn read(folder: &Path, page: &Page) -> Self {
        let file = folder.join(page.file());
        Self::parse(
            &fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display())),
        )
    }

    /// Parses a page's HTML.
    pub(super) fn parse(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut elements = Vec::new();
        collect(&dom.document, &mut elements);
        let of = |name: &str, key: (&str, &str), value: &str| {
            let found = elements
                .iter()
                .find(|node| is(node, name) && attribute(node, key.0).as_deref() == Some(key.1));
            found.and_then(|node| attribute(node, value))
        };
        let named = |name: &str| {
            elements
                .iter()
                .find(|node| is(node, name))
                .map(text)
                .unwrap_or_default()
        };
        let alternates = || {
            elements
                .iter()
                .filter(|node| attribute(node, "rel").as_deref() == Some("alternate"))
        };
        let feed = |node| {
            Some((
                attribute(node, "type")?,
                attribute(node, "title")?,
                attribute(node, "href")?,
            ))
        };
        let head = Head {
            title: named("title"),
            description: of("meta", ("name", "description"), "content"),
            canonical: of("link", ("rel", "canonical"), "href"),
            robots: of("meta", ("name", "robots"), "content"),
            feeds: alternates().filter_map(feed).collect(),
            manifest: of("link", ("rel", "manifest"), "href"),
            alternates: alternates()
                .filter_map(|node| attribute(node, "hreflang").zip(attribute(node, "href")))
                .collect(),
        };
        let portal = elements
            .iter()
            .find(|node| attribute(node, "id").as_deref() == Some("portal"));
        let share_title = of("meta", ("property", "og:title"), "content");
        Self {
            head,
            main: named("main"),
            share_title,
            portal: portal.map(filled).unwrap_or_default(),
        }
    }

    /// Asserts that the live page has the same head and text.
    pub(super) fn check(&self, snapshot: &PageSnapshot) {
        assert_eq!(snapshot.head, self.head, "the head of {}", snapshot.path);
        assert_eq!(snapshot.main, self.main, "the text of {}", snapshot.path);
    }
}

fn collect(node: &Handle, elements: &mut Vec<Handle>) {
    if matches!(node.data, NodeData::Element { .. }) {
        elements.push(node.clone());
    }
    node.children
        .borrow()
        .iter()
        .for_each(|child| collect(child, elements));
}

fn is(node: &Handle, element: &str) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == element)
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else {
        return None;
    };
    attrs
        .borrow()
        .iter()
        .find(|attribute| &*attribute.name.local == wanted)
        .map(|attribute| attribute.value.to_string())
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

fn filled(node: &Handle) -> String {
    if let NodeData::Text { contents } = &node.data {
        return contents.borrow().to_string();
    }
    let children = node.children.borrow();
    let alone = children
        .iter()
        .filter(|child| !matches!(child.data, NodeData::Comment { .. }))
        .count()
        == 1;
    let text: String = children.iter().map(filled).collect();
    if alone && text == " " {
        String::new()
    } else {
        text
    }
}
