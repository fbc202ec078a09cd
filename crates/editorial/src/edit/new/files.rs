//! New files of one folder: all of them, or none.

use crate::diagnostics::Failure;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files to be written.
pub(super) struct Files {
    folder: PathBuf,
    files: Vec<(PathBuf, String)>,
}

impl Files {
    /// No files yet, for a folder that need not be there.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, files: Vec::new() }
    }

    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, text: String) {
        self.files.push((self.folder.join(name), text));
    }

    /// Writes all files, and says which. Where one cannot be written, those before it are taken away again.
    ///
    /// # Errors
    /// Where a file is there already, or cannot be written.
    pub(super) fn write(self) -> Result<Vec<PathBuf>, Failure> {
        let is_new = !self.folder.exists();
        fs::create_dir_all(&self.folder).map_err(|error| Failure::io("make", &self.folder, &error))?;
        let mut written: Vec<PathBuf> = Vec::new();
        for (path, text) in self.files {
            let file = OpenOptions::new().write(true).create_new(true).open(&path);
            if let Err(error) = file.and_then(|mut file| file.write_all(text.as_bytes())) {
                // What cannot be taken away either is named by `site check`.
                for path in &written {
                    let _ = fs::remove_file(path);
                }
                if is_new {
                    let _ = fs::remove_dir(&self.folder);
                }
                return Err(Failure::io("write", &path, &error));
            }
            written.push(path);
        }
        Ok(written)
    }
}

/// The way from a file so many folders below the content folder's parent to the schemas; `None` where there are none.
pub(super) fn schemas(content: &Path, depth: usize) -> Option<String> {
    let beside = fs::canonicalize(content).ok()?.parent()?.join("schemas");
    beside.is_dir().then(|| "../".repeat(depth) + "schemas")
}
