//! The life of the portal in the browser: taking over the prerendered page, then following the address.

mod beside;

use super::head::Head;
use super::portal::{App, Controls, Shown};
use super::suggestion;
use crate::browser::search::search;
use crate::browser::{head, history, links, page, request, storage, time};
use crate::components::State;
use crate::content::{ContentError, ContentSource, Http, Shelf, read};
use crate::model::{Document, Lang, Page};
use crate::pages::{failure, query as query_of};
use crate::route::{self, Place, Route};
use beside::Version;
use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// How long a reader waits before being told that the page is on its way, in milliseconds.
const NOTICE: i32 = 400;

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
    let route = match Route::parse(page::path().strip_prefix(base).unwrap_or_default()) {
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
    let route = match Route::parse(page::path().strip_prefix(&base).unwrap_or_default()) {
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
            update_head(&first);
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

/// What the living portal works with.
struct Life {
    base: String,
    shelf: Shelf<Http>,
    router: BrowserUrl,
    shown: RwSignal<Shown>,
    /// The article's document in the language that the address asks for beside the page's own.
    beside: RwSignal<Option<Arc<Document>>>,
    state: RwSignal<State>,
    /// The language that is suggested where the page is in another one.
    suggested: RwSignal<Option<Lang>>,
    /// Counts the addresses that were asked for: of two answers, the one that was asked for last counts.
    asked: Cell<u32>,
    /// Whether the answer to the last one is still to come.
    pending: Cell<bool>,
}

/// From now on the address decides what is shown, and links that are about to be followed are asked for beforehand.
pub(super) fn follow(
    shown: RwSignal<Shown>,
    beside: RwSignal<Option<Arc<Document>>>,
    state: RwSignal<State>,
    suggested: RwSignal<Option<Lang>>,
) -> Controls {
    let base = shown.with_untracked(|shown| shown.document.site.base.clone());
    let shelf = Shelf::new(Http { base: base.clone(), get: request::get });
    shown.with_untracked(|shown| shelf.keep(query_of(&shown.route), Arc::clone(&shown.document)));
    let router = expect_context::<BrowserUrl>();
    let (asked, pending) = (Cell::default(), Cell::default());
    let life = Rc::new(Life { base, shelf, router, shown, beside, state, suggested, asked, pending });
    history::start();
    links::watch({
        let life = Rc::clone(&life);
        move |href, followed| {
            if !followed {
                life.prefetch(href);
                return;
            }
            if href.contains('?') {
                history::leave();
            }
            if life.has_failed(href) {
                Rc::clone(&life).retry(href);
            }
        }
    });
    let location = use_location();
    Effect::new({
        let life = Rc::clone(&life);
        move |before: Option<String>| {
            let (path, query) = (location.pathname.get(), location.search.get());
            let href = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
            match before {
                None => Rc::clone(&life).accompany(&href),
                // Another query at the same address: the page stays, and searches, or has another language beside it.
                Some(before) if before == path => {
                    history::ensure(&href);
                    history::adopt();
                    search();
                    Rc::clone(&life).accompany(&href);
                }
                Some(_) => Rc::clone(&life).go(&href),
            }
            path
        }
    });
    // Not before the page is taken over: it has no suggestion in it.
    spawn_local({
        let life = Rc::clone(&life);
        async move { suggested.set(life.suggestion()) }
    });
    let life = StoredValue::new_local(life);
    let retry = Callback::new(move |href: String| life.with_value(|life| life.clone().retry(&href)));
    let decline = Callback::new(move |()| {
        storage::set(suggestion::KEY, "no");
        suggested.set(None);
        page::focus_heading();
    });
    Controls { retry, decline }
}

impl Life {
    /// What an address of this site means.
    fn place(&self, path: &str) -> Place {
        match path.strip_prefix(&self.base) {
            Some(below) => Route::parse(below),
            None => Place::Unknown(None),
        }
    }

    /// Whether this address is the one that could not be shown. The router takes a click on it for one on the page that
    /// is shown.
    fn has_failed(&self, path: &str) -> bool {
        self.state.with_untracked(|state| matches!(state, State::Failed { href, .. } if href == path))
    }

    /// The language that there is to suggest on this visit.
    fn suggestion(&self) -> Option<Lang> {
        let chosen = page::came_from().is_some_and(|path| match self.place(&path) {
            Place::Page(route) => route.lang() != self.shown.with_untracked(|shown| shown.route.lang()),
            _ => false,
        });
        if chosen || storage::get(suggestion::KEY).is_some() {
            return None;
        }
        let tags = page::preferred_languages();
        self.shown.with_untracked(|shown| suggestion::preferred(&tags, &shown.document.site.languages))
    }

    /// Asks for the document behind a link, without showing anything of it.
    fn prefetch(&self, href: &str) {
        let (path, query) = parts(href);
        if let Place::Page(route) = self.place(path) {
            let route = route::beside(query).map_or(route.clone(), |lang| route.in_language(lang));
            let document = self.shelf.load(&query_of(&route));
            spawn_local(async move {
                let _ = document.await;
            });
        }
    }

    /// Tries again what did not come: the page, or only what was to stand beside it.
    fn retry(self: Rc<Self>, href: &str) {
        let is_shown = |route: &Route| self.shown.with_untracked(|shown| shown.route == *route);
        match self.place(parts(href).0) {
            Place::Page(route) if is_shown(&route) => self.accompany(href),
            _ => self.go(href),
        }
    }

    /// Something else is asked for now: what was asked for before is not wanted any more.
    fn ask(&self) -> u32 {
        let asked = self.asked.get() + 1;
        self.asked.set(asked);
        asked
    }

    /// Shows the page at an address once it is there. Until then, and where it does not come, the page that is shown
    /// stays.
    fn go(self: Rc<Self>, href: &str) {
        let asked = self.ask();
        let path = parts(href).0;
        let route = match self.place(path) {
            Place::Page(route) => route,
            Place::Root => return page::open(path),
            Place::Moved(route) => return page::replace(&route.href(&self.base)),
            Place::Unknown(lang) => {
                Route::NotFound(lang.unwrap_or_else(|| self.shown.with_untracked(|shown| shown.route.lang())))
            }
        };
        self.pending.set(true);
        spawn_local(Rc::clone(&self).notice(asked));
        let href = href.to_owned();
        spawn_local(async move {
            let answer = self.load(route).await;
            let beside = match &answer {
                Ok(next) => self.version_beside(next, &href).await,
                Err(_) => None,
            };
            if self.asked.get() == asked {
                self.pending.set(false);
                // Only now the address changes; the router does it in a microtask of its own. After a jump in the history
                // it takes the page for one that the reader is on already, and leaves the address as it is.
                history::leave();
                self.router.ready_to_complete();
                time::sleep(0).await;
                history::ensure(&href);
                self.show(answer, beside, href).await;
            }
        });
    }

    fn say(&self, state: State) {
        if self.state.with_untracked(|said| *said != state) {
            self.state.set(state);
        }
    }

    /// Says that the page is on its way, where it takes long.
    async fn notice(self: Rc<Self>, asked: u32) {
        time::sleep(NOTICE).await;
        if self.pending.get() && self.asked.get() == asked {
            self.state.set(State::Loading);
        }
    }

    /// The page at an address, or the one that says that nothing is there.
    async fn load(&self, route: Route) -> Result<Shown, ContentError> {
        let answer = match self.shelf.load(&query_of(&route)).await {
            Err(ContentError::NotFound) => {
                let lost = Route::NotFound(route.lang());
                self.shelf.load(&query_of(&lost)).await.map(|document| (lost, document))
            }
            answer => answer.map(|document| (route, document)),
        };
        answer.map(|(route, document)| Shown { route, document })
    }

    /// Shows a page that is there, or says why it is not.
    async fn show(&self, answer: Result<Shown, ContentError>, beside: Version, href: String) {
        match answer {
            Ok(next) => {
                history::remember();
                update_head(&next);
                // Another language was chosen.
                if next.route.lang() != self.shown.with_untracked(|shown| shown.route.lang()) {
                    self.suggested.set(None);
                }
                self.shown.set(next);
                self.put_beside(beside, href);
                page::fold_up();
                leptos::task::tick().await;
                search();
                history::settle();
                page::focus_heading();
            }
            Err(error) => {
                history::stay();
                let lang = self.shown.with_untracked(|shown| shown.route.lang());
                self.state.set(failure(&error, lang, href));
            }
        }
    }
}

/// The path of an address, and its query.
fn parts(href: &str) -> (&str, &str) {
    let href = href.split('#').next().unwrap_or_default();
    href.split_once('?').unwrap_or((href, ""))
}

/// Makes the head that of the page that is shown.
fn update_head(shown: &Shown) {
    let description = Head::of(&shown.document, &shown.route);
    head::set_title(&description.title);
    head::set_lang(shown.route.lang().tag());
    head::set("meta", ("name", "description"), ("content", Some(&description.description)));
    head::set("link", ("rel", "canonical"), ("href", description.canonical.as_deref()));
    let hidden = description.canonical.is_none().then_some("noindex");
    head::set("meta", ("name", "robots"), ("content", hidden));
    let versions =
        description.alternates.into_iter().map(|(lang, href)| vec![("hreflang", lang.to_owned()), ("href", href)]);
    let feeds = description.feeds.into_iter();
    let feeds = feeds.map(|feed| vec![("type", feed.kind.to_owned()), ("title", feed.title), ("href", feed.href)]);
    head::set_alternates(&versions.chain(feeds).collect::<Vec<_>>());
    let manifest = format!("{}{}", shown.document.site.base, shown.route.manifest());
    head::set("link", ("rel", "manifest"), ("href", Some(&manifest)));
    // What the first page said to machines is not true of this one. Its Open Graph properties stay: only those read them
    // who load a page afresh.
    head::set("script", ("type", "application/ld+json"), ("", None));
}
