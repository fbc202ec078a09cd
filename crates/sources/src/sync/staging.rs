//! Holds the files of articles on the disk until all are there, so that a thousand articles with
//! their pictures need no memory.

use super::Made;
use crate::record::Origin;
use editorial::diagnostics::Failure;
use import::Loss;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder within the content folder. It exists only during a sync.
const FOLDER: &str = ".sync";

/// The folder of a sync.
pub(super) struct Staging {
    folder: PathBuf,
    kept: usize,
}

/// An article whose files wait to be written.
pub(super) struct Staged {
    pub(super) id: String,
    pub(super) origin: Origin,
    pub(super) subjects: Vec<String>,
    pub(super) losses: Vec<(String, Loss)>,
    pub(super) pictures: usize,
    folder: PathBuf,
}

impl Staging {
    /// Makes an empty folder. What an interrupted sync left there goes.
    pub(super) fn open(content: &Path) -> Result<Self, Failure> {
        let folder = content.join(FOLDER);
        if fs::symlink_metadata(&folder).is_ok() {
            fs::remove_dir_all(&folder).map_err(|error| Failure::io("remove", &folder, &error))?;
        }
        Ok(Self { folder, kept: 0 })
    }

    /// Keeps the files of an article.
    pub(super) fn keep(&mut self, made: Made) -> Result<Staged, Failure> {
        self.kept += 1;
        let folder = self.folder.join(self.kept.to_string());
        fs::create_dir_all(&folder)
            .map_err(|error| Failure::io("make the folder", &folder, &error))?;
        for (name, bytes) in &made.assembled.files {
            let path = folder.join(name);
            fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, &error))?;
        }
        Ok(Staged {
            id: made.id,
            origin: made.origin,
            subjects: made.subjects,
            losses: made.assembled.losses,
            pictures: made.assembled.pictures,
            folder,
        })
    }
}

impl Staged {
    /// The files, with their names.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let names = self.origin.files.keys();
        let read = |name: &String| {
            let path = self.folder.join(name);
            let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
            Ok((name.clone(), bytes))
        };
        names.map(read).collect()
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
