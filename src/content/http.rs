//! Documents over HTTP, in the browser.

use super::{ContentError, ContentSource, Loaded, Query, loaded};
use crate::browser::request;
use std::future::Future;

/// The status of a document that came from the page's host although the site has an API: it is not the
/// authority (`src/lazy/api.js`).
const NOT_AUTHORITATIVE: u16 = 203;

/// The documents of the site that the page itself came from, and of its API, if it has one.
pub struct Http {
    /// The site's base, with a slash at both ends.
    pub base: String,
}

impl ContentSource for Http {
    fn load(&self, query: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static {
        let response = request::get(format!("{}{}", self.base, query.0));
        async move {
            let (status, body) = response.await.ok_or(ContentError::Network)?;
            match status {
                200 | NOT_AUTHORITATIVE => loaded(&body, status == NOT_AUTHORITATIVE),
                404 | 410 => Err(ContentError::NotFound),
                _ => Err(ContentError::Server(status)),
            }
        }
    }
}
