//! Navigation: loads and shows the page of the current address, and its parallel version.

use super::live_head as head;
use super::shown::{Controls, Shown};
use super::suggestion;
use crate::browser::search::search;
use crate::browser::task::spawn;
use crate::browser::{history, links, page, storage, time};
use crate::components::State;
use crate::content::{ContentError, DocumentCache, Http, page_hash};
use crate::pages::{failure, query as query_of};
use i18n::words;
use leptos::prelude::*;
use leptos::task::tick;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};
use model::route::{Destination, Route, Target};
use model::{Document, Lang, Level, Page};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// The delay before the status bar says that a page is loading, in milliseconds.
const LOADING_DELAY: i32 = 400;

/// A parallel version, or the error of loading it; `None` where there is none to show.
type ParallelAnswer = Option<Result<Arc<Document>, ContentError>>;

/// The state of the navigation.
struct Navigation {
    base: String,
    cache: DocumentCache<Http>,
    router: BrowserUrl,
    shown: RwSignal<Shown>,
    /// The document whose notices are shown: the newest in the language of the page.
    newest: RwSignal<Option<Arc<Document>>>,
    /// The parallel version that is shown.
    parallel: RwSignal<Option<Arc<Document>>>,
    state: RwSignal<State>,
    /// The language that the suggestion bar offers, if any.
    suggested: RwSignal<Option<Lang>>,
    /// The number of the latest request. The answer to an earlier one is dropped.
    latest_request: Cell<u32>,
    /// Whether the latest request is still without an answer.
    pending: Cell<bool>,
    /// Whether the page that is shown has another text now.
    is_outdated: Cell<bool>,
}

/// Starts the navigation: the address decides what is shown, and links are prefetched before the
/// click.
pub(super) fn start(
    shown: RwSignal<Shown>,
    newest: RwSignal<Option<Arc<Document>>>,
    parallel: RwSignal<Option<Arc<Document>>>,
    state: RwSignal<State>,
    suggested: RwSignal<Option<Lang>>,
) -> Controls {
    let base = shown.with_untracked(|shown| shown.document.site.base.clone());
    let cache = DocumentCache::new(Http { base: base.clone() }, time::now);
    shown.with_untracked(|shown| {
        let document = Arc::clone(&shown.document);
        match page::embedded_document() {
            Some(embedded) => cache.keep(
                query_of(&shown.route),
                document,
                page_hash(embedded.as_bytes()),
                page::has_api(),
            ),
            // It was loaded just now.
            None => cache.keep_newest(document),
        }
    });
    let router = expect_context::<BrowserUrl>();
    let (latest_request, pending) = (Cell::default(), Cell::default());
    let is_outdated = Cell::default();
    let navigation = Rc::new(Navigation {
        base,
        cache,
        router,
        shown,
        newest,
        parallel,
        state,
        suggested,
        latest_request,
        pending,
        is_outdated,
    });
    history::start();
    links::watch({
        let navigation = Rc::clone(&navigation);
        move |href, clicked| {
            if href.is_empty() {
                return spawn(Rc::clone(&navigation).refresh());
            }
            if !clicked {
                return navigation.prefetch(href);
            }
            if href.contains('?') {
                history::use_manual_restoration();
            }
            if navigation.has_failed(href) {
                Rc::clone(&navigation).retry(href);
            }
        }
    });
    let location = use_location();
    Effect::new({
        let navigation = Rc::clone(&navigation);
        move |before: Option<String>| {
            let (path, query) = (location.pathname.get(), location.search.get());
            let href = if query.is_empty() {
                path.clone()
            } else {
                format!("{path}?{query}")
            };
            match before {
                None => Rc::clone(&navigation).update_parallel(&href),
                // Only the query has changed: the page stays, and its search or parallel version
                // follows.
                Some(before) if before == path => {
                    history::ensure_address(&href);
                    history::adopt_entry();
                    search();
                    Rc::clone(&navigation).update_parallel(&href);
                }
                Some(_) => Rc::clone(&navigation).go(&href),
            }
            path
        }
    });
    // After hydration: the prerendered page has no suggestion.
    spawn({
        let navigation = Rc::clone(&navigation);
        async move { suggested.set(navigation.suggestion()) }
    });
    let navigation = StoredValue::new_local(navigation);
    let retry = Callback::new(move |href: String| {
        navigation.with_value(|navigation| navigation.clone().retry(&href));
    });
    let decline = Callback::new(move |()| {
        storage::set(suggestion::KEY, "no");
        suggested.set(None);
        page::focus_heading();
    });
    Controls { retry, decline }
}

impl Navigation {
    /// Parses an address of this site.
    fn target(&self, href: &str) -> Target {
        Target::parse(href, &self.base)
    }

