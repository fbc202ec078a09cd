//! From a request to a response.

use crate::build::reload::PREVIEW_PATH;
use crate::hosting::own_address;
use crate::hosting::policy::CROSS_ORIGIN;
use crate::hosting::serve::host_check::{HostCheck, check_host};
use crate::hosting::serve::response::{FullResponse, empty, of_file, put};
use crate::hosting::serve::site::{Resolution, redirect};
use crate::live::answer::{Page, keep_briefly};
use crate::live::counter::Counter;
use crate::live::generation::{Ask, Generation, Made, Unmade};
use crate::live::metrics::{From, MEDIA_TYPE, Metrics};
use crate::live::polish::Polisher;
use crate::live::status::{Trouble, health};
use crate::live::store::Store;
use crate::live::{Settings, log, reading};
use hyper::body::{Body, Bytes};
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    HeaderName, HeaderValue, RETRY_AFTER, X_FRAME_OPTIONS,
};
use hyper::{HeaderMap, Method, Request, StatusCode};
use model::Lang;
use model::route::{CARDS, Destination, Route};
use moka::future::Cache;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::watch;
use tokio::time::timeout;

/// How long a request waits for the next content where the present one has changed under it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a page of a preview waits for a change before it asks again.
const PREVIEW_PATIENCE: Duration = Duration::from_secs(25);

/// What readers get while there is nothing else: no page can be made without content.
const NOT_YET: &str = "Trang tạm thời chưa hiển thị được. Xin thử lại sau giây lát.\n\
    This page is not available just now. Please try again in a moment.\n\
    지금은 페이지를 표시할 수 없습니다. 잠시 후 다시 시도해 주십시오.\n\
    現在このページを表示できません。しばらくしてからもう一度お試しください。\n\
    本页暂时无法显示，请稍后再试。\n";

/// A page in memory: of which generation, and its path below the site's base.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    generation: u64,
    path: String,
}

/// Answers requests.
pub(super) struct Service {
    base: String,
    log_requests: bool,
    is_preview: bool,
    /// The origin of the desk in which pages stand, where they do.
    framed_by: Option<String>,
    /// Counts up whenever another content, or another trouble with it, is there.
    state: watch::Sender<u64>,
    /// The number of the present generation is told to whoever waits for it.
    current: watch::Sender<Option<Arc<Generation>>>,
    trouble: RwLock<Option<Trouble>>,
    pages: Cache<Key, Arc<Page>>,
    metrics: Metrics,
    /// Counts views, where the content has chosen it.
    counter: OnceLock<Arc<Counter>>,
    /// Makes copies smaller that are sent often, where readers are served.
    polisher: OnceLock<Polisher>,
    /// Whether the counts are to be shown now.
    is_to_count: AtomicBool,
    is_closing: AtomicBool,
    /// Has the content looked at.
    wake: Mutex<Sender<()>>,
}

/// A part of a site that is made on demand.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// A page, and which of its files.
    File(Route, String),
    /// A share card.
    Card,
    /// Nothing of the kind.
    Other,
}

/// Why there is no page.
enum Missing {
    Nothing,
    Unmade(Unmade),
}

impl Service {
    /// A service without content yet. A message to `wake` has the content looked at.
    pub(super) fn new(settings: &Settings, wake: Sender<()>) -> Self {
        let pages = Cache::builder()
            .max_capacity(settings.memory)
            .weigher(|_: &Key, page: &Arc<Page>| page.weight())
            .support_invalidation_closures()
            .build();
        Self {
            base: settings.options.base.clone(),
            log_requests: settings.log_requests,
            is_preview: settings.is_preview,
            framed_by: settings.framed_by.clone(),
            state: watch::Sender::new(1),
            current: watch::Sender::new(None),
            trouble: RwLock::default(),
            pages,
            metrics: Metrics::new(),
            counter: OnceLock::new(),
            polisher: OnceLock::new(),
            is_to_count: AtomicBool::new(false),
            is_closing: AtomicBool::new(false),
            wake: Mutex::new(wake),
        }
    }

    /// The counts.
    pub(super) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Has the content looked at now.
    pub(super) fn look(&self) {
        let wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = wake.send(());
    }

    /// Has the content looked at now, and shows the views that were counted up to now.
    pub(super) fn look_and_count(&self) {
        self.is_to_count.store(true, Ordering::Relaxed);
        self.look();
    }

