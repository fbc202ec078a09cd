//! Narrow screens, and the first screen of a phone.

use super::engine::Engine;
use super::pages::{self, WITH_HEADLINE};
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

/// Targets below 24 pixels in width or height, or below 44 in the header's navigation. Links that are as
/// high as their line of text are exempt: for them the room around them counts (`small` in measures.js).
pub(super) const SMALL: &str = r"
    const inLine = (element) => element.localName === 'a' && getComputedStyle(element).display === 'inline' && !element.closest('.teaser');
    return [...document.querySelectorAll('a[href], button, summary, input, select')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.skip-link') && !inLine(element))
        .map((element) => {
            const { width, height } = element.getBoundingClientRect();
            // The link of a teaser covers all of it.
            const whole = element.closest('.teaser')?.getBoundingClientRect();
            const least = element.closest('.header nav') ? 44 : 24;
            return Math.min(whole?.width ?? width, whole?.height ?? height) < least - 0.5 ? `${element.className || element.textContent}: ${width} × ${height}` : '';
        })
        .filter(Boolean);
";

async fn on_a_phone(engine: Engine, width: u32) -> Browser {
    let browser = Browser::start(engine).await;
    let metrics = json!({ "width": width, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
    browser
}
