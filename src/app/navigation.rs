//! Navigation: loads and shows the page of the current address, and its parallel version.

use super::live_head as head;
use super::shown::{Controls, Shown, Signals};
use super::suggestion;
use crate::browser::search::search;
use crate::browser::task::spawn;
use crate::browser::{address, history, links, page, storage, time};
use crate::components::State;
use crate::content::{ContentError, DocumentCache, Http, page_hash};
use crate::pages::{failure, query as query_of};
use i18n::words;
use leptos::prelude::*;
use leptos::task::tick;
use model::route::{Destination, Route, Target};
use model::{Document, Lang, Level, Page};
use std::cell::{Cell, OnceCell, RefCell};
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
    signals: Signals,
    /// The path and the query that were asked for last.
    asked: RefCell<String>,
    /// The number of the latest request. The answer to an earlier one is dropped.
    latest_request: Cell<u32>,
    /// Whether the latest request is still without an answer.
    pending: Cell<bool>,
    /// Whether the page that is shown has another text now.
    is_outdated: Cell<bool>,
}

thread_local! {
    /// The navigation, which lasts as long as the page.
    static NAVIGATION: OnceCell<Rc<Navigation>> = const { OnceCell::new() };
}

/// The navigation, once it was started.
fn navigation() -> Option<Rc<Navigation>> {
    NAVIGATION.with(|navigation| navigation.get().cloned())
}

/// Starts the navigation: the address decides what is shown, and links are prefetched before the
/// click.
pub(super) fn start(signals: Signals) -> Controls {
    let first = signals.shown.get_untracked();
    let base = first.document.site.base.clone();
    let cache = DocumentCache::new(Http { base: base.clone() }, time::now);
    match page::embedded_document() {
        Some(embedded) => cache.keep(
            query_of(&first.route),
            first.document,
            page_hash(embedded.as_bytes()),
            page::has_api(),
        ),
        // It was loaded just now.
        None => cache.keep_newest(first.document),
    }
    let started = Rc::new(Navigation {
        base,
        cache,
        signals,
        asked: RefCell::new(address::current()),
        latest_request: Cell::default(),
        pending: Cell::default(),
        is_outdated: Cell::default(),
    });
    NAVIGATION.with(|navigation| _ = navigation.set(Rc::clone(&started)));
    history::start(|| {
        if let Some(navigation) = navigation() {
            // The suggestion leads to the same part of the page.
            navigation.signals.suggested.notify();
            navigation.follow(&address::current());
        }
    });
    links::watch(on_link);
    // After hydration: the prerendered page has no suggestion.
    spawn(async move {
        signals.suggested.set(started.suggestion());
        started.update_parallel(&address::current());
    });
    Controls {
        retry: |href| {
            if let Some(navigation) = navigation() {
                navigation.retry(href);
            }
        },
        decline: || {
            if let Some(navigation) = navigation() {
                storage::set(suggestion::KEY, "no");
                navigation.signals.suggested.set(None);
                page::focus_heading();
            }
        },
    }
}

/// What a reader does with a link, and their return to the page.
fn on_link(href: &str, pressed: bool) {
    let Some(navigation) = navigation() else {
        return;
    };
    if href.is_empty() {
        return spawn(navigation.refresh());
    }
    if !pressed {
        return navigation.prefetch(href);
    }
    if href.contains('?') {
        history::use_manual_restoration();
    }
    navigation.follow(href);
}

impl Navigation {
    /// The language of the page that is shown.
    fn lang(&self) -> Lang {
        self.signals
            .shown
            .with_untracked(|shown| shown.route.lang())
    }

    /// Parses an address of this site.
    fn target(&self, href: &str) -> Target {
        Target::parse(href, &self.base)
    }

    /// Whether this address failed to load.
    fn has_failed(&self, path: &str) -> bool {
        self.signals
            .state
            .with_untracked(|state| matches!(state, State::Offer { href, .. } if href == path))
    }

