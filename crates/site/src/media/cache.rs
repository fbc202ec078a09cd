//! A cache on the disk for renditions of pictures and for share cards. It saves time and nothing
//! else: a missing or damaged entry is made again, and a failed write is ignored.
//!
//! Each entry is a file, named by the hash of its kind and key, with a checksum of its content. It
//! is written under a temporary name and renamed, so that two builds can share a folder: both write
//! the same bytes.

use editorial::diagnostics::Failure;
use editorial::hash;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The first bytes of each entry. Another number invalidates all entries.
const MAGIC: &[u8] = b"portal cache 1\n";

/// How many bytes of a hash are kept: enough to rule out collisions.
const HASH: usize = 16;

/// A truncated hash.
type Short = [u8; HASH];

/// How many files this process has begun, to give each a temporary name of its own.
static TEMPORARY_FILES: AtomicU64 = AtomicU64::new(0);

/// A cache in a folder.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Where the entries are; `None` where nothing is kept.
    folder: Option<PathBuf>,
    opened: SystemTime,
    used: Mutex<HashSet<Short>>,
}

impl Cache {
    /// Opens a cache; makes its folder where it is not there.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::io("make the folder", folder, &error))?;
        let opened = SystemTime::now();
        Ok(Self {
            folder: Some(folder.to_path_buf()),
            opened,
            ..Self::none()
        })
    }

    /// A cache that keeps nothing.
    pub(crate) fn none() -> Self {
        let opened = SystemTime::UNIX_EPOCH;
        Self {
            folder: None,
            opened,
            used: Mutex::default(),
        }
    }

    /// An entry; `None` where it is not there or is damaged.
    pub(crate) fn get(&self, kind: &str, key: &str) -> Option<Vec<u8>> {
        let name = name(kind, key);
        let mut entry = fs::read(self.file(name)?).ok()?;
        let head = MAGIC.len() + HASH;
        let (recorded, bytes) = entry.strip_prefix(MAGIC)?.split_at_checked(HASH)?;
        if recorded != checksum(name, bytes) {
            return None;
        }
        entry.drain(..head);
        self.note(name);
        Some(entry)
    }

    /// Stores an entry. A failure is ignored, because a later build can make it again.
    pub(crate) fn put(&self, kind: &str, key: &str, bytes: &[u8]) {
        let name = name(kind, key);
        if self.write(name, bytes).is_ok() {
            self.note(name);
        }
    }

    /// Removes entries that this build neither read nor wrote. Entries that another build writes
    /// meanwhile stay. Returns how many were removed.
    pub(crate) fn prune(&self) -> usize {
        let Some(folder) = &self.folder else { return 0 };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let folders = entries(folder).filter(|path| path.is_dir());
        let files = folders.flat_map(|folder| entries(&folder).collect::<Vec<_>>());
        let unused = files.filter(|file| {
            !used.contains(&name_of(file).unwrap_or_default()) && self.is_older(file)
        });
        unused.filter(|file| fs::remove_file(file).is_ok()).count()
    }

    /// Whether a file was written before the cache was opened.
    fn is_older(&self, file: &Path) -> bool {
        fs::metadata(file)
            .and_then(|metadata| metadata.modified())
            .is_ok_and(|written| written < self.opened)
    }

    fn note(&self, name: Short) {
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name);
    }

    fn write(&self, name: Short, bytes: &[u8]) -> io::Result<()> {
        let Some(file) = self.file(name) else {
            return Ok(());
        };
        let count = TEMPORARY_FILES.fetch_add(1, Ordering::Relaxed);
        let beside = file.with_extension(format!("{}-{count}", process::id()));
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let entry = [MAGIC, &checksum(name, bytes), bytes].concat();
        let written = fs::write(&beside, entry).and_then(|()| fs::rename(&beside, &file));
        written.inspect_err(|_| drop(fs::remove_file(&beside)))
    }

    /// The path of an entry, `ab/cdef…`, so that no folder holds too many.
    fn file(&self, name: Short) -> Option<PathBuf> {
        let digits = hash::hexadecimal(&name);
        let (folder, file) = digits.split_at(2);
        Some(self.folder.as_ref()?.join(folder).join(file))
    }
}

