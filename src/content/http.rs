//! Documents over HTTP, in the browser.

use super::{ContentError, ContentSource, Loaded, Query, loaded};
use gloo_net::http::RequestBuilder;
use std::future::Future;

/// The documents of the site that the page itself came from.
pub struct Http {
    /// The site's base, with a slash at both ends.
    pub base: String,
    /// Makes a request for an address, with a timeout.
    pub get: fn(&str) -> RequestBuilder,
}

impl ContentSource for Http {
    fn load(&self, query: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static {
        let request = (self.get)(&format!("{}{}", self.base, query.0));
        async move {
            let response = request.send().await.map_err(|_| ContentError::Network)?;
            match response.status() {
                200 => loaded(&response.binary().await.map_err(|_| ContentError::Network)?),
                404 | 410 => Err(ContentError::NotFound),
                status => Err(ContentError::Server(status)),
            }
        }
    }
}
