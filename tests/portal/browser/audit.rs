//! Every page with everything that is asked of a page as it stands: the text of its file, names for
//! assistive technology, axe, contrast in every theme, targets, zoom, spacing, and size of text.
//!
//! Loading a page costs more than most of these questions, so a page is loaded once for all of them.
//! Each question has its rules where it belongs ([`reflow`], [`accessibility`], …).

use super::accessibility::{self, CONTRAST, Findings};
use super::accessibility_tree;
use super::display_settings::CUT_OFF;
use super::engine::Engine;
use super::hydration;
use super::narrow::{OVERFLOW, SMALL};
use super::pages::Page;
use super::prerendered::Prerendered;
use super::proxy::Fault;
use super::reflow::{self, FOUR_TIMES, LAYOUT, TARGETS, look};
use super::session::Browser;
use super::upstream::at_root;
use super::walk;
use model::Lang;
use serde_json::{Value, json};

/// A language of each script: colours do not depend on the language.
const SCRIPTS: [Lang; 2] = [Lang::Vi, Lang::Ja];

const DESKTOP: (u32, u32) = (1280, 1024);
const PHONE: (u32, u32) = (360, 640);
const NARROW: (u32, u32) = (320, 640);

/// Every page in Vietnamese.
pub(super) async fn every_page_in_vietnamese_is_as_it_should_be(engine: Engine) {
    every_page(engine, Lang::Vi).await;
}

/// Every page in English.
pub(super) async fn every_page_in_english_is_as_it_should_be(engine: Engine) {
    every_page(engine, Lang::En).await;
}

/// Every page in Korean.
pub(super) async fn every_page_in_korean_is_as_it_should_be(engine: Engine) {
    every_page(engine, Lang::Ko).await;
}

/// Every page in Japanese.
pub(super) async fn every_page_in_japanese_is_as_it_should_be(engine: Engine) {
    every_page(engine, Lang::Ja).await;
}

/// Every page in Chinese.
pub(super) async fn every_page_in_chinese_is_as_it_should_be(engine: Engine) {
    every_page(engine, Lang::ZhHans).await;
}

/// The pages without a language, for a reader whose languages the portal lacks.
pub(super) async fn the_pages_without_a_language_are_as_they_should_be(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut found = Findings::default();
    browser.site.inject_fault(".wasm", Fault::Status(404));
    for path in walk::WITHOUT_LANGUAGE {
        let name = format!("/{path}");
        resize(&browser, DESKTOP).await;
        browser.open(path).await;
        for size in [DESKTOP, PHONE] {
            resize(&browser, size).await;
            found.add(&browser, &format!("{name} at {}", size.0)).await;
        }
        resize(&browser, FOUR_TIMES).await;
        look(&mut found, &browser, &format!("{name} at 400 %"), &LAYOUT).await;
        look(&mut found, &browser, &format!("{name} at 400 %"), &TARGETS).await;
    }
    found.judge();
    // The answer is not what the page expects, and is nothing that it could run.
    browser.finish(&["404", "integrity"]).await;
}

async fn every_page(engine: Engine, lang: Lang) {
    let browser = Browser::start(engine).await;
    let mut found = Findings::default();
    let pages = walk::every_page(&at_root().folder, lang);
    assert!(pages.len() > 15, "{lang:?} has {} pages", pages.len());
    for page in pages {
        media(&browser, &[]).await;
        resize(&browser, DESKTOP).await;
        walk::open(&browser, &page).await;
        texts_and_names(&mut found, &browser, &page).await;
        if SCRIPTS.contains(&lang) {
            found.add(&browser, &format!("{} at 1280", page.path)).await;
            themes(&mut found, &browser, &page.path).await;
        }
        phone(&mut found, &browser, &page.path).await;
        // From here on everything is unfolded.
        zoom(&mut found, &browser, &page.path).await;
        spacing(&mut found, &browser, &page.path).await;
    }
    found.judge();
    browser.finish(&["404"]).await;
}