    /// Whether somebody asked for the counts since this was asked last.
    pub(super) fn is_to_count(&self) -> bool {
        self.is_to_count.swap(false, Ordering::Relaxed)
    }

    /// What counts views; begins with it where it does not yet.
    pub(super) fn counter(&self, start: impl FnOnce() -> Arc<Counter>) -> Arc<Counter> {
        Arc::clone(self.counter.get_or_init(start))
    }

    /// From now on copies that are sent often become smaller, in memory and in the store.
    pub(super) fn polish(&self, store: &Arc<Store>) {
        if let Some(polisher) = Polisher::start(Arc::clone(store)).filter(|_| !self.is_preview) {
            let _ = self.polisher.set(polisher);
        }
    }

    /// Writes the views that are only in memory.
    pub(super) fn end_counting(&self) {
        if let Some(counter) = self.counter.get() {
            counter.end();
        }
    }

    /// Counts a view, where the answer to a request is one.
    fn count(
        &self,
        generation: &Generation,
        below: &str,
        asked: (&Method, &HeaderMap),
        status: StatusCode,
    ) {
        let Some(counter) = self.counter.get().filter(|_| generation.frame.counts_views) else {
            return;
        };
        if let Wanted::File(route, file) = Wanted::of(below)
            && let Route::Article(_, section, slug) = &route
            && reading::is_read(&route, &file, asked.0, asked.1, status)
        {
            counter.note(format!("{section}/{slug}"));
        }
    }

