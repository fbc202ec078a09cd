//! The three browser engines: how each is started, and its capabilities.

use super::child_process::ManagedChild;
use super::environment::file;
use serde_json::{Value, json};
use std::ffi::{OsStr, OsString};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// `WebKitGTK`'s `MiniBrowser`, through its driver, on a virtual display.
    Webkit,
}

/// The browser's default language: one that the portal lacks.
const ANOTHER: &str = "fr";

/// The settings of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Setup {
    /// The browser's preferred languages. `None` is a language that the portal lacks, so that
    /// nothing is suggested.
    pub(super) languages: Option<&'static str>,
    /// Whether scripts of pages are disabled.
    pub(super) without_scripts: bool,
    /// Whether the journey may inspect a page before it has loaded. Chromium only.
    pub(super) while_loading: bool,
    /// Whether the journey needs what Chromium has around its pages, such as prefetching and the cache of
    /// pages that were left. All others run in its headless shell where there is one: the same engine
    /// without windows takes less than half the processor's time.
    pub(super) complete: bool,
}

impl Setup {
    /// The browser's preferred languages.
    pub(super) fn languages(self) -> &'static str {
        self.languages.unwrap_or(ANOTHER)
    }
}

impl Engine {
    /// Starts the driver and waits until it accepts connections. `folder` is its home and temporary
    /// folder. Returns the driver's address as well.
    pub(super) fn start_driver(self, folder: &Path) -> (ManagedChild, String) {
        let port = free_port();
        let given = format!("--port={port}");
        let (program, mut arguments): (_, Vec<OsString>) = match self {
            Self::Chromium => (file("PORTAL_CHROMEDRIVER"), vec![]),
            Self::Firefox => (file("PORTAL_GECKODRIVER"), vec![]),
            Self::Webkit => {
                let driver = file("PORTAL_WEBKITDRIVER");
                (
                    "xvfb-run".into(),
                    vec![
                        "-a".into(),
                        "-s".into(),
                        "-screen 0 1600x1200x24".into(),
                        driver.into(),
                    ],
                )
            }
        };
        arguments.push(given.into());
        let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
        let environment = [
            ("TMPDIR", folder.as_os_str()),
            ("HOME", folder.as_os_str()),
            // Without a graphics card, layers that are put together by OpenGL take half the time of a
            // page in WebKit.
            ("WEBKIT_DISABLE_COMPOSITING_MODE", OsStr::new("1")),
        ];
        let driver = ManagedChild::start(program.as_os_str(), &arguments, &environment);
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{self:?}'s driver does not answer: {:?}",
                driver.output_lines()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        (driver, format!("http://127.0.0.1:{port}"))
    }

    /// The `WebDriver` capabilities of a session.
    pub(super) fn capabilities(self, setup: Setup) -> Value {
        match self {
            Self::Chromium => chromium(setup),
            Self::Firefox => firefox(setup),
            Self::Webkit => webkit(setup),
        }
    }
}

fn chromium(setup: Setup) -> Value {
    let languages = setup.languages();
    json!({
        "browserName": "chrome",
        "pageLoadStrategy": if setup.while_loading { "none" } else { "normal" },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": chromium_binary(setup),
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--window-size=1280,900", format!("--accept-lang={languages}"),
            ],
            "prefs": { "intl.accept_languages": languages },
        },
    })
}

/// Chromium, or its headless shell.
fn chromium_binary(setup: Setup) -> PathBuf {
    match std::env::var_os("PORTAL_CHROMIUM_SHELL") {
        Some(shell) if !setup.complete && !shell.is_empty() => file("PORTAL_CHROMIUM_SHELL"),
        _ => file("PORTAL_CHROMIUM"),
    }
}

fn firefox(setup: Setup) -> Value {
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": file("PORTAL_FIREFOX"),
            "args": ["-headless", "--width=1280", "--height=900"],
            "prefs": {
                "intl.accept_languages": setup.languages(),
                "javascript.enabled": !setup.without_scripts,
                "dom.events.testing.asyncClipboard": true,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
            },
        },
    })
}

fn webkit(setup: Setup) -> Value {
    let mut arguments = vec!["--automation"];
    if setup.without_scripts {
        // The driver's own scripts still run.
        arguments.push("--enable-javascript-markup=false");
    }
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": { "binary": file("PORTAL_MINIBROWSER"), "args": arguments },
    })
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("the port is bound").port()
}
