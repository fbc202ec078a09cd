//! The files of one kind in a folder: pictures, or attached files. Each is read once, and has to be
//! used.

use super::leavings::{copy, is_lock};
use super::listing::Folder;
use super::{Loader, names};
use crate::check::Findings;
use crate::diagnostics::{Failure, Message, Problem, shown};
use crate::json::{Cursor, nearest};
use crate::message;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A kind of file: its names, its limit, and the wording of its problems.
pub struct Kind {
    /// Whether a file of this name is of this kind.
    pub matches: fn(&str) -> bool,
    /// The largest size in bytes, and the help for a larger file, which is not even read.
    pub most: (u64, fn() -> Message),
    /// The help for a file in another folder.
    pub elsewhere: fn() -> Message,
    /// The message and the help for a name of another kind.
    pub mismatch: fn(&str) -> (Message, Message),
    /// The message and the help for an unused file, given the file that has to name it.
    pub unused: fn(&str) -> (Message, Message),
}

/// The files of one kind in one folder.
pub struct FolderFiles<F> {
    folder: PathBuf,
    kind: &'static Kind,
    /// The files; `None` for one with problems of its own.
    files: BTreeMap<String, Option<F>>,
    /// The subfolders of the folder.
    folders: Vec<String>,
    used: BTreeSet<String>,
}

/// Reads all files of a kind in a folder. `look` checks one, given its path and its bytes.
pub(super) fn read_files<F>(
    loader: &mut Loader,
    folder: &Folder,
    kind: &'static Kind,
    check: impl Fn(&mut Findings, PathBuf, &[u8]) -> Option<F>,
) -> Result<FolderFiles<F>, Failure> {
    let mut files = BTreeMap::new();
    let mut used = BTreeSet::new();
    let own = |name: &&String| (kind.matches)(name) && !is_lock(name);
    for name in folder.files.iter().filter(own) {
        let path = loader.instead.place(folder.path.join(name));
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        if let Err(wrong) = names::slug(stem) {
            let copied = copy(name, &folder.files);
            if copied.is_some() {
                // What becomes of a copy is said here: nobody shall name it in the article.
                used.insert(name.clone());
            }
            let (message, help) = copied.unwrap_or(wrong);
            loader
                .findings
                .add(Problem::with_file(shown(&path), message).help(help));
        }
        let file = if is_too_large(loader, &path, kind)? {
            None
        } else {
            let bytes = loader.bytes(&path)?;
            check(&mut loader.findings, path, &bytes)
        };
        files.insert(name.clone(), file);
    }
    let folders = folder.folders.clone();
    Ok(FolderFiles {
        folder: folder.path.clone(),
        kind,
        files,
        folders,
        used,
    })
}

/// Whether a file is larger than its kind may be. Such a file is reported.
fn is_too_large(loader: &mut Loader, path: &Path, kind: &Kind) -> Result<bool, Failure> {
    let about = std::fs::metadata(path).map_err(|error| Failure::io("read", path, &error))?;
    let (most, help) = kind.most;
    if about.len() <= most {
        return Ok(false);
    }
    loader.files += 1;
    let message = message!(
        "the file has {size} MB, and the most is {most} MB",
        size = about.len() / 1_000_000,
        most = most / 1_000_000
    );
    loader
        .findings
        .add(Problem::with_file(shown(path), message).help(help()));
    Ok(true)
}

impl<F: Clone> FolderFiles<F> {
    /// The file of this name. A wrong name is reported at `cursor`.
    pub fn find(&mut self, findings: &mut Findings, cursor: Cursor<'_>, name: &str) -> Option<F> {
        self.mark_used(name);
        if let Some(file) = self.files.get(name) {
            return file.clone();
        }
        let (message, help) = if let Some((_, file)) = name.rsplit_once(['/', '\\']) {
            self.mark_used(file);
            (
                message!("\"{name}\" leads to another folder", name),
                (self.kind.elsewhere)(),
            )
        } else if self.folders.iter().any(|folder| folder == name) {
            (
                message!("\"{name}\" is a folder", name),
                message!("name a file, and move the folder away"),
            )
        } else if (self.kind.matches)(name) {
            let meant = nearest(name, self.files.keys().map(String::as_str)).map(str::to_owned);
            self.used.extend(meant.clone());
            let message = match meant {
                Some(right) => message!(
                    "there is no file \"{name}\": did you mean \"{right}\"?",
                    name,
                    right
                ),
                None => message!("there is no file \"{name}\"", name),
            };
            (
                message,
                message!("it must stand in {folder}", folder = shown(&self.folder)),
            )
        } else {
            (self.kind.mismatch)(name)
        };
        findings.add(cursor.problem(message).help(help));
        None
    }

    /// Counts a file as used, although its name was written wrongly.
    pub fn mark_used(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }

    /// Reports the unused files. `by` is the file that has to name them.
    pub fn report_unused(&self, findings: &mut Findings, by: &str) {
        for name in self.files.keys().filter(|&name| !self.used.contains(name)) {
            let path: &Path = &self.folder.join(name);
            let (message, help) = (self.kind.unused)(by);
            findings.add(Problem::with_file(shown(path), message).help(help));
        }
    }
}
