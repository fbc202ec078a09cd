//! Takeover of the prerendered page: hydrated, mounted afresh, or loaded first.

use super::live_head as head;
use super::portal::App;
use super::shown::Shown;
use super::suggestion;
use crate::browser::search::search;
use crate::browser::task::spawn;
use crate::browser::{history, page, time};
use crate::content::{ContentSource, Http, read};
use crate::markup::{self, html};
use crate::pages::query as query_of;
use model::route::{Destination, Route, Target};
use model::{Document, Lang, Page};
use std::sync::Arc;

/// Hydrates the page where the DOM is as prerendered, and mounts it afresh where something has
/// changed the DOM. Where the page has no document, loads one first. A page that cannot be taken
/// over stays as it is.
pub fn start() {
    spawn(async {
        let Some(base) = page::base() else { return };
        let embedded = page::embedded_document().and_then(|text| read(text.as_bytes()).ok());
        // Yields, so that the browser can handle input in between.
        time::sleep(0).await;
        match embedded {
            Some(document) => {
                take_over(&base, document);
                time::sleep(0).await;
                page::mark_ready();
                search();
            }
            None => mount_without_document(base),
        }
    });
}

/// Takes over the page with its embedded document. Comparing and hydrating happen without a yield,
/// so that nothing changes the DOM in between.
fn take_over(base: &str, document: Document) {
    let Some(root) = page::root() else { return };
    let route = match Target::parse(&page::path(), base).destination {
        Destination::Page(route) if is_shown_at(&document, &route) => route,
        _ => Route::NotFound(document.site.lang),
    };
    let first = Shown {
        route,
        document: Arc::new(document),
    };
    mount(page::is_as_prerendered(&root), first);
}

/// Takes over the portal's element, or fills it anew where it is not as it was prerendered.
fn mount(is_as_prerendered: bool, first: Shown) {
    let Some(root) = page::root() else { return };
    if !is_as_prerendered {
        page::clear(&root);
    }
    markup::mount(&root, is_as_prerendered, || html! { <App first=first /> });
    if !is_as_prerendered {
        history::scroll_to_hash();
    }
}

/// Handles a host's page for unknown addresses, which has no document: loads the page that the
/// address means, or redirects to the address that was meant.
fn mount_without_document(base: String) {
    let route = match Target::parse(&page::path(), &base).destination {
        Destination::Page(route) => route,
        Destination::Moved(route) => return page::replace(&route.href(&base)),
        Destination::Unknown(Some(lang)) => Route::NotFound(lang),
        Destination::Root | Destination::Unknown(None) => Route::NotFound(preferred_language()),
    };
    spawn(async move {
        let source = Http { base };
        let found = if let Ok(loaded) = source.load(query_of(&route)).await {
            Ok((route, loaded.document))
        } else {
            let not_found = Route::NotFound(route.lang());
            source
                .load(query_of(&not_found))
                .await
                .map(|loaded| (not_found, loaded.document))
        };
        if let Ok((route, document)) = found {
            let first = Shown {
                route,
                document: Arc::new(document),
            };
            head::show(&first);
            mount(false, first);
            page::mark_ready();
            search();
        }
    });
}

/// Whether the document belongs to the route, and not to a host's page for unknown addresses.
fn is_shown_at(document: &Document, route: &Route) -> bool {
    document.site.lang == route.lang() && !matches!(document.page, Page::NotFound)
}

fn preferred_language() -> Lang {
    suggestion::preferred(&page::preferred_languages(), &Lang::ALL).unwrap_or(Lang::En)
}