    /// Whether this address failed to load. The router takes a click on it for a click on the page
    /// that is shown.
    fn has_failed(&self, path: &str) -> bool {
        self.state
            .with_untracked(|state| matches!(state, State::Offer { href, .. } if href == path))
    }

    /// The language to suggest on this visit, if any.
    fn suggestion(&self) -> Option<Lang> {
        let chosen =
            page::referrer_path().is_some_and(|path| match self.target(&path).destination {
                Destination::Page(route) => {
                    route.lang() != self.shown.with_untracked(|shown| shown.route.lang())
                }
                _ => false,
            });
        if chosen || storage::get(suggestion::KEY).is_some() {
            return None;
        }
        let tags = page::preferred_languages();
        self.shown
            .with_untracked(|shown| suggestion::preferred(&tags, &shown.document.site.languages))
    }

    /// Loads the document of a link into the cache.
    fn prefetch(&self, href: &str) {
        let Target { destination, with } = self.target(href);
        if let Destination::Page(route) = destination {
            let route = with.map_or(route.clone(), |lang| route.in_language(lang));
            let document = self.cache.load(&query_of(&route));
            spawn(async move {
                let _ = document.await;
            });
        }
    }

    /// Retries a failed page, or only its parallel version; or shows what the page has become, or a
    /// notice on it.
    fn retry(self: Rc<Self>, href: &str) {
        if let Some(id) = href.strip_prefix('#') {
            page::reveal(id);
            return self.set_state(self.update());
        }
        let Target { destination, with } = self.target(href);
        let is_shown = |route: &Route| self.shown.with_untracked(|shown| shown.route == *route);
        match destination {
            Destination::Page(route) if with.is_some() && is_shown(&route) => {
                self.update_parallel(href);
            }
            _ => self.go(href),
        }
    }

    /// Asks again for the page that is shown, where its document is not fresh any more. New notices
    /// are shown at once; another text is offered, because somebody reads the one that is there.
    async fn refresh(self: Rc<Self>) {
        let request = self.latest_request.get();
        let query = self.shown.with_untracked(|shown| query_of(&shown.route));
        let known = self.emergency();
        let is_outdated = self.cache.is_outdated(&query).await;
        self.show_newest();
        if self.latest_request.get() == request && !self.pending.get() {
            self.is_outdated.set(is_outdated || self.is_outdated.get());
            let emergency = self.emergency().filter(|new| known.as_ref() != Some(new));
            if let Some(href) = emergency {
                let words = words(self.shown.with_untracked(|shown| shown.route.lang()));
                self.state.set(State::Offer {
                    reason: words.new_emergency,
                    action: words.show_emergency,
                    href,
                });
            } else if is_outdated {
                self.state.set(self.update());
            }
        }
    }

    /// Offers another text, where the page has one.
    fn update(&self) -> State {
        if !self.is_outdated.get() {
            return State::Quiet;
        }
        let words = words(self.shown.with_untracked(|shown| shown.route.lang()));
        State::Offer {
            reason: words.updated_page,
            action: words.show_update,
            href: page::path(),
        }
    }

    /// Where the first emergency of the page stands: `#notice-storm`.
    fn emergency(&self) -> Option<String> {
        let newest = self.newest.get_untracked()?;
        let first = newest.site.notices.first()?;
        (first.level == Level::Emergency).then(|| format!("#{}", first.anchor()))
    }

    /// Shows the newest notices in the language of the page.
    fn show_newest(&self) {
        let shown = self
            .shown
            .with_untracked(|shown| Arc::clone(&shown.document));
        let newest = self.cache.newest();
        let newest = newest.filter(|newest| newest.site.lang == shown.site.lang);
        self.newest.set(newest.or(Some(shown)));
    }

    /// Starts a request, which makes earlier ones obsolete. Returns its number.
    fn begin_request(&self) -> u32 {
        let request = self.latest_request.get() + 1;
        self.latest_request.set(request);
        request
    }

    /// Loads the page at an address and shows it. Until then, and where loading fails, the current
    /// page stays.
    fn go(self: Rc<Self>, href: &str) {
        let request = self.begin_request();
        let Target { destination, with } = self.target(href);
        let route = match destination {
            Destination::Page(route) => route,
            Destination::Root => return page::open(&self.base),
            Destination::Moved(route) => return page::replace(&route.href(&self.base)),
            Destination::Unknown(lang) => Route::NotFound(
                lang.unwrap_or_else(|| self.shown.with_untracked(|shown| shown.route.lang())),
            ),
        };
        self.pending.set(true);
        spawn(Rc::clone(&self).announce_loading(request));
        let href = href.to_owned();
        spawn(async move {
            let answer = self.load(route).await;
            let parallel = match &answer {
                Ok(next) => self.parallel_version(next, with).await,
                Err(_) => None,
            };
            if self.latest_request.get() == request {
                self.pending.set(false);
                // Only now the address changes; the router does it in a task of its own, which is
                // next. After a jump in the history, the router can take the address for the
                // current one and not write it; `history::ensure_address` then does.
                history::use_manual_restoration();
                self.router.ready_to_complete();
                tick().await;
                history::ensure_address(&href);
                self.show(answer, parallel, href).await;
                spawn(self.refresh());
            }
        });
    }

