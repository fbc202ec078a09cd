//! Running browsers. Starting one costs as much as a journey, so that a journey that passes leaves
//! its browser to the next one with the same settings.
//!
//! The next journey meets nothing of the last one: it has a new origin, and so empty storage, and a
//! new tab, and so a history of its own and none of the emulated conditions. A browser whose journey
//! failed is ended.

use super::child_process::ManagedChild;
use super::cpu_throttle::CpuThrottle;
use super::engine::{Engine, Setup};
use serde_json::{Value, json};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How many journeys share a browser, so that what it keeps does not grow.
const JOURNEYS: usize = 25;

/// How long a browser may take to end.
const TIMEOUT: Duration = Duration::from_secs(90);

/// How many browsers run at once: one more than the cores, within 2 to 5. A browser waits a
/// quarter of its time for its driver.
static LIMIT: LazyLock<usize> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    (cores + 1).clamp(2, 5)
});

/// The journeys that have a browser.
static SLOTS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(*LIMIT));

/// The browsers without a journey, the longest idle first.
static IDLE: Mutex<Vec<Running>> = Mutex::new(Vec::new());

/// Held while a browser of `WebKit` starts.
static STARTING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The right to have a browser.
pub(super) type Slot = SemaphorePermit<'static>;

/// A browser with its driver.
pub(super) struct Running {
    /// The `WebDriver` session.
    pub(super) driver: WebDriver,
    engine: Engine,
    setup: Setup,
    journeys: usize,
    // Fields are dropped in this order.
    _throttle: Option<CpuThrottle>,
    process: ManagedChild,
    _profile: TempDir,
}

/// Waits until one more browser may run.
pub(super) async fn slot() -> Slot {
    SLOTS.acquire().await.expect("the slots are never closed")
}

impl Running {
    /// A browser with these settings: an idle one, or else a new one.
    pub(super) async fn take(engine: Engine, setup: Setup, _slot: &Slot) -> Self {
        let (found, superfluous) = choose(engine, setup);
        if let Some(browser) = superfluous {
            browser.quit().await;
        }
        let mut browser = match found {
            Some(browser) => browser,
            None => Self::start(engine, setup).await,
        };
        browser.journeys += 1;
        browser
    }

    async fn start(engine: Engine, setup: Setup) -> Self {
        let profile = tempfile::tempdir().expect("a folder can be made");
        // WebKit's driver looks for a free port for its browser, and two that start at once can find
        // the same one: then one of them drives the browser of the other.
        let starting = match engine {
            Engine::Webkit => Some(STARTING.lock().await),
            _ => None,
        };
        let (process, address) = engine.start_driver(profile.path());
        let Value::Object(wanted) = engine.capabilities(setup) else {
            unreachable!("capabilities are an object")
        };
        let session = WebDriver::builder(address, Capabilities::from(wanted))
            .request_timeout(Duration::from_secs(120));
        let driver = match session.await {
            Ok(driver) => driver,
            Err(error) => panic!(
                "{engine:?} does not start: {error}; its driver says {:?}",
                process.output_lines()
            ),
        };
        drop(starting);
        let browser = Self {
            driver,
            engine,
            setup,
            journeys: 0,
            _throttle: CpuThrottle::on(process.id()),
            process,
            _profile: profile,
        };
        browser
            .set_up_tab()
            .await
            .expect("a new tab takes its settings");
        browser
    }

    /// Leaves the browser to the next journey, unless it refuses or has had its number of journeys.
    pub(super) async fn give_back(self) {
        if self.journeys < JOURNEYS && self.renew().await.is_ok() {
            IDLE.lock().unwrap().push(self);
        } else {
            self.quit().await;
        }
    }

    /// All lines that the driver has written so far.
    pub(super) fn output_lines(&self) -> Vec<String> {
        self.process.output_lines()
    }

    /// Opens a new tab, and closes all others.
    async fn renew(&self) -> WebDriverResult<()> {
        let old = self.driver.windows().await?;
        let new = self.driver.new_tab().await?;
        for tab in old {
            self.driver.switch_to_window(tab).await?;
            self.driver.close_window().await?;
        }
        self.driver.switch_to_window(new).await?;
        if self.engine == Engine::Chromium {
            // A tab that is opened later does not get the focus by itself.
            let none = json!({});
            self.driver
                .cdp()
                .send_raw("Page.bringToFront", none)
                .await?;
            // What the closed tabs still wrote.
            self.driver.browser_log().await?;
        }
        self.set_up_tab().await
    }

    /// Gives the current tab the settings that do not belong to the browser.
    async fn set_up_tab(&self) -> WebDriverResult<()> {
        if self.engine == Engine::Webkit {
            self.driver.set_window_rect(0, 0, 1280, 900).await?;
        }
        if self.engine == Engine::Chromium && self.setup.without_scripts {
            self.driver
                .cdp()
                .send_raw(
                    "Emulation.setScriptExecutionDisabled",
                    json!({ "value": true }),
                )
                .await?;
        }
        Ok(())
    }

    async fn quit(self) {
        let _ = tokio::time::timeout(TIMEOUT, self.driver.clone().quit()).await;
    }
}

/// The idle browser with these settings, and one to end if there is none and one more would be too
/// many.
fn choose(engine: Engine, setup: Setup) -> (Option<Running>, Option<Running>) {
    let mut idle = IDLE.lock().unwrap();
    let fits = |browser: &Running| browser.engine == engine && browser.setup == setup;
    match idle.iter().rposition(fits) {
        Some(index) => (Some(idle.remove(index)), None),
        None if idle.len() >= *LIMIT => (None, Some(idle.remove(0))),
        None => (None, None),
    }
}
