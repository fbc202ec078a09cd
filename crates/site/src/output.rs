//! The output folder. A new site is written beside it, and takes its place when it is complete.
//!
//! A site is made of units: a page with its document, a picture, a feed. Each unit has a cache key,
//! the hash of all its inputs. Where the key is that of the last build, the unit's files are kept.
//!
//! Builds keep their state in one hidden folder beside the site, `.dist.state` for `dist`. It holds
//! a lock, a record of every unit's files, and a second copy of the site, which shares the site's
//! files by hard links. A build first restores the copy to the recorded state by links to the
//! site's files; files that cannot be linked are written anew. Then it changes the copy and
//! exchanges the two folders in one step, so the site's place always holds a whole site. The former
//! site stays as it was until the next build begins.
//!
//! A folder is the tool's only by the mark in it ([`mark`]). Foreign files, which the tool did not
//! write ([`survey`]), are carried along ([`foreign`]) and never deleted. [`position`] decides
//! where a site may stand.

mod back;
mod begin;
mod clean;
mod comparison;
mod finish;
mod foreign;
pub(crate) mod hashed_file;
mod mark;
mod mounts;
mod place;
mod position;
mod record;
mod state;
mod survey;
mod trunk;
mod working_copy;

use editorial::diagnostics::Failure;
use editorial::hash;
use record::{File, Unit};
use state::State;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) use back::{back, has_former};
pub(crate) use begin::WriteOptions;
pub(crate) use clean::clean;
use comparison::Comparison;
pub(crate) use comparison::{Differences, Known, stamp_of};
pub(crate) use finish::Kept;
pub(crate) use position::{Input, resolve};
pub(crate) use state::state_of;
pub(crate) use trunk::{carry_along, refuse_strangers};

/// A site that is being written.
pub(crate) struct Output {
    place: PathBuf,
    state: State,
    /// Whether the state is kept for the next build.
    keep: bool,
    /// What is known of the site at the place.
    last: begin::LastSite,
    /// Holds the lock for as long as the build takes.
    _lock: Option<fs::File>,
    /// Where nothing is written: what differs from the last build.
    comparison: Option<Comparison>,
    /// Units of the last build that were not asked for yet. Their files are in the working copy.
    old: Mutex<HashMap<Box<str>, Unit>>,
    /// The units of the new site.
    new: Mutex<HashMap<Box<str>, Unit>>,
    /// The number of their files, and of their bytes.
    files: AtomicUsize,
    bytes: AtomicU64,
    /// The hashes of all paths in use, in lower case.
    taken: Mutex<HashSet<u64>>,
    /// How many files were written in this build.
    written: AtomicUsize,
    /// Files of units whose key has changed.
    stale: Mutex<Vec<Box<str>>>,
}

/// Whether a unit was kept or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitState {
    /// Its files are those of the last build.
    Kept,
    /// Its files were written.
    Written,
}

/// Files and bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    /// How many files.
    pub(crate) files: usize,
    /// How many bytes.
    pub(crate) bytes: u64,
}

/// Refuses a place that holds something without the tool's mark. Writes nothing.
///
/// # Errors
/// Where the place or its state folder holds such a thing.
pub(crate) fn refuse_what_is_not_ours(place: &Path, options: WriteOptions) -> Result<(), Failure> {
    if options.keep {
        begin::refuse_what_is_not_ours(place, options.replace)
    } else {
        Ok(())
    }
}

impl Output {
    /// Begins a site that will stand at `place`, which [`resolve`] found.
    ///
    /// # Errors
    /// Where another build is writing to that place, no folder can be made beside it, or the place
    /// holds something without the tool's mark.
    pub(crate) fn begin(place: &Path, options: WriteOptions) -> Result<Self, Failure> {
        let (state, last) = (State::of(place), begin::LastSite::default());
        refuse_what_is_not_ours(place, options)?;
        let aside = if options.keep && options.replace {
            state.set_aside_what_is_not_ours(place)?
        } else {
            None
        };
        let lock = state.open(place)?;
        let (old, mut last) = if options.keep {
            begin::resume(place, &state, options)?
        } else {
            (HashMap::new(), last)
        };
        last.messages.extend(aside);
        let work = state.copy();
        if old.is_empty() {
            place::remove(&work)?;
        }
        fs::create_dir_all(&work).map_err(|error| Failure::io("make the folder", &work, &error))?;
        Ok(Self {
            place: place.to_path_buf(),
            state,
            keep: options.keep,
            last,
            _lock: Some(lock),
            comparison: None,
            old: Mutex::new(old),
            new: Mutex::default(),
            files: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            taken: Mutex::new(HashSet::from([folded(mark::SITE)])),
            written: AtomicUsize::new(0),
            stale: Mutex::default(),
        })
    }

