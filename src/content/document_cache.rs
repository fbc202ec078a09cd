//! The document cache, which shares loaded documents and pending requests.

use super::{ContentError, ContentSource, Query};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use model::Document;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

type Answer = Result<Arc<Document>, ContentError>;
type Pending = Shared<LocalBoxFuture<'static, Answer>>;

/// The age from which on a document is asked for again when it is shown, in milliseconds. A document
/// that was loaded because a pointer came over its link is younger.
const FRESH: f64 = 10_000.0;

/// When a document came, in milliseconds, and the hash of its page.
type Arrival = Rc<Cell<(f64, u32)>>;
type Entry = (Query, Pending, Arrival);

/// A first-in, first-out cache in front of a source. A prefetch and the click that follows share
/// one request.
pub struct DocumentCache<S> {
    source: S,
    /// The time, in milliseconds.
    now: fn() -> f64,
    entries: RefCell<VecDeque<Entry>>,
    newest: Rc<RefCell<Option<Arc<Document>>>>,
}

impl<S: ContentSource> DocumentCache<S> {
    /// The capacity, in documents.
    pub const CAPACITY: usize = 24;

    /// An empty cache in front of a source. `now` is a clock in milliseconds.
    pub fn new(source: S, now: fn() -> f64) -> Self {
        Self {
            source,
            now,
            entries: RefCell::default(),
            newest: Rc::default(),
        }
    }

