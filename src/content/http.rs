//! Documents over HTTP, in the browser.

use super::{ContentError, ContentSource, Query, read};
use crate::model::Document;
use futures_util::future::{Either, LocalBoxFuture, select};
use gloo_net::http::Request;
use std::future::Future;
use std::pin::pin;

/// The documents of the site that the page itself came from.
pub struct Http {
    /// The site's base, with a slash at both ends.
    pub base: String,
    /// A future that ends when a reader has waited long enough.
    pub patience: fn() -> LocalBoxFuture<'static, ()>,
}

impl ContentSource for Http {
    fn load(&self, query: Query) -> impl Future<Output = Result<Document, ContentError>> + 'static {
        let address = format!("{}{}", self.base, query.0);
        let patience = (self.patience)();
        async move {
            match select(pin!(fetch(&address)), patience).await {
                Either::Left((result, _)) => result,
                Either::Right(((), _)) => Err(ContentError::Network),
            }
        }
    }
}

async fn fetch(address: &str) -> Result<Document, ContentError> {
    let response = Request::get(address).send().await.map_err(|_| ContentError::Network)?;
    match response.status() {
        200 => read(&response.binary().await.map_err(|_| ContentError::Network)?),
        404 | 410 => Err(ContentError::NotFound),
        status => Err(ContentError::Server(status)),
    }
}
