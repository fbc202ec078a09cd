//! The bar that suggests the page in a language that the reader prefers.

use super::engine::{Engine, Setup};
use super::narrow::OVERFLOW;
use super::pages::{IN_TWO_LANGUAGES, NOWHERE, Page, WITH_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use i18n::words;
use model::Lang;
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::Key;

/// The time after which the bar would have appeared.
const A_WHILE: Duration = Duration::from_millis(400);

/// Records the position of every element except the bar.
const BOXES: &str = "
    window.boxes = () => [...document.querySelectorAll('#portal *')].filter((element) => !element.closest('.edge')).map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return `${element.localName}.${element.className} ${x} ${y} ${width} ${height}`;
    });
    window.before = boxes();
    return document.documentElement.dataset.app ?? 'no scripts';
";

async fn reader(engine: Engine, languages: &'static str) -> Browser {
    Browser::with(
        engine,
        Setup {
            languages: Some(languages),
            ..Setup::default()
        },
        at_root(),
    )
    .await
}

async fn has_none(browser: &Browser, place: &str) {
    tokio::time::sleep(A_WHILE).await;
    let bars: usize = browser
        .run("return document.querySelectorAll('.suggestion').length")
        .await;
    assert_eq!(
        bars, 0,
        "{:?}: something is suggested on {place}",
        browser.engine
    );
}

async fn until_gone(browser: &Browser) {
    browser
        .until("the bar is gone", "!document.querySelector('.suggestion')")
        .await;
}

/// Everything in local storage.
async fn kept(browser: &Browser) -> Value {
    browser.run("return { ...localStorage }").await
}

/// The bar is in the reader's language and links to the same part of the same page. It moves
/// nothing, takes no focus and stores nothing. It disappears once its link is followed.
pub(super) async fn a_reader_is_offered_the_page_in_their_language(engine: Engine) {
    let browser = reader(engine, "fr,ko,en").await;
    if engine == Engine::Chromium {
        let observe = "window.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
            .observe({ type: 'layout-shift', buffered: true });";
        browser.site.before_every_page(observe);
    }
    // A jump to a part of the page is a sign of a reader as well.
    let program = browser.site.hold(".wasm");
    let path = format!("vi/{WITH_HEADLINE}");
    browser.open(&format!("{path}#share")).await;
    assert_eq!(
        browser.run::<String>(BOXES).await,
        "asleep",
        "the page was taken over without its program"
    );
    program.open();
    browser.alive(&path).await;
    browser.find(".suggestion").await;
    let seen = "const bar = document.querySelector('.suggestion'), link = bar.querySelector('a');
        return { lang: bar.lang, name: document.getElementById(bar.getAttribute('aria-labelledby')).textContent,
            link: [link.getAttribute('href'), link.hreflang, link.textContent], button: bar.querySelector('button').textContent,
            focus: document.activeElement.localName, live: bar.closest('[aria-live], [role=status], [role=alert]') !== null,
            moved: boxes().filter((box, at) => box !== before[at]) }";
    let words = words(Lang::Ko);
    let expected = json!({
        "lang": "ko", "name": words.also_in_your_language,
        "link": ["/ko/port/deep-water-port/#share", "ko", words.read_in_your_language],
        "button": words.do_not_suggest, "focus": "body", "live": false, "moved": [],
    });
    assert_eq!(browser.run::<Value>(seen).await, expected);
    if engine == Engine::Chromium {
        assert_eq!(
            browser.run::<Vec<f64>>("return shifts").await,
            Vec::<f64>::new()
        );
    }
    browser.click(".suggestion-link").await;
    let korean = Page::read(&at_root().folder, Lang::Ko, WITH_HEADLINE);
    browser.until_page(&korean).await;
    assert_eq!(
        browser.run::<String>("return location.hash").await,
        "#share"
    );
    until_gone(&browser).await;
    assert_eq!(
        kept(&browser).await,
        json!({}),
        "something is kept although nothing was put away"
    );
    browser.finish(&[]).await;
}

