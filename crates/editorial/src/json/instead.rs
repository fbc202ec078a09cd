//! Texts that count in place of files, while somebody writes.

use super::{Cursor, problem_in, problem_in_bytes};
use crate::diagnostics::{Problem, shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{fs, io};

/// No text at all.
static NOTHING: LazyLock<Instead> = LazyLock::new(Instead::default);

/// Texts that count in place of files; usually none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instead(Arc<BTreeMap<PathBuf, Vec<u8>>>);

impl Instead {
    /// These texts, by the paths of the files.
    pub fn of(texts: BTreeMap<PathBuf, Vec<u8>>) -> Self {
        Self(Arc::new(texts))
    }

    /// No text at all.
    pub fn nothing() -> &'static Self {
        &NOTHING
    }

    /// Whether a file below a folder has one.
    pub fn has_below(&self, folder: &Path) -> bool {
        self.0.keys().any(|file| file.starts_with(folder))
    }

    /// What counts as a file's bytes.
    ///
    /// # Errors
    /// Where the file counts, and cannot be read.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0
            .get(path)
            .map_or_else(|| fs::read(path), |bytes| Ok(bytes.clone()))
    }

    /// A problem at a position in what counts as a file, as [`problem_in`] finds it.
    pub fn problem_in(
        &self,
        file: &Path,
        message: impl Into<String>,
        find: impl FnOnce(Cursor<'_>) -> Cursor<'_>,
    ) -> Problem {
        match self.0.get(file) {
            Some(bytes) => problem_in_bytes(&shown(file), bytes, message, find),
            None => problem_in(file, message, find),
        }
    }
}
