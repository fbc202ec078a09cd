//! Pages on disk, so that they are there again after a restart: at once where they are still the
//! same, and as the last good ones where the content cannot be taken over.

use crate::live::answer::Page;
use crate::memo::lock;
use editorial::hash;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// The part of its limit that a store has after it was tidied.
const AFTER_TIDYING: f64 = 0.9;

/// How many pages wait for being written at most. One more, and the one that has waited longest is
/// made again by the next start.
const MOST_WAITING: usize = 256;

/// Pages on disk.
pub(super) struct Store {
    folder: PathBuf,
    /// The most bytes that it may have.
    most: u64,
    /// The bytes that it has, roughly.
    bytes: AtomicU64,
    /// Names files that are being written.
    number: AtomicU64,
    /// Pages that are written when there is time for it, with their paths.
    waiting: Mutex<VecDeque<(String, Arc<Page>)>>,
}

/// A page as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    path: String,
    key: u64,
    files: Vec<StoredFile>,
}

/// A file as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredFile {
    /// Its path below the site's base.
    pub(super) path: String,
    /// Whether the bytes are brotli.
    pub(super) is_brotli: bool,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

impl Store {
    /// The store in a folder, with at most so many bytes. What cannot be read or written is not there:
    /// a store only makes things quicker, and last longer.
    pub(super) fn open(folder: PathBuf, most: u64) -> Self {
        let store = Self {
            folder,
            most,
            bytes: AtomicU64::new(0),
            number: AtomicU64::new(0),
            waiting: Mutex::default(),
        };
        store.tidy();
        store
    }

    /// The page under a path, whatever its key.
    pub(super) fn get(&self, path: &str) -> Option<Arc<Page>> {
        let stored: Stored = postcard::from_bytes(&fs::read(self.file(path)).ok()?).ok()?;
        if stored.path != path {
            return None;
        }
        Page::restored(stored.key, stored.files).map(Arc::new)
    }

    /// Keeps a page under a path.
    pub(super) fn put(&self, path: &str, page: &Page) {
        if self.most == 0 {
            return;
        }
        let stored = Stored {
            path: path.to_owned(),
            key: page.key,
            files: page.stored(),
        };
        let (file, Ok(bytes)) = (self.file(path), postcard::to_stdvec(&stored)) else {
            return;
        };
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let new = self
            .folder
            .join(format!("{}.{number}.new", std::process::id()));
        let write = || fs::write(&new, &bytes).and_then(|()| fs::rename(&new, &file));
        // The folder is there, but for the first page in it.
        let written = write().or_else(|_| {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            write()
        });
        match written {
            Ok(()) => {
                self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            }
            Err(_) => {
                let _ = fs::remove_file(&new);
            }
        }
    }

    /// Keeps a page under a path when there is time for it.
    pub(super) fn put_later(&self, path: &str, page: &Arc<Page>) {
        let mut waiting = lock(&self.waiting);
        if waiting.len() == MOST_WAITING {
            waiting.pop_front();
        }
        waiting.push_back((path.to_owned(), Arc::clone(page)));
    }

    /// Whether a page waits for being kept.
    pub(super) fn has_waiting(&self) -> bool {
        !lock(&self.waiting).is_empty()
    }

    /// Keeps one of the pages that wait for it, with the copy that readers ask for next. Returns whether
    /// there was one.
    pub(super) fn put_one(&self) -> bool {
        let next = lock(&self.waiting).pop_back();
        if let Some((path, page)) = &next {
            page.compress();
            self.put(path, page);
        }
        next.is_some()
    }

    /// Keeps a page in place of what is there, unless that is another page: a newer one, perhaps.
    pub(super) fn renew(&self, path: &str, page: &Page) {
        if self.get(path).is_none_or(|stored| stored.key == page.key) {
            self.put(path, page);
        }
    }

