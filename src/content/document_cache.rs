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
    places: RefCell<VecDeque<(Query, Pending)>>,
}

impl<S: ContentSource> DocumentCache<S> {
    /// The capacity, in documents.
    pub const MOST: usize = 24;

    /// An empty cache in front of a source.
    pub fn new(source: S) -> Self {
        Self { source, places: RefCell::default() }
    }

    /// The document, from the cache or from the source. A failure is not cached: the next call asks
    /// the source again.
    pub fn load(&self, query: &Query) -> impl Future<Output = Answer> + 'static + use<S> {
        let mut places = self.places.borrow_mut();
        places.retain(|(_, pending)| !matches!(pending.peek(), Some(Err(_))));
        if let Some((_, pending)) = places.iter().find(|(kept, _)| kept == query) {
            return pending.clone();
        }
        let answer = self.source.load(query.clone());
        let pending = async move { answer.await.map(Arc::new) }.boxed_local().shared();
        if places.len() == Self::MOST {
            places.pop_front();
        }
        places.push_back((query.clone(), pending.clone()));
        pending
    }

    /// Adds a document that is loaded already.
    pub fn keep(&self, query: Query, document: Arc<Document>) {
        let pending = async move { Ok(document) }.boxed_local().shared();
        self.places.borrow_mut().push_back((query, pending));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::future::ready;
    use std::rc::Rc;

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
        assert_eq!((again, asked.get()), (Some(Err(ContentError::Server(500))), 2));
    }

    #[test]
    fn the_cache_does_not_grow_with_the_archive() {
        let cache = DocumentCache::new(Failing(Rc::default()));
        let pending: Vec<_> = (0..100).map(|at| cache.load(&Query(at.to_string()))).collect();
        assert_eq!(pending.len(), 100);
        assert_eq!(cache.places.borrow().len(), DocumentCache::<Failing>::MOST);
    }
}
