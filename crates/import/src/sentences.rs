//! Lists of sentences and their translations, as plug-ins keep them outside of the texts: the tables of
//! `TranslatePress`, the files of Weglot.
//!
//! A sentence is found by its words alone: markup, quotation marks, dashes and spaces are not compared,
//! because WordPress writes them otherwise when it shows a text.

mod apply;
mod csv;
mod html;
mod parts;
mod sql;

use crate::html as markup;
use crate::loss::Loss;
use editorial::diagnostics::characters::is_hidden;
use editorial::diagnostics::{Location, Message, Problem};
use model::Lang;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

pub(crate) use apply::{Applied, apply};

/// A translation of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Translation {
    /// Its text, with whatever markup it has.
    pub(crate) text: String,
    /// Whether a machine wrote it, and nobody has looked at it.
    pub(crate) machine: bool,
}

/// A list of sentences with their translations into one language.
#[derive(Debug, Default)]
pub(crate) struct Sentences {
    translations: HashMap<String, Translation>,
    /// The language of the originals, where the list says it.
    pub(crate) from: Option<Lang>,
    /// What is to be said of the list.
    pub(crate) notes: Vec<Loss>,
}

/// A row of a list.
#[derive(Debug, Default)]
struct Row {
    original: String,
    translated: String,
    machine: bool,
}

impl Sentences {
    /// Reads a list: a copy of a table (SQL), or separated values (CSV).
    ///
    /// # Errors
    /// Where it is neither, or has nothing in that language.
    pub(crate) fn read(name: &str, text: &str, lang: Lang) -> Result<Self, Problem> {
        if sql::is_likely(text) {
            sql::read(name, text, lang)
        } else {
            csv::read(name, text, lang)
        }
    }

    /// Adds a row. What a person has looked at counts before what a machine wrote.
    fn add(&mut self, row: Row) {
        let key = key(&row.original);
        if key.is_empty() || row.translated.trim().is_empty() {
            return;
        }
        let translation = Translation {
            text: row.translated,
            machine: row.machine,
        };
        match self.translations.get_mut(&key) {
            Some(known) if known.machine && !translation.machine => *known = translation,
            Some(_) => {}
            None => {
                self.translations.insert(key, translation);
            }
        }
    }

    /// The translation of a text.
    pub(crate) fn get(&self, text: &str) -> Option<&Translation> {
        self.translations.get(&key(text))
    }

    /// Adds another list of the same language.
    pub(crate) fn join(&mut self, other: Self) {
        if self.from != other.from {
            self.from = None;
        }
        for (key, translation) in other.translations {
            let known = self.translations.get(&key);
            if known.is_none_or(|known| known.machine && !translation.machine) {
                self.translations.insert(key, translation);
            }
        }
    }

    /// How many sentences it has.
    pub(crate) fn len(&self) -> usize {
        self.translations.len()
    }
}

/// A problem at a byte of a list.
fn problem(name: &str, text: &str, at: usize, what: String, help: &str) -> Problem {
    Problem::at(name, Location::new(text, at), Message::verbatim(what))
        .help(Message::verbatim(help.to_owned()))
}

/// A problem of a whole list.
fn whole(name: &str, what: String, help: &str) -> Problem {
    Problem::with_file(name, Message::verbatim(what)).help(Message::verbatim(help.to_owned()))
}

/// What a text is compared by.
fn key(text: &str) -> String {
    let mut key = String::new();
    for c in html::plain(text).nfc() {
        match c {
            '‘' | '’' | '‛' | '′' | '`' => key.push('\''),
            '“' | '”' | '„' | '″' | '«' | '»' => key.push('"'),
            // WordPress makes one of two.
            '-' | '‐' | '‑' | '–' | '—' | '−' if key.ends_with('-') => {}
            '-' | '‐' | '‑' | '–' | '—' | '−' => key.push('-'),
            '…' => key.push_str("..."),
            '×' => key.push('x'),
            c if c.is_whitespace() || c == '\u{a0}' => {
                if !key.is_empty() && !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            c if is_hidden(c) => {}
            c => key.push(c),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The characters that HTML knows by a name between `&` and `;`.
fn named(name: &str) -> Option<String> {
    markup::named(&format!("&{name};"))
}

#[cfg(test)]
mod tests;
