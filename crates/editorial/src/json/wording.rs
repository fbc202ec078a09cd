//! Messages and helps for mistakes in JSON, in an editor's words.

use super::cursor::Cursor;
use super::flaw::Flaw;
use super::mismatch::{Fault, Mismatch};
use super::node::Kind;
use super::number;
use crate::content::dates;
use crate::diagnostics::{Problem, short};
use jsonc_parser::ParseStringErrorKind;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use model::Lang;
use std::cmp::Reverse;
use strsim::levenshtein;

/// The problem of a mismatch, at the position of its key or its value.
pub fn problem(root: Cursor<'_>, mismatch: &Mismatch) -> Problem {
    let way = Way::new(root, &mismatch.path);
    let cursor = way.cursor;
    match &mismatch.fault {
        Fault::UnknownKey { key, known } => {
            let message = guess(format!("unknown key \"{}\"", short(key)), key, known);
            let cursor = way.above.starting_at(way.key_start);
            // `$schema` is optional in every file, so that the help does not list it.
            let known: Vec<&str> = known
                .iter()
                .copied()
                .filter(|known| !known.starts_with('$'))
                .collect();
            cursor
                .problem(message)
                .help(format!("the keys here are {}", known.join(", ")))
        }
        Fault::UnknownVariant { .. } | Fault::NotOneKey { .. }
            if matches!(cursor.kind(), Kind::Text(_)) =>
        {
            cursor
                .problem(format!("{} is a text alone", way.name))
                .help("write { \"paragraph\": \"…\" }")
        }
        Fault::UnknownVariant { key, known } => {
            let message = guess(
                format!("\"{}\" is not a kind of block", short(key)),
                key,
                known,
            );
            cursor
                .name_of(key)
                .problem(message)
                .help(format!("the kinds are {}", known.join(", ")))
        }
        Fault::NotOneKey { found, known } => cursor
            .problem(format!(
                "{} has {found} keys, but needs exactly one that says what it is",
                way.name
            ))
            .help(format!("the kinds are {}", known.join(", "))),
        Fault::MissingKey(key) => {
            let inside = if mismatch.path.is_empty() {
                String::new()
            } else {
                format!(" in {}", way.name)
            };
            cursor.problem(format!("key \"{key}\" is missing{inside}"))
        }
        Fault::WrongKind { found, wanted } => {
            cursor.problem(format!("{} must be {wanted}, not {found}", way.name))
        }
        Fault::Refused(reason) if matches!(cursor.kind(), Kind::Null) => cursor
            .problem(format!("{} is null, and {reason}", way.name))
            .help("leave the key out, or write its value"),
        Fault::Refused(reason) => {
            let problem = cursor.problem(reason.clone());
            let Kind::Text(text) = cursor.kind() else {
                return problem;
            };
            match dates::help(text, reason) {
                Some(help) => problem.help(help),
                None => problem,
            }
        }
    }
}

/// The path from the root to a value, with the value's name for an editor.
struct Way<'a> {
    cursor: Cursor<'a>,
    above: Cursor<'a>,
    key_start: usize,
    name: String,
}

impl<'a> Way<'a> {
    fn new(root: Cursor<'a>, path: &[usize]) -> Self {
        let mut way = Self {
            cursor: root,
            above: root,
            key_start: 0,
            name: "the file".to_owned(),
        };
        let mut key = String::new();
        for &index in path {
            if let Some(member) = way.cursor.members().get(index) {
                way.key_start = member.key_range.start;
                key.clone_from(&member.key);
                way.name = format!("\"{}\"", short(&key));
            } else {
                way.name = format!("entry {} of \"{}\"", index + 1, short(&key));
            }
            way.above = way.cursor;
            way.cursor = way.cursor.item(index);
        }
        way
    }
}

fn guess(message: String, key: &str, known: &[&str]) -> String {
    match meant(key, known) {
        Some(right) => format!("{message}: did you mean \"{right}\"?"),
        None => message,
    }
}

/// The key that was probably meant. `cn` is one letter away from `en`, and yet means Chinese.
pub(super) fn meant<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    let language = Lang::from_alias(key).map(Lang::tag);
    let language = known.iter().copied().find(|&known| Some(known) == language);
    language.or_else(|| nearest(key, known.iter().copied()))
}

/// The longest text that is compared with the known words, in bytes.
const LONGEST_WORD: usize = 400;

/// The known word that was probably meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let lower = word.to_lowercase();
    let most = match lower.chars().count() {
        0..=3 => 1,
        4..=8 => 2,
        _ => 3,
    };
    let length = lower.chars().count();
    let distance = |right: &str| match right.chars().count().abs_diff(length) {
        _ if begins_with(&lower, right) => 1,
        // The difference in length is a lower bound of the distance.
        letters if letters > most => letters,
        _ => levenshtein(&lower, &right.to_lowercase()),
    };
    let close = known
        .map(|right| (distance(right), right))
        .filter(|&(distance, _)| distance <= most);
    close
        .min_by_key(|&(distance, right)| (distance, Reverse(right.len())))
        .map(|(_, right)| right)
}

