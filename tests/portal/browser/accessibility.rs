//! axe-core finds no violation on any page.

use super::engine::{Engine, Setup};
use super::environment;
use super::pages::{self, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

/// Checks every kind of page in two languages, for engines that cannot emulate width and colours.
pub(super) async fn axe_finds_nothing(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut found = Findings::default();
    for page in [Lang::Vi, Lang::ZhHans]
        .into_iter()
        .flat_map(|lang| pages::every_kind_in(&at_root().folder, lang))
    {
        browser.open_alive(&page.path).await;
        found.add(&browser, &page.path).await;
    }
    found.judge();
    browser.finish(&["404"]).await;
}

/// Status messages about a failed load and a copied link are accessible.
pub(super) async fn axe_finds_nothing_in_what_the_portal_says(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut found = Findings::default();
    for scheme in ["light", "dark"] {
        emulate(&browser, 360, scheme).await;
        browser.open_alive("vi/port/").await;
        browser.follow_in_vain(&format!("vi/{WITH_HEADLINE}")).await;
        found.add(&browser, &format!("a failure in {scheme}")).await;
        browser.site.clear_faults();
        browser.click(".status-button").await;
        browser
            .until(
                "the article comes",
                "document.querySelector('.share-button')",
            )
            .await;
        browser.click(".share-button").await;
        browser
            .until(
                "the answer is told",
                "document.querySelector('.share-status').textContent",
            )
            .await;
        found
            .add(&browser, &format!("a copied link in {scheme}"))
            .await;
    }
    found.judge();
    browser
        .finish(&["index.json - Failed to load resource"])
        .await;
}

/// The bar that suggests another language is accessible in every language, light and dark.
pub(super) async fn axe_finds_nothing_in_a_suggestion(engine: Engine) {
    let mut found = Findings::default();
    for (languages, shown) in [
        ("vi", Lang::Ja),
        ("en", Lang::Vi),
        ("ko", Lang::En),
        ("ja", Lang::ZhHans),
        ("zh-CN", Lang::Ko),
    ] {
        let setup = Setup {
            languages: Some(languages),
            ..Setup::default()
        };
        let browser = Browser::with(engine, setup, at_root()).await;
        for (width, scheme) in [
            (360, "light"),
            (360, "dark"),
            (1280, "light"),
            (1280, "dark"),
        ] {
            emulate(&browser, width, scheme).await;
            browser
                .open_alive(&format!("{}/{WITH_HEADLINE}", shown.tag()))
                .await;
            browser.find(".suggestion-link").await;
            found
                .add(
                    &browser,
                    &format!("a suggestion in {languages} at {width} in {scheme}"),
                )
                .await;
        }
        browser.finish(&[]).await;
    }
    found.judge();
}

/// Name, emulated media features, and the reader's chosen theme.
pub(super) type Theme = (
    &'static str,
    &'static [(&'static str, &'static str)],
    Option<&'static str>,
);

/// Forced colours, the dark theme as the device prefers it, and the themes that a reader chooses
/// against the device's preference. A preferred theme has the colours of the chosen one
/// (`tests/portal/contrast.rs`).
pub(super) const THEMES: [Theme; 5] = [
    (
        "the dark of the device",
        &[("prefers-color-scheme", "dark")],
        None,
    ),
    (
        "forced colours in the dark",
        &[
            ("forced-colors", "active"),
            ("prefers-color-scheme", "dark"),
        ],
        None,
    ),
    (
        "chosen light",
        &[("prefers-color-scheme", "dark")],
        Some("light"),
    ),
    (
        "chosen dark",
        &[("prefers-color-scheme", "light")],
        Some("dark"),
    ),
    (
        "chosen contrast",
        &[("prefers-color-scheme", "light")],
        Some("contrast"),
    ),
];

/// Emulates a viewport width and a colour scheme.
pub(super) async fn emulate(browser: &Browser, width: u32, scheme: &str) {
    let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.cdp("Emulation.setEmulatedMedia", features).await;
}

/// All rules that axe enables by default.
const EVERYTHING: &str = "{}";
/// The rules about colours. The first demands 7 to 1 (WCAG 1.4.6) and is disabled by default.
pub(super) const CONTRAST: &str =
    "{ runOnly: ['color-contrast-enhanced', 'color-contrast', 'link-in-text-block'] }";

/// Faults, such as axe's violations (rule and element), each with the pages that have it.
#[derive(Default)]
pub(super) struct Findings(BTreeMap<String, Vec<String>>);

impl Findings {
    /// Runs axe's default rules on the current page.
    pub(super) async fn add(&mut self, browser: &Browser, place: &str) {
        self.look(browser, place, EVERYTHING).await;
    }

    /// Runs axe with the given options.
    pub(super) async fn look(&mut self, browser: &Browser, place: &str, options: &str) {
        if !browser.run::<bool>("return 'axe' in window").await {
            let axe = fs::read_to_string(environment::file("PORTAL_AXE")).expect("axe can be read");
            browser.run::<Value>(&format!("{axe}; return null")).await;
        }
        let script = r"
            const done = arguments[arguments.length - 1];
            // What fades from one colour to another has neither yet.
            const still = () => Promise.all(document.getAnimations().map(({ finished }) => finished));
            const run = () => axe.run(document, { resultTypes: ['violations'], ...OPTIONS });
            const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
            frame().then(still).then(run).then(
                ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
                    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any.map(({ message }) => message).join('; ')}`))),
                (error) => done([`axe stopped: ${error}`]),
            );
        ";
        let script = script.replace("OPTIONS", options);
        let answer = browser.driver.execute_async(script, Vec::new()).await;
        let answer = answer.unwrap_or_else(|error| panic!("axe on {place}: {error}"));
        for finding in answer
            .convert::<Vec<String>>()
            .expect("axe's findings are texts")
        {
            self.0.entry(finding).or_default().push(place.to_owned());
        }
    }

    /// Adds what something else than axe has found on a page.
    pub(super) fn note(&mut self, place: &str, faults: impl IntoIterator<Item = String>) {
        for fault in faults {
            self.0.entry(fault).or_default().push(place.to_owned());
        }
    }

    pub(super) fn judge(&self) {
        let list: Vec<String> = self
            .0
            .iter()
            .map(|(finding, places)| {
                format!(
                    "{finding}\n    on {} pages, first {}",
                    places.len(),
                    places[0]
                )
            })
            .collect();
        assert!(
            list.is_empty(),
            "{} faults:\n{}",
            list.len(),
            list.join("\n")
        );
    }
}
