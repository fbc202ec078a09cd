//! Texts that count in place of files, and files that are about to stand elsewhere, while somebody
//! writes.

use super::{Cursor, problem_in, problem_in_bytes};
use crate::diagnostics::{Message, Problem, shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{fs, io};

/// No text at all.
static NOTHING: LazyLock<Instead> = LazyLock::new(Instead::default);

/// Texts that count in place of files, and where files are that will stand elsewhere; usually none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instead {
    texts: Arc<BTreeMap<PathBuf, Vec<u8>>>,
    coming: Arc<BTreeMap<PathBuf, PathBuf>>,
}

impl Instead {
    /// These texts, by the paths of the files.
    pub fn of(texts: BTreeMap<PathBuf, Vec<u8>>) -> Self {
        Self {
            texts: Arc::new(texts),
            coming: Arc::default(),
        }
    }

    /// With files that will stand at a path, each with the path at which it is now.
    #[must_use]
    pub fn with_coming(self, coming: BTreeMap<PathBuf, PathBuf>) -> Self {
        Self {
            coming: Arc::new(coming),
            ..self
        }
    }

    /// The names of the files that will stand in a folder.
    pub fn coming_to(&self, folder: &Path) -> Vec<String> {
        let there = self.coming.keys();
        there
            .filter(|file| file.parent() == Some(folder))
            .filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()))
            .collect()
    }

    /// Where a file is that will stand at a path; the path itself for any other.
    pub fn place(&self, file: PathBuf) -> PathBuf {
        self.coming.get(&file).cloned().unwrap_or(file)
    }

    /// Everything that counts in any of these.
    pub fn all<'a>(of: impl IntoIterator<Item = &'a Self>) -> Self {
        let (mut texts, mut coming) = (BTreeMap::new(), BTreeMap::new());
        for one in of {
            texts.extend(
                one.texts
                    .iter()
                    .map(|(file, text)| (file.clone(), text.clone())),
            );
            coming.extend(
                one.coming
                    .iter()
                    .map(|(file, now)| (file.clone(), now.clone())),
            );
        }
        Self::of(texts).with_coming(coming)
    }

    /// No text at all.
    pub fn nothing() -> &'static Self {
        &NOTHING
    }

    /// Whether a file below a folder has one.
    pub fn has_below(&self, folder: &Path) -> bool {
        let mut files = self.texts.keys().chain(self.coming.keys());
        files.any(|file| file.starts_with(folder))
    }

    /// What counts as a file's bytes.
    ///
    /// # Errors
    /// Where the file counts, and cannot be read.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.texts
            .get(path)
            .map_or_else(|| fs::read(path), |bytes| Ok(bytes.clone()))
    }

    /// A problem at a position in what counts as a file, as [`problem_in`] finds it.
    pub fn problem_in(
        &self,
        file: &Path,
        message: Message,
        find: impl FnOnce(Cursor<'_>) -> Cursor<'_>,
    ) -> Problem {
        match self.texts.get(file) {
            Some(bytes) => problem_in_bytes(&shown(file), bytes, message, find),
            None => problem_in(file, message, find),
        }
    }
}
