//! The journal of a document: every state that it had while it was written, on the disk at once. It
//! brings back what was not saved, and undoes over a restart.
//!
//! A line is a change. A line that was not written to its end, because the power failed, is none.

use crate::disk;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::PathBuf;

/// How many states are kept, and how many are left when these are too many.
const MOST_STATES: (usize, usize) = (600, 400);

/// How many bytes all states may have together, unless they are few.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The fewest states that are kept, however large they are.
const FEWEST: usize = 8;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// The text at the beginning, which the file had.
    Begin(String),
    /// A change of the text.
    Step(Splice),
    /// Back to the state before.
    Undo,
    /// Forward again.
    Redo,
    /// The text was written to the file.
    Saved,
    /// The file has this text, which somebody else wrote.
    Found(String),
}

/// A change of a text: from a byte on, so many bytes are replaced.
#[derive(Serialize, Deserialize)]
struct Splice {
    at: usize,
    cut: usize,
    put: String,
}

/// A document that is being written.
#[derive(Debug)]
pub struct Journal {
    file: PathBuf,
    /// The states, of which the one at `at` counts.
    states: Vec<String>,
    at: usize,
    /// The text that the file has, as far as is known.
    on_disk: String,
    /// How many bytes of the journal count; 0 where it is not there yet.
    length: u64,
}

impl Journal {
    /// Opens a journal, or begins one with what the file has. Nothing is written yet.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub fn open(file: PathBuf, disk: &str) -> io::Result<Self> {
        let bytes = match fs::read(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let mut journal = Self {
            file,
            states: Vec::new(),
            at: 0,
            on_disk: String::new(),
            length: 0,
        };
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let whole = line.ends_with(b"\n").then(|| serde_json::from_slice(line));
            let Some(Ok(line_read)) = whole else { break };
            if journal.take(line_read).is_none() {
                break;
            }
            journal.length += line.len() as u64;
        }
        if journal.states.is_empty() {
            journal.states.push(disk.to_owned());
            disk.clone_into(&mut journal.on_disk);
        }
        Ok(journal)
    }

    /// Applies a line; `None` where it makes no sense here.
    fn take(&mut self, line: Line) -> Option<()> {
        match line {
            Line::Begin(text) if self.states.is_empty() => {
                self.on_disk.clone_from(&text);
                self.states.push(text);
            }
            Line::Step(splice) => {
                let text = splice.of(self.states.get(self.at)?)?;
                self.states.truncate(self.at + 1);
                self.states.push(text);
                self.at += 1;
            }
            Line::Undo => self.at = self.at.checked_sub(1)?,
            Line::Redo if self.at + 1 < self.states.len() => self.at += 1,
            Line::Begin(_) | Line::Redo => return None,
            Line::Saved => self.on_disk.clone_from(self.states.get(self.at)?),
            Line::Found(text) => self.on_disk = text,
        }
        Some(())
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.states[self.at]
    }

    /// The text that the file has, as far as is known.
    pub fn on_disk(&self) -> &str {
        &self.on_disk
    }

    /// Whether something was not written to the file.
    pub fn is_unsaved(&self) -> bool {
        self.text() != self.on_disk
    }

    /// How many steps can be undone, and how many done again.
    pub fn steps(&self) -> (usize, usize) {
        (self.at, self.states.len() - 1 - self.at)
    }

    /// Notes another text. One that is the same is none.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn push(&mut self, text: &str) -> io::Result<()> {
        if self.text() == text {
            return Ok(());
        }
        self.shorten()?;
        let splice = Splice::between(self.text(), text);
        self.note(Line::Step(splice))
    }

    /// Goes a step back. Returns whether there was one.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn undo(&mut self) -> io::Result<bool> {
        let there = self.at > 0;
        if there {
            self.note(Line::Undo)?;
        }
        Ok(there)
    }

    /// Goes a step forward again. Returns whether there was one.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn redo(&mut self) -> io::Result<bool> {
        let there = self.at + 1 < self.states.len();
        if there {
            self.note(Line::Redo)?;
        }
        Ok(there)
    }

    /// Notes that the text was written to the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn saved(&mut self) -> io::Result<()> {
        if self.is_unsaved() {
            self.note(Line::Saved)
        } else {
            Ok(())
        }
    }

    /// Notes what somebody else has written to the file. Where nothing was unsaved, the document
    /// follows.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn found(&mut self, disk: &str) -> io::Result<()> {
        let follows = !self.is_unsaved();
        self.note(Line::Found(disk.to_owned()))?;
        if follows { self.push(disk) } else { Ok(()) }
    }

    fn note(&mut self, line: Line) -> io::Result<()> {
        if self.length == 0 {
            self.begin()?;
        }
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        disk::append(&self.file, self.length, &bytes)?;
        self.length += bytes.len() as u64;
        // A line that was just made of this state makes sense.
        let _ = self.take(line);
        Ok(())
    }

    /// Writes the journal anew: all states that are kept.
    fn begin(&mut self) -> io::Result<()> {
        let mut lines = vec![Line::Begin(self.states[0].clone())];
        let pairs = self.states.windows(2);
        lines.extend(pairs.map(|pair| Line::Step(Splice::between(&pair[0], &pair[1]))));
        lines.extend((self.at + 1..self.states.len()).map(|_| Line::Undo));
        lines.push(Line::Found(self.on_disk.clone()));
        let mut bytes = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
        }
        disk::replace(&self.file, &self.file.with_extension("new"), &bytes)?;
        self.length = bytes.len() as u64;
        Ok(())
    }

    /// Forgets the oldest states where there are too many.
    fn shorten(&mut self) -> io::Result<()> {
        let bytes: usize = self.states.iter().map(String::len).sum();
        let is_large = bytes > MOST_BYTES && self.states.len() > 2 * FEWEST;
        if self.states.len() < MOST_STATES.0 && !is_large {
            return Ok(());
        }
        let left = if is_large { FEWEST } else { MOST_STATES.1 };
        // What can be done again is about to be forgotten anyway.
        self.states.truncate(self.at + 1);
        let gone = self.states.len().saturating_sub(left);
        self.states.drain(..gone);
        self.at = self.states.len() - 1;
        self.begin()
    }
}