/// Whether a word is a known one with a suffix: `harbour.svg` for `harbour`.
fn begins_with(word: &str, right: &str) -> bool {
    right.len() > 3
        && word
            .strip_prefix(right)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The flaw for an error of the parser.
pub fn syntax(text: &str, error: &ParseError) -> Flaw {
    use ParseErrorKind as Kind;
    let range = error.range();
    let flaw = |message: &str, help: &str| Flaw::new(range.start, message, help);
    let here = text.get(range.start..).and_then(|rest| rest.chars().next());
    let behind_a_text = text
        .get(..range.start)
        .is_some_and(|before| before.ends_with('"'));
    let is_text = behind_a_text || matches!(error.kind(), Kind::String(_));
    if let Some(flaw) = number::flaw(text, range.start).filter(|_| !is_text) {
        return flaw;
    }
    match error.kind() {
        Kind::UnexpectedWord | Kind::UnexpectedToken if behind_a_text => flaw(
            "the text ended at the quotation mark before this",
            "inside a text write “…”, or \\\" for this mark",
        ),
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => flaw(
            "a comment stands here, and JSON has no comments",
            "delete it",
        ),
        Kind::TrailingCommasNotAllowed => {
            flaw("a comma too many: nothing follows it", "delete this comma")
        }
        Kind::ExpectedComma => flaw("a comma is missing here", "put , between the two"),
        Kind::ExpectedColonAfterObjectKey => {
            flaw("a colon is missing after this key", "write \"key\": value")
        }
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedTokenInObject => flaw(
            "a key in quotation marks must stand here",
            "write \"key\": value",
        ),
        Kind::ExpectedObjectValue => flaw("a value is missing here", "write it, or delete the key"),
        Kind::SingleQuotedStringsNotAllowed => flaw(
            "a text is in single quotation marks",
            "use \" on both sides",
        ),
        Kind::MultipleRootJsonValues => flaw(
            "the file goes on after its end",
            "delete what follows the last }",
        ),
        Kind::UnterminatedObject => flaw(
            "the { that stands here is never closed",
            "add } where it ends",
        ),
        Kind::UnterminatedArray => flaw(
            "the [ that stands here is never closed",
            "add ] where it ends",
        ),
        Kind::UnexpectedCloseBrace => flaw(
            "a } too many or in the wrong place",
            "each } closes the last open {",
        ),
        Kind::UnexpectedCloseBracket => flaw(
            "a ] too many or in the wrong place",
            "each ] closes the last open [",
        ),
        Kind::UnexpectedComma => flaw(
            "a comma too many: nothing stands before it",
            "delete this comma",
        ),
        Kind::NestingDepthExceeded => flaw(
            "the file is nested too deep",
            "nothing in the content goes deeper than ten",
        ),
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => flaw(
            "the text that begins here is never closed",
            "put \" at its end",
        ),
        Kind::String(_) if here == Some('\\') && text[range.start..].starts_with("\\u") => flaw(
            "an escape stands for no character",
            "write the character itself, without \\u",
        ),
        Kind::String(_) => flaw(
            "an escape that JSON does not know",
            "write \\\\ for a backslash and \\\" for a quotation mark",
        ),
        Kind::UnexpectedWord | Kind::UnexpectedToken if here == Some('<') => flaw(
            "this is HTML, not JSON",
            "the file was probably saved from a browser: write it anew",
        ),
        Kind::UnexpectedWord | Kind::UnexpectedToken
            if here.is_some_and(|c| "“”„‟«»″".contains(c)) =>
        {
            flaw(
                "typographic quotation marks stand around a text",
                "use the straight \" on both sides",
            )
        }
        Kind::UnexpectedWord | Kind::UnexpectedToken => flaw(
            "no JSON value begins like this",
            "texts stand between \" and \"",
        ),
        _ => flaw(
            "this is not a number as JSON writes it",
            "write digits, such as 12810",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_that_was_meant() {
        let known = ["headline", "author", "lead", "pictures", "body"];
        for (wrong, right) in [
            ("headlien", "headline"),
            ("Author", "author"),
            ("led", "lead"),
            ("picture", "pictures"),
        ] {
            assert_eq!(nearest(wrong, known.into_iter()), Some(right));
        }
        assert_eq!(nearest("colour", known.into_iter()), None);
        assert_eq!(nearest("x", known.into_iter()), None);
    }
}
