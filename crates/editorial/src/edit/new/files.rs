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
    /// No files yet, for a folder that need not exist.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            files: Vec::new(),
        }
    }

    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, text: String) {
        self.files.push((self.folder.join(name), text));
    }

    /// Writes all files, and returns their paths. Where one cannot be written, all are removed.
    ///
    /// # Errors
    /// Where a file exists, or cannot be written.
    pub(super) fn write(self) -> Result<Vec<PathBuf>, Failure> {
        let is_new = !self.folder.exists();
        fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::io("make", &self.folder, &error))?;
        let mut written: Vec<PathBuf> = Vec::new();
        for (path, text) in self.files {
            let file = OpenOptions::new().write(true).create_new(true).open(&path);
            // A file that exists is somebody's; one that was made here goes with the others.
            written.extend(file.is_ok().then(|| path.clone()));
            if let Err(error) = file.and_then(|mut file| file.write_all(text.as_bytes())) {
                // `site check` reports a file that cannot be removed either.
                for path in &written {
                    let _ = fs::remove_file(path);
                }
                if is_new {
                    let _ = fs::remove_dir(&self.folder);
                }
                return Err(Failure::io("write", &path, &error));
            }
        }
        Ok(written)
    }
}

/// The relative path to the schemas from a file `depth` folders below the content folder's parent;
/// `None` where there are no schemas.
pub(super) fn schemas(content: &Path, depth: usize) -> Option<String> {
    let beside = fs::canonicalize(content).ok()?.parent()?.join("schemas");
    beside.is_dir().then(|| "../".repeat(depth) + "schemas")
}