/// Nothing is suggested to a reader who prefers the page's language or none of the portal's.
/// Nothing is suggested on the root, on an unknown address, or for a page that does not exist in
/// that language.
pub(super) async fn nothing_is_suggested_where_there_is_nothing_better(engine: Engine) {
    for (languages, paths) in [
        ("vi,en", vec![format!("vi/{WITH_HEADLINE}")]),
        (
            "fr,de",
            vec![
                format!("vi/{WITH_HEADLINE}"),
                "en/".to_owned(),
                String::new(),
            ],
        ),
        // Ukrainian is no English of the United Kingdom.
        ("uk-UA,uk", vec![format!("vi/{WITH_HEADLINE}")]),
        (
            "ko",
            vec![format!("vi/{IN_TWO_LANGUAGES}"), format!("en/{NOWHERE}")],
        ),
    ] {
        let browser = reader(engine, languages).await;
        for path in paths {
            browser.open(&path).await;
            if !path.is_empty() {
                browser.alive(&path).await;
            }
            has_none(&browser, &format!("/{path} to a reader of {languages}")).await;
        }
        browser.finish(&["404"]).await;
    }
}

/// The suggestion always belongs to the current page.
pub(super) async fn a_suggestion_goes_with_the_page(engine: Engine) {
    let browser = reader(engine, "ja-JP,ja").await;
    browser.open_alive(&format!("vi/{IN_TWO_LANGUAGES}")).await;
    has_none(&browser, "a page that is not there in Japanese").await;
    for path in ["vi/port/", "vi/pages/about/"] {
        // The bar covers the window's lower edge, to which the driver would scroll the link.
        let link = format!(
            "document.querySelector('a[href=\"/{path}\"]').scrollIntoView({{ block: 'center' }})"
        );
        browser.run::<()>(&link).await;
        browser.follow(path).await;
        let there = format!(
            "document.querySelector('.suggestion-link')?.getAttribute('href') === '/{}'",
            path.replace("vi/", "ja/")
        );
        browser
            .until(&format!("{path} is offered in Japanese"), &there)
            .await;
    }
    browser.back().await;
    browser
        .until(
            "the section is offered again",
            "document.querySelector('.suggestion-link')?.getAttribute('href') === '/ja/port/'",
        )
        .await;
    browser.finish(&[]).await;
}

/// The button and the Escape key dismiss the suggestion, on this page and on all further ones.
pub(super) async fn a_suggestion_is_put_away_for_good(engine: Engine) {
    for escape in [false, true] {
        let browser = reader(engine, "en").await;
        browser.open_alive(&format!("vi/{WITH_HEADLINE}")).await;
        if escape {
            let link = browser.find(".suggestion-link").await;
            browser
                .find("body")
                .await
                .send_keys(Key::Escape + "")
                .await
                .unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
            link.focus().await.unwrap();
            link.send_keys(Key::Escape + "").await.unwrap();
        } else {
            browser.click(".suggestion button").await;
        }
        until_gone(&browser).await;
        let focus: String = browser.run("return document.activeElement.localName").await;
        assert_eq!(focus, "h1", "{engine:?}: the focus is lost");
        assert_eq!(kept(&browser).await, json!({ "portal.suggestion": "no" }));
        browser.follow("vi/port/").await;
        browser
            .until("the section comes", "location.pathname === '/vi/port/'")
            .await;
        has_none(&browser, "the next page").await;
        browser.open_alive("ko/").await;
        has_none(&browser, "a page in another language after a full load").await;
        browser.finish(&[]).await;
    }
}