    /// Whether it has grown beyond its limit.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) > self.most
    }

    /// Counts what is there, and removes what was written longest ago where it is too much.
    pub(super) fn tidy(&self) {
        let mut files = Vec::new();
        collect(&self.folder, &mut files);
        let mut bytes: u64 = files.iter().map(|(_, size, _)| size).sum();
        if bytes > self.most {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss,
                reason = "a rough limit"
            )]
            let wanted = (self.most as f64 * AFTER_TIDYING) as u64;
            files.sort_by_key(|(time, ..)| *time);
            for (_, size, path) in files {
                if bytes <= wanted {
                    break;
                }
                if fs::remove_file(&path).is_ok() {
                    bytes -= size;
                }
            }
        }
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    fn file(&self, path: &str) -> PathBuf {
        let name = hash::long(path.as_bytes());
        let (folder, rest) = name.split_at(2);
        self.folder.join(folder).join(rest)
    }
}

/// All files below a folder: when they were written, their sizes, and where they are.
fn collect(folder: &Path, files: &mut Vec<(SystemTime, u64, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(facts) = entry.metadata() else {
            continue;
        };
        if facts.is_dir() {
            collect(&entry.path(), files);
        } else {
            let time = facts.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            files.push((time, facts.len(), entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::answer::Effort;
    use hyper::{HeaderMap, StatusCode};

    fn page(key: u64, text: &str) -> Page {
        let path = "vi/index.html".to_owned();
        Page::new(
            key,
            vec![(path, text.repeat(50).into_bytes())],
            Effort::AtOnce,
        )
    }

    fn tag(page: &Page) -> String {
        let response = page
            .respond("vi/index.html", StatusCode::OK, &HeaderMap::new())
            .unwrap();
        response.headers()["etag"].to_str().unwrap().to_owned()
    }

    #[test]
    fn a_page_comes_back_as_it_was() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::open(place.path().join("pages"), 1 << 20);
        assert!(store.get("vi/").is_none());
        for text in ["Cảng nước sâu ", "short"] {
            let page = page(7, text);
            store.put("vi/", &page);
            let back = Store::open(place.path().join("pages"), 1 << 20).get("vi/");
            let back = back.unwrap();
            assert_eq!((back.key, tag(&back)), (7, tag(&page)));
        }
        assert!(store.get("en/").is_none());
    }

    #[test]
    fn pages_that_wait_are_kept_when_there_is_time_and_the_oldest_are_given_up() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::open(place.path().join("pages"), 1 << 20);
        let path = |number: u64| format!("vi/{number}/");
        let most = MOST_WAITING as u64;
        for number in 0..=most {
            store.put_later(&path(number), &Arc::new(page(number, "a")));
        }
        assert!(store.get(&path(most)).is_none());
        assert!(store.put_one());
        assert_eq!(store.get(&path(most)).unwrap().key, most);
        let rest = std::iter::from_fn(|| store.put_one().then_some(()));
        assert_eq!(rest.count(), MOST_WAITING - 1);
        assert!(store.get(&path(1)).is_some() && store.get(&path(0)).is_none());
    }

    #[test]
    fn what_is_damaged_is_not_there() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::open(place.path().to_path_buf(), 1 << 20);
        store.put("vi/", &page(7, "a"));
        let file = store.file("vi/");
        let whole = fs::read(&file).unwrap();
        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        assert!(store.get("vi/").is_none());
        fs::write(&file, b"\xff".repeat(40)).unwrap();
        assert!(store.get("vi/").is_none());
    }

    #[test]
    fn a_store_that_is_full_forgets_what_is_oldest() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::open(place.path().to_path_buf(), 20_000);
        let noise = |seed: u64| -> String {
            let numbers = (0..2_000_u64).map(|at| hash::of(&(at + seed).to_le_bytes()));
            numbers.map(|number| format!("{number:x}")).collect()
        };
        for number in 0..4_u64 {
            let path = format!("vi/{number}/");
            let file = "vi/index.html".to_owned();
            let text = noise(number * 10_000).into_bytes();
            store.put(
                &path,
                &Page::new(number, vec![(file, text[..8_000].to_vec())], Effort::AtOnce),
            );
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(number);
            let file = fs::File::options().append(true).open(store.file(&path));
            file.unwrap().set_modified(time).unwrap();
        }
        let before = store.bytes.load(Ordering::Relaxed);
        store.tidy();
        let after = store.bytes.load(Ordering::Relaxed);
        assert!(
            after <= 20_000 && (before <= 20_000 || after < before),
            "{before} {after}"
        );
        assert!(store.get("vi/3/").is_some());
        assert_eq!(store.get("vi/0/").is_some(), before <= 20_000);
        assert!(!store.is_full());
    }
}
