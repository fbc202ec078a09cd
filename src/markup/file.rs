//! Markup as HTML.

use super::Markup;
use super::template::{attribute, operations};
use leptos::prelude::untrack;

/// Stands behind a region, and between a text and a region: a browser makes one node of texts that
/// stand side by side.
const MARK: &str = "<!---->";

/// The elements that have no end tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// The elements whose text a browser takes as it stands, without references.
const RAW: [&str; 2] = ["script", "style"];

/// Adds the HTML of a view to a text.
pub(super) fn write(markup: Markup, html: &mut String) {
    let mut file = File {
        html,
        open: Vec::new(),
        is_in_tag: false,
        is_in_text: false,
    };
    file.add(markup);
}

struct File<'a> {
    html: &'a mut String,
    /// The open elements.
    open: Vec<&'static str>,
    /// Whether the start tag of the last of them may still get attributes.
    is_in_tag: bool,
    /// Whether the last node is a text.
    is_in_text: bool,
}

impl File<'_> {
    fn add(&mut self, markup: Markup) {
        match markup {
            Markup::Nothing | Markup::Present | Markup::Listener(_) => {}
            Markup::Text(text) => self.text(&text),
            Markup::List(list) => list.into_iter().for_each(|one| self.add(one)),
            Markup::Region(region) => {
                self.end_tag();
                if self.is_in_text {
                    self.html.push_str(MARK);
                    self.is_in_text = false;
                }
                self.add(untrack(region));
                self.html.push_str(MARK);
                self.is_in_text = false;
            }
            Markup::Template(template, values) => {
                let mut values = values.into_iter();
                let mut next = || values.next().unwrap_or(Markup::Nothing);
                for (letter, rest) in operations(template) {
                    match letter {
                        b'<' => self.open(rest),
                        b'>' => self.close(),
                        b'=' => match attribute(rest) {
                            (name, "") => self.html.extend([" ", name]),
                            (name, value) => self.attribute(name, value),
                        },
                        b'?' => self.attribute_of(rest, next()),
                        b'\'' => self.text(rest),
                        b'{' => {
                            let value = next();
                            self.add(value);
                        }
                        _ => drop(next()),
                    }
                }
            }
        }
    }

    fn open(&mut self, name: &'static str) {
        self.end_tag();
        self.html.extend(["<", name]);
        self.open.push(name);
        (self.is_in_tag, self.is_in_text) = (true, false);
    }

    fn close(&mut self) {
        self.end_tag();
        let name = self.open.pop().unwrap_or_default();
        if !VOID.contains(&name) {
            self.html.extend(["</", name, ">"]);
        }
        self.is_in_text = false;
    }

    /// Ends the start tag, where one is not complete.
    fn end_tag(&mut self) {
        if std::mem::take(&mut self.is_in_tag) {
            self.html.push('>');
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.end_tag();
        if self.open.last().is_some_and(|name| RAW.contains(name)) {
            // In a string of a script, this is the same text, and it cannot end the element.
            self.html.push_str(&text.replace("</", "<\\/"));
        } else {
            escape(text, self.html, false);
        }
        self.is_in_text = true;
    }

    fn attribute_of(&mut self, name: &str, value: Markup) {
        match value {
            Markup::Text(text) => self.attribute(name, &text),
            Markup::Present => self.html.extend([" ", name]),
            Markup::Region(region) => self.attribute_of(name, untrack(region)),
            _ => {}
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html.extend([" ", name, "=\""]);
        escape(value, self.html, true);
        self.html.push('"');
    }
}

/// Adds a text with the characters as references that mean something in HTML.
fn escape(text: &str, html: &mut String, is_attribute: bool) {
    let mut rest = text;
    let reference = |byte: u8| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' if is_attribute => Some("&quot;"),
        _ => None,
    };
    // Nearly all of a text goes over as it is, and no part of a longer character is one of these.
    let next = |rest: &str| {
        rest.bytes()
            .enumerate()
            .find_map(|(at, byte)| Some((at, reference(byte)?)))
    };
    while let Some((at, reference)) = next(rest) {
        html.push_str(&rest[..at]);
        html.push_str(reference);
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}