    /// An output that writes nothing. It only finds out in which units the next site differs from the one
    /// at `place`.
    ///
    /// # Errors
    /// Where the place holds something without the tool's mark.
    pub(crate) fn comparing(place: &Path, options: WriteOptions) -> Result<Self, Failure> {
        refuse_what_is_not_ours(place, options)?;
        let state = State::of(place);
        let (comparison, old) = Comparison::with(place, &state.folder);
        Ok(Self {
            place: place.to_path_buf(),
            state,
            keep: options.keep,
            last: begin::LastSite::default(),
            _lock: None,
            comparison: Some(comparison),
            old: Mutex::new(old),
            new: Mutex::default(),
            files: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            taken: Mutex::default(),
            written: AtomicUsize::new(0),
            stale: Mutex::default(),
        })
    }

    /// Whether nothing is written.
    pub(crate) fn compares(&self) -> bool {
        self.comparison.is_some()
    }

    /// The note of a unit of the last build that was not asked for yet.
    pub(crate) fn last_note(&self, id: &str) -> Option<Vec<u8>> {
        lock(&self.old).get(id).map(|unit| unit.note.to_vec())
    }

    /// In which units the next site differs from the last one; `None` where it is written.
    pub(crate) fn differences(self) -> Option<Differences> {
        let comparison = self.comparison?;
        Some(comparison.end(into(self.old).into_keys().collect()))
    }

    /// Compares a unit in place of writing it. The files are not made; the note is.
    fn compare(
        &self,
        comparison: &Comparison,
        id: &str,
        key: u64,
        note: impl FnOnce() -> Result<Vec<u8>, Failure>,
    ) -> Result<(UnitState, Vec<u8>), Failure> {
        let known = lock(&self.old).remove_entry(id);
        let had = known.is_some();
        if let Some((id, unit)) = known.filter(|(_, unit)| unit.key == key) {
            let note = unit.note.to_vec();
            self.add(id, unit);
            return Ok((UnitState::Kept, note));
        }
        comparison.note(id, had);
        let note = note()?;
        let unit = Unit {
            key,
            ..Unit::default()
        };
        self.add(id.into(), unit);
        Ok((UnitState::Written, note))
    }

    fn work(&self) -> PathBuf {
        self.state.copy()
    }

    /// Adds a unit. Where the last build has it with the same key, its files are kept. Otherwise
    /// `make` returns them: paths below the site's base, with forward slashes, and bytes.
    ///
    /// # Errors
    /// Those of `make` and of [`Output::write`].
    pub(crate) fn unit(
        &self,
        id: &str,
        key: u64,
        make: impl FnOnce() -> Result<Vec<(String, Vec<u8>)>, Failure>,
    ) -> Result<UnitState, Failure> {
        if let Some(comparison) = &self.comparison {
            return self
                .compare(comparison, id, key, || Ok(Vec::new()))
                .map(|(state, _)| state);
        }
        self.unit_with_note(id, key, || Ok((make()?, Vec::new())))
            .map(|(state, _)| state)
    }

    /// Adds a unit with a note, which later builds get without making the unit. Returns the note.
    ///
    /// # Errors
    /// Those of [`Output::unit`].
    pub(crate) fn unit_with_note(
        &self,
        id: &str,
        key: u64,
        make: impl FnOnce() -> Result<(Vec<(String, Vec<u8>)>, Vec<u8>), Failure>,
    ) -> Result<(UnitState, Vec<u8>), Failure> {
        if let Some(comparison) = &self.comparison {
            return self.compare(comparison, id, key, || Ok(make()?.1));
        }
        let note = lock(&self.old)
            .get(id)
            .filter(|unit| unit.key == key)
            .map(|unit| unit.note.to_vec());
        if let Some(note) = note
            && self.keep(id)?
        {
            return Ok((UnitState::Kept, note));
        }
        let before = lock(&self.old)
            .remove(id)
            .map(|unit| unit.files)
            .unwrap_or_default();
        let mut files = Vec::new();
        let (made, note) = make()?;
        for (path, bytes) in made {
            self.reserve(&path)?;
            let known = before.iter().find(|file| *file.path == *path);
            files.push(self.put(&path, &bytes, known)?);
        }
        lock(&self.stale).extend(before.into_iter().map(|file| file.path));
        self.add(
            id.into(),
            Unit {
                key,
                files,
                note: note.as_slice().into(),
            },
        );
        Ok((UnitState::Written, note))
    }

