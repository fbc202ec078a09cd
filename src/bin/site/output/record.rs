//! The record: what every unit of a site wrote.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Where the record stands within the state, and where the next one waits for the exchange.
const NAME: &str = "record";
const NEXT: &str = "record.next";

/// Changes when the record's own form changes.
const FORM: u32 = 1;

/// What every unit of a site wrote.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    form: u32,
    /// Which folder on the disk it speaks of.
    folder: u64,
    /// The units.
    pub(super) units: HashMap<Box<str>, Unit>,
}

/// What a unit wrote.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Unit {
    /// The hash of everything that it was made from.
    pub(super) key: u64,
    /// Its files.
    pub(super) files: Vec<File>,
    /// What the next build has to know of it.
    pub(super) note: Box<[u8]>,
}

/// A file as it was left: any other file has another one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// Its path below the site's base.
    pub(super) path: Box<str>,
    /// Its size in bytes.
    pub(super) size: u64,
    /// When it was written, in nanoseconds.
    modified: i64,
    /// Its number on the disk.
    number: u64,
}

impl File {
    /// A file that was just written.
    pub(super) fn new(path: &str, metadata: &fs::Metadata) -> Self {
        let (modified, number) = identity(metadata);
        Self { path: path.into(), size: metadata.len(), modified, number }
    }

    /// Whether this is the file that was left.
    pub(super) fn is(&self, metadata: &fs::Metadata) -> bool {
        metadata.is_file() && self.size == metadata.len() && (self.modified, self.number) == identity(metadata)
    }
}

/// The moment of the last change and the number on the disk.
#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.mtime().wrapping_mul(1_000_000_000).wrapping_add(metadata.mtime_nsec()), metadata.ino())
}

/// Without numbers on the disk nothing can be recognised.
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
        let metadata = fs::metadata(folder).map_err(|error| Failure::io("look at", folder, &error))?;
        Ok(Self { form: FORM, folder: identity(&metadata).1, units })
    }

    /// The record of the site that stands at `place`; `None` where it speaks of another folder, or cannot be read.
    pub(super) fn read(state: &Path, place: &Path) -> Option<Self> {
        let folder = identity(&fs::metadata(place).ok()?).1;
        let read = |name: &str| {
            let record: Self = postcard::from_bytes(&fs::read(state.join(name)).ok()?).ok()?;
            (record.form == FORM && record.folder == folder).then_some(record)
        };
        // A build that was killed after the exchange left its record waiting.
        if let Some(record) = read(NEXT) {
            Self::promote(state).ok()?;
            return Some(record);
        }
        read(NAME)
    }

    /// Writes the record, which counts from the exchange on.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn write(&self, state: &Path) -> Result<(), Failure> {
        let path = state.join(NEXT);
        let bytes = postcard::to_stdvec(self).map_err(|error| Failure::new(error.to_string()))?;
        fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, &error))
    }

    /// Makes the record that waits the one that counts.
    ///
    /// # Errors
    /// Where it cannot be moved.
    pub(super) fn promote(state: &Path) -> Result<(), Failure> {
        let path = state.join(NAME);
        fs::rename(state.join(NEXT), &path).map_err(|error| Failure::io("move the record to", &path, &error))
    }
}
