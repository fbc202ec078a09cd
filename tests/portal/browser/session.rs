//! A browser session: it opens addresses, clicks, runs scripts, and asserts at the end that no
//! error occurred.

use super::engine::{Engine, Setup};
use super::pool::{self, Running, Slot};
use super::proxy::Proxy;
use super::upstream::{self, Upstream};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use thirtyfour::WebElement;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

/// The timeout of each wait. It costs nothing unless a test fails, so it is far longer than the
/// slowest machine needs.
const TIMEOUT: Duration = Duration::from_secs(90);

/// How long publishing may take on a machine that is busy.
const PUBLISHING: Duration = Duration::from_secs(400);

/// A sign of a reader without other effects. `lazy_start` tests the signs that readers give.
const SIGN: &str = "dispatchEvent(new Event('wheel'))";

/// A session with its own origin, and so with empty storage.
pub(super) struct Browser {
    /// Its engine.
    pub(super) engine: Engine,
    /// The `WebDriver` session.
    pub(super) driver: WebDriver,
    /// The proxy that it connects to.
    pub(super) site: Proxy,
    /// The folder of the site's files.
    pub(super) folder: PathBuf,
    // Fields are dropped in this order.
    running: Running,
    slot: Slot,
}

impl Browser {
    /// Takes a browser for the site at the root.
    pub(super) async fn start(engine: Engine) -> Self {
        Self::with(engine, Setup::default(), upstream::at_root()).await
    }

    /// Takes a browser with all that it has around its pages (see [`Setup::complete`]), for the site at
    /// the root.
    pub(super) async fn complete(engine: Engine) -> Self {
        let setup = Setup {
            complete: engine == Engine::Chromium,
            ..Setup::default()
        };
        Self::with(engine, setup, upstream::at_root()).await
    }

    /// Takes a browser with these settings, for this site.
    pub(super) async fn with(engine: Engine, setup: Setup, site: Arc<Upstream>) -> Self {
        let slot = pool::slot().await;
        let running = Running::take(engine, setup, &slot).await;
        let folder = site.folder.clone();
        let site = Proxy::new(site);
        if engine == Engine::Webkit {
            // MiniBrowser takes its language from the machine's locale, and a machine may have just
            // one.
            let list = setup.languages().split(',').collect::<Value>();
            site.before_every_page(&format!(
                "Object.defineProperty(Navigator.prototype, 'languages', {{ get: () => {list} }});"
            ));
        }
        Self {
            engine,
            driver: running.driver.clone(),
            site,
            folder,
            running,
            slot,
        }
    }

    /// Ends the session, and asserts that it reported no errors except lines that contain one of
    /// these texts.
    pub(super) async fn finish(self, expected: &[&str]) {
        let errors = self.errors().await;
        let unexpected = |line: &&String| !expected.iter().any(|text| line.contains(text));
        let unexpected: Vec<&String> = errors.iter().filter(unexpected).collect();
        assert!(
            unexpected.is_empty(),
            "{:?} reports:\n{unexpected:#?}",
            self.engine
        );
        let Self { running, slot, .. } = self;
        running.give_back().await;
        drop(slot);
    }

    /// The errors so far, from the recorder and, in Chromium, from the browser's log.
    async fn errors(&self) -> Vec<String> {
        let mut errors = self.site.errors();
        if self.engine == Engine::Chromium {
            let log = self
                .driver
                .browser_log()
                .await
                .expect("chromedriver hands out the log");
            errors.extend(
                log.into_iter()
                    .map(|entry| format!("{}: {}", entry.level, entry.message)),
            );
        }
        errors
    }

    /// Opens a path below the site's base as if it was typed into the address bar.
    pub(super) async fn open(&self, path: &str) {
        let address = self.site.address(&format!("{}{path}", self.site.base));
        self.driver
            .goto(address.as_str())
            .await
            .unwrap_or_else(|error| panic!("{address} does not open: {error}"));
    }

    /// Opens a path, gives a sign of a reader, and waits until the program is ready.
    pub(super) async fn open_alive(&self, path: &str) {
        self.open(path).await;
        self.alive(path).await;
    }

    /// Gives a sign of a reader, and waits until the program is ready.
    pub(super) async fn alive(&self, path: &str) {
        let alive = format!("({SIGN}, document.documentElement.dataset.app === 'ready')");
        self.until(&format!("{path} comes alive"), &alive).await;
    }

    /// Gives a sign of a reader, which makes the page load the program.
    pub(super) async fn sign(&self) {
        self.run::<()>(SIGN).await;
    }