/// The text is that of the file, and everything has a name.
async fn texts_and_names(found: &mut Findings, browser: &Browser, page: &Page) {
    // The search page gets its form from a script of its own: `searching.rs` tests it. An address that
    // leads nowhere has no file.
    let file = browser.folder.join(&page.path).join("index.html");
    if file.is_file() && !page.path.ends_with("/search/") {
        let written = Prerendered::read(&browser.folder, page).portal;
        assert_eq!(
            hydration::portal_text(browser).await,
            written,
            "{} taken over",
            page.path
        );
    }
    found.note(&page.path, accessibility_tree::faults_of(browser).await);
}

/// Contrast in every theme, chosen or preferred by the device.
async fn themes(found: &mut Findings, browser: &Browser, path: &str) {
    for (name, features, chosen) in accessibility::THEMES {
        media(browser, features).await;
        let choose = match chosen {
            Some(theme) => format!("document.documentElement.dataset.theme = '{theme}'"),
            None => "delete document.documentElement.dataset.theme".to_owned(),
        };
        browser.run::<()>(&choose).await;
        found
            .look(browser, &format!("{path} in {name}"), CONTRAST)
            .await;
    }
    browser
        .run::<()>("delete document.documentElement.dataset.theme")
        .await;
    media(browser, &[]).await;
}

/// Axe's rules and large targets on a phone; sideways scrolling on a narrow one.
async fn phone(found: &mut Findings, browser: &Browser, path: &str) {
    resize(browser, PHONE).await;
    found.add(browser, &format!("{path} at 360")).await;
    let small: Vec<String> = browser.run(SMALL).await;
    found.note(&format!("{path} at 360"), small);
    look(found, browser, &format!("{path} at 360"), &TARGETS).await;
    resize(browser, NARROW).await;
    let over: Vec<String> = browser.run(OVERFLOW).await;
    found.note(&format!("{path} at 320"), over);
}

/// Large targets in wide and narrow windows; at a zoom of 400 % all content in one direction.
async fn zoom(found: &mut Findings, browser: &Browser, path: &str) {
    resize(browser, DESKTOP).await;
    reflow::measure::<Vec<String>>(browser, "content()").await;
    let there =
        "!document.querySelector('.tools') || document.querySelector('#tools [type=radio]')";
    browser.until("the tools are there", there).await;
    let all: Vec<String> = reflow::measure(browser, "content()").await;
    assert!(all.len() > 20, "{path} has {} texts", all.len());
    look(found, browser, &format!("{path} at 1280"), &TARGETS).await;
    resize(browser, NARROW).await;
    look(found, browser, &format!("{path} at 320"), &TARGETS).await;
    resize(browser, FOUR_TIMES).await;
    let left: Vec<String> = reflow::measure(browser, "content()").await;
    let at = format!("{path} at 400 %");
    found.note(&at, reflow::missing(&all, &left));
    look(found, browser, &at, &LAYOUT).await;
}

/// The reader's own spacing (WCAG 1.4.12), and then text of twice the size with the widest spacing
/// that the portal offers: no text is cut off or overlaps another.
async fn spacing(found: &mut Findings, browser: &Browser, path: &str) {
    reflow::measure::<()>(browser, "spread()").await;
    for size in [PHONE, DESKTOP] {
        resize(browser, size).await;
        let place = format!("{path} spread at {}", size.0);
        look(found, browser, &place, &LAYOUT).await;
        look(found, browser, &place, &["colliding"]).await;
    }
    resize(browser, NARROW).await;
    for place in ["spread at 320", "at 320 with text of twice the size"] {
        for script in [OVERFLOW, CUT_OFF] {
            let faults: Vec<String> = browser.run(script).await;
            found.note(&format!("{path} {place}"), faults);
        }
        reflow::measure::<()>(browser, "unspread()").await;
        browser
            .run::<()>("Object.assign(document.documentElement.dataset, { text: '200', spacing: 'widest' })")
            .await;
    }
}

async fn resize(browser: &Browser, (width, height): (u32, u32)) {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
}

/// Emulates media features. Reduced motion turns transitions of colours off.
async fn media(browser: &Browser, features: &[(&str, &str)]) {
    let features: Vec<Value> = features
        .iter()
        .chain(&[("prefers-reduced-motion", "reduce")])
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    browser
        .cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
}
