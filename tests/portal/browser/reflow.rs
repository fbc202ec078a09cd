//! Layout that adapts to the reader: zoom of 400 %, text spacing, target size, reduced motion.

use super::accessibility::Findings;
use super::engine::Engine;
use super::session::Browser;
use super::upstream::at_root;
use super::walk;
use model::Lang;
use serde_json::json;
use std::time::Duration;

/// The measuring functions, which run in the page.
const MEASURES: &str = include_str!("measures.js");

/// The viewport of 1280 × 1024 pixels at a zoom of 400 % (WCAG 1.4.10).
pub(super) const FOUR_TIMES: (u32, u32) = (320, 256);

/// What is wrong with a layout in any window.
pub(super) const LAYOUT: [&str; 3] = ["sideways", "clipped", "overlapping"];
/// What is wrong with targets: they have 24 × 24 pixels or enough spacing (WCAG 2.5.8), and nothing
/// covers them.
pub(super) const TARGETS: [&str; 2] = ["small", "colliding"];

/// Nothing moves by itself. With reduced motion no element has a transition or an animation either.
pub(super) async fn nothing_moves_by_itself(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut faults = Findings::default();
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
        faults.note(
            &page.path,
            before
                .iter()
                .zip(&after)
                .filter(|(one, other)| one != other)
                .map(|(_, now)| now.clone()),
        );
        assert_eq!(before.len(), after.len(), "{} changes by itself", page.path);
        look(&mut faults, &browser, &page.path, &["moving"]).await;
        motion(&browser, "reduce").await;
        let place = format!("{} with less motion", page.path);
        look(&mut faults, &browser, &place, &["moving", "wouldMove"]).await;
    }
    faults.judge();
    browser.finish(&["404"]).await;
}

async fn motion(browser: &Browser, wanted: &str) {
    let features = json!({ "features": [{ "name": "prefers-reduced-motion", "value": wanted }] });
    browser.cdp("Emulation.setEmulatedMedia", features).await;
}

/// Notes what measuring functions find on the current page, which `place` names.
pub(super) async fn look(found: &mut Findings, browser: &Browser, place: &str, measures: &[&str]) {
    let calls: Vec<String> = measures.iter().map(|name| format!("...{name}()")).collect();
    let faults: Vec<String> = measure(browser, &format!("[{}]", calls.join(", "))).await;
    found.note(place, faults);
}

/// Runs a measuring function in the page.
pub(super) async fn measure<T: serde::de::DeserializeOwned>(browser: &Browser, what: &str) -> T {
    browser.run(&format!("{MEASURES}\nreturn {what}")).await
}

/// Faults for the texts in `all` that `left` lacks.
pub(super) fn missing(all: &[String], left: &[String]) -> Vec<String> {
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
