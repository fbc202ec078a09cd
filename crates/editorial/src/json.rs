//! Reads JSON that people write, and reports every mistake of a file at once, each at its position.
//!
//! The bytes become a [`Node`] tree with the byte range of each value. A strict deserializer reads
//! the tree into the wanted type. After a mistake, a repair puts a placeholder
//! ([`Kind::Placeholder`]) into the tree, and the tree is read anew until no mistake is left. No
//! input makes this module panic.

mod cursor;
mod encoding;
mod flaw;
mod foreign;
mod instead;
mod mismatch;
mod node;
mod number;
pub mod reasons;
mod strict;
mod syntax;
mod text;
mod wording;

pub use cursor::{Cursor, Source};
pub use instead::Instead;
pub use node::{Kind, Member, Node};
pub use wording::nearest;

use crate::diagnostics::{Location, Message, Problem, short};
use crate::message;
use mismatch::{Fault, Mismatch};
use serde::de::{DeserializeOwned, IgnoredAny};
use std::path::Path;

/// The largest file that is read, in bytes. An article of this size would fill a thousand pages.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most mistakes that are reported of one file.
const MOST_PROBLEMS: usize = 100;

/// The result of reading a file.
pub struct Reading<T> {
    /// The deserialised value; `None` where the file does not have the shape of `T`. With any
    /// problem, the value serves further checks only, and is never published.
    pub value: Option<T>,
    /// Every problem.
    pub problems: Vec<Problem>,
    source: Source,
    root: Node,
}

impl<T> Reading<T> {
    /// The whole document, to look up the positions of its parts.
    pub fn root(&self) -> Cursor<'_> {
        Cursor::root(&self.source, &self.root)
    }
}

/// Reads a file's bytes. `name` is the file's name in problems.
pub fn read<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Reading<T> {
    let mut problems = Vec::new();
    let unreadable = |problems, text| Reading {
        value: None,
        problems,
        source: Source::new(name, text),
        root: Node::placeholder(),
    };
    let Some(text) = decode(name, bytes, &mut problems) else {
        return unreadable(problems, "");
    };
    let (root, repeated) = match syntax::parse(text) {
        Ok(parsed) => parsed,
        Err(flaw) => {
            let problem = Problem::at(name, Location::new(text, flaw.at), flaw.message);
            problems.push(Problem {
                help: flaw.help,
                ..problem
            });
            return unreadable(problems, text);
        }
    };
    let source = Source::new(name, text);
    let twice = |(offset, key): (usize, String)| {
        source.problem(
            offset,
            message!("key \"{key}\" is there twice", key = short(&key)),
        )
    };
    problems.extend(
        repeated
            .into_iter()
            .map(twice)
            .map(|problem| problem.help(message!("keep one of the two"))),
    );
    problems.extend(text::check(Cursor::root(&source, &root)));
    let value = T::deserialize(&root)
        .map_err(|mismatch| all_mismatches::<T>(&source, root.clone(), mismatch, &mut problems))
        .ok();
    Reading {
        value,
        problems,
        source,
        root,
    }
}

/// Reads the bytes of a file that passed an earlier check, with plain `serde_json`. There is no
/// tree, so that no part has a position. `None` where `serde_json` fails.
pub fn read_unchecked<T: DeserializeOwned>(bytes: &[u8]) -> Option<Reading<T>> {
    let value = serde_json::from_slice(bytes).ok()?;
    Some(Reading {
        value: Some(value),
        problems: Vec::new(),
        source: Source::new("", ""),
        root: Node::placeholder(),
    })
}

