//! The page that is shown, and what else the frame around it follows.

use crate::components::State;
use leptos::prelude::RwSignal;
use model::route::Route;
use model::{Document, Lang};
use std::sync::Arc;

/// The page that is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its address.
    pub route: Route,
    /// Its document.
    pub document: Arc<Document>,
}

/// The signals that the portal follows. In the browser, `navigation.rs` alone writes them. Signals of
/// one type share their code, and a type of its own costs half a kilobyte.
#[derive(Clone, Copy)]
pub(super) struct Signals {
    /// The page that is shown.
    pub(super) shown: RwSignal<Shown>,
    /// The first page that was shown in its language: what is the same on all of them stands in it.
    pub(super) frame: RwSignal<Shown>,
    /// The document whose notices are shown: the newest in the language of the page.
    pub(super) newest: RwSignal<Option<Arc<Document>>>,
    /// The parallel version that is shown.
    pub(super) parallel: RwSignal<Option<Arc<Document>>>,
    /// What the status bar says.
    pub(super) state: RwSignal<State>,
    /// The language that the suggestion bar offers, if any.
    pub(super) suggested: RwSignal<Option<Lang>>,
}

/// What the frame's controls do.
pub(super) struct Controls {
    /// Retries an address.
    pub(super) retry: fn(&str),
    /// Dismisses the suggestion of another language for good.
    pub(super) decline: fn(),
}
