//! Finds the position of a part of a document:
//! `root.key("body").item(3).key("heading").problem("…")`.

use super::node::{Kind, Member, Node};
use crate::diagnostics::{Lines, Location, Message, Problem, short};
use std::sync::OnceLock;

/// The text of a file, with the file's name.
pub struct Source {
    name: String,
    text: String,
    /// The line index of the text, made for the first problem.
    lines: OnceLock<Lines>,
}

impl Source {
    /// A text that was read from the file `name`.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            lines: OnceLock::new(),
        }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A problem at the byte `offset`.
    pub fn problem(&self, offset: usize, message: Message) -> Problem {
        let lines = self.lines.get_or_init(|| Lines::of(&self.text));
        Problem::at(
            &self.name,
            Location::among(lines, &self.text, offset),
            message,
        )
    }
}

/// A value in its document. A step to a missing part returns the cursor unchanged, so that there is
/// always a position.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    source: &'a Source,
    node: &'a Node,
    start: usize,
}

impl<'a> Cursor<'a> {
    /// The whole document.
    pub fn root(source: &'a Source, node: &'a Node) -> Self {
        Self {
            source,
            node,
            start: node.range.start,
        }
    }

    fn at(self, node: &'a Node) -> Self {
        Self {
            node,
            start: node.range.start,
            ..self
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.node
            .member(key)
            .map_or(self, |member| self.at(&member.value))
    }

    /// The key itself.
    #[must_use]
    pub fn name_of(self, key: &str) -> Self {
        let start = self
            .node
            .member(key)
            .map_or(self.start, |member| member.key_range.start);
        Self { start, ..self }
    }

    /// An element of a list, or the value of an object's member, by its index.
    #[must_use]
    pub fn item(self, index: usize) -> Self {
        self.node.child(index).map_or(self, |child| self.at(child))
    }

    /// The element of a list that equals `text`; of several, the one with the index `nth` among
    /// them.
    #[must_use]
    pub fn entry(self, text: &str, nth: usize) -> Self {
        let Kind::List(items) = &self.node.kind else {
            return self;
        };
        let same = |item: &&Node| matches!(&item.kind, Kind::Text(known) if known == text);
        items
            .iter()
            .filter(same)
            .nth(nth)
            .map_or(self, |item| self.at(item))
    }

    /// The members, where this is an object.
    pub fn members(self) -> &'a [Member] {
        match &self.node.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The kind of value, with its content.
    pub fn kind(self) -> &'a Kind {
        &self.node.kind
    }

    /// The same cursor at another byte of the document.
    #[must_use]
    pub fn starting_at(self, start: usize) -> Self {
        Self { start, ..self }
    }

    /// The position in a text's JSON literal of the byte `offset` of the decoded text.
    #[must_use]
    pub fn inside(self, offset: usize) -> Self {
        let Kind::Text(_) = self.node.kind else {
            return self;
        };
        let literal = &self.source.text[self.node.range.clone()];
        Self {
            start: self.node.range.start + raw_offset(literal, offset),
            ..self
        }
    }

    /// A problem at this position. Where the message repeats a long text of this value, the text is
    /// cut.
    pub fn problem(self, message: Message) -> Problem {
        self.source.problem(
            self.start,
            match &self.node.kind {
                Kind::Text(text) => cut(message, text),
                _ => message,
            },
        )
    }
}

/// A message, with the repeated `text` cut.
fn cut(message: Message, text: &str) -> Message {
    message.with_plain(&|plain| {
        // A text costs something at each of its mistakes only where a message repeats it.
        if plain.len() < text.len() {
            return plain.to_owned();
        }
        let shown = short(text);
        if shown.len() >= text.len() {
            return plain.to_owned();
        }
        let escaped = text.escape_debug().to_string();
        plain.replace(&escaped, &shown).replace(text, &shown)
    })
}

/// The byte in a JSON literal, quotation mark included, for the byte `offset` of the decoded text.
fn raw_offset(literal: &str, offset: usize) -> usize {
    let (mut raw, mut plain) = (1, 0);
    while plain < offset {
        let Some(c) = literal.get(raw..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        let (taken, meant) = if c == '\\' {
            escape(&literal[raw..])
        } else {
            (c.len_utf8(), c.len_utf8())
        };
        raw += taken;
        plain += meant;
    }
    raw
}

/// The length of the escape at the start of `rest`, and the length of the decoded character, in
/// bytes.
fn escape(rest: &str) -> (usize, usize) {
    let unit = |at: usize| {
        rest.get(at..at + 4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match (rest.as_bytes().get(1), unit(2)) {
        (Some(b'u'), Some(0xd800..=0xdbff)) => (12, 4),
        (Some(b'u'), Some(unit)) => (6, char::from_u32(unit).map_or(1, char::len_utf8)),
        _ => (2, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::raw_offset;

    #[test]
    fn a_place_inside_a_text_is_found_behind_escapes() {
        let literal = r#""a\n\u0111\ud83d\ude00\"x""#;
        let text: String = serde_json::from_str(literal).unwrap();
        assert_eq!(
            &literal[raw_offset(literal, text.find('x').unwrap())..],
            "x\""
        );
        assert_eq!(raw_offset(literal, 0), 1);
        assert_eq!(raw_offset(literal, 999), literal.len());
    }
}
