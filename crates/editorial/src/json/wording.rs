//! Messages and helps for mistakes in JSON, in an editor's words.

use super::cursor::Cursor;
use super::flaw::Flaw;
use super::mismatch::{Fault, Mismatch};
use super::node::Kind;
use super::number;
use crate::content::dates;
use crate::diagnostics::{Message, Problem, short};
use crate::message;
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
            let message = guess(
                message!("unknown key \"{key}\"", key = short(key)),
                key,
                known,
            );
            let cursor = way.above.starting_at(way.key_start);
            // `$schema` is optional in every file, so that the help does not list it.
            let known: Vec<&str> = known
                .iter()
                .copied()
                .filter(|known| !known.starts_with('$'))
                .collect();
            cursor.problem(message).help(message!(
                "the keys here are {keys}",
                keys = known.join(", ")
            ))
        }
        Fault::UnknownVariant { .. } | Fault::NotOneKey { .. }
            if matches!(cursor.kind(), Kind::Text(_)) =>
        {
            cursor
                .problem(message!("{name} is a text alone", name = way.name))
                .help(message!("write { \"paragraph\": \"…\" }"))
        }
        Fault::UnknownVariant { key, known } => {
            let message = guess(
                message!("\"{key}\" is not a kind of block", key = short(key)),
                key,
                known,
            );
            cursor
                .name_of(key)
                .problem(message)
                .help(message!("the kinds are {kinds}", kinds = known.join(", ")))
        }
        Fault::NotOneKey { found, known } => cursor
            .problem(message!(
                "{name} has {found} keys, but needs exactly one that says what it is",
                name = way.name,
                found
            ))
            .help(message!("the kinds are {kinds}", kinds = known.join(", "))),
        Fault::MissingKey(key) => {
            let inside =
                (!mismatch.path.is_empty()).then(|| message!(" in {name}", name = way.name));
            cursor.problem(message!("key \"{key}\" is missing{inside}", key, inside))
        }
        Fault::WrongKind { found, wanted } => cursor.problem(message!(
            "{name} must be {wanted}, not {found}",
            name = way.name,
            wanted,
            found
        )),
        Fault::Refused(reason) if matches!(cursor.kind(), Kind::Null) => cursor
            .problem(message!(
                "{name} is null, and {reason}",
                name = way.name,
                reason
            ))
            .help(message!("leave the key out, or write its value")),
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
    name: Message,
}

impl<'a> Way<'a> {
    fn new(root: Cursor<'a>, path: &[usize]) -> Self {
        let mut way = Self {
            cursor: root,
            above: root,
            key_start: 0,
            name: message!("the file"),
        };
        let mut key = String::new();
        for &index in path {
            if let Some(member) = way.cursor.members().get(index) {
                way.key_start = member.key_range.start;
                key.clone_from(&member.key);
                way.name = Message::key(&short(&key));
            } else {
                way.name = message!(
                    "entry {number} of \"{key}\"",
                    number = index + 1,
                    key = short(&key)
                );
            }
            way.above = way.cursor;
            way.cursor = way.cursor.item(index);
        }
        way
    }
}

fn guess(message: Message, key: &str, known: &[&str]) -> Message {
    match meant(key, known) {
        Some(right) => message!("{message}: did you mean \"{right}\"?", message, right),
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
    let flaw = |message: Message, help: Message| Flaw::new(range.start, message, help);
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
            message!("the text ended at the quotation mark before this"),
            message!("inside a text write “…”, or \\\" for this mark"),
        ),
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => flaw(
            message!("a comment stands here, and JSON has no comments"),
            message!("delete it"),
        ),
        Kind::TrailingCommasNotAllowed => flaw(
            message!("a comma too many: nothing follows it"),
            message!("delete this comma"),
        ),
        Kind::ExpectedComma => flaw(
            message!("a comma is missing here"),
            message!("put , between the two"),
        ),
        Kind::ExpectedColonAfterObjectKey => flaw(
            message!("a colon is missing after this key"),
            message!("write \"key\": value"),
        ),
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedTokenInObject => flaw(
            message!("a key in quotation marks must stand here"),
            message!("write \"key\": value"),
        ),
        Kind::ExpectedObjectValue => flaw(
            message!("a value is missing here"),
            message!("write it, or delete the key"),
        ),
        Kind::SingleQuotedStringsNotAllowed => flaw(
            message!("a text is in single quotation marks"),
            message!("use \" on both sides"),
        ),
        Kind::MultipleRootJsonValues => flaw(
            message!("the file goes on after its end"),
            message!("delete what follows the last }"),
        ),
        Kind::UnterminatedObject => flaw(
            message!("the { that stands here is never closed"),
            message!("add } where it ends"),
        ),
        Kind::UnterminatedArray => flaw(
            message!("the [ that stands here is never closed"),
            message!("add ] where it ends"),
        ),
        Kind::UnexpectedCloseBrace => flaw(
            message!("a } too many or in the wrong place"),
            message!("each } closes the last open {"),
        ),
        Kind::UnexpectedCloseBracket => flaw(
            message!("a ] too many or in the wrong place"),
            message!("each ] closes the last open ["),
        ),
        Kind::UnexpectedComma => flaw(
            message!("a comma too many: nothing stands before it"),
            message!("delete this comma"),
        ),
        Kind::NestingDepthExceeded => flaw(
            message!("the file is nested too deep"),
            message!("nothing in the content goes deeper than ten"),
        ),
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => flaw(
            message!("the text that begins here is never closed"),
            message!("put \" at its end"),
        ),
        Kind::String(_) if here == Some('\\') && text[range.start..].starts_with("\\u") => flaw(
            message!("an escape stands for no character"),
            message!("write the character itself, without \\u"),
        ),
        Kind::String(_) => flaw(
            message!("an escape that JSON does not know"),
            message!("write \\\\ for a backslash and \\\" for a quotation mark"),
        ),
        Kind::UnexpectedWord | Kind::UnexpectedToken => {
            let (message, help) = no_value(here);
            flaw(message, help)
        }
        _ => flaw(
            message!("this is not a number as JSON writes it"),
            message!("write digits, such as 12810"),
        ),
    }
}

/// The message and the help for what begins no value.
fn no_value(here: Option<char>) -> (Message, Message) {
    match here {
        Some('<') => (
            message!("this is HTML, not JSON"),
            message!("the file was probably saved from a browser: write it anew"),
        ),
        Some(c) if "“”„‟«»″".contains(c) => (
            message!("typographic quotation marks stand around a text"),
            message!("use the straight \" on both sides"),
        ),
        _ => (
            message!("no JSON value begins like this"),
            message!("texts stand between \" and \""),
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
