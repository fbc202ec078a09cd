//! Reading JSON that people write: every mistake of a file at once, each at its exact place.
//!
//! The bytes become a [`Node`] tree that remembers where everything stood; a strict deserializer reads it into the
//! wanted type. After a mistake the tree is repaired with a hole that fits everything, and read again, until nothing
//! is left to report. Nothing in here panics on what it reads.

mod mismatch;
mod node;
mod spot;
mod strict;
mod syntax;
mod text;
mod wording;

pub(crate) use node::Node;
pub(crate) use spot::{Source, Spot};
pub(crate) use wording::nearest;

use crate::place::Place;
use crate::problem::Problem;
use mismatch::{Fault, Mismatch};
use serde::de::DeserializeOwned;

/// The largest file that is read, in bytes. An article of this size would fill a thousand pages.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most mistakes that are reported of one file.
const MOST_PROBLEMS: usize = 100;

/// A file as it was read.
pub(crate) struct Reading<T> {
    /// What it says; `None` where it has not the shape that was asked for. With any problem it is fit for further
    /// checks only, never for publishing.
    pub(crate) value: Option<T>,
    /// Every problem.
    pub(crate) problems: Vec<Problem>,
    source: Source,
    root: Node,
}

impl<T> Reading<T> {
    /// The whole document, to look up the places of its parts.
    pub(crate) fn root(&self) -> Spot<'_> {
        Spot::root(&self.source, &self.root)
    }
}

/// Reads a file's bytes. `name` is what the file is called in problems.
pub(crate) fn read<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Reading<T> {
    let mut problems = Vec::new();
    let text = match decode(name, bytes, &mut problems) {
        Ok(text) => text,
        Err(problem) => return unreadable(name, String::new(), problem),
    };
    match syntax::parse(text) {
        Err(flaw) => {
            let problem = Problem::at(name, Place::new(text, flaw.at), flaw.message);
            problems.extend([Problem { remedy: flaw.remedy, ..problem }]);
            Reading { value: None, problems, source: Source::new(name, text), root: Node::hole() }
        }
        Ok((mut root, repeated)) => {
            let source = Source::new(name, text);
            for (offset, key) in repeated {
                problems
                    .push(source.problem(offset, format!("key \"{key}\" is there twice")).help("keep one of the two"));
            }
            problems.extend(text::check(Spot::root(&source, &root)));
            let original = root.clone();
            let sound = problems.len();
            let value = read_node::<T>(&source, &mut root, &mut problems);
            let value = value.filter(|_| problems.len() == sound);
            Reading { value, problems, source, root: original }
        }
    }
}

fn unreadable<T>(name: &str, text: String, problem: Problem) -> Reading<T> {
    Reading { value: None, problems: vec![problem], source: Source::new(name, &text), root: Node::hole() }
}

/// The bytes as text, without a byte order mark.
fn decode<'a>(name: &str, bytes: &'a [u8], problems: &mut Vec<Problem>) -> Result<&'a str, Problem> {
    const SAVE: &str = "save it as UTF-8 without BOM";
    if bytes.len() > MOST_BYTES {
        let message = format!("the file has {} MiB, more than any article needs", bytes.len() / 1024 / 1024);
        return Err(Problem::with_file(name, message).help("split it, and keep pictures in files of their own"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::with_file(name, "the file is UTF-16, not UTF-8").help(SAVE));
    }
    let rest = bytes.strip_prefix("\u{feff}".as_bytes());
    if rest.is_some() {
        problems.push(Problem::with_file(name, "the file begins with a byte order mark").help(SAVE));
    }
    let bytes = rest.unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let lossy = String::from_utf8_lossy(bytes);
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        let message = format!("the file is not UTF-8: byte {byte:#04x} cannot stand here");
        Problem::at(name, Place::new(&lossy, error.valid_up_to()), message).help("save it as UTF-8")
    })
}

/// Reads the tree, repairing and reading again after each mistake.
fn read_node<T: DeserializeOwned>(source: &Source, root: &mut Node, problems: &mut Vec<Problem>) -> Option<T> {
    for _ in 0..MOST_PROBLEMS {
        match T::deserialize(&*root) {
            Ok(value) => return Some(value),
            Err(mismatch) => {
                let known = root.clone();
                match repair(root, &mismatch) {
                    Repair::Reported => problems.push(wording::problem(Spot::root(source, &known), &mismatch)),
                    Repair::Silent => {}
                    Repair::Impossible => return None,
                }
            }
        }
    }
    let message = format!("more than {MOST_PROBLEMS} mistakes in this file: the others are not shown");
    problems.push(Problem::with_file(source.name(), message));
    None
}

enum Repair {
    /// The tree was repaired, and the mistake is the editor's.
    Reported,
    /// The mistake was in a hole that an earlier repair made.
    Silent,
    /// Nothing that is known fits.
    Impossible,
}

/// Changes the tree so that this mistake is not met again.
fn repair(root: &mut Node, mismatch: &Mismatch) -> Repair {
    if let Some(hole) = root.hole_on(&mismatch.path) {
        return if hole.deepen() { Repair::Silent } else { Repair::Impossible };
    }
    match &mismatch.fault {
        Fault::UnknownKey { key, known } => {
            let Some((last, above)) = mismatch.path.split_last() else { return Repair::Impossible };
            root.descend(above).mend_key(*last, wording::meant(key, known));
        }
        Fault::UnknownVariant { key, known } if wording::meant(key, known).is_some() => {
            root.descend(&mismatch.path).mend_key(0, wording::meant(key, known));
        }
        Fault::MissingKey(key) => root.descend(&mismatch.path).insert_hole(key),
        _ => *root.descend(&mismatch.path) = Node::hole(),
    }
    Repair::Reported
}

#[cfg(test)]
mod tests;
