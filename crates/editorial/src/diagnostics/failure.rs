//! Failures of the tool itself. An editor's mistake is a problem instead.

use std::fmt;
use std::io;
use std::path::Path;

/// The reason why the tool could not do its work. Exit code 2.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: Option<String>,
    details: String,
}

impl Failure {
    /// A failure in plain words.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            details: String::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
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

    /// A failure to do something with a file: `could not read content/site.json: permission
    /// denied`.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!(
            "could not {action} {}: {}",
            path.display(),
            why(error)
        ))
    }
}

/// The reason of an I/O error, in plain words where a folder stands in the place of a file or the
/// reverse.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::IsADirectory => "it is a folder, and a file has to be there".to_owned(),
        io::ErrorKind::NotADirectory => "a file is there, and a folder has to be".to_owned(),
        _ => error.to_string(),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  = help: {help}"))
    }
}

impl std::error::Error for Failure {}
