//! The tree that the parser builds: that of `markup5ever_rcdom`, which counts how often the parser
//! visits an element. Children are searched from the last one on, because the parser changes the
//! end of the tree.

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::rc::{Rc, Weak};

/// A tree under construction.
#[derive(Default)]
pub(super) struct Sink {
    dom: RcDom,
    visits: Cell<usize>,
}

impl Sink {
    /// How often the parser has visited an element until now.
    pub(super) fn visits(&self) -> usize {
        self.visits.get()
    }

    fn visit(&self, times: usize) {
        self.visits.set(self.visits.get().saturating_add(times));
    }

    /// A node's parent, and the index of the node among its children.
    fn place(&self, node: &Handle) -> Option<(Handle, usize)> {
        let parent = parent(node)?;
        let children = parent.children.borrow();
        let at = children.iter().rposition(|child| Rc::ptr_eq(child, node))?;
        self.visit(children.len() - at);
        drop(children);
        Some((parent, at))
    }
}

fn parent(node: &Handle) -> Option<Handle> {
    let parent = node.parent.take();
    let found = parent.as_ref().and_then(Weak::upgrade);
    node.parent.set(parent);
    found
}

/// Appends text to a text node; `false` where the node is none.
fn add(text: &StrTendril, to: Option<&Handle>) -> bool {
    let Some(NodeData::Text { contents }) = to.map(|node| &node.data) else {
        return false;
    };
    contents.borrow_mut().push_tendril(text);
    true
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = RcDom;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> RcDom {
        self.dom
    }

    // Parse errors are not used, and there can be one for each byte.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.dom.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.visit(1);
        self.dom.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Handle {
        self.visit(1);
        self.dom.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.dom.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.dom.create_pi(target, data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.dom.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        before: &Handle,
        child: NodeOrText<Handle>,
    ) {
        if parent(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.dom.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.dom.get_template_contents(target)
    }

    fn same_node(&self, a: &Handle, b: &Handle) -> bool {
        self.visit(1);
        Rc::ptr_eq(a, b)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.dom.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        // The index counts the children without the new one, which may come from the same parent.
        if let NodeOrText::AppendNode(node) = &new {
            self.remove_from_parent(node);
        }
        let Some((parent, at)) = self.place(sibling) else {
            return;
        };
        let child = match new {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                let before = at
                    .checked_sub(1)
                    .and_then(|before| parent.children.borrow().get(before).cloned());
                if add(&text, before.as_ref()) {
                    return;
                }
                Node::new(NodeData::Text {
                    contents: RefCell::new(text),
                })
            }
        };
        child.parent.set(Some(Rc::downgrade(&parent)));
        parent.children.borrow_mut().insert(at, child);
    }

    // The attributes of a second <html> or <body> say nothing about the words, and comparing them
    // with all earlier ones takes time.
    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        if let Some((parent, at)) = self.place(target) {
            parent.children.borrow_mut().remove(at);
            target.parent.set(None);
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.visit(node.children.borrow().len());
        self.dom.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        self.dom.is_mathml_annotation_xml_integration_point(target)
    }
}

/// Counts the parser's open elements.
pub(super) struct Count<H>(Cell<usize>, PhantomData<H>);

impl<H> Default for Count<H> {
    fn default() -> Self {
        Self(Cell::new(0), PhantomData)
    }
}

impl<H> Count<H> {
    /// The count.
    pub(super) fn get(&self) -> usize {
        self.0.get()
    }
}

impl<H> Tracer for Count<H> {
    type Handle = H;

    fn trace_handle(&self, _: &H) {
        self.0.set(self.0.get() + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5ever::{LocalName, ns};

    #[test]
    fn a_node_that_moves_forward_among_its_siblings_comes_right_before_the_one_named() {
        let sink = Sink::default();
        let element = |name: &str| {
            let name = QualName::new(None, ns!(html), LocalName::from(name));
            sink.create_element(name, Vec::new(), ElementFlags::default())
        };
        let (parent, [a, b, c, d]) = (element("p"), ["a", "b", "i", "q"].map(element));
        for child in [&a, &b, &c, &d] {
            sink.append(&parent, NodeOrText::AppendNode(child.clone()));
        }
        let order = || -> Vec<String> {
            parent
                .children
                .borrow()
                .iter()
                .map(|child| sink.elem_name(child).local.to_string())
                .collect()
        };
        sink.append_before_sibling(&c, NodeOrText::AppendNode(a.clone()));
        assert_eq!(order(), ["b", "a", "i", "q"]);
        sink.append_before_sibling(&b, NodeOrText::AppendNode(d));
        assert_eq!(order(), ["q", "b", "a", "i"]);
    }
}
