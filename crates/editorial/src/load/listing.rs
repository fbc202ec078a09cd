//! Listings of folders, sorted, so that the order is the same on every system.

use super::leavings::is_left;
use crate::diagnostics::{Failure, Problem, shown};
use crate::message;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// A folder's entries by name.
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// The files in it.
    pub files: Vec<String>,
    /// The folders in it.
    pub folders: Vec<String>,
}

impl Folder {
    /// Lists a folder, without what systems and programs leave in it. Symbolic links and names that are not UTF-8 are reported and left out. Names
    /// that collide on some file systems are reported: they differ only by case, by Unicode
    /// normalisation, or by dots and spaces at their ends.
    pub fn list(path: &Path, problems: &mut Vec<Problem>) -> Result<Self, Failure> {
        let failure = |error| Failure::io("read", path, &error);
        let mut folder = Self::absent(path.to_owned());
        for entry in std::fs::read_dir(path).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            let kind = entry.file_type().map_err(failure)?;
            let Ok(name) = entry.file_name().into_string() else {
                problems.push(
                    Problem::with_file(shown(&entry.path()), message!("the name is not UTF-8"))
                        .help(message!("rename it")),
                );
                continue;
            };
            if is_left(&name, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                folder.folders.push(name);
            } else if kind.is_file() {
                folder.files.push(name);
            } else {
                let what = if kind.is_symlink() {
                    message!("a symbolic link")
                } else {
                    message!("neither a file nor a folder")
                };
                let problem = Problem::with_file(
                    shown(&entry.path()),
                    message!("\"{name}\" is {what}", name, what),
                );
                problems.push(problem.help(message!("put the file itself here")));
            }
        }
        folder.files.sort();
        folder.folders.sort();
        folder.collisions(problems);
        Ok(folder)
    }

    /// Adds files that will stand in it.
    pub fn add(&mut self, mut coming: Vec<String>) {
        coming.retain(|name| !self.files.contains(name));
        self.files.append(&mut coming);
        self.files.sort();
    }

    /// A missing folder: an empty listing.
    pub fn absent(path: PathBuf) -> Self {
        Self {
            path,
            files: Vec::new(),
            folders: Vec::new(),
        }
    }

    /// The problem of a folder in the place of a file.
    pub fn instead_of_a_file(&self, name: &str) -> Problem {
        let problem = Problem::with_file(
            shown(&self.path.join(name)),
            message!("\"{name}\" is a folder", name),
        );
        problem.help(message!(
            "a file of this name has to stand here: move the folder away"
        ))
    }

    /// The problem of a file in the place of a folder.
    pub fn instead_of_a_folder(&self, name: &str) -> Problem {
        let problem = Problem::with_file(
            shown(&self.path.join(name)),
            message!("\"{name}\" is a file", name),
        );
        problem.help(message!(
            "a folder of this name has to stand here: move the file away"
        ))
    }

    fn collisions(&self, problems: &mut Vec<Problem>) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for name in self.folders.iter().chain(&self.files) {
            if let Some(other) = seen.insert(folded(name), name) {
                let (differ, keep) = if name.to_lowercase() == other.to_lowercase() {
                    (
                        message!("differ by upper and lower case only"),
                        message!("keep the one in lower case"),
                    )
                } else {
                    (
                        message!("are one name where marks are written otherwise, or ends cut"),
                        message!("keep one of them"),
                    )
                };
                let message = message!("\"{name}\" and \"{other}\" {differ}", name, other, differ);
                let help = message!("not every machine can keep them apart: {keep}", keep);
                problems.push(Problem::with_file(shown(&self.path.join(name)), message).help(help));
            }
        }
    }
}

/// A name as a file system may compare it: in NFC, with case folded, and without dots and spaces at
/// its end.
fn folded(name: &str) -> String {
    if name.is_ascii() {
        let lower = name.to_ascii_lowercase();
        return lower.trim_end_matches(['.', ' ']).to_owned();
    }
    let folded = name
        .nfc()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    folded
        .nfc()
        .collect::<String>()
        .trim_end_matches(['.', ' '])
        .to_owned()
}
