//! Failures of the tool itself. An editor's mistake is a problem instead.

use super::Message;
use crate::message;
use std::fmt;
use std::io;
use std::path::Path;

/// The reason why the tool could not do its work. Exit code 2.
#[derive(Debug)]
pub struct Failure {
    message: Words,
    help: Option<Words>,
    details: String,
}

/// What is said of a failure.
#[derive(Debug)]
enum Words {
    /// In every language: it reaches editors.
    Said(Message),
    /// In English alone: it reaches whoever runs the tool.
    English(String),
}

impl Words {
    /// The words for an editor. Those in English alone are said to be so.
    fn message(&self) -> Message {
        match self {
            Self::Said(message) => message.clone(),
            Self::English(in_english) => message!("{in_english}", in_english),
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(message) => message.fmt(f),
            Self::English(text) => f.write_str(text),
        }
    }
}

impl Failure {
    /// A failure in plain words, in English alone.
    pub fn new(message: impl Into<String>) -> Self {
        Self::with(Words::English(message.into()))
    }

    /// A failure that editors hear of, in their languages.
    pub fn said(message: Message) -> Self {
        Self::with(Words::Said(message))
    }

    fn with(message: Words) -> Self {
        Self {
            message,
            help: None,
            details: String::new(),
        }
    }

    /// Adds what to do about it, in English alone.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(Words::English(help.into())),
            ..self
        }
    }

    /// Adds what editors can do about it, in their languages.
    #[must_use]
    pub fn help_said(self, help: Message) -> Self {
        Self {
            help: Some(Words::Said(help)),
            ..self
        }
    }

    /// Adds a longer text, such as a report, which is printed to standard output before the
    /// message.
    #[must_use]
    pub fn details(self, details: impl Into<String>) -> Self {
        Self {
            details: details.into(),
            ..self
        }
    }

    /// The text of [`Self::details`]; empty where there is none.
    pub fn shown_details(&self) -> &str {
        &self.details
    }

    /// What is said of it to an editor, with what to do about it.
    pub fn message(&self) -> Message {
        let message = self.message.message();
        match &self.help {
            Some(help) => message!("{message}: {help}", message, help = help.message()),
            None => message,
        }
    }

    /// A failure to do something with a file: `could not read content/site.json: it is not there`.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        let (shown, why) = (path.display(), why(error));
        match not_done(action, &shown.to_string(), &why) {
            Some(message) => Self::said(message),
            None => Self::new(format!("could not {action} {shown}: {why}")),
        }
    }
}

/// What is said where something was not done with a file; `None` for what is done in builds alone.
fn not_done(action: &str, path: &str, why: &Message) -> Option<Message> {
    Some(match action {
        "read" => message!("could not read {path}: {why}", path, why),
        "write" => message!("could not write {path}: {why}", path, why),
        "remove" => message!("could not remove {path}: {why}", path, why),
        "move" => message!("could not move {path}: {why}", path, why),
        "make" => message!("could not make {path}: {why}", path, why),
        "make the folder" => message!("could not make the folder {path}: {why}", path, why),
        "find" => message!("could not find {path}: {why}", path, why),
        "lock" => message!("could not lock {path}: {why}", path, why),
        _ => return None,
    })
}

/// The reason of an I/O error, in plain words for those that people can do something about.
pub fn why(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::IsADirectory => message!("it is a folder, and a file has to be there"),
        io::ErrorKind::NotADirectory => message!("a file is there, and a folder has to be"),
        io::ErrorKind::NotFound => message!("it is not there"),
        io::ErrorKind::AlreadyExists => message!("it is there already"),
        io::ErrorKind::PermissionDenied => message!("the system does not permit it"),
        io::ErrorKind::ReadOnlyFilesystem => message!("nothing can be written to this disk"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            message!("there is no room left on the disk")
        }
        _ => message!("{in_english}", in_english = error.to_string()),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  = help: {help}"))
    }
}

impl std::error::Error for Failure {}
