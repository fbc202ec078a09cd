//! Failures of the tool itself: not the editor's mistakes, which are problems.

use std::fmt;
use std::io;
use std::path::Path;

/// Why the tool could not do its work. Exit code 2.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure in plain words.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A failure to do something with a file: `could not read content/site.json: permission denied`.
    pub(crate) fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("could not {action} {}: {}", path.display(), why(error)))
    }
}

/// Why something could not be done with a file, in plain words where a folder and a file were taken for each other.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::IsADirectory => "it is a folder, and a file has to be there".to_owned(),
        io::ErrorKind::NotADirectory => "a file is there, and a folder has to be".to_owned(),
        _ => error.to_string(),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
