//! The fingerprint of a prerendered page, computed from the nodes that a browser will make of it.
//!
//! Parsing as browsers do is the slowest part of making a page, and nearly all pages nest their
//! elements in the same ways. So the tags are only scanned ([`scan`]). The page is parsed as well
//! where a chain of nested elements is new. If both give the same fingerprint, the page's chains
//! are known from then on. If not, the parser's fingerprint is recorded.

mod scan;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use model::Fingerprint;
use scan::Scan;
use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

/// Knows the fingerprints of pages. Several threads can share it.
#[derive(Default)]
pub(crate) struct Fingerprints {
    /// The hashes of the chains of nested elements for which the scan agreed with the parser.
    known: RwLock<HashSet<u64>>,
}

impl Fingerprints {
    /// The fingerprint of the portal's element, of which this is the inside.
    pub(crate) fn of(&self, inside: &str) -> Fingerprint {
        let Some(Scan {
            fingerprint,
            ancestor_paths,
        }) = Scan::of(inside)
        else {
            return parsed(inside);
        };
        let is_known = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            ancestor_paths.iter().all(|path| known.contains(path))
        };
        if is_known {
            return fingerprint;
        }
        let parsed = parsed(inside);
        if parsed == fingerprint {
            self.known
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(ancestor_paths);
        }
        parsed
    }
}

/// The fingerprint of what a browser makes of the portal's element.
fn parsed(inside: &str) -> Fingerprint {
    let page = format!("<!DOCTYPE html><body><div id=\"portal\">{inside}</div></body>");
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let mut fingerprint = Fingerprint::default();
    if let Some(root) = find(&dom.document, "portal") {
        add_children(&root, &mut fingerprint);
    }
    fingerprint
}

fn find(node: &Handle, id: &str) -> Option<Handle> {
    if let NodeData::Element { attrs, .. } = &node.data
        && attrs
            .borrow()
            .iter()
            .any(|attribute| &*attribute.name.local == "id" && &*attribute.value == id)
    {
        return Some(node.clone());
    }
    node.children
        .borrow()
        .iter()
        .find_map(|child| find(child, id))
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

#[cfg(test)]
mod tests;
