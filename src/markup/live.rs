//! Markup in the DOM.
//!
//! To build is to write the elements and texts as one text, which `portalBuild` in `src/boot.js`
//! makes into nodes, and then to take these over as if they had come with the page. To take over is
//! to walk to the nodes that something happens to: listeners, and regions.

use super::Markup;
use super::template::{OPERATION, VALUE, operations};
use any_spawner::Executor;
use leptos::ev::Event;
use leptos::prelude::{Owner, RenderEffect};
use leptos::web_sys::{Element, Node, js_sys};
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Makes the nodes of operations, in a fragment.
    #[wasm_bindgen(js_name = portalBuild)]
    fn build(operations: &str) -> Node;
}

/// What keeps nodes alive that something happens to.
#[expect(dead_code, reason = "held until the nodes go")]
enum Kept {
    Listener(Closure<dyn FnMut(Event)>),
    Effect(RenderEffect<Vec<Kept>>),
}

/// Shows a view in an element for as long as the page is there. Takes over the nodes that came with
/// the page, where they are complete, and else adds new ones.
pub fn mount(root: &Node, is_complete: bool, view: impl FnOnce() -> Markup) {
    // It is an error only where this was done before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let kept = owner.with(|| {
        let markup = view();
        if is_complete {
            let mut walk = Walk::at(root.first_child(), true);
            walk.add(markup);
            return walk.kept;
        }
        let (fragment, kept) = fragment(markup);
        let _ = root.append_child(&fragment);
        kept
    });
    mem::forget((owner, kept));
}

/// New nodes, and what keeps them alive.
fn fragment(markup: Markup) -> (Node, Vec<Kept>) {
    let mut text = Operations::default();
    text.add(&markup);
    let fragment = build(&text.text);
    let mut walk = Walk::at(fragment.first_child(), false);
    walk.add(markup);
    (fragment, walk.kept)
}

/// The operations for `portalBuild`: those of templates, with the values in them. A region is the
/// mark behind it, which is a comment.
#[derive(Default)]
struct Operations {
    text: String,
    is_in_text: bool,
}

impl Operations {
    fn push(&mut self, letter: char, rest: &str) {
        self.text.extend([OPERATION, letter]);
        self.value(rest);
        self.is_in_text = false;
    }

    /// Adds a text of an editor, in which no operation begins.
    fn value(&mut self, text: &str) {
        self.text.extend(text.split([OPERATION, VALUE]));
    }

