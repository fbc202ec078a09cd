//! From the authored form to checked content: every text is parsed, every name is looked up, and
//! every mistake is noted at its position.
//!
//! [`inline`] reads the marks within a text, [`address`] reads an address as browsers do.
//! [`picture_file`] decodes photographs and checks drawings, whose XML passes [`xml_limits`] first.
//! [`attached_file`] compares the bytes of any other file with its extension. [`windows_names`] has
//! the names that no file can have on Windows. [`glossary`] compares texts with the names of the portal.

pub mod address;
mod anchors;
mod api;
pub mod article;
pub mod assessment;
pub mod attached_file;
mod body;
pub mod drawings;
mod duties;
mod facts;
mod former_origins;
pub mod glossary;
pub mod inline;
mod link_targets;
pub mod links;
mod media;
mod monitoring;
mod notices;
pub mod picture_file;
pub mod questions;
pub mod register;
mod security;
pub mod site;
pub mod standing;
pub mod whole;
pub mod windows_names;
pub mod xml_limits;

use crate::content::glossary::Glossary;
use crate::diagnostics::{Message, Problem, Severity, characters, short};
use crate::json::{Cursor, Kind};
use crate::message;
use inline::Flaw;
use link_targets::check_link_target;
use links::LocalLink;
use model::{Inline, Link};
use std::sync::Arc;

/// The most mistakes that are reported of one text.
const MOST_FLAWS: usize = 20;

/// The results of checking so far.
#[derive(Default)]
pub struct Findings {
    /// The errors.
    pub problems: Vec<Problem>,
    /// The warnings. They stop nothing.
    pub warnings: Vec<Problem>,
    /// The links to pages of this portal. They are checked when all pages are known.
    pub links: Vec<LocalLink>,
    /// The hosts of the portal.
    pub hosts: Hosts,
    /// The names of the portal.
    pub glossary: Arc<Glossary>,
}

/// The hosts that the portal has and had.
#[derive(Clone, Default)]
pub struct Hosts {
    /// Its own, where it is known: other hosts must not look like it.
    pub own: Option<Arc<str>>,
    /// Those that it had before, or that were imported into it.
    pub former: Arc<[String]>,
}

impl Findings {
    /// Notes a problem.
    pub fn add(&mut self, problem: Problem) {
        match problem.severity {
            Severity::Error => self.problems.push(problem),
            Severity::Warning => self.warnings.push(problem),
        }
    }

    /// Notes problems.
    pub fn add_all(&mut self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.add(problem));
    }

    /// Warns of letters in a Vietnamese text that look like Đ.
    pub fn warn_of_look_alikes(&mut self, cursor: Cursor<'_>) {
        match cursor.kind() {
            Kind::Text(text) => {
                if let Some((at, message, help)) = characters::crossed_d(text) {
                    self.add(cursor.inside(at).problem(message).help(help).warning());
                }
            }
            Kind::List(items) => {
                (0..items.len()).for_each(|at| self.warn_of_look_alikes(cursor.item(at)));
            }
            Kind::Object(members) => {
                (0..members.len()).for_each(|at| self.warn_of_look_alikes(cursor.item(at)));
            }
            _ => {}
        }
    }

    /// Reads a text with marks that must not be empty. `what` is its name in messages.
    fn marked(&mut self, cursor: Cursor<'_>, what: &Message, text: &str) -> Vec<Inline> {
        self.not_empty(cursor, what, text);
        self.cell(cursor, text)
    }

    /// Reads a text with marks that may be empty.
    fn cell(&mut self, cursor: Cursor<'_>, text: &str) -> Vec<Inline> {
        let read = inline::read(text);
        self.flaws(cursor, read.flaws);
        for (at, to) in read.links {
            check_link_target(self, cursor.inside(at), to);
        }
        as_published(read.runs)
    }

    /// Reads a text without marks that must not be empty.
    fn plain(&mut self, cursor: Cursor<'_>, what: &Message, text: &str) -> String {
        self.not_empty(cursor, what, text);
        let (text, flaws) = inline::read_plain(text);
        self.flaws(cursor, flaws);
        text
    }

    /// Reads a text without marks that may be left out, but must not be empty.
    fn optional(&mut self, cursor: Cursor<'_>, key: &str, text: Option<String>) -> Option<String> {
        let text = text?;
        if text.trim().is_empty() {
            self.add(
                cursor
                    .key(key)
                    .problem(message!("\"{key}\" is empty", key))
                    .help(message!("write it, or leave the key out")),
            );
        }
        Some(self.plain_or_empty(cursor.key(key), &text))
    }

    fn plain_or_empty(&mut self, cursor: Cursor<'_>, text: &str) -> String {
        let (text, flaws) = inline::read_plain(text);
        self.flaws(cursor, flaws);
        text
    }

    fn not_empty(&mut self, cursor: Cursor<'_>, what: &Message, text: &str) {
        if text.trim().is_empty() {
            self.add(cursor.problem(message!("{what} is empty", what)));
        }
    }

    fn flaws(&mut self, cursor: Cursor<'_>, flaws: Vec<Flaw>) {
        if let Some(more) = flaws.get(MOST_FLAWS) {
            let message = message!(
                "{number} more mistakes from here on in this text",
                number = flaws.len() - MOST_FLAWS
            );
            self.add(cursor.inside(more.at).problem(message));
        }
        for flaw in flaws.into_iter().take(MOST_FLAWS) {
            let problem = Problem {
                severity: flaw.severity,
                ..cursor.inside(flaw.at).problem(flaw.message)
            };
            self.add(Problem {
                help: flaw.help,
                ..problem
            });
        }
    }
}

/// The runs, with every address in the form that browsers write.
fn as_published(runs: Vec<Inline>) -> Vec<Inline> {
    let published = |run| match run {
        Inline::Text(text) => Inline::Text(text),
        Inline::Strong(runs) => Inline::Strong(as_published(runs)),
        Inline::Emphasis(runs) => Inline::Emphasis(as_published(runs)),
        Inline::Link(link) => {
            let to = address::read(link.to.as_str()).unwrap_or(link.to);
            Inline::Link(Link {
                to,
                text: as_published(link.text),
                lang: link.lang,
            })
        }
    };
    runs.into_iter().map(published).collect()
}

/// The message for an unknown name, with the name that was probably meant.
fn unknown<'a>(what: Message, name: &str, known: impl Iterator<Item = &'a str>) -> Message {
    match crate::json::nearest(name, known) {
        Some(right) => message!(
            "{what} \"{name}\": did you mean \"{right}\"?",
            what,
            name = short(name),
            right
        ),
        None => message!("{what} \"{name}\"", what, name = short(name)),
    }
}