/// If storage is refused, missing or full, the dismissal holds until the page is unloaded, and
/// nothing fails.
pub(super) async fn where_nothing_can_be_kept_it_is_put_away_for_the_visit(engine: Engine) {
    let refused = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } });";
    let absent = "Object.defineProperty(window, 'localStorage', { get: () => null });";
    let full =
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') };";
    let broken =
        "Storage.prototype.getItem = () => { throw new DOMException('no', 'SecurityError') };";
    for obstacle in [refused, absent, full, broken] {
        let browser = reader(engine, "zh-CN,zh").await;
        browser.site.before_every_page(obstacle);
        browser.open_alive(&format!("en/{WITH_HEADLINE}")).await;
        browser.click(".suggestion button").await;
        until_gone(&browser).await;
        browser.follow("en/port/").await;
        browser
            .until("the section comes", "location.pathname === '/en/port/'")
            .await;
        has_none(&browser, &format!("the next page, with {obstacle}")).await;
        browser.finish(&[]).await;
    }
}

/// A language tab is a choice, both with the program and by a full load.
pub(super) async fn who_has_chosen_a_language_is_offered_no_other(engine: Engine) {
    let browser = reader(engine, "ko").await;
    browser.open_alive("vi/port/").await;
    browser.find(".suggestion").await;
    browser.click(".language-tab[lang=en]").await;
    browser
        .until(
            "the language changes",
            "document.documentElement.lang === 'en'",
        )
        .await;
    has_none(&browser, "the page that a tab led to").await;
    browser.back().await;
    browser
        .until(
            "the way back leads on",
            "document.documentElement.lang === 'vi'",
        )
        .await;
    has_none(&browser, "the page before").await;
    browser.finish(&[]).await;

    let browser = reader(engine, "ko").await;
    browser.site.inject_fault(".wasm", Fault::Status(404));
    browser.open("vi/port/").await;
    browser.sign().await;
    browser
        .until(
            "the program has stopped",
            "document.documentElement.dataset.app === 'failed'",
        )
        .await;
    browser.site.clear_faults();
    browser.click(".language-tab[lang=ja]").await;
    browser.alive("ja/port/").await;
    has_none(&browser, "the page that a tab led to by a full load").await;
    browser.finish(&[".wasm"]).await;
}

/// With the bar at the lower edge, each stop of the Tab key is visible, the bar comes last, and
/// nothing scrolls sideways.
pub(super) async fn a_suggestion_covers_nothing_that_has_the_focus(engine: Engine) {
    let browser = reader(engine, "vi").await;
    for (width, height) in [(320, 560), (320, 256), (1280, 800)] {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        browser
            .cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        browser.open_alive(&format!("en/{WITH_HEADLINE}")).await;
        browser.find(".suggestion").await;
        assert_eq!(
            browser.run::<Vec<String>>(OVERFLOW).await,
            Vec::<String>::new(),
            "at {width} pixels"
        );
        let mut stops: Vec<String> = Vec::new();
        for _ in 0..120 {
            browser
                .cdp(
                    "Input.dispatchKeyEvent",
                    json!({ "type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 }),
                )
                .await;
            browser
                .cdp(
                    "Input.dispatchKeyEvent",
                    json!({ "type": "keyUp", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 }),
                )
                .await;
            let stop = "const at = document.activeElement, edge = document.querySelector('.edge');
                if (at === document.body) return ['', true];
                const rect = at.getBoundingClientRect(), bar = edge.getBoundingClientRect();
                const covered = !edge.contains(at) && getComputedStyle(edge).position === 'fixed' && rect.bottom > bar.top + 0.5;
                const seen = rect.bottom > 0 && rect.top < innerHeight;
                return [`${at.localName}.${at.className}`, seen && !covered]";
            let (name, seen): (String, bool) = browser.run(stop).await;
            if name.is_empty() {
                break;
            }
            assert!(
                seen,
                "at {width} × {height}, {name} has the focus and is covered"
            );
            stops.push(name);
        }
        assert!(stops.len() > 25, "{stops:?}");
        assert_eq!(
            stops[stops.len() - 2..],
            ["a.suggestion-link", "button.status-button"],
            "{stops:?}"
        );
    }
    browser.finish(&[]).await;
}
