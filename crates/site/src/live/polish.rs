//! Makes the copies of pages that are asked for often as small as they get, beside everything else.

use crate::live::answer::Page;
use crate::live::store::Store;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Instant;

/// How many pages wait at most. One more is left as it is until it is asked for often again.
const MOST_WAITING: usize = 256;

/// How many times as long as the work the pause after it is: a fourth of one processor at most goes
/// into this, because readers come first.
const PAUSE: u32 = 3;

/// Takes pages that are worth it.
pub(super) struct Polisher(SyncSender<(String, Arc<Page>)>);

impl Polisher {
    /// Begins with it. `None` where the system has no room for another thread: everything goes on
    /// without.
    pub(super) fn start(store: Arc<Store>) -> Option<Self> {
        let (wishes, pages) = mpsc::sync_channel(MOST_WAITING);
        thread::Builder::new()
            .name("polish".to_owned())
            .spawn(move || work(&store, pages))
            .ok()?;
        Some(Self(wishes))
    }

    /// Makes the copies of a page smaller, when its turn comes.
    pub(super) fn wish(&self, path: &str, page: &Arc<Page>) {
        let _ = self.0.try_send((path.to_owned(), Arc::clone(page)));
    }
}

fn work(store: &Store, pages: Receiver<(String, Arc<Page>)>) {
    for (path, page) in pages {
        let begin = Instant::now();
        let improved = catch_unwind(AssertUnwindSafe(|| page.improve()));
        if improved.is_ok() {
            store.renew(&path, &page);
        }
        thread::sleep(begin.elapsed() * PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::answer::Effort;
    use std::fs;

    #[test]
    fn smaller_copies_take_the_place_of_the_same_page_in_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("store");
        let store = Store::open(place.clone(), 1 << 20);
        let size = || -> u64 {
            let folders = fs::read_dir(&place).unwrap();
            let files = folders.flat_map(|one| fs::read_dir(one.unwrap().path()).unwrap());
            files
                .map(|one| one.unwrap().metadata().unwrap().len())
                .sum()
        };
        let text: String = (0..2_000_u64)
            .map(|n| (n * n * 7_919).to_string())
            .collect();
        let page = |key| {
            let file = ("vi/index.html".to_owned(), text.clone().into_bytes());
            Arc::new(Page::new(key, vec![file], Effort::AtOnce))
        };
        store.put("vi/", &page(7));
        let before = size();
        for (key, is_smaller) in [(6, false), (7, true)] {
            let (wishes, pages) = mpsc::sync_channel(1);
            wishes.send(("vi/".to_owned(), page(key))).unwrap();
            drop(wishes);
            work(&store, pages);
            assert_eq!(size() < before, is_smaller, "{key}");
            assert_eq!(store.get("vi/").unwrap().key, 7);
        }
    }
}