    /// From now on load balancers send nobody here any more.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
    }

    /// Serves another generation from now on.
    pub(super) fn take(&self, generation: Arc<Generation>) {
        let number = generation.number;
        self.metrics.generations.inc();
        let articles = generation.frame.articles.unwrap_or_default();
        self.metrics
            .articles
            .set(i64::try_from(articles).unwrap_or(i64::MAX));
        self.current.send_replace(Some(generation));
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.state.send_modify(|state| *state += 1);
        // The last generation's pages are looked at once more, because most of them stay the same.
        let _ = self
            .pages
            .invalidate_entries_if(move |key, _| key.generation + 1 < number);
    }

    /// Notes that content could not be taken over. Returns whether that is news.
    pub(super) fn refuse(&self, why: &str) -> bool {
        self.metrics.refusals.inc();
        let mut trouble = self.trouble.write().unwrap_or_else(PoisonError::into_inner);
        if trouble.as_ref().is_some_and(|known| known.why == why) {
            return false;
        }
        *trouble = Some(Trouble {
            why: why.to_owned(),
            since: SystemTime::now(),
        });
        self.state.send_modify(|state| *state += 1);
        true
    }

    /// What is there, as soon as that is something else than is known.
    pub(super) async fn news(&self, known: &str) -> Value {
        let mut state = self.state.subscribe();
        let known = known.parse::<u64>().ok();
        // A page that went away is forgotten with its connection; one that stays asks again.
        let is_news = |state: &u64| Some(*state) != known;
        let _ = timeout(PREVIEW_PATIENCE, state.wait_for(is_news)).await;
        let trouble = self.trouble.read().unwrap_or_else(PoisonError::into_inner);
        json!({
            "state": *self.state.borrow(),
            "generation": self.generation().map(|generation| generation.number),
            "trouble": trouble.as_ref().map(|trouble| &trouble.why),
        })
    }

    /// Whether there is a page at a path below the site's base.
    pub(super) async fn has(&self, below: &str) -> bool {
        let (Some(generation), Destination::Page(route)) = (self.generation(), Route::parse(below))
        else {
            return false;
        };
        matches!(generation.ask(Ask::Has(route)).await, Ok(Made::There))
    }

    /// Tells a page of a preview what is there, as soon as that is something else than it knows.
    async fn preview(&self, known: &str) -> FullResponse {
        let text = self.news(known).await;
        let mut response = of_file(
            StatusCode::OK,
            "preview.json",
            Bytes::from(text.to_string()),
        );
        put(response.headers_mut(), CACHE_CONTROL, "no-store");
        response
    }

    fn generation(&self) -> Option<Arc<Generation>> {
        self.current.borrow().clone()
    }

    /// The response to an operator: how things are, and the counts.
    pub(super) fn respond_to_operator<B>(&self, request: &Request<B>) -> FullResponse {
        match request.uri().path() {
            "/metrics" => {
                let kept = i64::try_from(self.pages.weighted_size()).unwrap_or(i64::MAX);
                self.metrics.kept.set(kept);
                let mut response = of_file(StatusCode::OK, "", Bytes::from(self.metrics.text()));
                response
                    .headers_mut()
                    .insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
                response
            }
            path => self
                .probe(path)
                .unwrap_or_else(|| empty(StatusCode::NOT_FOUND, None)),
        }
    }

    /// What load balancers ask; `None` for any other path.
    fn probe(&self, path: &str) -> Option<FullResponse> {
        let generation = self.generation();
        match path {
            "/healthz" => {
                let trouble = self.trouble.read().unwrap_or_else(PoisonError::into_inner);
                let views = self.counter.get().and_then(|counter| counter.trouble());
                let text = health(generation.as_deref(), trouble.as_ref(), views.as_ref());
                let text = text.to_string();
                Some(of_file(StatusCode::OK, "healthz.json", Bytes::from(text)))
            }
            "/readyz" => {
                let is_ready = generation.is_some() && !self.is_closing.load(Ordering::Relaxed);
                Some(empty(
                    if is_ready {
                        StatusCode::OK
                    } else {
                        StatusCode::SERVICE_UNAVAILABLE
                    },
                    None,
                ))
            }
            _ => None,
        }
    }

    /// The response to a reader.
    pub(super) async fn respond<B>(&self, request: &Request<B>) -> FullResponse {
        let begin = Instant::now();
        let (mut response, from) = self.answer(request).await;
        if let Some(generation) = self.generation() {
            generation.site.embed(response.headers_mut());
            if generation.frame.is_api {
                share(response.headers_mut());
            }
        }
        if let Some(desk) = &self.framed_by {
            frame(response.headers_mut(), desk);
        }
        let took = begin.elapsed();
        let (status, bytes) = (
            response.status().as_u16(),
            response.body().size_hint().exact().unwrap_or_default(),
        );
        self.metrics.answered(status, from, took, bytes);
        if self.log_requests {
            let facts: [(&str, Value); 6] = [
                ("method", json!(request.method().as_str())),
                ("path", json!(request.uri().path())),
                ("status", json!(status)),
                ("bytes", json!(bytes)),
                ("milliseconds", json!(took.as_secs_f64() * 1_000.0)),
                ("from", json!(format!("{from:?}"))),
            ];
            log::event("request", &facts);
        }
        response
    }

    async fn answer<B>(&self, request: &Request<B>) -> (FullResponse, From) {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let refused = empty(StatusCode::METHOD_NOT_ALLOWED, Some((ALLOW, "GET, HEAD")));
            return (refused, From::nothing);
        }
        let path = request.uri().path();
        if self.is_preview {
            match check_host(request) {
                HostCheck::Ours => {}
                HostCheck::Others => {
                    return (empty(StatusCode::MISDIRECTED_REQUEST, None), From::nothing);
                }
                HostCheck::Unclear => {
                    return (empty(StatusCode::BAD_REQUEST, None), From::nothing);
                }
            }
            if path.strip_prefix(&self.base) == Some(PREVIEW_PATH) {
                let known = request.uri().query().unwrap_or_default();
                return (self.preview(known).await, From::memory);
            }
        }
        if let Some(response) = self.probe(path).filter(|_| self.framed_by.is_none()) {
            return (response, From::memory);
        }
        let Some(generation) = self.generation() else {
            return (not_yet(), From::nothing);
        };
        let headers = request.headers();
        let under_base = path.strip_prefix(&self.base);
        let below = under_base.filter(|below| own_address::is_plain(below));
        if let Some(below) = below {
            match self.on_demand(&generation, below, headers).await {
                Ok(Some(answered)) => {
                    let (asked, status) = ((request.method(), headers), answered.0.status());
                    self.count(&generation, below, asked, status);
                    return answered;
                }
                Ok(None) => {}
                Err(unmade) => return (self.failed(&unmade, below), From::nothing),
            }
        }
        let resolution = generation.site.resolve(path);
        if let Some(below) = below.filter(|_| matches!(resolution, Resolution::NotFound(_)))
            && let Some(to) = self.with_slash(&generation, below).await
        {
            let to = format!("{}{to}", self.base);
            return (redirect(&to, request.uri().query()), From::made);
        }
        match resolution {
            Resolution::NotFound(_) => self.not_found(&generation, under_base, headers).await,
            found => {
                let query = request.uri().query();
                let mut response = generation.site.answer(&found, query, headers);
                keep_briefly(response.headers_mut());
                (response, From::disk)
            }
        }
    }

    /// The response where a path leads to what is made on demand; `None` where it does not.
    async fn on_demand(
        &self,
        generation: &Arc<Generation>,
        below: &str,
        headers: &HeaderMap,
    ) -> Result<Option<(FullResponse, From)>, Unmade> {
        let (page, path, file) = match Wanted::of(below) {
            Wanted::Other => return Ok(None),
            Wanted::File(route, file) => (self.page(generation, &route).await, route.path(), file),
            Wanted::Card => {
                let path = below.to_owned();
                (self.card(generation, below).await, path.clone(), path)
            }
        };
        Ok(match page {
            Ok((page, from)) => {
                let response = page.respond(&file, StatusCode::OK, headers);
                if let Some(polisher) = self.polisher.get().filter(|_| page.is_popular()) {
                    polisher.wish(&path, &page);
                }
                response.map(|response| (response, from))
            }
            Err(Missing::Nothing) => None,
            Err(Missing::Unmade(unmade)) => return Err(unmade),
        })
    }

    /// The page at an address. Where the content changed while it was made, the last good one has to
    /// do; where there is none, the next content is waited for.
    async fn page(
        &self,
        generation: &Arc<Generation>,
        route: &Route,
    ) -> Result<(Arc<Page>, From), Missing> {
        let path = route.path();
        let mut news = self.current.subscribe();
        let first = self.page_of(generation, route, &path).await;
        match &first {
            Err(Missing::Unmade(Unmade::Failed(_, last))) => {
                self.look();
                if let Some(last) = last {
                    return Ok((Arc::clone(last), From::stale));
                }
            }
            _ => return first,
        }
        let is_newer = |next: &Option<Arc<Generation>>| {
            next.as_ref()
                .is_some_and(|next| next.number > generation.number)
        };
        let next = match timeout(PATIENCE, news.wait_for(is_newer)).await {
            Ok(Ok(next)) => next.clone(),
            _ => None,
        };
        match next {
            Some(next) => self.page_of(&next, route, &path).await,
            None => first,
        }
    }

    async fn page_of(
        &self,
        generation: &Arc<Generation>,
        route: &Route,
        path: &str,
    ) -> Result<(Arc<Page>, From), Missing> {
        let before = generation.number.checked_sub(1);
        self.made(generation, path, async {
            let before = match before {
                Some(number) => self.kept(number, path).await,
                None => None,
            };
            Ask::Page(route.clone(), before)
        })
        .await
    }

    async fn card(
        &self,
        generation: &Arc<Generation>,
        path: &str,
    ) -> Result<(Arc<Page>, From), Missing> {
        self.made(generation, path, async { Ask::Card(path.to_owned()) })
            .await
    }

    async fn kept(&self, generation: u64, path: &str) -> Option<Arc<Page>> {
        let path = path.to_owned();
        self.pages.get(&Key { generation, path }).await
    }

    /// What is kept under a path, or else what a generation makes. Whoever asks for the same at the
    /// same time gets the same.
    async fn made(
        &self,
        generation: &Arc<Generation>,
        path: &str,
        ask: impl Future<Output = Ask>,
    ) -> Result<(Arc<Page>, From), Missing> {
        let key = Key {
            generation: generation.number,
            path: path.to_owned(),
        };
        if let Some(page) = self.pages.get(&key).await {
            return Ok((page, From::memory));
        }
        let mut from = From::memory;
        let origin = &mut from;
        let making = async move {
            match generation.ask(ask.await).await {
                Ok(Made::Page(page, is_new)) => {
                    *origin = if is_new { From::made } else { From::unchanged };
                    Ok(page)
                }
                Ok(Made::Nothing | Made::There) => Err(None),
                Err(unmade) => Err(Some(unmade)),
            }
        };
        match self.pages.try_get_with(key, making).await {
            Ok(page) => Ok((page, from)),
            Err(missing) => Err(match &*missing {
                None => Missing::Nothing,
                Some(unmade) => Missing::Unmade(unmade.clone()),
            }),
        }
    }

    /// The page that a path without its last slash means, where there is one.
    async fn with_slash(&self, generation: &Generation, below: &str) -> Option<String> {
        if below.is_empty() || below.ends_with('/') {
            return None;
        }
        let slashed = format!("{below}/");
        let Destination::Page(route) = Route::parse(&slashed) else {
            return None;
        };
        match generation.ask(Ask::Has(route)).await {
            Ok(Made::There) => Some(slashed),
            _ => None,
        }
    }

    /// The page that says that nothing is there, in the language of the path.
    async fn not_found(
        &self,
        generation: &Arc<Generation>,
        below: Option<&str>,
        headers: &HeaderMap,
    ) -> (FullResponse, From) {
        let lang = below
            .and_then(|below| below.split_once('/'))
            .and_then(|(tag, _)| Lang::from_tag(tag));
        if let Some(lang) = lang {
            let route = Route::NotFound(lang);
            if let Ok((page, from)) = self.page(generation, &route).await
                && let Some(response) = page.respond(&route.file(), StatusCode::NOT_FOUND, headers)
            {
                return (response, from);
            }
        }
        let page = Resolution::NotFound("404.html".to_owned());
        (generation.site.answer(&page, None, headers), From::disk)
    }

    fn failed(&self, unmade: &Unmade, below: &str) -> FullResponse {
        let why = match unmade {
            Unmade::Busy => "too many requests wait for a page",
            Unmade::Failed(why, _) => why,
            Unmade::Panicked => {
                self.metrics.panics.inc();
                "a mistake of the program prevented it"
            }
        };
        log::event(
            "page not made",
            &[("path", json!(below)), ("why", json!(why))],
        );
        not_yet()
    }
}