    fn add(&mut self, markup: &Markup) {
        match markup {
            Markup::Nothing | Markup::Present | Markup::Listener(_) => {}
            Markup::Text(text) => self.add_text(text),
            Markup::List(list) => list.iter().for_each(|one| self.add(one)),
            Markup::Region(_) => self.push('!', ""),
            Markup::Template(template, values) => {
                let mut values = values.iter();
                for (letter, rest) in operations(template) {
                    match letter {
                        b'\'' => self.add_text(rest),
                        b'{' => {
                            if let Some(value) = values.next() {
                                self.add(value);
                            }
                        }
                        b'?' => self.add_attribute(rest, values.next()),
                        b'.' | b'@' => drop(values.next()),
                        _ => {
                            self.text.extend([OPERATION, char::from(letter)]);
                            self.text.push_str(rest);
                            self.is_in_text = false;
                        }
                    }
                }
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.is_in_text {
            self.value(text);
        } else {
            self.push('\'', text);
            self.is_in_text = true;
        }
    }

    fn add_attribute(&mut self, name: &str, value: Option<&Markup>) {
        let value = match value {
            Some(Markup::Text(value)) => value,
            Some(Markup::Present) => "",
            _ => return,
        };
        self.push('=', name);
        self.text.push(VALUE);
        self.value(value);
    }
}

/// A walk over the nodes of a view.
struct Walk {
    /// The node that is next.
    next: Option<Node>,
    /// Whether the node before is a text: all that is text belongs to it.
    is_in_text: bool,
    /// Whether the nodes came with the page, so that regions have theirs already.
    is_complete: bool,
    kept: Vec<Kept>,
}

impl Walk {
    fn at(next: Option<Node>, is_complete: bool) -> Self {
        Self {
            next,
            is_in_text: false,
            is_complete,
            kept: Vec::new(),
        }
    }

    /// Goes on by one node.
    fn step(&mut self) -> Option<Node> {
        let node = self.next.take();
        self.next = node.as_ref().and_then(Node::next_sibling);
        node
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() && !mem::replace(&mut self.is_in_text, true) {
            self.step();
        }
    }

    fn add(&mut self, markup: Markup) {
        match markup {
            Markup::Nothing | Markup::Present | Markup::Listener(_) => {}
            Markup::Text(text) => self.text(&text),
            Markup::List(list) => list.into_iter().for_each(|one| self.add(one)),
            Markup::Region(region) => self.region(region),
            Markup::Template(template, values) => self.template(template, values),
        }
    }

    fn template(&mut self, template: &'static str, values: Vec<Markup>) {
        let live: Vec<bool> = values.iter().map(is_live).collect();
        let mut values = values.into_iter();
        let mut at = 0;
        // The nodes behind the open elements.
        let mut behind: Vec<Option<Node>> = Vec::new();
        let mut element: Option<Node> = None;
        let mut rest = operations(template);
        while let Some((letter, name)) = rest.next() {
            match letter {
                b'<' => {
                    self.is_in_text = false;
                    let node = self.step();
                    let inside = holes(rest.clone());
                    if live[at..at + inside.values].contains(&true) {
                        behind.push(mem::replace(
                            &mut self.next,
                            node.as_ref().and_then(Node::first_child),
                        ));
                        element = node;
                    } else {
                        // Nothing happens in here.
                        at += inside.values;
                        values.by_ref().take(inside.values).for_each(drop);
                        rest.by_ref().take(inside.operations).for_each(drop);
                    }
                }
                b'>' => {
                    self.next = behind.pop().flatten();
                    self.is_in_text = false;
                }
                b'\'' => self.text(name),
                b'=' => {}
                _ => {
                    at += 1;
                    let Some(value) = values.next() else { return };
                    match (letter, value, &element) {
                        (b'{', value, _) => self.add(value),
                        (b'@', Markup::Listener(handler), Some(element)) => {
                            let closure = Closure::wrap(handler.take());
                            let function: &js_sys::Function = closure.as_ref().unchecked_ref();
                            let _ = element.add_event_listener_with_callback(name, function);
                            self.kept.push(Kept::Listener(closure));
                        }
                        (_, Markup::Region(region), Some(element)) => {
                            let element = element.clone().unchecked_into();
                            let effect = if letter == b'.' {
                                property(element, name, region)
                            } else {
                                self.attribute(element, name, region)
                            };
                            self.kept.push(Kept::Effect(effect));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Follows the signals of an attribute. One that came with the page has its value already.
    fn attribute(
        &self,
        element: Element,
        name: &'static str,
        mut region: Box<dyn FnMut() -> Markup + Send>,
    ) -> RenderEffect<Vec<Kept>> {
        let is_complete = self.is_complete;
        // Every effect keeps a list, so that its code is there once.
        RenderEffect::new(move |before: Option<Vec<Kept>>| {
            let value = region();
            if before.is_none() && is_complete {
                return Vec::new();
            }
            let _ = match &value {
                Markup::Text(value) => element.set_attribute(name, value),
                Markup::Present => element.set_attribute(name, ""),
                _ => element.remove_attribute(name),
            };
            Vec::new()
        })
    }

    /// Follows the signals of a region. Its nodes stand before its mark, a comment.
    fn region(&mut self, mut region: Box<dyn FnMut() -> Markup + Send>) {
        if self.is_complete && mem::take(&mut self.is_in_text) {
            self.step();
        }
        self.is_in_text = false;
        let before = self.next.as_ref().and_then(Node::previous_sibling);
        let mark = Rc::new(RefCell::new(None::<Node>));
        // The effect runs at once, and the walk goes through it.
        let walk = Rc::new(RefCell::new(Some(Walk::at(
            self.next.take(),
            self.is_complete,
        ))));
        let effect = RenderEffect::new({
            let (walk, mark) = (Rc::clone(&walk), Rc::clone(&mark));
            move |kept: Option<Vec<Kept>>| {
                let markup = region();
                if kept.is_none() {
                    let Some(mut first) = walk.take() else {
                        return Vec::new();
                    };
                    let mut kept = Vec::new();
                    if first.is_complete {
                        first.add(markup);
                        kept = mem::take(&mut first.kept);
                        first.is_in_text = false;
                        *mark.borrow_mut() = first.step();
                    } else {
                        let node = first.step();
                        if let Some(mark) = &node {
                            kept = insert(markup, mark);
                        }
                        *mark.borrow_mut() = node;
                    }
                    walk.replace(Some(first));
                    return kept;
                }
                // What happened to the nodes that go ends with them.
                drop(kept);
                let mark = mark.borrow();
                let Some(mark) = mark.as_ref() else {
                    return Vec::new();
                };
                while let Some(node) = mark.previous_sibling() {
                    if before.as_ref() == Some(&node) {
                        break;
                    }
                    remove(&node);
                }
                insert(markup, mark)
            }
        });
        self.next = walk.take().and_then(|walk| walk.next);
        self.kept.push(Kept::Effect(effect));
    }
}

/// Puts new nodes before a mark.
fn insert(markup: Markup, mark: &Node) -> Vec<Kept> {
    if markup.is_nothing() {
        return Vec::new();
    }
    let (fragment, kept) = fragment(markup);
    if let Some(parent) = mark.parent_node() {
        let _ = parent.insert_before(&fragment, Some(mark));
    }
    kept
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

/// Follows the signals of a property that is true or false.
fn property(
    element: Element,
    name: &'static str,
    mut region: Box<dyn FnMut() -> Markup + Send>,
) -> RenderEffect<Vec<Kept>> {
    RenderEffect::new(move |_| {
        let value = JsValue::from_bool(matches!(region(), Markup::Present));
        let _ = js_sys::Reflect::set(&element, &JsValue::from_str(name), &value);
        Vec::new()
    })
}

/// Whether something happens in a view.
fn is_live(markup: &Markup) -> bool {
    match markup {
        Markup::Region(_) | Markup::Listener(_) => true,
        Markup::List(list) | Markup::Template(_, list) => list.iter().any(is_live),
        _ => false,
    }
}

/// What an element holds.
struct Inside {
    /// Its operations, its end included.
    operations: usize,
    /// Its values.
    values: usize,
}

/// What the element holds whose start tag is over.
fn holes(rest: impl Iterator<Item = (u8, &'static str)>) -> Inside {
    let mut inside = Inside {
        operations: 0,
        values: 0,
    };
    let mut depth = 1;
    for (letter, _) in rest {
        inside.operations += 1;
        match letter {
            b'<' => depth += 1,
            b'>' => depth -= 1,
            b'=' | b'\'' => {}
            _ => inside.values += 1,
        }
        if depth == 0 {
            break;
        }
    }
    inside
}
