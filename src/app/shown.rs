//! What the portal shows, and what a reader can do to the frame around it.

use leptos::prelude::Callback;
use model::Document;
use model::route::Route;
use std::sync::Arc;

/// The page that is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its address.
    pub route: Route,
    /// All that it shows.
    pub document: Arc<Document>,
}

/// What a reader can do to the frame.
#[derive(Clone, Copy)]
pub(super) struct Controls {
    /// Tries an address again.
    pub(super) retry: Callback<String>,
    /// Puts the suggestion of another language away.
    pub(super) decline: Callback<()>,
}
