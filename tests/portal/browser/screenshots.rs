//! Screenshots of every kind of page for review: `cargo xtask screenshots`.
//!
//! Each page is opened once for all widths and themes. Two browsers run in parallel, and one more
//! for the parts of lists.

mod kinds;
mod sheet;

use super::engine::{Engine, Setup};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::{Upstream, at_root, in_parts};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures_util::future::join_all;
use kinds::Shot;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xtask::pictures::{KINDS, LANGS, THEMES, WIDTHS, variable};

/// The maximum height of a screenshot, in pixels.
const MAX_HEIGHT: u32 = 5000;

/// The number of browsers that share the pages, except for parts of lists.
const BROWSERS: usize = 2;

/// The selected screenshots: those that the environment names, or the defaults.
struct Wanted {
    kinds: Vec<String>,
    langs: Vec<String>,
    widths: Vec<u32>,
    themes: Vec<String>,
}

/// Writes the screenshots, and a contact sheet for each kind of page, into the folder
/// `PORTAL_SCREENSHOTS`.
pub(super) async fn take() {
    let folder = std::env::var_os("PORTAL_SCREENSHOTS")
        .map(PathBuf::from)
        .expect("PORTAL_SCREENSHOTS names a folder");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let wanted = Wanted::read();
    let (own, parts): (Vec<Shot>, Vec<Shot>) = kinds::shots(&at_root().folder, &wanted)
        .into_iter()
        .partition(|shot| shot.kind != "part");
    let mut shares: Vec<Vec<Shot>> = vec![Vec::new(); BROWSERS];
    for (number, shot) in own.into_iter().enumerate() {
        shares[number % BROWSERS].push(shot);
    }
    let mut work: Vec<(Arc<Upstream>, Vec<Shot>)> =
        shares.into_iter().map(|share| (at_root(), share)).collect();
    if !parts.is_empty() {
        work.push((in_parts(), parts));
    }
    work.retain(|(_, share)| !share.is_empty());
    join_all(
        work.into_iter()
            .map(|(site, share)| take_all(site, share, &wanted, &folder)),
    )
    .await;
    for kind in &wanted.kinds {
        sheet::write(&folder, kind, &wanted);
    }
}

/// Takes all screenshots of some pages in one browser.
async fn take_all(site: Arc<Upstream>, shots: Vec<Shot>, wanted: &Wanted, folder: &Path) {
    // The root does not redirect for a language that the portal lacks.
    let setup = Setup {
        languages: Some("fr"),
        ..Setup::default()
    };
    let browser = Browser::with(Engine::Chromium, setup, site).await;
    browser
        .cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
        .await;
    for shot in shots {
        match shot.kind.as_str() {
            "chooser" => browser.open(&shot.path).await,
            "lost" => {
                // The program would redirect to the language that was meant.
                browser.site.inject_fault(".wasm", Fault::Status(404));
                browser.open(&shot.path).await;
                browser.site.clear_faults();
            }
            _ => browser.open_alive(&shot.path).await,
        }
        browser
            .until("what was searched for is there", &shot.settled)
            .await;
        browser
            .run::<()>("for (const picture of document.images) picture.loading = 'eager'")
            .await;
        // A hidden scrollbar must not leave a gutter.
        browser
            .run::<()>("document.documentElement.style.scrollbarGutter = 'auto'")
            .await;
        for theme in &wanted.themes {
            browser
                .cdp("Emulation.setEmulatedMedia", media(theme))
                .await;
            for &width in &wanted.widths {
                let name = format!("{}-{}-{width}-{theme}.png", shot.kind, shot.lang.tag());
                take_one(&browser, width, &folder.join(name)).await;
            }
        }
    }
    browser.finish(&["404"]).await;
}

/// Takes the whole page, or its first [`MAX_HEIGHT`] pixels.
async fn take_one(browser: &Browser, width: u32, file: &Path) {
    let height = if width < 600 { 640 } else { 800 };
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
    browser
        .until(
            "the pictures are there",
            "[...document.images].every((picture) => picture.complete)",
        )
        .await;
    let whole: u32 = browser
        .run("return document.documentElement.scrollHeight")
        .await;
    let clip =
        json!({ "x": 0, "y": 0, "width": width, "height": whole.min(MAX_HEIGHT), "scale": 1 });
    let options = json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true, "clip": clip });
    let answer = browser.cdp("Page.captureScreenshot", options).await;
    let text = answer["data"].as_str().expect("a picture comes as text");
    std::fs::write(
        file,
        BASE64_STANDARD.decode(text).expect("the text is base64"),
    )
    .expect("the picture can be written");
}

fn media(theme: &str) -> serde_json::Value {
    let scheme = if theme == "dark" { "dark" } else { "light" };
    let (contrast, forced) = (theme == "contrast", theme == "forced");
    json!({
        "media": if theme == "print" { "print" } else { "" },
        "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-contrast", "value": if contrast { "more" } else { "no-preference" } },
            { "name": "forced-colors", "value": if forced { "active" } else { "none" } },
        ],
    })
}

impl Wanted {
    fn read() -> Self {
        let list = |option: &str, all: &[&str]| -> Vec<String> {
            let named = std::env::var(variable(option))
                .ok()
                .filter(|names| !names.is_empty());
            named.map_or_else(
                || all.iter().map(|&name| name.to_owned()).collect(),
                |names| split(&names),
            )
        };
        let widths = list("--width", &WIDTHS);
        Self {
            kinds: list("--kind", &KINDS),
            langs: list("--lang", &LANGS),
            widths: widths
                .iter()
                .map(|width| width.parse().expect("a width is a number"))
                .collect(),
            themes: list("--theme", &THEMES[..2]),
        }
    }
}

fn split(names: &str) -> Vec<String> {
    names.split(',').map(str::to_owned).collect()
}
