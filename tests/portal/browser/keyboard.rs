//! The keyboard alone: the focus reaches everything in order, and is visible.

use super::engine::Engine;
use super::pages::{self, Page, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use super::walk;
use i18n::words;
use model::Lang;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use thirtyfour::prelude::*;

/// The script that examines each tab stop.
const STOPS: &str = include_str!("stops.js");

/// Moves the focus before the first tab stop of the page.
const START: &str = "const start = document.createElement('i'); start.tabIndex = -1; document.body.prepend(start); \
    start.focus(); scrollTo(0, 0)";

/// A tab stop.
#[derive(Debug, Deserialize)]
struct Stop {
    /// Its index in the order of the page; -1 without a focus, -2 for an element that only scrolls.
    place: i64,
    /// The element with the focus.
    what: String,
    /// Its faults.
    faults: Vec<String>,
}

/// On every kind of page the Tab key reaches everything once, in order and visibly, and then leaves
/// the page. Chromium goes over every kind of content on a page, too.
pub(super) async fn the_tab_key_leads_through_every_kind_of_page(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut faults = Vec::new();
    let folder = &at_root().folder;
    let pages = match engine {
        Engine::Chromium => walk::every_page(folder, Lang::Vi),
        Engine::Firefox | Engine::Webkit => pages::every_kind_in(folder, Lang::Vi),
    };
    for page in pages {
        walk::open(&browser, &page).await;
        let found = tab_through(&browser).await;
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{}: {fault}", page.path)),
        );
    }
    assert!(
        faults.is_empty(),
        "{engine:?}: {} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    browser.finish(&["404"]).await;
}

/// The same in the dark, on a phone, in a language with wide characters, and under the status bar
/// of a failure.
pub(super) async fn what_has_the_focus_is_seen_on_a_phone_in_the_dark(engine: Engine) {
    let browser = Browser::start(engine).await;
    super::accessibility::emulate(&browser, 360, "dark").await;
    let mut faults = Vec::new();
    for page in walk::every_page(&at_root().folder, Lang::Ja) {
        walk::open(&browser, &page).await;
        let found = tab_through(&browser).await;
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{}: {fault}", page.path)),
        );
    }
    for (width, height) in [(360, 640), (320, 256)] {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
        browser
            .cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        browser.open_alive("ja/port/").await;
        browser.follow_in_vain(&format!("ja/{WITH_HEADLINE}")).await;
        browser.run::<()>(START).await;
        let found = tab_through(&browser).await;
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("under the bar at {width} × {height}: {fault}")),
        );
        browser.site.clear_faults();
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    browser
        .finish(&["404", "index.json - Failed to load resource"])
        .await;
}

/// The first tab stop skips the header. A link followed by the keyboard moves the focus to the
/// heading of its page, and the next tab stop comes after it.
pub(super) async fn the_keyboard_jumps_to_the_content_and_on_to_the_next_page(engine: Engine) {
    let browser = Browser::start(engine).await;
    for lang in [Lang::Vi, Lang::Ko] {
        let section = Page::read(&at_root().folder, lang, "port/");
        browser.open_alive(&section.path).await;
        press(&browser, Key::Tab).await;
        let skip: String = browser
            .run("return document.activeElement.textContent")
            .await;
        assert_eq!(skip, words(lang).skip_to_content);
        press(&browser, Key::Enter).await;
        browser
            .until(
                "the content has the focus",
                "document.activeElement === document.querySelector('main')",
            )
            .await;
        press(&browser, Key::Tab).await;
        let first = "document.activeElement === document.querySelector('main').querySelector('a[href], button, input')";
        browser
            .until("the next stop is the first of the content", first)
            .await;

        let article = Page::read(&at_root().folder, lang, WITH_HEADLINE);
        let href = format!("{}{}", browser.site.base, article.path);
        browser
            .run::<()>(&format!(
                "document.querySelector('main a[href=\"{href}\"]').focus()"
            ))
            .await;
        press(&browser, Key::Enter).await;
        browser.until_page(&article).await;
        browser
            .until(
                "the heading has the focus",
                "document.activeElement === document.querySelector('main h1')",
            )
            .await;
        let top: f64 = browser
            .run("return document.querySelector('main h1').getBoundingClientRect().top")
            .await;
        assert!(
            top >= 0.0,
            "the heading that has the focus stands above the window: {top}"
        );
        press(&browser, Key::Tab).await;
        let after = "document.querySelector('main h1').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING \
            && document.querySelector('main').contains(document.activeElement)";
        browser
            .until("the next stop comes after the heading", after)
            .await;
        let shift = browser
            .driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Tab + Key::Tab)
            .key_up(Key::Shift);
        shift.perform().await.expect("keys can be pressed");
        let before = "document.querySelector('main h1').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_PRECEDING";
        browser
            .until("the way back leads before the heading", before)
            .await;
    }
    browser.finish(&[]).await;
}

/// Presses the Tab key until the focus has left the page. Returns the faults on the way.
async fn tab_through(browser: &Browser) -> Vec<String> {
    let order: Vec<String> = browser.run(&format!("{STOPS}; return begin()")).await;
    assert!(
        order.len() > 5,
        "there are only {} stops: {order:?}",
        order.len()
    );
    let (mut faults, mut next, mut pauses) = (Vec::new(), 0, 0);
    loop {
        press(browser, Key::Tab).await;
        let mut stop: Stop = browser.run(&format!("{STOPS}; return stop()")).await;
        // Some engines scroll a little later. A real fault persists.
        for _ in 0..100 {
            if !stop
                .faults
                .iter()
                .any(|fault| fault.contains("window") || fault.contains("covered"))
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            stop = browser.run(&format!("{STOPS}; return stop()")).await;
        }
        let at = usize::try_from(stop.place).ok();
        if at.is_some_and(|place| place + 1 == next) || stop.place == -2 {
            // A media player has several tab stops; a scrolling element has one in some engines.
            pauses += 1;
            if pauses > 20 {
                faults.push(format!("{} does not let go of the focus", stop.what));
                return faults;
            }
            if stop.place == -2 {
                faults.extend(
                    stop.faults
                        .iter()
                        .filter(|fault| !fault.contains("looks"))
                        .map(|fault| format!("{} {fault}", stop.what)),
                );
            }
            continue;
        }
        if next == order.len() {
            // The focus is outside the page, or has wrapped round to its beginning.
            if stop.place > 0 {
                faults.push(format!(
                    "the focus does not leave the page at its end: it goes to {}",
                    stop.what
                ));
            }
            return faults;
        }
        if at != Some(next) {
            faults.push(format!(
                "the stop {next} should be {}, and is {}",
                order[next], stop.what
            ));
            return faults;
        }
        faults.extend(
            stop.faults
                .iter()
                .map(|fault| format!("{} {fault}", stop.what)),
        );
        (next, pauses) = (next + 1, 0);
    }
}

async fn press(browser: &Browser, key: Key) {
    browser
        .driver
        .action_chain()
        .send_keys(key)
        .perform()
        .await
        .expect("keys can be pressed");
    if browser.engine == Engine::Webkit {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
