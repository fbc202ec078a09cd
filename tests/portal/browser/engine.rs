//! The three engines: how each one is started, and what is particular about it.

use super::environment::file;
use super::leash::Leash;
use serde_json::{Value, json};
use std::ffi::{OsStr, OsString};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// `WebKitGTK`'s `MiniBrowser`, through its driver, on a display in memory.
    Webkit,
}

/// The language of a reader of whom nothing else is said.
const ANOTHER: &str = "fr";

/// What a session can have of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setup {
    /// The languages that the reader prefers. Where there are none it is one that the portal does not have, so that
    /// nothing is suggested.
    pub(super) languages: Option<&'static str>,
    /// Whether scripts of pages do not run.
    pub(super) without_scripts: bool,
    /// Whether the driver lets the journey look at a page that is still coming in. For Chromium.
    pub(super) while_loading: bool,
}

impl Setup {
    /// The languages that the reader prefers.
    pub(super) fn languages(self) -> &'static str {
        self.languages.unwrap_or(ANOTHER)
    }
}

impl Engine {
    /// Starts the driver and waits until it takes connections. `folder` is for whatever the browser leaves behind.
    pub(super) fn start_driver(self, folder: &Path) -> (Leash, String) {
        let port = free_port();
        let given = format!("--port={port}");
        let (program, mut arguments): (_, Vec<OsString>) = match self {
            Self::Chromium => (file("PORTAL_CHROMEDRIVER"), vec![]),
            Self::Firefox => (file("PORTAL_GECKODRIVER"), vec![]),
            Self::Webkit => {
                let driver = file("PORTAL_WEBKITDRIVER");
                ("xvfb-run".into(), vec!["-a".into(), "-s".into(), "-screen 0 1600x1200x24".into(), driver.into()])
            }
        };
        arguments.push(given.into());
        let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
        let environment = [("TMPDIR", folder.as_os_str()), ("HOME", folder.as_os_str())];
        let driver = Leash::start(program.as_os_str(), &arguments, &environment);
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{self:?}'s driver does not answer: {:?}",
                driver.said()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        (driver, format!("http://127.0.0.1:{port}"))
    }

    /// What the driver is asked for.
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
            "binary": file("PORTAL_CHROMIUM"),
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--window-size=1280,900", format!("--accept-lang={languages}"),
            ],
            "prefs": { "intl.accept_languages": languages },
        },
    })
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