    /// The language to suggest on this visit, if any.
    fn suggestion(&self) -> Option<Lang> {
        let chosen =
            page::referrer_path().is_some_and(|path| match self.target(&path).destination {
                Destination::Page(route) => route.lang() != self.lang(),
                _ => false,
            });
        if chosen || storage::has(suggestion::KEY) {
            return None;
        }
        let tags = page::preferred_languages();
        self.signals
            .shown
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
        let is_shown = |route: &Route| {
            self.signals
                .shown
                .with_untracked(|shown| shown.route == *route)
        };
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
        let query = self
            .signals
            .shown
            .with_untracked(|shown| query_of(&shown.route));
        let known = self.emergency();
        let is_outdated = self.cache.is_outdated(&query).await;
        self.show_newest();
        if self.latest_request.get() == request && !self.pending.get() {
            self.is_outdated.set(is_outdated || self.is_outdated.get());
            let emergency = self.emergency().filter(|new| known.as_ref() != Some(new));
            if let Some(href) = emergency {
                let lang = self.lang();
                let words = words(lang);
                self.signals.state.set(State::Offer {
                    lang,
                    reason: words.new_emergency,
                    action: words.show_emergency,
                    href,
                });
            } else if is_outdated {
                self.signals.state.set(self.update());
            }
        }
    }

    /// Offers another text, where the page has one.
    fn update(&self) -> State {
        if !self.is_outdated.get() {
            return State::Quiet;
        }
        let lang = self.lang();
        let words = words(lang);
        State::Offer {
            lang,
            reason: words.updated_page,
            action: words.show_update,
            href: page::path(),
        }
    }

    /// Where the first emergency of the page stands: `#notice-storm`.
    fn emergency(&self) -> Option<String> {
        let newest = self.signals.newest.get_untracked()?;
        let first = newest.site.notices.first()?;
        (first.level == Level::Emergency).then(|| format!("#{}", first.anchor()))
    }

    /// Shows the newest notices in the language of the page.
    fn show_newest(&self) {
        let shown = self
            .signals
            .shown
            .with_untracked(|shown| Arc::clone(&shown.document));
        let newest = self.cache.newest();
        let newest = newest.filter(|newest| newest.site.lang == shown.site.lang);
        self.signals.newest.set(newest.or(Some(shown)));
    }

    /// Starts a request, which makes earlier ones obsolete. Returns its number.
    fn begin_request(&self) -> u32 {
        let request = self.latest_request.get() + 1;
        self.latest_request.set(request);
        request
    }

    /// Follows a link or a move in the history. Where only the query has changed, the page stays, and
    /// its search or parallel version follows.
    fn follow(self: Rc<Self>, href: &str) {
        let address = href.split('#').next().unwrap_or_default();
        let asked = self.asked.replace(address.to_owned());
        if asked.split('?').next() != address.split('?').next() {
            self.go(href);
        } else if self.has_failed(href) {
            self.retry(href);
        } else if asked != address {
            history::ensure_address(href);
            history::adopt_entry();
            if href.contains('#') {
                history::scroll_to_hash();
            }
            search();
            self.update_parallel(href);
        }
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
            Destination::Unknown(lang) => Route::NotFound(lang.unwrap_or_else(|| self.lang())),
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
                // Only now the address changes. After a move in the history it has done so already.
                history::use_manual_restoration();
                history::ensure_address(&href);
                self.show(answer, parallel, href).await;
                spawn(self.refresh());
            }
        });
    }

    fn set_state(&self, state: State) {
        if self
            .signals
            .state
            .with_untracked(|current| *current != state)
        {
            self.signals.state.set(state);
        }
    }

    /// Says that the page is loading, after [`LOADING_DELAY`] milliseconds without an answer.
    async fn announce_loading(self: Rc<Self>, request: u32) {
        time::sleep(LOADING_DELAY).await;
        if self.pending.get() && self.latest_request.get() == request {
            self.signals.state.set(State::Loading(self.lang()));
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
                if next.route.lang() != self.lang() {
                    self.signals.suggested.set(None);
                    self.signals.frame.set(next.clone());
                }
                self.signals.shown.set(next);
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
                let lang = self.lang();
                self.signals.state.set(failure(&error, lang, href));
            }
        }
    }

    /// Loads and shows the parallel version that the address asks for, or removes the one that is
    /// shown. The article itself stays.
    fn update_parallel(self: Rc<Self>, href: &str) {
        let request = self.begin_request();
        let is_alone = self.signals.parallel.with_untracked(Option::is_none);
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
            let shown = self.signals.shown.get_untracked();
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
                let lang = self.lang();
                (
                    None,
                    State::Offer {
                        lang,
                        reason: words(lang).beside_failed,
                        action: words(lang).retry,
                        href,
                    },
                )
            }
            Some(Ok(document)) => (Some(document), State::Quiet),
            None => (None, State::Quiet),
        };
        if document.is_some() || self.signals.parallel.with_untracked(Option::is_some) {
            self.signals.parallel.set(document);
        }
        self.set_state(state);
    }
}
