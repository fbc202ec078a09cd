//! The fingerprint of a prerendered page, taken from the tree that a browser will make of it.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use portal::model::Fingerprint;

/// Stands in a page until its fingerprint is known.
pub(crate) const PENDING: &str = "pending";

/// Puts the fingerprint of the portal's element into the page.
pub(crate) fn record(html: &str) -> String {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut fingerprint = Fingerprint::default();
    if let Some(root) = find(&dom.document, "portal") {
        add_children(&root, &mut fingerprint);
    }
    // The quotes are escaped in everything that is not markup of our own, and this is the first attribute of its name.
    html.replacen(&format!("data-fingerprint=\"{PENDING}\""), &format!("data-fingerprint=\"{fingerprint}\""), 1)
}

fn find(node: &Handle, id: &str) -> Option<Handle> {
    if let NodeData::Element { attrs, .. } = &node.data
        && attrs.borrow().iter().any(|attribute| &*attribute.name.local == "id" && &*attribute.value == id)
    {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(|child| find(child, id))
}

fn add_children(node: &Handle, fingerprint: &mut Fingerprint) {
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Element { name, .. } => fingerprint.add(&name.local.to_ascii_uppercase()),
            NodeData::Text { .. } => fingerprint.add("#text"),
            NodeData::Comment { .. } => fingerprint.add("#comment"),
            _ => continue,
        }
        add_children(child, fingerprint);
    }
}