impl Splice {
    /// The change from one text to another.
    fn between(old: &str, new: &str) -> Self {
        let same = |(a, b): &(char, char)| a == b;
        let at: usize = old
            .chars()
            .zip(new.chars())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let (old, new) = (&old[at..], &new[at..]);
        let end: usize = old
            .chars()
            .rev()
            .zip(new.chars().rev())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        Self {
            at,
            cut: old.len() - end,
            put: new[..new.len() - end].to_owned(),
        }
    }

    /// The changed text; `None` where it is another text than the change was made for.
    fn of(&self, text: &str) -> Option<String> {
        let end = self.at.checked_add(self.cut)?;
        let (before, after) = (text.get(..self.at)?, text.get(end..)?);
        Some(format!("{before}{}{after}", self.put))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    fn open(file: &std::path::Path, disk: &str) -> Journal {
        Journal::open(file.to_owned(), disk).unwrap()
    }

    #[test]
    fn what_was_written_can_be_undone_after_a_restart() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a.jsonl");
        let mut journal = open(&file, "a");
        assert!(!file.exists() && !journal.undo().unwrap());
        for text in ["ab", "abc", "abcđ"] {
            journal.push(text).unwrap();
        }
        journal.saved().unwrap();
        journal.push("x").unwrap();
        journal.undo().unwrap();
        let mut again = open(&file, "what nobody asks for");
        assert_eq!(
            (again.text(), again.is_unsaved(), again.steps()),
            ("abcđ", false, (3, 1))
        );
        again.undo().unwrap();
        assert_eq!(
            (again.text(), again.is_unsaved(), again.on_disk()),
            ("abc", true, "abcđ")
        );
        again.redo().unwrap();
        again.found("y").unwrap();
        assert_eq!((again.text(), again.is_unsaved()), ("y", false));
        again.push("z").unwrap();
        again.found("by another program").unwrap();
        assert_eq!((again.text(), again.on_disk()), ("z", "by another program"));
    }

    #[test]
    fn a_journal_does_not_grow_for_ever() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a.jsonl");
        let mut journal = open(&file, "0");
        for number in 1..=1_000 {
            journal.push(&number.to_string()).unwrap();
        }
        assert!(journal.states.len() < MOST_STATES.0);
        let mut again = open(&file, "");
        assert_eq!(
            (again.text(), again.states.len()),
            ("1000", journal.states.len())
        );
        assert!(again.undo().unwrap());
        assert_eq!(again.text(), "999");
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(60) })]

        /// Wherever the power fails, all that was written before is there.
        #[test]
        fn a_journal_that_breaks_off_has_everything_before(texts in proptest::collection::vec("[ađ港]{0,4}", 1..8), cut in any::<usize>()) {
            let place = tempfile::tempdir().unwrap();
            let file = place.path().join("a.jsonl");
            let mut journal = open(&file, "begin");
            let mut lengths = vec![(0, "begin".to_owned())];
            for text in &texts {
                journal.push(text).unwrap();
                lengths.push((journal.length, text.clone()));
            }
            let bytes = fs::read(&file).unwrap();
            let cut = cut % (bytes.len() + 1);
            fs::write(&file, &bytes[..cut]).unwrap();
            let expected = lengths.iter().rev().find(|(length, _)| *length <= cut as u64).unwrap();
            let mut again = open(&file, "begin");
            prop_assert_eq!(again.text(), expected.1.as_str());
            again.push("and on").unwrap();
            let last = open(&file, "begin");
            prop_assert_eq!(last.text(), "and on");
        }

        #[test]
        fn a_change_leads_from_one_text_to_the_other(old in "[aáđ港\u{301}]{0,8}", new in "[aáđ港\u{301}]{0,8}") {
            let splice = Splice::between(&old, &new);
            prop_assert_eq!(splice.of(&old), Some(new));
        }
    }
}
