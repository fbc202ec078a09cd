//! Finds the foreign files in a site's folder, which the tool did not write. Symbolic links are
//! never followed.

use super::mark;
use super::record::{self, Record};
use editorial::diagnostics::Failure;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

/// A foreign file or folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForeignEntry {
    /// Its path below the site's folder.
    pub(super) path: PathBuf,
    /// Its kind.
    pub(super) kind: Kind,
    /// The hash of path, size, time of change and inode number, which identifies a file.
    pub(super) identity: u64,
}

/// The kind of a directory entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A folder without anything of ours in it.
    Folder,
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What is known of a site's folder.
pub(super) struct KnownFiles {
    folder: PathBuf,
    /// The identities of the files that the tool wrote.
    ours: HashSet<u64>,
    /// The identities of what the tool only carried along.
    carried: HashSet<u64>,
    /// The folder's mark, read only where an identity is unknown.
    mark: OnceLock<HashSet<u64>>,
}

/// What a folder holds.
#[derive(Default)]
pub(super) struct Survey {
    /// Foreign files and folders, parents before their contents.
    pub(super) found: Vec<ForeignEntry>,
    /// The files that the tool wrote.
    pub(super) ours: Vec<PathBuf>,
}

impl KnownFiles {
    /// Knows a site's folder by its mark and, where there is one, by the record of the last build.
    pub(super) fn new(folder: &Path, record: Option<&Record>) -> Self {
        let ours = record.map(Record::identities).unwrap_or_default();
        let carried = record
            .map(|record| record.carried.iter().copied().collect())
            .unwrap_or_default();
        Self {
            folder: folder.to_owned(),
            ours,
            carried,
            mark: OnceLock::new(),
        }
    }

    /// Adds the files of the site that the last build replaced.
    pub(super) fn with_the_site_before(mut self, record: Option<&Record>) -> Self {
        self.ours
            .extend(record.iter().flat_map(|record| &record.before));
        self
    }

    /// Whether this was carried along from another folder.
    pub(super) fn was_carried(&self, found: &ForeignEntry) -> bool {
        self.carried.contains(&found.identity)
    }

    /// The identities of the files that the tool wrote.
    pub(super) fn into_ours(self) -> Vec<u64> {
        self.ours.into_iter().collect()
    }

    /// Walks through the folder, except for these names at its top.
    ///
    /// # Errors
    /// Where something cannot be read, or another file system is mounted within the folder.
    pub(super) fn survey(&self, without: &[&str]) -> Result<Survey, Failure> {
        let survey = Mutex::new(Survey::default());
        match fs::symlink_metadata(&self.folder) {
            Ok(about) => self.look(
                &self.folder,
                Path::new(""),
                device(&about),
                without,
                &survey,
            )?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(Failure::io("look at", &self.folder, &error)),
        };
        let mut survey = super::into(survey);
        survey.found.sort();
        Ok(survey)
    }

    /// Walks through a folder. Returns whether anything in it is ours.
    fn look(
        &self,
        folder: &Path,
        below: &Path,
        device: u64,
        without: &[&str],
        survey: &Mutex<Survey>,
    ) -> Result<bool, Failure> {
        let failure = |error: &io::Error| Failure::io("read", folder, error);
        let (mut folders, mut here) = (Vec::new(), Survey::default());
        for entry in fs::read_dir(folder).map_err(|error| failure(&error))? {
            let entry = entry.map_err(|error| failure(&error))?;
            if without.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            let about = match entry.metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                about => about.map_err(|error| Failure::io("look at", &entry.path(), &error))?,
            };
            let path = below.join(entry.file_name());
            let key = key(&path);
            let identity = record::identity_of(&key, &about);
            if about.is_dir() {
                refuse_another_file_system(&entry.path(), &about, device)?;
                folders.push(ForeignEntry {
                    path,
                    kind: Kind::Folder,
                    identity,
                });
            } else if about.is_file() && self.is_ours(&key, identity, &entry.path())? {
                here.ours.push(path);
            } else {
                here.found.push(ForeignEntry {
                    path,
                    kind: kind(&about),
                    identity,
                });
            }
        }
        let any = AnyOf::new(!here.ours.is_empty());
        folders.into_par_iter().try_for_each(|found| {
            if self.look(
                &self.folder.join(&found.path),
                &found.path,
                device,
                &[],
                survey,
            )? {
                any.note();
            } else {
                super::lock(survey).found.push(found);
            }
            Ok::<_, Failure>(())
        })?;
        let mut survey = super::lock(survey);
        survey.found.append(&mut here.found);
        survey.ours.append(&mut here.ours);
        Ok(any.get())
    }

    /// Whether the tool wrote this file, by its identity or else by its bytes.
    fn is_ours(&self, key: &str, identity: u64, file: &Path) -> Result<bool, Failure> {
        if key == mark::SITE || self.ours.contains(&identity) {
            return Ok(true);
        }
        let mark = || {
            mark::read(&self.folder)
                .unwrap_or_default()
                .into_iter()
                .collect()
        };
        let numbers = self.mark.get_or_init(mark);
        if numbers.is_empty() || self.carried.contains(&identity) {
            return Ok(false);
        }
        match fs::read(file) {
            Ok(bytes) => Ok(numbers.contains(&mark::checksum(key, &bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Failure::io("read", file, &error)),
        }
    }
}

/// A flag that several threads can set.
struct AnyOf(std::sync::atomic::AtomicBool);

impl AnyOf {
    fn new(any: bool) -> Self {
        Self(any.into())
    }

    fn note(&self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    fn get(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// A path below a site's folder, with forward slashes.
pub(super) fn key(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    }
}

fn kind(about: &Metadata) -> Kind {
    let kind = about.file_type();
    match (kind.is_file(), kind.is_symlink()) {
        (true, _) => Kind::File,
        (_, true) => Kind::Link,
        _ => Kind::Other,
    }
}

/// Refuses a mount point within a site, which cannot be exchanged.
fn refuse_another_file_system(path: &Path, about: &Metadata, of_site: u64) -> Result<(), Failure> {
    if device(about) == of_site {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} is a mount point within the site's folder",
        path.display()
    ))
    .help("mount it elsewhere, or build into another folder with --out"))
}

#[cfg(unix)]
fn device(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(about)
}

#[cfg(not(unix))]
fn device(_: &Metadata) -> u64 {
    0
}

/// The paths of what was found, without the contents of folders that were found too.
pub(super) fn topmost(found: &[ForeignEntry]) -> impl Iterator<Item = &Path> {
    let folders: HashSet<&Path> = found
        .iter()
        .filter(|one| one.kind == Kind::Folder)
        .map(|one| one.path.as_path())
        .collect();
    found
        .iter()
        .map(|one| one.path.as_path())
        .filter(move |path| {
            !path
                .ancestors()
                .skip(1)
                .any(|above| folders.contains(above))
        })
}

/// The first few of these paths, and how many more there are.
pub(super) fn names<'a>(paths: impl IntoIterator<Item = &'a Path>) -> String {
    const SHOWN: usize = 5;
    let mut names: Vec<String> = paths
        .into_iter()
        .map(|path| path.display().to_string())
        .collect();
    names.sort();
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    names.join(", ") + rest.as_str()
}
