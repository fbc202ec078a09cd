//! Taking over the prerendered page: in place, afresh, or after asking for its document.

use super::live_head as head;
use super::portal::App;
use super::shown::Shown;
use super::suggestion;
use crate::browser::search::search;
use crate::browser::{history, page, request, time};
use crate::content::{ContentSource, Http, read};
use crate::pages::query as query_of;
use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;
use model::route::{Place, Route, Target};
use model::{Document, Lang, Page};
use std::sync::Arc;

/// Takes the page over: in place where the DOM is what was prerendered, afresh where something changed it, and after
/// asking for the document where there is none in the page. A page that cannot be taken over is left as it is.
pub fn start() {
    // Not Leptos' own `spawn_local`: nothing is mounted yet that would have set up its executor.
    wasm_bindgen_futures::spawn_local(async {
        let Some(base) = page::base() else { return };
        let embedded = page::embedded_document().and_then(|text| read(text.as_bytes()).ok());
        // In several pieces, so that a reader's touch is answered in between.
        time::sleep(0).await;
        match embedded {
            Some(document) => {
                take_over(&base, document);
                time::sleep(0).await;
                page::mark_ready();
                search();
            }
            None => find(base),
        }
    });
}

/// Takes over the page that is there, with its document. The page is looked at and taken over in one go, so that nothing
/// can change it in between.
fn take_over(base: &str, document: Document) {
    let Some(root) = page::root() else { return };
    let route = match Target::parse(&page::path(), base).place {
        Place::Page(route) if is_shown_at(&document, &route) => route,
        _ => Route::NotFound(document.site.lang),
    };
    let first = Shown { route, document: Arc::new(document) };
    if page::is_as_prerendered(&root) {
        hydrate_from(root, move || view! { <App first=first.clone() /> }).forget();
    } else {
        page::clear(&root);
        mount_to(root, move || view! { <App first=first.clone() /> }).forget();
        history::scroll_to_hash();
    }
}

/// The page that a host shows for any unknown address has no document: finds the one that the address means, or leads
/// to the address that was meant.
fn find(base: String) {
    let route = match Target::parse(&page::path(), &base).place {
        Place::Page(route) => route,
        Place::Moved(route) => return page::replace(&route.href(&base)),
        Place::Unknown(Some(lang)) => Route::NotFound(lang),
        Place::Root | Place::Unknown(None) => Route::NotFound(preferred_language()),
    };
    // Not Leptos' own `spawn_local`: nothing is mounted yet that would have set up its executor.
    wasm_bindgen_futures::spawn_local(async move {
        let source = Http { base, get: request::get };
        let found = if let Ok(document) = source.load(query_of(&route)).await {
            Ok((route, document))
        } else {
            let lost = Route::NotFound(route.lang());
            source.load(query_of(&lost)).await.map(|document| (lost, document))
        };
        if let (Ok((route, document)), Some(root)) = (found, page::root()) {
            let first = Shown { route, document: Arc::new(document) };
            head::show(&first);
            page::clear(&root);
            mount_to(root, move || view! { <App first=first.clone() /> }).forget();
            history::scroll_to_hash();
            page::mark_ready();
            search();
        }
    });
}

/// Whether the document is the one that belongs to the address; it is not where a host answers with its page for unknown
/// addresses.
fn is_shown_at(document: &Document, route: &Route) -> bool {
    document.site.lang == route.lang() && !matches!(document.page, Page::NotFound)
}

fn preferred_language() -> Lang {
    suggestion::preferred(&page::preferred_languages(), &Lang::ALL).unwrap_or(Lang::En)
}