    fn set_state(&self, state: State) {
        if self.state.with_untracked(|current| *current != state) {
            self.state.set(state);
        }
    }

    /// Says that the page is loading, after [`LOADING_DELAY`] milliseconds without an answer.
    async fn announce_loading(self: Rc<Self>, request: u32) {
        time::sleep(LOADING_DELAY).await;
        if self.pending.get() && self.latest_request.get() == request {
            self.state.set(State::Loading);
        }
    }

    /// Loads the page of a route, or the page for unknown addresses where there is none.
    async fn load(&self, route: Route) -> Result<Shown, ContentError> {
        let answer = match self.cache.load(&query_of(&route)).await {
            Err(ContentError::NotFound) => {
                let not_found = Route::NotFound(route.lang());
                self.cache
                    .load(&query_of(&not_found))
                    .await
                    .map(|document| (not_found, document))
            }
            answer => answer.map(|document| (route, document)),
        };
        answer.map(|(route, document)| Shown { route, document })
    }

    /// Shows the loaded page, or says why loading failed.
    async fn show(
        &self,
        answer: Result<Shown, ContentError>,
        parallel: ParallelAnswer,
        href: String,
    ) {
        match answer {
            Ok(next) => {
                history::record_scroll();
                page::release_focus();
                head::show(&next);
                // A reader who has changed the language needs no suggestion.
                if next.route.lang() != self.shown.with_untracked(|shown| shown.route.lang()) {
                    self.suggested.set(None);
                }
                self.shown.set(next);
                self.is_outdated.set(false);
                self.show_newest();
                self.show_parallel(parallel, href);
                page::close_menu();
                tick().await;
                search();
                history::restore_scroll();
                page::focus_heading();
            }
            // A program of yesterday meets a document of today: the page itself brings its own.
            Err(ContentError::Answer) => page::open(&href),
            Err(error) => {
                history::resume_recording();
                let lang = self.shown.with_untracked(|shown| shown.route.lang());
                self.state.set(failure(&error, lang, href));
            }
        }
    }

    /// Loads and shows the parallel version that the address asks for, or removes the one that is
    /// shown. The article itself stays.
    fn update_parallel(self: Rc<Self>, href: &str) {
        let request = self.begin_request();
        let is_alone = self.parallel.with_untracked(Option::is_none);
        let with = self.target(href).with;
        if is_alone && with.is_none() {
            self.pending.set(false);
            return self.set_state(State::Quiet);
        }
        self.pending.set(true);
        history::suspend_recording();
        spawn(Rc::clone(&self).announce_loading(request));
        let href = href.to_owned();
        spawn(async move {
            let shown = self.shown.get_untracked();
            let parallel = self.parallel_version(&shown, with).await;
            if self.latest_request.get() == request {
                self.pending.set(false);
                self.show_parallel(parallel, href);
                tick().await;
                history::resume_in_place();
            }
        });
    }

    /// Loads the article's version in `with`; `None` where it is the page's own language or does
    /// not exist.
    async fn parallel_version(&self, shown: &Shown, with: Option<Lang>) -> ParallelAnswer {
        let lang = with.filter(|lang| *lang != shown.route.lang())?;
        let is_there = matches!(shown.document.page, Page::Article(_))
            && shown.document.languages.contains(&lang);
        if !is_there {
            return None;
        }
        Some(
            self.cache
                .load(&query_of(&shown.route.in_language(lang)))
                .await,
        )
    }

    /// Shows the parallel version, or says that loading it failed.
    fn show_parallel(&self, parallel: ParallelAnswer, href: String) {
        let (document, state) = match parallel {
            Some(Err(_)) => {
                let lang = self.shown.with_untracked(|shown| shown.route.lang());
                (
                    None,
                    State::Offer {
                        reason: words(lang).beside_failed,
                        action: words(lang).retry,
                        href,
                    },
                )
            }
            Some(Ok(document)) => (Some(document), State::Quiet),
            None => (None, State::Quiet),
        };
        if document.is_some() || self.parallel.with_untracked(Option::is_some) {
            self.parallel.set(document);
        }
        self.set_state(state);
    }
}