    /// Runs a script and returns its result.
    pub(super) async fn run<T: DeserializeOwned>(&self, script: &str) -> T {
        let value = self
            .driver
            .execute(script, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{script}\n{error}"));
        value
            .convert()
            .unwrap_or_else(|error| panic!("{script}\nreturned something else: {error}"))
    }

    /// Waits until an expression is true. An error counts as false, because the page may be
    /// changing.
    pub(super) async fn until(&self, what: &str, expression: &str) {
        self.until_within(TIMEOUT, what, expression).await;
    }

    /// The same for what follows a publishing, which works through pictures and compresses pages.
    pub(super) async fn until_published(&self, expression: &str) {
        self.until_within(PUBLISHING, "it is published", expression)
            .await;
    }

    async fn until_within(&self, limit: Duration, what: &str, expression: &str) {
        let begun = Instant::now();
        let script = format!("return Boolean({expression})");
        loop {
            if let Ok(value) = self.driver.execute(script.as_str(), Vec::new()).await
                && value.json() == &Value::Bool(true)
            {
                return;
            }
            let engine = self.engine;
            let late = begun.elapsed() > limit;
            assert!(
                !late,
                "{engine:?}: waited in vain until {what}: {expression}\n{}",
                self.situation().await
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until the address has this path and the page's heading begins with this text.
    pub(super) async fn until_shown(&self, path: &str, heading: &str) {
        let expression = format!(
            "location.pathname === {} && document.querySelector('main h1')?.textContent.startsWith({})",
            Value::from(format!("{}{path}", self.site.base)),
            Value::from(heading),
        );
        self.until(&format!("{path} shows “{heading}”"), &expression)
            .await;
    }

    /// Waits until paths with this suffix were requested, and returns them.
    pub(super) async fn until_requested(&self, end: &str) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let paths = self.site.requested_paths(end);
            if !paths.is_empty() {
                return paths;
            }
            assert!(
                begun.elapsed() < TIMEOUT,
                "{end} is not asked for\n{}",
                self.situation().await
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The state of page and driver, for a message.
    async fn situation(&self) -> String {
        let script = "return [location.href, document.documentElement.dataset.app, document.title, \
            document.querySelector('main h1')?.textContent, document.querySelector('.status')?.textContent, scrollY, document.documentElement.scrollHeight, history.length, history.state]";
        let page: Value = match self.driver.execute(script, Vec::new()).await {
            Ok(value) => value.json().clone(),
            Err(error) => Value::String(error.to_string()),
        };
        let lines = self.running.output_lines();
        let last = &lines[lines.len().saturating_sub(5)..];
        format!(
            "page: {page}\nerrors: {:#?}\nthe driver's last words: {last:#?}",
            self.errors().await
        )
    }

    /// Waits for the first element that matches the selector.
    pub(super) async fn find(&self, selector: &str) -> WebElement {
        let found = self
            .driver
            .query(By::Css(selector))
            .wait(TIMEOUT, Duration::from_millis(50))
            .first()
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {selector}: {error}\n{}", self.situation().await),
        }
    }

    /// Clicks on the first element that matches the selector, as a pointer does. An element that
    /// cannot be clicked yet, for example because the page moves away from under the pointer, is
    /// tried again: the driver has then clicked nothing.
    pub(super) async fn click(&self, selector: &str) {
        let begun = Instant::now();
        loop {
            let element = self.find(selector).await;
            let Err(error) = element.click().await else {
                return;
            };
            let early = matches!(
                error.as_inner(),
                WebDriverErrorInner::ElementNotInteractable(_)
                    | WebDriverErrorInner::ElementClickIntercepted(_)
            );
            assert!(
                early && begun.elapsed() < TIMEOUT,
                "{selector} cannot be clicked: {error}\n{}\n{}",
                self.where_it_is(selector).await,
                self.situation().await
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Where an element is, and what lies over it, for a message.
    async fn where_it_is(&self, selector: &str) -> Value {
        let script = format!(
            "const all = document.querySelectorAll({}); const place = all[0].getBoundingClientRect(); \
             const over = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2); \
             return [all.length, place.toJSON(), innerWidth, innerHeight, over?.outerHTML.slice(0, 200), \
             all[0].closest('details')?.open]",
            Value::from(selector)
        );
        match self.driver.execute(&script, Vec::new()).await {
            Ok(value) => value.json().clone(),
            Err(error) => Value::String(error.to_string()),
        }
    }

    /// Scrolls an element into view as the keyboard does: clear of the bar at the window's lower
    /// edge.
    pub(super) async fn bring_into_view(&self, selector: &str) {
        let script = format!(
            "document.querySelector({}).scrollIntoView({{ block: 'nearest' }})",
            Value::from(selector)
        );
        self.run::<()>(&script).await;
    }

    /// Clicks on the link that leads to a path.
    pub(super) async fn follow(&self, path: &str) {
        self.click(&format!("a[href=\"{}{path}\"]", self.site.base))
            .await;
    }

    /// Sends a command of the Chrome `DevTools` Protocol.
    pub(super) async fn cdp(&self, command: &str, arguments: Value) -> Value {
        self.driver
            .cdp()
            .send_raw(command, arguments)
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}
