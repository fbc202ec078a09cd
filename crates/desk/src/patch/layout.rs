//! How a file is laid out, and new values in the same way.

use editorial::json::{Kind, Node};
use serde_json::Value;
use std::ops::Range;

/// How a file is laid out.
pub(super) struct Layout<'a> {
    text: &'a str,
    /// What ends a line.
    newline: &'static str,
    /// One step of the indent; empty where the whole file stands on one line.
    step: String,
    /// What stands between a key and its value.
    pub(super) colon: &'static str,
}

impl<'a> Layout<'a> {
    /// The layout of a document. What it does not show is laid out as this project does it.
    pub(super) fn of(text: &'a str, root: &Node) -> Self {
        let first = match &root.kind {
            Kind::Object(members) => members
                .first()
                .map(|member| (member.key_range.start, member.value.range.start)),
            Kind::List(items) => items.first().map(|item| (item.range.start, 0)),
            _ => None,
        };
        let before = first.map_or("", |(start, _)| space_before(text, start));
        let step = match before.rsplit_once('\n') {
            Some((_, step)) => step.to_owned(),
            None if first.is_some() => String::new(),
            None => "  ".to_owned(),
        };
        let tight = first.is_some_and(|(_, value)| value > 0 && text[..value].ends_with(':'));
        Self {
            text,
            newline: if text.contains("\r\n") { "\r\n" } else { "\n" },
            step,
            colon: if tight { ":" } else { ": " },
        }
    }

    /// A value that takes the place of another, in the same shape.
    pub(super) fn in_place_of(&self, node: &Node, value: &Value) -> String {
        let old = &self.text[node.range.clone()];
        let was_narrow = match &node.kind {
            Kind::Object(members) => !members.is_empty() && !old.contains('\n'),
            Kind::List(items) => !items.is_empty() && !old.contains('\n'),
            _ => self.step.is_empty(),
        };
        self.written(value, self.indent_at(node.range.start), !was_narrow)
    }

    /// The edits that put something between the parts of an object or a list, at this place among
    /// them. `new` writes it with an indent, on several lines or on one.
    pub(super) fn added(
        &self,
        around: &Range<usize>,
        parts: &[Range<usize>],
        place: usize,
        new: impl Fn(&str, bool) -> String,
    ) -> Vec<(Range<usize>, String)> {
        let Some(first) = parts.first() else {
            let inside = around.start + 1..around.end - 1;
            return vec![(inside, self.only(around.start, new))];
        };
        let gap = match parts.get(1) {
            Some(second) => space_before(self.text, second.start),
            None => match space_before(self.text, first.start) {
                "" if self.colon == ": " => " ",
                space => space,
            },
        };
        let (base, wide) = match gap.rsplit_once('\n') {
            Some((_, base)) => (base, true),
            None => (self.indent_at(around.start), false),
        };
        let new = new(base, wide);
        if let Some(next) = parts.get(place) {
            return vec![(next.start..next.start, format!("{new},{gap}"))];
        }
        let end = parts[parts.len() - 1].end;
        vec![(end..end, format!(",{gap}{new}"))]
    }

    /// The inside of an object or a list with one part.
    fn only(&self, start: usize, new: impl Fn(&str, bool) -> String) -> String {
        let outer = self.indent_at(start);
        if self.step.is_empty() {
            let space = if self.colon == ": " { " " } else { "" };
            let is_object = self.text[start..].starts_with('{');
            let space = if is_object { space } else { "" };
            return format!("{space}{}{space}", new(outer, false));
        }
        let inner = format!("{outer}{}", self.step);
        let new = new(&inner, true);
        format!("{0}{inner}{new}{0}{outer}", self.newline)
    }

    /// A value as text: on several lines below an indent, or on one.
    pub(super) fn written(&self, value: &Value, base: &str, wide: bool) -> String {
        let parts: Vec<String> = match value {
            Value::Array(items) => {
                let inner = format!("{base}{}", self.step);
                let all = items.iter();
                all.map(|item| self.written(item, &inner, wide)).collect()
            }
            Value::Object(members) => {
                let inner = format!("{base}{}", self.step);
                let all = members.iter();
                all.map(|(key, value)| {
                    let value = self.written(value, &inner, wide);
                    format!("{}{}{value}", literal(key), self.colon)
                })
                .collect()
            }
            _ => return value.to_string(),
        };
        let [open, close] = if value.is_array() {
            ["[", "]"]
        } else {
            ["{", "}"]
        };
        if parts.is_empty() {
            return format!("{open}{close}");
        }
        if wide && !self.step.is_empty() {
            let (newline, inner) = (self.newline, format!("{base}{}", self.step));
            let parts = parts.join(&format!(",{newline}{inner}"));
            return format!("{open}{newline}{inner}{parts}{newline}{base}{close}");
        }
        let tight = self.colon == ":";
        let parts = parts.join(if tight { "," } else { ", " });
        if tight || value.is_array() {
            format!("{open}{parts}{close}")
        } else {
            format!("{open} {parts} {close}")
        }
    }

    /// The indent of the line that a byte stands on.
    fn indent_at(&self, at: usize) -> &'a str {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = &self.text[start..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }
}

/// The white space before a byte.
fn space_before(text: &str, at: usize) -> &str {
    let before = &text[..at];
    &before[before.trim_end_matches([' ', '\t', '\n', '\r']).len()..]
}

/// A text as it stands in JSON.
pub(super) fn literal(text: &str) -> String {
    Value::from(text).to_string()
}
