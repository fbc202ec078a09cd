//! What an editor is told about a mistake. Nothing in here panics or prints: a problem is data until the report.

use crate::place::Place;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    /// Nothing can be published with it.
    Error,
    /// Somebody should look at it; the site can be built all the same.
    Warning,
}

impl Severity {
    /// The word that a report begins with.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A mistake in the content, with the file that it is in and, where there is one, the place in that file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// How much it matters.
    pub(crate) severity: Severity,
    /// The file or folder, as the command line leads to it, with forward slashes.
    pub(crate) file: String,
    /// Where in the file; `None` where the file itself is the mistake.
    pub(crate) place: Option<Place>,
    /// What is wrong: lower case, no full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) remedy: Option<String>,
}

impl Problem {
    /// A problem with a file or a folder as a whole.
    pub(crate) fn with_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, file: file.into(), place: None, message: message.into(), remedy: None }
    }

    /// A problem at a place in a file.
    pub(crate) fn at(file: impl Into<String>, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, file: file.into(), place: Some(place), message: message.into(), remedy: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub(crate) fn help(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The same as a warning: nothing is stopped by it.
    #[must_use]
    pub(crate) fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// What problems are sorted by: file, line, column, message.
    pub(crate) fn order(&self) -> (&str, usize, usize, &str) {
        let (line, column) = self.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
        (&self.file, line, column, &self.message)
    }
}
