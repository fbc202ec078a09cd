//! Parses strict JSON into a [`Node`]. jsonc-parser gives the positions; `serde_json` decides
//! whether the text is JSON.

use super::flaw::Flaw;
use super::node::{Kind, Member, Node};
use super::{foreign, number, wording};
use crate::message;
use jsonc_parser::ast::{self, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

/// The document, and each duplicate key of an object with its byte offset.
pub type Parsed = (Node, Vec<(usize, String)>);

/// Parses a document.
pub fn parse(text: &str) -> Result<Parsed, Flaw> {
    if text.trim().is_empty() {
        return Err(Flaw::new(
            0,
            message!("the file is empty"),
            message!("write what belongs in it, or delete it"),
        ));
    }
    if let Some(flaw) = foreign::merge(text) {
        return Err(flaw);
    }
    let broken = broken_line(text);
    let full_width = foreign::full_width(text);
    if let Some(flaw) = earlier(broken, full_width) {
        return Err(flaw);
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict())
        .map_err(|error| wording::syntax(text, &error))?;
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(second_opinion(text, &error));
    }
    let mut repeated = Vec::new();
    let root = parsed
        .value
        .map_or_else(Node::placeholder, |value| node(text, value, &mut repeated));
    Ok((root, repeated))
}

/// The one of two flaws that comes first.
fn earlier(one: Option<Flaw>, other: Option<Flaw>) -> Option<Flaw> {
    match (one, other) {
        (Some(one), Some(other)) if other.at < one.at => Some(other),
        (one, other) => one.or(other),
    }
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// The flaw of a text with a line break, which nearly always lacks its closing quotation mark, or
/// with another control character. It is looked for first, because a parser would misread
/// everything after it.
fn broken_line(text: &str) -> Option<Flaw> {
    let (mut begun, mut escaped) = (None, false);
    for (at, byte) in text.bytes().enumerate() {
        match (begun, byte) {
            (None, b'"') => begun = Some(at),
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'"') => begun = None,
            (Some(_), b'\\') => escaped = true,
            (Some(start), b'\n' | b'\r') => {
                let help =
                    message!("put \" at its end; a text stands on one line, however long it is");
                return Some(Flaw::new(
                    start,
                    message!("the text that begins here is not closed on its line"),
                    help,
                ));
            }
            (Some(_), byte) if byte < 0x20 => {
                let what = if byte == b'\t' {
                    message!("a tab")
                } else {
                    message!("a control character")
                };
                return Some(Flaw::new(
                    at,
                    message!("{what} stands in a text", what),
                    message!("put a space in its place"),
                ));
            }
            _ => {}
        }
    }
    None
}

/// The flaw of a text that jsonc-parser accepts and `serde_json` refuses.
fn second_opinion(text: &str, error: &serde_json::Error) -> Flaw {
    let line_start = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let at = line_start + error.column().saturating_sub(1);
    if let Some(flaw) = number::flaw(text, at) {
        return flaw;
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if message.contains("surrogate") {
        return Flaw::new(
            at,
            message!("an escape stands for no character"),
            message!("write the character itself, without \\u"),
        );
    }
    Flaw {
        at,
        message: message!("this is not JSON: {message}", message),
        help: None,
    }
}

fn node(text: &str, value: Value<'_>, repeated: &mut Vec<(usize, String)>) -> Node {
    let range = value.range().start..value.range().end;
    let kind = match value {
        Value::NullKeyword(_) => Kind::Null,
        Value::BooleanLit(literal) => Kind::Boolean(literal.value),
        Value::NumberLit(literal) => Kind::Number(literal.value.to_owned()),
        Value::StringLit(literal) => Kind::Text(literal.value.into_owned()),
        Value::Array(list) => Kind::List(
            list.elements
                .into_iter()
                .map(|element| node(text, element, repeated))
                .collect(),
        ),
        Value::Object(object) => Kind::Object(members(text, object, repeated)),
    };
    Node { range, kind }
}

fn members(
    text: &str,
    object: ast::Object<'_>,
    repeated: &mut Vec<(usize, String)>,
) -> Vec<Member> {
    let mut seen = std::collections::HashSet::new();
    let mut members: Vec<Member> = Vec::with_capacity(object.properties.len());
    for property in object.properties {
        let key_range = property.name.range().start..property.name.range().end;
        let key = property.name.into_string();
        let value = node(text, property.value, repeated);
        if seen.insert(key.clone()) {
            members.push(Member {
                key,
                key_range,
                value,
            });
        } else {
            repeated.push((key_range.start, key));
        }
    }
    members
}
