//! The record of a site: its units, with their files.

use super::mark;
use editorial::diagnostics::Failure;
use editorial::hash::CacheKey;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

/// The file names of the record, and of the next record, which is valid after the exchange.
pub(super) const NAME: &str = "record";
pub(super) const NEXT: &str = "record.next";

/// The version of the record's format.
const FORM: u32 = 2;

/// The record of a site.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    form: u32,
    /// The inode number of the site's folder.
    folder: u64,
    /// The units.
    pub(super) units: HashMap<Box<str>, Unit>,
    /// The identities of the files of the site that this one replaced.
    pub(super) before: Vec<u64>,
    /// The identities of foreign files that were carried along, in both copies.
    pub(super) carried: Vec<u64>,
    /// Whether the replaced folder is to be set aside as a whole.
    pub(super) replaced: bool,
}

/// A unit of a site.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Unit {
    /// Its cache key: the hash of its inputs.
    pub(super) key: u64,
    /// Its files.
    pub(super) files: Vec<File>,
    /// Its note for the next build.
    pub(super) note: Box<[u8]>,
}

/// A file as the tool left it. Any other file differs in one of these fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// Its path below the site's base.
    pub(super) path: Box<str>,
    /// Its size in bytes.
    pub(super) size: u64,
    /// The time of change, in nanoseconds.
    modified: i64,
    /// Its inode number.
    number: u64,
    /// The checksum of path and bytes, for the site's mark.
    pub(super) checksum: u64,
}

impl File {
    /// A file that was just written.
    pub(super) fn new(path: &str, bytes: &[u8], metadata: &fs::Metadata) -> Self {
        let (modified, number) = identity(metadata);
        Self {
            path: path.into(),
            size: metadata.len(),
            modified,
            number,
            checksum: mark::checksum(path, bytes),
        }
    }

    /// Whether the metadata is that of the recorded file.
    pub(super) fn is(&self, metadata: &fs::Metadata) -> bool {
        metadata.is_file()
            && self.size == metadata.len()
            && (self.modified, self.number) == identity(metadata)
    }
}

/// A file's identity: the hash of path, size, time of change and inode number.
pub(super) fn identity_of(path: &str, metadata: &fs::Metadata) -> u64 {
    let (modified, number) = identity(metadata);
    identity_hash(path, metadata.len(), modified, number)
}

fn identity_hash(path: &str, size: u64, modified: i64, number: u64) -> u64 {
    CacheKey::default()
        .add(path)
        .number(size)
        .number(modified.cast_unsigned())
        .number(number)
        .finish()
}

/// Whether two paths lead to the same file on the disk. Symbolic links are not followed.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let about = |path: &Path| fs::symlink_metadata(path).ok();
    about(one).zip(about(other)).is_some_and(|(one, other)| {
        one.file_type() == other.file_type()
            && one.len() == other.len()
            && identity(&one) == identity(&other)
    })
}

/// The time of change in nanoseconds, and the inode number.
#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (
        metadata
            .mtime()
            .wrapping_mul(1_000_000_000)
            .wrapping_add(metadata.mtime_nsec()),
        metadata.ino(),
    )
}

/// Without inode numbers no file is recognised.
#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> (i64, u64) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DIFFERENT: AtomicU64 = AtomicU64::new(0);
    (0, DIFFERENT.fetch_add(1, Ordering::Relaxed))
}

impl Record {
    /// A record of the site in this folder.
    ///
    /// # Errors
    /// Where the folder cannot be looked at.
    pub(super) fn new(folder: &Path, units: HashMap<Box<str>, Unit>) -> Result<Self, Failure> {
        let metadata =
            fs::metadata(folder).map_err(|error| Failure::io("look at", folder, &error))?;
        let folder = identity(&metadata).1;
        Ok(Self {
            form: FORM,
            folder,
            units,
            before: Vec::new(),
            carried: Vec::new(),
            replaced: false,
        })
    }

    /// The record of the last finished site; `None` where it cannot be read. Another folder may
    /// stand at `place` since then.
    pub(super) fn read(state: &Path, place: &Path) -> Option<Self> {
        let read = |name: &str| {
            let record: Self = postcard::from_bytes(&fs::read(state.join(name)).ok()?).ok()?;
            (record.form == FORM).then_some(record)
        };
        // The record of a build that was killed after the exchange is still the next one.
        if let Some(record) = read(NEXT).filter(|record| record.is_of(place)) {
            Self::promote(state).ok()?;
            return Some(record);
        }
        read(NAME)
    }

    /// The record of the site at `place`, for somebody who changes nothing; `None` where there is none.
    pub(super) fn peek(state: &Path, place: &Path) -> Option<Self> {
        [NEXT, NAME].into_iter().find_map(|name| {
            let record: Self = postcard::from_bytes(&fs::read(state.join(name)).ok()?).ok()?;
            (record.form == FORM && record.is_of(place)).then_some(record)
        })
    }

    /// Whether this is the record of the folder at `place`.
    pub(super) fn is_of(&self, place: &Path) -> bool {
        fs::metadata(place).is_ok_and(|metadata| identity(&metadata).1 == self.folder)
    }

    /// The identities of the files of all units.
    pub(super) fn identities(&self) -> HashSet<u64> {
        let files = self.units.values().flat_map(|unit| &unit.files);
        files
            .map(|file| identity_hash(&file.path, file.size, file.modified, file.number))
            .collect()
    }

    /// The hashes of path and bytes of the files of all units.
    pub(super) fn checksums(&self) -> Vec<u64> {
        self.units
            .values()
            .flat_map(|unit| &unit.files)
            .map(|file| file.checksum)
            .collect()
    }

    /// Writes the next record, which is valid after the exchange.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn write(&self, state: &Path) -> Result<(), Failure> {
        let path = state.join(NEXT);
        let bytes = postcard::to_stdvec(self).map_err(|error| Failure::new(error.to_string()))?;
        fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, &error))
    }

    /// Makes the next record the current one.
    ///
    /// # Errors
    /// Where it cannot be moved.
    pub(super) fn promote(state: &Path) -> Result<(), Failure> {
        let path = state.join(NAME);
        fs::rename(state.join(NEXT), &path)
            .map_err(|error| Failure::io("move the record to", &path, &error))
    }
}
