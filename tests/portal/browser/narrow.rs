//! Narrow screens, and the first screen of a phone.

use super::engine::Engine;
use super::pages::{self, NOWHERE, WITH_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;
use serde_json::json;
use thirtyfour::Key;

/// Elements that reach over the right edge and are not inside a scrolling element.
pub(super) const OVERFLOW: &str = r"
    const scrolls = (element) => element && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    const over = [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(element.parentElement))
        .map((element) => `${element.localName}.${element.className}`);
    return document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px`, ...over] : [];
";

/// At 320 pixels, which is 1280 at a zoom of 400 %, no page scrolls sideways.
pub(super) async fn no_page_scrolls_sideways_at_320_pixels(engine: Engine) {
    let browser = on_a_phone(engine, 320).await;
    let mut wide = Vec::new();
    for page in [Lang::Vi, Lang::Ja]
        .into_iter()
        .flat_map(|lang| pages::every_kind_in(&at_root().folder, lang))
    {
        browser.open_alive(&page.path).await;
        let over: Vec<String> = browser.run(OVERFLOW).await;
        wide.extend((!over.is_empty()).then(|| format!("{}: {over:?}", page.path)));
    }
    browser.site.inject_fault(".wasm", Fault::Status(404));
    for path in ["", NOWHERE] {
        browser.open(path).await;
        let over: Vec<String> = browser.run(OVERFLOW).await;
        wide.extend((!over.is_empty()).then(|| format!("/{path}: {over:?}")));
    }
    assert!(
        wide.is_empty(),
        "pages that scroll sideways:\n{}",
        wide.join("\n")
    );
    browser.finish(&["404"]).await;
}

/// The largest share of a phone's first screen for the header, except on the home page.
const HEADER_AT_MOST: f64 = 0.4;

/// The first screen of a phone shows the headline of an article, or the lead of the home page. The
/// menu of sections in the header is closed.
pub(super) async fn a_page_begins_on_the_first_screen_of_a_phone(engine: Engine) {
    let browser = on_a_phone(engine, 360).await;
    for lang in Lang::ALL {
        browser
            .open_alive(&format!("{}/{WITH_HEADLINE}", lang.tag()))
            .await;
        let [header, headline] = browser
            .run::<[f64; 2]>(&bottoms(".header", "main h1"))
            .await;
        assert!(
            header <= 640.0 * HEADER_AT_MOST,
            "the header ends at {header} of 640 pixels in {lang:?}"
        );
        assert!(
            headline <= 640.0,
            "the headline ends at {headline} of 640 pixels in {lang:?}"
        );
        browser.open_alive(&format!("{}/", lang.tag())).await;
        let [header, title] = browser
            .run::<[f64; 2]>(&bottoms(".header", "main h2"))
            .await;
        assert!(
            header <= 320.0,
            "the header ends at {header} of 640 pixels on the front page in {lang:?}"
        );
        assert!(
            title <= 640.0,
            "the lead's title ends at {title} of 640 pixels in {lang:?}"
        );
    }
    browser.finish(&[]).await;
}

fn bottoms(first: &str, second: &str) -> String {
    format!(
        "return ['{first}', '{second}'].map((one) => document.querySelector(one).getBoundingClientRect().bottom)"
    )
}

/// The menu of sections opens by keyboard and by click, its links work, and it is closed on the
/// next page.
pub(super) async fn the_sections_unfold_on_a_phone_and_lead_on(engine: Engine) {
    let browser = on_a_phone(engine, 320).await;
    browser.open_alive("vi/").await;
    let seen = "return [...document.querySelectorAll('.section-nav-link')].filter((link) => link.checkVisibility()).length";
    assert_eq!(
        browser.run::<usize>(seen).await,
        1,
        "the way to the search stands beside the button"
    );
    browser
        .find(".section-nav-menu summary")
        .await
        .send_keys(Key::Enter + "")
        .await
        .unwrap();
    let all: usize = browser
        .run("return document.querySelectorAll('.section-nav-link').length")
        .await;
    assert_eq!(browser.run::<usize>(seen).await, all);
    let over: Vec<String> = browser.run(OVERFLOW).await;
    assert!(over.is_empty(), "{over:?}");
    browser.click(".section-nav a[href$='/port/']").await;
    let section = pages::Page::read(&at_root().folder, Lang::Vi, "port/");
    browser.until_page(&section).await;
    browser
        .until(
            "they are folded up",
            "!document.querySelector('.section-nav-menu[open]')",
        )
        .await;
    assert_eq!(browser.run::<usize>(seen).await, 1);
    browser.click(".section-nav-menu summary").await;
    browser
        .until(
            "they unfold again",
            "document.querySelector('.section-nav-menu[open]')",
        )
        .await;
    browser.finish(&[]).await;
}

/// Targets are at least 24 pixels wide and high (WCAG 2.5.8), and 44 in the header's navigation.
/// Links within sentences are exempt.
pub(super) async fn what_is_tapped_is_large_enough(engine: Engine) {
    let browser = on_a_phone(engine, 360).await;
    let small = r"
        const inSentence = (element) => element.matches('p a, li a, figcaption a, td a, .byline a') && getComputedStyle(element).display === 'inline'
            && element.parentElement.textContent.trim() !== element.textContent.trim();
        return [...document.querySelectorAll('a[href], button, summary, input, select')]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.skip-link') && !inSentence(element))
            .map((element) => {
                const { width, height } = element.getBoundingClientRect();
                // The link of a teaser covers all of it.
                const whole = element.closest('.teaser')?.getBoundingClientRect();
                const least = element.closest('.header nav') ? 44 : 24;
                return Math.min(whole?.width ?? width, whole?.height ?? height) < least - 0.5 ? `${element.className || element.textContent}: ${width} × ${height}` : '';
            })
            .filter(Boolean);
    ";
    let mut found = Vec::new();
    for page in [Lang::Vi, Lang::Ko]
        .into_iter()
        .flat_map(|lang| pages::every_kind_in(&at_root().folder, lang))
    {
        browser.open_alive(&page.path).await;
        let small: Vec<String> = browser.run(small).await;
        found.extend(
            small
                .into_iter()
                .map(|small| format!("{}: {small}", page.path)),
        );
    }
    assert!(found.is_empty(), "small targets:\n{}", found.join("\n"));
    browser.finish(&["404"]).await;
}

async fn on_a_phone(engine: Engine, width: u32) -> Browser {
    let browser = Browser::start(engine).await;
    let metrics = json!({ "width": width, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
    browser
}