/// A problem at a position in a file that is no longer in memory. The file is read once more to
/// find the position. Where that fails, the problem has none.
pub fn problem_in(
    file: &Path,
    message: Message,
    find: impl FnOnce(Cursor<'_>) -> Cursor<'_>,
) -> Problem {
    let name = crate::diagnostics::shown(file);
    match std::fs::read(file) {
        Ok(bytes) => problem_in_bytes(&name, &bytes, message, find),
        Err(_) => Problem::with_file(name, message),
    }
}

/// A problem at a position in a file's bytes.
fn problem_in_bytes(
    name: &str,
    bytes: &[u8],
    message: Message,
    find: impl FnOnce(Cursor<'_>) -> Cursor<'_>,
) -> Problem {
    find(read::<IgnoredAny>(name, bytes).root()).problem(message)
}

/// A document as a tree, for edits in place; `None` where it is not JSON.
pub fn tree(text: &str) -> Option<Node> {
    syntax::parse(text).ok().map(|(root, _)| root)
}

/// The same, and whether a key stands twice in an object of it.
pub fn parsed(text: &str) -> Option<(Node, bool)> {
    let (root, repeated) = syntax::parse(text).ok()?;
    Some((root, !repeated.is_empty()))
}

/// Decodes the bytes as UTF-8, without a byte order mark. Oversized files and other encodings
/// become problems.
fn decode<'a>(name: &str, bytes: &'a [u8], problems: &mut Vec<Problem>) -> Option<&'a str> {
    let save = || message!("save it as UTF-8 without BOM");
    if bytes.len() > MOST_BYTES {
        let message = message!(
            "the file has {size} MiB, more than any article needs",
            size = bytes.len() / 1024 / 1024
        );
        problems.push(Problem::with_file(name, message).help(message!(
            "split it, and keep pictures in files of their own"
        )));
        return None;
    }
    if let Some(problem) = encoding::wide(bytes) {
        problems.push(Problem::with_file(name, problem).help(save()));
        return None;
    }
    let rest = bytes.strip_prefix("\u{feff}".as_bytes());
    if rest.is_some() {
        let message = message!("the file begins with a byte order mark, which nothing needs");
        problems.push(Problem::with_file(name, message).help(save()).warning());
    }
    let bytes = rest.unwrap_or(bytes);
    let broken = |error: std::str::Utf8Error| {
        let lossy = String::from_utf8_lossy(bytes);
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        let message = message!(
            "the file is not UTF-8: byte {byte} cannot stand here",
            byte = format!("{byte:#04x}")
        );
        let problem = Problem::at(name, Location::new(&lossy, error.valid_up_to()), message);
        problems.push(problem.help(match encoding::guess(bytes) {
            Some(encoding) => {
                message!(
                    "it looks like {encoding}: open it as that, and save it as UTF-8",
                    encoding
                )
            }
            None => message!("save it as UTF-8"),
        }));
    };
    std::str::from_utf8(bytes).map_err(broken).ok()
}

/// Reports a mismatch, repairs the tree and reads it anew, until no mismatch is left.
fn all_mismatches<T: DeserializeOwned>(
    source: &Source,
    mut root: Node,
    first: Mismatch,
    problems: &mut Vec<Problem>,
) {
    let mut next = Some(first);
    let most = problems.len() + MOST_PROBLEMS;
    while let Some(mismatch) = next {
        if problems.len() == most {
            let message = message!(
                "more than {most} mistakes in this file: the others are not shown",
                most = MOST_PROBLEMS
            );
            problems.push(Problem::with_file(source.name(), message));
            return;
        }
        if let Some(placeholder) = root.placeholder_on(&mismatch.path) {
            // The type refuses the text of an earlier repair, which is not the editor's mistake.
            if !placeholder.try_next_text() {
                return;
            }
        } else {
            problems.push(wording::problem(Cursor::root(source, &root), &mismatch));
            repair(&mut root, &mismatch);
        }
        next = T::deserialize(&root).err();
    }
}

/// Changes the tree so that this mistake does not occur a second time.
fn repair(root: &mut Node, mismatch: &Mismatch) {
    match (&mismatch.fault, mismatch.path.split_last()) {
        (Fault::UnknownKey { key, known }, Some((&last, above))) => {
            root.descend(above)
                .mend_key(last, wording::meant(key, known));
        }
        (Fault::UnknownVariant { key, known }, _) if wording::meant(key, known).is_some() => {
            root.descend(&mismatch.path)
                .mend_key(0, wording::meant(key, known));
        }
        (Fault::MissingKey(key), _) => root.descend(&mismatch.path).insert_placeholder(key),
        _ => *root.descend(&mismatch.path) = Node::placeholder(),
    }
}

#[cfg(test)]
mod tests;