/// Lets pages of other origins read a response: all of it is public, and nobody is asked who they are.
fn share(headers: &mut HeaderMap) {
    put(headers, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    put(headers, policy, CROSS_ORIGIN);
}

/// Lets a page stand in the desk, and in nothing else.
fn frame(headers: &mut HeaderMap, desk: &str) {
    headers.remove(X_FRAME_OPTIONS);
    let policy = headers.get(CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|policy| policy.to_str().ok());
    let policy = policy
        .unwrap_or_default()
        .replace("frame-ancestors 'none'", &format!("frame-ancestors {desk}"));
    put(headers, CONTENT_SECURITY_POLICY, &policy);
}

/// The response while there is nothing to show.
fn not_yet() -> FullResponse {
    let mut response = of_file(
        StatusCode::SERVICE_UNAVAILABLE,
        "later.txt",
        Bytes::from_static(NOT_YET.as_bytes()),
    );
    put(response.headers_mut(), RETRY_AFTER, "2");
    put(response.headers_mut(), CACHE_CONTROL, "no-store");
    response
}

impl Wanted {
    /// What a path below the site's base wants.
    fn of(below: &str) -> Self {
        if below.starts_with(CARDS) {
            return Self::Card;
        }
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        let of_not_found = |lang: Lang| {
            let route = Route::NotFound(lang);
            [route.file(), route.document()].contains(&below.to_owned())
        };
        if let Some(lang) = Lang::from_tag(folder).filter(|&lang| of_not_found(lang)) {
            return Self::File(Route::NotFound(lang), below.to_owned());
        }
        // The page itself stands at its folder; its file's own name leads there.
        match Route::parse(&format!("{folder}/")) {
            Destination::Page(route) if name.is_empty() => {
                let file = route.file();
                Self::File(route, file)
            }
            Destination::Page(route) if name != "index.html" => Self::File(route, below.to_owned()),
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_page_lead_to_it() {
        for (path, wanted) in [
            ("vi/", Some(("vi/", "vi/index.html"))),
            ("vi/index.json", Some(("vi/", "vi/index.json"))),
            ("vi/port/a/", Some(("vi/port/a/", "vi/port/a/index.html"))),
            ("vi/port/a/qr.svg", Some(("vi/port/a/", "vi/port/a/qr.svg"))),
            ("vi/404.html", Some(("vi/404.html", "vi/404.html"))),
            ("vi/404.json", Some(("vi/404.html", "vi/404.json"))),
            ("vi/feed.xml", Some(("vi/", "vi/feed.xml"))),
            ("vi/port/a/index.html", None),
            ("vi/port/a/b/c/", None),
            ("kr/", None),
            ("", None),
            ("index.html", None),
            ("404.html", None),
            ("assets/app-1.js", None),
        ] {
            let got = match Wanted::of(path) {
                Wanted::File(route, file) => Some((route.path(), file)),
                _ => None,
            };
            let got = got
                .as_ref()
                .map(|(route, file)| (route.as_str(), file.as_str()));
            assert_eq!(got, wanted, "{path}");
        }
        assert_eq!(Wanted::of("cards/vi/portal.png"), Wanted::Card);
    }
}