/// The name of an entry.
fn name(kind: &str, key: &str) -> Short {
    short(
        Sha256::new()
            .chain_update(kind)
            .chain_update([0])
            .chain_update(key),
    )
}

/// The checksum of an entry, which binds its bytes to its name.
fn checksum(name: Short, bytes: &[u8]) -> Short {
    short(Sha256::new().chain_update(name).chain_update(bytes))
}

fn short(digest: Sha256) -> Short {
    let mut short = Short::default();
    short.copy_from_slice(&digest.finalize()[..HASH]);
    short
}

/// The name of the entry in a file; `None` for temporary files.
fn name_of(file: &Path) -> Option<Short> {
    let folder = file.parent()?.file_name()?.to_str()?;
    let digits = format!("{folder}{}", file.file_name()?.to_str()?);
    let mut name = Short::default();
    if digits.len() != 2 * HASH || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in name.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(name)
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    fn file_of(cache: &Cache) -> PathBuf {
        let folder = entries(cache.folder.as_ref().unwrap()).next().unwrap();
        entries(&folder).next().unwrap()
    }

    #[test]
    fn an_entry_is_found_by_its_kind_and_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("new/cache")).unwrap();
        cache.put("cards", "a", b"one");
        cache.put("cards", "b", b"");
        let later = Cache::open(&folder.path().join("new/cache")).unwrap();
        assert_eq!(later.get("cards", "a").as_deref(), Some(&b"one"[..]));
        assert_eq!(later.get("cards", "b").as_deref(), Some(&b""[..]));
        assert_eq!(later.get("cards", "c"), None);
        assert_eq!(later.get("pictures", "a"), None);
    }

    #[test]
    fn a_damaged_entry_is_absent_and_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        cache.put("cards", "a", b"some bytes");
        let file = file_of(&cache);
        let sound = fs::read(&file).unwrap();
        for at in 0..sound.len() {
            let mut damaged = sound.clone();
            damaged[at] ^= 1;
            fs::write(&file, damaged).unwrap();
            assert_eq!(cache.get("cards", "a"), None, "byte {at}");
            fs::write(&file, &sound[..at]).unwrap();
            assert_eq!(cache.get("cards", "a"), None, "cut after {at} bytes");
        }
        cache.put("cards", "a", b"some bytes");
        assert_eq!(cache.get("cards", "a").as_deref(), Some(&b"some bytes"[..]));
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let cache = Cache::none();
        cache.put("cards", "a", b"one");
        assert_eq!((cache.get("cards", "a"), cache.prune()), (None, 0));
    }

    #[test]
    fn an_entry_that_was_moved_to_another_name_is_absent() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        cache.put("cards", "a", b"one");
        let other = cache.file(name("cards", "b")).unwrap();
        fs::create_dir_all(other.parent().unwrap()).unwrap();
        fs::copy(file_of(&cache), other).unwrap();
        assert_eq!(cache.get("cards", "b"), None);
    }

    #[test]
    fn pruning_removes_what_was_not_used_and_leaves_what_another_build_writes_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let first = Cache::open(folder.path()).unwrap();
        for key in ["used", "unused"] {
            first.put("cards", key, b"x");
        }
        fs::write(
            file_of(&first).with_extension("1-0"),
            b"left by a build that was stopped",
        )
        .unwrap();
        thread::sleep(Duration::from_millis(20));
        let second = Cache::open(folder.path()).unwrap();
        assert!(second.get("cards", "used").is_some());
        second.put("cards", "new", b"x");
        thread::sleep(Duration::from_millis(20));
        first.put("cards", "meanwhile", b"x");
        assert_eq!(second.prune(), 2);
        for (key, there) in [
            ("used", true),
            ("new", true),
            ("meanwhile", true),
            ("unused", false),
        ] {
            assert_eq!(first.get("cards", key).is_some(), there, "{key}");
        }
    }

    #[test]
    fn builds_at_the_same_time_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let value = |key: usize| vec![u8::try_from(key).unwrap(); 5000];
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let cache = Cache::open(folder.path()).unwrap();
                    for key in 0..50 {
                        cache.put("cards", &key.to_string(), &value(key));
                        assert!(cache.get("cards", &key.to_string()) == Some(value(key)));
                    }
                });
            }
        });
    }
}