    /// The document, from the cache or from the source. A failure is not cached: the next call asks
    /// the source again.
    pub fn load(&self, query: &Query) -> impl Future<Output = Answer> + 'static + use<S> {
        let mut entries = self.entries.borrow_mut();
        entries.retain(|(_, pending, _)| !matches!(pending.peek(), Some(Err(_))));
        if let Some((_, pending, _)) = entries.iter().find(|(cached, ..)| cached == query) {
            return pending.clone();
        }
        let (answer, now) = (self.source.load(query.clone()), self.now);
        let arrival = Arrival::default();
        let pending = {
            let (arrival, newest) = (Rc::clone(&arrival), Rc::clone(&self.newest));
            async move {
                let loaded = answer.await?;
                arrival.set((now(), loaded.page));
                let document = Arc::new(loaded.document);
                newest.replace(Some(Arc::clone(&document)));
                Ok(document)
            }
        }
        .boxed_local()
        .shared();
        Self::insert(&mut entries, query.clone(), pending.clone(), arrival);
        pending
    }

    /// Adds a document that is loaded already, with the hash of its page.
    pub fn keep(&self, query: Query, document: Arc<Document>, page: u32) {
        let pending = async move { Ok(document) }.boxed_local().shared();
        let arrival = Rc::new(Cell::new(((self.now)(), page)));
        Self::insert(&mut self.entries.borrow_mut(), query, pending, arrival);
    }

    /// Asks again for a cached document that is not fresh any more, and caches what comes. Returns
    /// whether its page is another one now. Where nothing comes, the cached one stays.
    pub async fn is_outdated(&self, query: &Query) -> bool {
        // A name that no document has.
        let aside = Query::default();
        let (at, page) = self.rename(query, &aside);
        let is_fresh = (self.now)() - at < FRESH;
        if is_fresh || self.load(query).await.is_err() {
            self.rename(&aside, query);
            return false;
        }
        self.rename(&aside, &Query("-".to_owned()));
        self.rename(query, query).1 != page
    }

    /// Gives an entry another name. Returns when it came, and the hash of its page.
    fn rename(&self, query: &Query, new: &Query) -> (f64, u32) {
        let mut entries = self.entries.borrow_mut();
        let entry = entries.iter_mut().find(|(cached, ..)| cached == query);
        // What is not there needs not be asked for.
        entry.map_or((f64::INFINITY, 0), |(name, _, arrival)| {
            name.clone_from(new);
            arrival.get()
        })
    }

    /// The document that came last.
    pub fn newest(&self) -> Option<Arc<Document>> {
        self.newest.borrow().clone()
    }

    /// Adds an entry. The oldest ones make room for it.
    fn insert(entries: &mut VecDeque<Entry>, query: Query, pending: Pending, arrival: Arrival) {
        while entries.len() >= Self::CAPACITY {
            entries.pop_front();
        }
        entries.push_back((query, pending, arrival));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Loaded, read};
    use std::future::ready;

    /// A document.
    const DOCUMENT: &str = r#"{
        "site": {
            "lang": "vi", "origin": "https://portal.example", "base": "/", "name": "", "slogan": "",
            "banners": [], "sections": [], "pages": []
        },
        "languages": ["vi"],
        "page": "not_found"
    }"#;

    /// Counts how often it is asked and fails every time.
    struct Failing(Rc<Cell<u32>>);

    impl ContentSource for Failing {
        fn load(&self, _: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static {
            self.0.set(self.0.get() + 1);
            ready(Err(ContentError::Server(500)))
        }
    }

    #[test]
    fn a_request_under_way_is_shared_and_a_failure_is_asked_again() {
        let asked = Rc::new(Cell::new(0));
        let cache = DocumentCache::new(Failing(Rc::clone(&asked)), || 0.0);
        let query = Query("vi/index.json".to_owned());
        let (first, second) = (cache.load(&query), cache.load(&query));
        assert_eq!(first.now_or_never(), Some(Err(ContentError::Server(500))));
        assert_eq!(second.now_or_never(), Some(Err(ContentError::Server(500))));
        assert_eq!(asked.get(), 1);
        let again = cache.load(&query).now_or_never();
        assert_eq!(
            (again, asked.get()),
            (Some(Err(ContentError::Server(500))), 2)
        );
    }

    /// A cache in which this many documents are loading.
    fn loading(documents: usize) -> DocumentCache<Failing> {
        let cache = DocumentCache::new(Failing(Rc::default()), || 0.0);
        for number in 0..documents {
            drop(cache.load(&Query(number.to_string())));
        }
        cache
    }

    #[test]
    fn the_cache_does_not_grow_with_the_archive() {
        assert_eq!(
            loading(100).entries.borrow().len(),
            DocumentCache::<Failing>::CAPACITY
        );
    }

    #[test]
    fn a_document_that_is_kept_takes_the_place_of_the_oldest() {
        let capacity = DocumentCache::<Failing>::CAPACITY;
        let cache = loading(capacity);
        let document = read(DOCUMENT.as_bytes()).unwrap();
        cache.keep(Query("kept".to_owned()), Arc::new(document), 0);
        let entries = cache.entries.borrow();
        assert_eq!(entries.len(), capacity);
        assert_eq!(
            (&entries[0].0.0, &entries[capacity - 1].0.0),
            (&"1".to_owned(), &"kept".to_owned())
        );
    }

    thread_local! {
        static NOW: Cell<f64> = const { Cell::new(1.0) };
    }

    /// Has the same document each time, but for its name, which tells how often it was asked.
    struct Changing(Rc<Cell<u32>>);

    impl ContentSource for Changing {
        fn load(&self, _: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static {
            self.0.set(self.0.get() + 1);
            let mut document = read(DOCUMENT.as_bytes()).unwrap();
            document.site.name = self.0.get().to_string();
            // The page changes every second time.
            let page = self.0.get() / 2;
            ready(Ok(Loaded { document, page }))
        }
    }

    #[test]
    fn what_is_not_fresh_is_asked_for_again_and_the_newest_is_known() {
        let asked = Rc::new(Cell::new(1));
        let cache = DocumentCache::new(Changing(Rc::clone(&asked)), || NOW.get());
        let (query, other) = (Query("a".to_owned()), Query("b".to_owned()));
        let newest = || cache.newest().map(|document| document.site.name.clone());
        assert_eq!(newest(), None);
        assert!(cache.load(&query).now_or_never().unwrap().is_ok());
        assert_eq!(newest(), Some("2".to_owned()));
        // Fresh: nobody is asked.
        assert_eq!(cache.is_outdated(&query).now_or_never(), Some(false));
        assert_eq!(cache.is_outdated(&other).now_or_never(), Some(false));
        assert_eq!(asked.get(), 2);
        // The same page, with another frame.
        NOW.set(FRESH + 1.0);
        assert_eq!(cache.is_outdated(&query).now_or_never(), Some(false));
        assert_eq!((asked.get(), newest()), (3, Some("3".to_owned())));
        // Another page.
        NOW.set(2.0 * FRESH + 1.0);
        assert_eq!(cache.is_outdated(&query).now_or_never(), Some(true));
        let shown = cache.load(&query).now_or_never().unwrap().unwrap();
        assert_eq!((shown.site.name.as_str(), asked.get()), ("4", 4));
        assert!(cache.load(&other).now_or_never().unwrap().is_ok());
        assert_eq!(newest(), Some("5".to_owned()));
        assert_eq!(cache.entries.borrow().len(), 4);
    }
}
