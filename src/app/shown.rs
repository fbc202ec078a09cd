//! The page that is shown, and the controls of the frame around it.

use leptos::prelude::Callback;
use model::Document;
use model::route::Route;
use std::sync::Arc;

/// The page that is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its address.
    pub route: Route,
    /// Its document.
    pub document: Arc<Document>,
}

/// The callbacks of the frame's controls.
#[derive(Clone, Copy)]
pub(super) struct Controls {
    /// Retries an address.
    pub(super) retry: Callback<String>,
    /// Dismisses the suggestion of another language for good.
    pub(super) decline: Callback<()>,
}