    /// Keeps a unit whose key the caller knows to be unchanged. Returns whether the last build had
    /// the unit.
    ///
    /// # Errors
    /// Where another unit uses one of its paths.
    pub(crate) fn keep(&self, id: &str) -> Result<bool, Failure> {
        let Some((id, unit)) = lock(&self.old).remove_entry(id) else {
            return Ok(false);
        };
        for file in &unit.files {
            self.reserve(&file.path)?;
        }
        self.add(id, unit);
        Ok(true)
    }

    /// Adds a unit to the site.
    fn add(&self, id: Box<str>, unit: Unit) {
        self.files.fetch_add(unit.files.len(), Ordering::Relaxed);
        self.bytes.fetch_add(
            unit.files.iter().map(|file| file.size).sum(),
            Ordering::Relaxed,
        );
        lock(&self.new).insert(id, unit);
    }

    /// Writes a file that is a unit of its own.
    ///
    /// # Errors
    /// Where the file cannot be written, the path could leave the folder, or the path is in use
    /// already, upper and lower case being the same.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        // The same bytes under the same hash are one file.
        if hashed_file::is_hashed(path) && lock(&self.new).contains_key(path) {
            return Ok(());
        }
        self.unit(path, hash::of(bytes), || {
            Ok(vec![(path.to_owned(), bytes.to_vec())])
        })
        .map(|_| ())
    }

    /// Reserves a path.
    fn reserve(&self, path: &str) -> Result<(), Failure> {
        let safe = path
            .split('/')
            .all(|segment| !segment.is_empty() && segment != "." && segment != "..");
        if !safe || path.contains(['\\', ':', '\0']) {
            return Err(Failure::new(format!(
                "\"{}\" is no path that a site can have",
                path.escape_debug()
            )));
        }
        if lock(&self.taken).insert(folded(path)) {
            Ok(())
        } else {
            Err(Failure::new(format!("two pages want to be {path}")))
        }
    }

    /// Writes a file into the working copy. An existing file is replaced and never written into,
    /// because the site at the place shares it by a hard link.
    fn put(&self, path: &str, bytes: &[u8], known: Option<&File>) -> Result<File, Failure> {
        let target = self.work().join(path);
        if let Some(known) = known.filter(|known| known.size == bytes.len() as u64)
            && fs::read(&target).is_ok_and(|there| there == bytes)
        {
            return Ok(known.clone());
        }
        let file = place::put(&target, path, bytes)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(file)
    }

    /// Reads a file that was written or kept.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let file = self.work().join(path);
        fs::read(&file).map_err(|error| Failure::io("read", &file, &error))
    }

    /// How many files there are, and their bytes.
    pub(crate) fn size(&self) -> Size {
        Size {
            files: self.files.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }

    /// How many files were written so far.
    pub(crate) fn written(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }

    /// The largest file whose path `chosen` accepts, with its size in bytes.
    pub(crate) fn largest(&self, chosen: impl Fn(&str) -> bool) -> Option<(String, u64)> {
        let new = lock(&self.new);
        let files = new
            .values()
            .flat_map(|unit| &unit.files)
            .filter(|file| chosen(&file.path));
        files
            .max_by_key(|file| (file.size, &file.path))
            .map(|file| (file.path.to_string(), file.size))
    }

    /// All units: their names, keys and paths.
    pub(crate) fn units(&self) -> Vec<(Box<str>, u64, Vec<Box<str>>)> {
        let new = lock(&self.new);
        new.iter()
            .map(|(id, unit)| {
                (
                    id.clone(),
                    unit.key,
                    unit.files.iter().map(|file| file.path.clone()).collect(),
                )
            })
            .collect()
    }
}

/// The hash of a path in lower case. A collision is as good as impossible: a site has a million
/// paths at most, and there are 2^64 hashes.
fn folded(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    if path.is_ascii() {
        path.bytes()
            .for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
    } else {
        path.to_lowercase()
            .bytes()
            .for_each(|byte| hasher.write_u8(byte));
    }
    hasher.finish()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
