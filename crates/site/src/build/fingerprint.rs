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

/// The placeholder of a fingerprint in a page.
pub(crate) const PENDING: &str = "pending";

/// Records fingerprints. Several threads can share it.
#[derive(Default)]
pub(crate) struct Fingerprints {
    /// The hashes of the chains of nested elements for which the scan agreed with the parser.
    known: RwLock<HashSet<u64>>,
}

impl Fingerprints {
    /// Puts the fingerprint of the portal's element into the page.
    pub(crate) fn record(&self, html: &str) -> String {
        let fingerprint = self.of(html);
        // Quotes in content are escaped, so the first match is the attribute itself.
        html.replacen(
            &format!("data-fingerprint=\"{PENDING}\""),
            &format!("data-fingerprint=\"{fingerprint}\""),
            1,
        )
    }

    fn of(&self, html: &str) -> Fingerprint {
        let Some(Scan {
            fingerprint,
            ancestor_paths,
        }) = Scan::of(html)
        else {
            return parsed(html);
        };
        let is_known = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            ancestor_paths.iter().all(|path| known.contains(path))
        };
        if is_known {
            return fingerprint;
        }
        let parsed = parsed(html);
        if parsed == fingerprint {
            self.known
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(ancestor_paths);
        }
        parsed
    }
}

/// The fingerprint of what a browser makes of the page.
fn parsed(html: &str) -> Fingerprint {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
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
