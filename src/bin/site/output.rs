//! The output folder: written beside its place, moved there only when it is complete.

use crate::failure::Failure;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

/// A site that is being written. It is dropped without a trace where the build fails.
pub(crate) struct Output {
    place: PathBuf,
    staging: PathBuf,
    /// What was written: each file's size in bytes.
    files: BTreeMap<String, usize>,
}

impl Output {
    /// Begins a folder that will stand at `place`.
    ///
    /// # Errors
    /// Where no folder can be made beside that place.
    pub(crate) fn begin(place: &Path) -> Result<Self, Failure> {
        let staging = beside(place, "new");
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(|error| Failure::io("remove", &staging, &error))?;
        }
        fs::create_dir_all(&staging).map_err(|error| Failure::io("make the folder", &staging, &error))?;
        Ok(Self { place: place.to_path_buf(), staging, files: BTreeMap::new() })
    }

    /// Writes a file; `path` is below the site's base, with forward slashes.
    ///
    /// # Errors
    /// Where it cannot be written, where the path could leave the folder, or where a file of that name is there already
    /// (also one that differs only in capital letters).
    pub(crate) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let safe = path.split('/').all(|segment| !segment.is_empty() && segment != "." && segment != "..");
        if !safe || path.contains(['\\', ':', '\0']) {
            return Err(Failure::new(format!("\"{}\" is no path that a site can have", path.escape_debug())));
        }
        let hashed = path.starts_with("assets/");
        if self.files.insert(path.to_lowercase(), bytes.len()).is_some() {
            // The same bytes under the same hash are one file.
            return if hashed { Ok(()) } else { Err(Failure::new(format!("two pages want to be {path}"))) };
        }
        let file = self.staging.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
        }
        fs::write(&file, bytes).map_err(|error| Failure::io("write", &file, &error))
    }

    /// Reads a file that was written.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let file = self.staging.join(path);
        fs::read(&file).map_err(|error| Failure::io("read", &file, &error))
    }

    /// How many files there are, and their bytes.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.files.len(), self.files.values().sum())
    }

    /// Moves the finished folder to its place. What stood there before is removed only afterwards.
    ///
    /// # Errors
    /// Where the folders cannot be renamed; the old one is put back then.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let old = beside(&self.place, "old");
        let replaced = self.place.exists();
        if replaced {
            fs::rename(&self.place, &old).map_err(|error| Failure::io("move away", &self.place, &error))?;
        }
        if let Err(error) = fs::rename(&self.staging, &self.place) {
            if replaced {
                let _ = fs::rename(&old, &self.place);
            }
            return Err(Failure::io("move the finished site to", &self.place, &error));
        }
        self.staging = PathBuf::new();
        if replaced {
            fs::remove_dir_all(&old).map_err(|error| Failure::io("remove", &old, &error))?;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.staging != Path::new("") {
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// A folder's hidden neighbour, on the same file system.
fn beside(place: &Path, what: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{what}-{}", process::id()))
}
