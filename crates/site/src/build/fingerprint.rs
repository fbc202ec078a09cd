//! The fingerprint of a prerendered page: the nodes that a browser will make of it.
//!
//! A parser that works as browsers do says what these are. It is also the slowest part of making a page, and nearly every
//! page nests its elements as thousands before it. So the tags are only gone through ([`scan`]), and the page is parsed
//! where an element stands below others in a way that no page before had. Where both find the same nodes, the way is
//! known from then on; where they do not, what the parser says is recorded.

mod scan;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use model::Fingerprint;
use scan::Scan;
use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

/// Stands in a page until its fingerprint is known.
pub(crate) const PENDING: &str = "pending";

/// Records fingerprints. It can be used from several threads at once.
#[derive(Default)]
pub(crate) struct Fingerprints {
    /// The ways from the portal's element down to a node of which a parser makes what they say.
    known: RwLock<HashSet<u64>>,
}

impl Fingerprints {
    /// Puts the fingerprint of the portal's element into the page.
    pub(crate) fn record(&self, html: &str) -> String {
        let fingerprint = self.of(html);
        // The quotes are escaped in everything that is not markup of our own, and this is the first attribute of its name.
        html.replacen(&format!("data-fingerprint=\"{PENDING}\""), &format!("data-fingerprint=\"{fingerprint}\""), 1)
    }

    fn of(&self, html: &str) -> Fingerprint {
        let Some(Scan { fingerprint, ways }) = Scan::of(html) else { return parsed(html) };
        let is_known = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            ways.iter().all(|way| known.contains(way))
        };
        if is_known {
            return fingerprint;
        }
        let parsed = parsed(html);
        if parsed == fingerprint {
            self.known.write().unwrap_or_else(PoisonError::into_inner).extend(ways);
        }
        parsed
    }
}

/// What a browser makes of the page.
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

#[cfg(test)]
mod tests;
