//! Layout that adapts to the reader: zoom of 400 %, text spacing, target size, reduced motion.

use super::engine::Engine;
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use super::walk;
use model::Lang;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// The measuring functions, which run in the page.
const MEASURES: &str = include_str!("measures.js");

/// The viewport of 1280 × 1024 pixels at a zoom of 400 % (WCAG 1.4.10).
const FOUR_TIMES: (u32, u32) = (320, 256);
const DESKTOP: (u32, u32) = (1280, 1024);

/// What is wrong with a layout in any window.
const LAYOUT: [&str; 3] = ["sideways", "clipped", "overlapping"];
/// What is wrong with targets: they have 24 × 24 pixels or enough spacing (WCAG 2.5.8), and nothing
/// covers them.
const TARGETS: [&str; 2] = ["small", "colliding"];

/// Every page fits every window: at a zoom of 400 % it has all its desktop content and scrolls in one
/// direction only; every target is large enough; with the reader's own spacing of lines, paragraphs,
/// letters and words (WCAG 1.4.12) no text is cut off or overlaps another. A page is loaded once for all
/// of it.
pub(super) async fn every_page_fits_every_window(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut faults = Faults::default();
    for page in Lang::ALL
        .into_iter()
        .flat_map(|lang| walk::every_page(&at_root().folder, lang))
    {
        let path = &page.path;
        resize(&browser, DESKTOP).await;
        walk::open(&browser, &page).await;
        let all: Vec<String> = measure(&browser, "content()").await;
        assert!(all.len() > 20, "{path} has {} texts", all.len());
        faults
            .look(&browser, &format!("{path} at 1280"), &TARGETS)
            .await;
        resize(&browser, (320, 640)).await;
        faults
            .look(&browser, &format!("{path} at 320"), &TARGETS)
            .await;
        resize(&browser, FOUR_TIMES).await;
        let left: Vec<String> = measure(&browser, "content()").await;
        let at = format!("{path} at 400 %");
        faults.add(&at, missing(&all, &left));
        faults.look(&browser, &at, &LAYOUT).await;
        measure::<()>(&browser, "spread()").await;
        for (width, height) in [(360, 640), DESKTOP] {
            resize(&browser, (width, height)).await;
            let place = format!("{path} spread at {width}");
            faults.look(&browser, &place, &LAYOUT).await;
            faults.look(&browser, &place, &["colliding"]).await;
        }
    }
    browser.site.inject_fault(".wasm", Fault::Status(404));
    resize(&browser, FOUR_TIMES).await;
    for path in walk::WITHOUT_LANGUAGE {
        browser.open(path).await;
        faults.look(&browser, &format!("/{path}"), &LAYOUT).await;
        faults.look(&browser, &format!("/{path}"), &TARGETS).await;
    }
    faults.judge();
    browser.finish(&["404"]).await;
}

/// Nothing moves by itself. With reduced motion no element has a transition or an animation either.
pub(super) async fn nothing_moves_by_itself(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut faults = Faults::default();
    for page in walk::every_page(&at_root().folder, Lang::Ja) {
        motion(&browser, "no-preference").await;
        walk::open(&browser, &page).await;
        browser
            .until(
                "the pictures are there",
                "[...document.images].every(({ complete, loading }) => complete || loading === 'lazy')",
            )
            .await;
        let before: Vec<String> = measure(&browser, "places()").await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        let after: Vec<String> = measure(&browser, "places()").await;
        faults.add(
            &page.path,
            before
                .iter()
                .zip(&after)
                .filter(|(one, other)| one != other)
                .map(|(_, now)| now.clone()),
        );
        assert_eq!(before.len(), after.len(), "{} changes by itself", page.path);
        faults.look(&browser, &page.path, &["moving"]).await;
        motion(&browser, "reduce").await;
        faults
            .look(
                &browser,
                &format!("{} with less motion", page.path),
                &["moving", "wouldMove"],
            )
            .await;
    }
    faults.judge();
    browser.finish(&["404"]).await;
}

async fn resize(browser: &Browser, (width, height): (u32, u32)) {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
}

async fn motion(browser: &Browser, wanted: &str) {
    let features = json!({ "features": [{ "name": "prefers-reduced-motion", "value": wanted }] });
    browser.cdp("Emulation.setEmulatedMedia", features).await;
}

async fn measure<T: serde::de::DeserializeOwned>(browser: &Browser, what: &str) -> T {
    browser.run(&format!("{MEASURES}\nreturn {what}")).await
}

/// Faults for the texts in `all` that `left` lacks.
fn missing(all: &[String], left: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = left.iter().collect();
    let lost = all
        .iter()
        .filter(|text| match left.iter().position(|other| other == text) {
            Some(place) => {
                left.remove(place);
                false
            }
            None => true,
        });
    lost.map(|text| format!("“{text}” is not seen")).collect()
}

/// Faults, each with the pages that have it.
#[derive(Default)]
struct Faults(BTreeMap<String, Vec<String>>);

impl Faults {
    /// Runs measures on the current page, which `place` names.
    async fn look(&mut self, browser: &Browser, place: &str, measures: &[&str]) {
        let calls: Vec<String> = measures.iter().map(|name| format!("...{name}()")).collect();
        let found: Vec<String> = measure(browser, &format!("[{}]", calls.join(", "))).await;
        self.add(place, found);
    }

    fn add(&mut self, place: &str, faults: impl IntoIterator<Item = String>) {
        for fault in faults {
            self.0.entry(fault).or_default().push(place.to_owned());
        }
    }

    fn judge(&self) {
        let line = |(fault, places): (&String, &Vec<String>)| {
            format!(
                "{fault}\n    on {} pages, first {}",
                places.len(),
                places[0]
            )
        };
        let list: Vec<String> = self.0.iter().map(line).collect();
        assert!(
            list.is_empty(),
            "{} faults:\n{}",
            list.len(),
            list.join("\n")
        );
    }
}
