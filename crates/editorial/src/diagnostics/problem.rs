//! Problems: the mistakes in the content. A problem is data, and only the report makes a text of
//! it. Nothing in here panics or prints.

use crate::diagnostics::{Location, Message};
use crate::message;
use std::path::Path;

/// How severe a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The site cannot be published.
    Error,
    /// Somebody should look at it; the site can be built all the same.
    Warning,
}

impl Severity {
    /// The word that an entry of the report begins with.
    pub fn name(self) -> Message {
        match self {
            Self::Error => message!("error"),
            Self::Warning => message!("warning"),
        }
    }

    /// The same for programs, in English.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A mistake in the content, with the file that it is in and, where there is one, the place in that
/// file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How severe it is.
    pub severity: Severity,
    /// The file or folder, as the command line leads to it, with forward slashes.
    pub file: String,
    /// The place in the file; `None` where the problem concerns the whole file.
    pub location: Option<Location>,
    /// The message: lower case, no full stop.
    pub message: Message,
    /// The help: what to do about it.
    pub help: Option<Message>,
    /// The help for those who see the problem in the desk, where that is another.
    pub help_in_desk: Option<Message>,
}

impl Problem {
    /// A problem with a file or a folder as a whole.
    pub fn with_file(file: impl Into<String>, message: Message) -> Self {
        Self {
            severity: Severity::Error,
            file: file.into(),
            location: None,
            message,
            help: None,
            help_in_desk: None,
        }
    }

    /// A problem at a place in a file.
    pub fn at(file: impl Into<String>, location: Location, message: Message) -> Self {
        Self {
            severity: Severity::Error,
            file: file.into(),
            location: Some(location),
            message,
            help: None,
            help_in_desk: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds what to do about it in the desk, which has a button where the command line has a command.
    #[must_use]
    pub fn in_desk(mut self, help: Message) -> Self {
        self.help_in_desk = Some(help);
        self
    }

    /// The same problem as a warning, which stops nothing.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The sort key: file, line, column, message.
    pub fn order(&self) -> (&str, usize, usize, &str) {
        let (line, column) = self
            .location
            .as_ref()
            .map_or((0, 0), |location| (location.line, location.column));
        (&self.file, line, column, &self.message)
    }
}

/// The longest text from a file that a message repeats, in characters.
const MOST_REPEATED: usize = 80;

/// A text for a message: escaped, and a long one cut, with its length.
pub fn short(text: &str) -> String {
    let escaped = |c: char| {
        if c == '\'' {
            c.to_string()
        } else {
            c.escape_debug().to_string()
        }
    };
    let begin: String = text.chars().take(MOST_REPEATED).map(escaped).collect();
    match text.chars().count() {
        count if count > MOST_REPEATED => format!("{begin}… ({count} characters)"),
        _ => begin,
    }
}

/// A path as problems show it: as the command line leads to it, with forward slashes.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
