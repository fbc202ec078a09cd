//! The document cache, which shares loaded documents and pending requests.

use super::{ContentError, ContentSource, Query};
use model::Document;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

type Answer = Result<Arc<Document>, ContentError>;

/// A request that several wait for, each to the end.
#[derive(Clone)]
struct Pending(Rc<RefCell<Request>>);

struct Request {
    answer: Pin<Box<dyn Future<Output = Answer>>>,
    arrived: Option<Answer>,
    waiting: Vec<Waker>,
}

impl Pending {
    fn new(answer: impl Future<Output = Answer> + 'static) -> Self {
        Self(Rc::new(RefCell::new(Request {
            answer: Box::pin(answer),
            arrived: None,
            waiting: Vec::new(),
        })))
    }

    fn has_failed(&self) -> bool {
        matches!(self.0.borrow().arrived, Some(Err(_)))
    }
}

impl Future for Pending {
    type Output = Answer;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        let mut request = self.0.borrow_mut();
        if request.arrived.is_none() {
            // Whoever asks last is told by the request, and tells the others.
            if let Poll::Ready(answer) = request.answer.as_mut().poll(context) {
                request.arrived = Some(answer);
                request.waiting.drain(..).for_each(Waker::wake);
            } else {
                request.waiting.push(context.waker().clone());
            }
        }
        request.arrived.clone().map_or(Poll::Pending, Poll::Ready)
    }
}

/// The age from which on a document is asked for again when it is shown, in milliseconds. A document
/// that was loaded because a pointer came over its link is younger.
const FRESH: f64 = 10_000.0;

/// How a document came.
#[derive(Clone, Copy, Default)]
struct Arrived {
    /// When, in milliseconds.
    at: f64,
    /// The hash of its page.
    page: u32,
    /// See [`Loaded::is_fallback`](super::Loaded::is_fallback).
    is_fallback: bool,
}

type Arrival = Rc<Cell<Arrived>>;
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
        entries.retain(|(_, pending, _)| !pending.has_failed());
        if let Some((_, pending, _)) = entries.iter().find(|(cached, ..)| cached == query) {
            return pending.clone();
        }
        let (answer, now) = (self.source.load(query.clone()), self.now);
        let arrival = Arrival::default();
        let pending = Pending::new({
            let (arrival, newest) = (Rc::clone(&arrival), Rc::clone(&self.newest));
            async move {
                let loaded = answer.await?;
                arrival.set(Arrived {
                    at: now(),
                    page: loaded.page,
                    is_fallback: loaded.is_fallback,
                });
                let document = Arc::new(loaded.document);
                // An API that does not answer any more has said what is newest.
                if !loaded.is_fallback || newest.borrow().is_none() {
                    newest.replace(Some(Arc::clone(&document)));
                }
                Ok(document)
            }
        });
        Self::insert(&mut entries, query.clone(), pending.clone(), arrival);
        pending
    }

    /// Adds the document that a page was loaded with, and the hash of its page. Where there is an API,
    /// it is not fresh: the API may have a newer one.
    pub fn keep(&self, query: Query, document: Arc<Document>, page: u32, has_api: bool) {
        let pending = Pending::new(async move { Ok(document) });
        let arrival = Rc::new(Cell::new(Arrived {
            at: if has_api { 0.0 } else { (self.now)() },
            page,
            is_fallback: has_api,
        }));
        Self::insert(&mut self.entries.borrow_mut(), query, pending, arrival);
    }

    /// Notes the document that came last, if it came by another way.
    pub fn keep_newest(&self, document: Arc<Document>) {
        self.newest.replace(Some(document));
    }

    /// Asks again for a cached document that is not fresh any more, and caches what comes. Returns
    /// whether its page is another one now. Where nothing comes, or only what the host has of what came
    /// from the API, the cached one stays.
    pub async fn is_outdated(&self, query: &Query) -> bool {
        // A name that no document has.
        let aside = Query::default();
        let before = self.rename(query, &aside);
        let is_fresh = (self.now)() - before.at < FRESH;
        if is_fresh || self.load(query).await.is_err() {
            self.rename(&aside, query);
            return false;
        }
        let now = self.rename(query, query);
        let dropped = Query("-".to_owned());
        if now.is_fallback && !before.is_fallback {
            self.rename(query, &dropped);
            self.rename(&aside, query);
            return false;
        }
        self.rename(&aside, &dropped);
        now.page != before.page
    }

    /// Gives an entry another name. Returns how it came.
    fn rename(&self, query: &Query, new: &Query) -> Arrived {
        let mut entries = self.entries.borrow_mut();
        let entry = entries.iter_mut().find(|(cached, ..)| cached == query);
        // What is not there needs not be asked for.
        let nothing = Arrived {
            at: f64::INFINITY,
            ..Arrived::default()
        };
        entry.map_or(nothing, |(name, _, arrival)| {
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
    use futures_util::FutureExt;
    use std::future::ready;

    /// A document.
    const DOCUMENT: &str = r#"{
        "site": {
            "lang": "vi", "origin": "https://portal.example", "base": "/", "name": "", "slogan": "",
            "banners": [], "sections": [], "pages": [], "note": ""
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
        cache.keep(Query("kept".to_owned()), Arc::new(document), 0, false);
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

    /// Has the same document each time, but for its name, which tells how often it was asked. From a
    /// number of times on, it comes from elsewhere.
    struct Changing(Rc<Cell<u32>>, u32);

    impl ContentSource for Changing {
        fn load(&self, _: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static {
            self.0.set(self.0.get() + 1);
            let mut document = read(DOCUMENT.as_bytes()).unwrap();
            document.site.name = self.0.get().to_string();
            // The page changes every second time.
            let page = self.0.get() / 2;
            ready(Ok(Loaded {
                document,
                page,
                is_fallback: self.0.get() >= self.1,
            }))
        }
    }

    #[test]
    fn what_is_not_fresh_is_asked_for_again_and_the_newest_is_known() {
        let asked = Rc::new(Cell::new(1));
        let cache = DocumentCache::new(Changing(Rc::clone(&asked), u32::MAX), || NOW.get());
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
    #[test]
    fn what_the_host_has_does_not_take_the_place_of_what_the_api_said() {
        let asked = Rc::new(Cell::new(1));
        let cache = DocumentCache::new(Changing(Rc::clone(&asked), 3), || NOW.get());
        let query = Query("a".to_owned());
        let shown = || {
            let shown = cache.load(&query).now_or_never().unwrap().unwrap();
            shown.site.name.clone()
        };
        let newest = || cache.newest().map(|document| document.site.name.clone());
        assert_eq!((shown(), newest()), ("2".to_owned(), Some("2".to_owned())));
        NOW.set(NOW.get() + FRESH);
        // The API is silent, and the host has another page.
        asked.set(3);
        assert_eq!(cache.is_outdated(&query).now_or_never(), Some(false));
        assert_eq!(asked.get(), 4);
        assert_eq!((shown(), newest()), ("2".to_owned(), Some("2".to_owned())));
    }

    #[test]
    fn the_document_of_the_page_itself_is_not_fresh_where_there_is_an_api() {
        let asked = Rc::new(Cell::new(1));
        let cache = DocumentCache::new(Changing(Rc::clone(&asked), u32::MAX), || NOW.get());
        let query = Query("a".to_owned());
        let document = Arc::new(read(DOCUMENT.as_bytes()).unwrap());
        NOW.set(NOW.get().max(FRESH));
        cache.keep(query.clone(), document, 0, true);
        assert_eq!(cache.is_outdated(&query).now_or_never(), Some(true));
        assert_eq!(asked.get(), 2);
    }
}
