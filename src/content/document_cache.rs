//! The document cache, which shares loaded documents and pending requests.

use super::{ContentError, ContentSource, Query};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use model::Document;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

type Answer = Result<Arc<Document>, ContentError>;
type Pending = Shared<LocalBoxFuture<'static, Answer>>;

/// A first-in, first-out cache in front of a source. A prefetch and the click that follows share
/// one request.
pub struct DocumentCache<S> {
    source: S,
    entries: RefCell<VecDeque<(Query, Pending)>>,
}

impl<S: ContentSource> DocumentCache<S> {
    /// The capacity, in documents.
    pub const CAPACITY: usize = 24;

    /// An empty cache in front of a source.
    pub fn new(source: S) -> Self {
        Self {
            source,
            entries: RefCell::default(),
        }
    }

    /// The document, from the cache or from the source. A failure is not cached: the next call asks
    /// the source again.
    pub fn load(&self, query: &Query) -> impl Future<Output = Answer> + 'static + use<S> {
        let mut entries = self.entries.borrow_mut();
        entries.retain(|(_, pending)| !matches!(pending.peek(), Some(Err(_))));
        if let Some((_, pending)) = entries.iter().find(|(cached, _)| cached == query) {
            return pending.clone();
        }
        let answer = self.source.load(query.clone());
        let pending = async move { answer.await.map(Arc::new) }
            .boxed_local()
            .shared();
        Self::insert(&mut entries, query.clone(), pending.clone());
        pending
    }

    /// Adds a document that is loaded already.
    pub fn keep(&self, query: Query, document: Arc<Document>) {
        let pending = async move { Ok(document) }.boxed_local().shared();
        Self::insert(&mut self.entries.borrow_mut(), query, pending);
    }

    /// Adds an entry. The oldest ones make room for it.
    fn insert(entries: &mut VecDeque<(Query, Pending)>, query: Query, pending: Pending) {
        while entries.len() >= Self::CAPACITY {
            entries.pop_front();
        }
        entries.push_back((query, pending));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::read;
    use std::cell::Cell;
    use std::future::ready;
    use std::rc::Rc;

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
        fn load(&self, _: Query) -> impl Future<Output = Result<Document, ContentError>> + 'static {
            self.0.set(self.0.get() + 1);
            ready(Err(ContentError::Server(500)))
        }
    }

    #[test]
    fn a_request_under_way_is_shared_and_a_failure_is_asked_again() {
        let asked = Rc::new(Cell::new(0));
        let cache = DocumentCache::new(Failing(Rc::clone(&asked)));
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
        let cache = DocumentCache::new(Failing(Rc::default()));
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
        cache.keep(Query("kept".to_owned()), Arc::new(document));
        let entries = cache.entries.borrow();
        assert_eq!(entries.len(), capacity);
        assert_eq!(
            (&entries[0].0.0, &entries[capacity - 1].0.0),
            (&"1".to_owned(), &"kept".to_owned())
        );
    }
}
