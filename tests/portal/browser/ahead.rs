//! While the program sleeps, the browser gets the next page ahead of the click.

use super::engine::Engine;
use super::kept_presses::{HOLD, READY};
use super::pages::{Page, WITH_HEADLINE};
use super::proxy::Request;
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;
use std::time::Duration;

/// A link to another article, and one that leads away from the portal.
const NEXT: &str = ".neighbours a";
const OTHER: &str = ".byline a";

/// The pointer comes over a link. Where the browser renders pages ahead, it renders that one, which is
/// then there at once; elsewhere its file is in the cache. No other link does anything, and the
/// program ends it.
pub(super) async fn the_next_page_is_there_before_the_click(engine: Engine) {
    let browser = Browser::complete(engine).await;
    browser.site.before_every_page(HOLD);
    let article = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
    browser.open(&article.path).await;
    browser
        .until("the page is there", "document.readyState === 'complete'")
        .await;
    let next: String = browser
        .run(&format!("return document.querySelector('{NEXT}').pathname"))
        .await;
    browser.site.requests();
    browser.bring_into_view(NEXT).await;
    hover(&browser, NEXT).await;
    let mut seen = Vec::new();
    while !seen.iter().any(|request: &Request| request.path == next) {
        seen.extend(browser.site.requests());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for request in seen.iter().filter(|request| request.path.ends_with('/')) {
        assert_eq!(request.path, next, "{engine:?} gets another page");
        let is_rendered = request.headers.contains("sec-purpose: prefetch;prerender");
        assert_eq!(
            is_rendered,
            engine == Engine::Chromium,
            "{}",
            request.headers
        );
    }
    browser.bring_into_view(OTHER).await;
    hover(&browser, OTHER).await;
    browser.click(NEXT).await;
    if engine == Engine::Chromium {
        let rendered = "performance.getEntriesByType('navigation')[0].activationStart > 0";
        browser
            .until("the page that was rendered ahead is shown", rendered)
            .await;
    }
    browser
        .until(
            "the next page is shown",
            &format!("location.pathname === '{next}'"),
        )
        .await;
    let script = "return [...document.querySelectorAll('script[type=speculationrules]')].length";
    let rules = usize::from(engine == Engine::Chromium);
    browser
        .until("it has loaded", "document.readyState === 'complete'")
        .await;
    assert_eq!(browser.run::<usize>(script).await, rules);
    browser
        .run::<()>("(window.wrappedJSObject ?? window).letGo()")
        .await;
    browser.sign().await;
    browser.until("the program runs", READY).await;
    assert_eq!(
        browser.run::<usize>(script).await,
        0,
        "the rules outlive the need for them"
    );
    browser.finish(&[]).await;
}

/// Moves the pointer over an element.
async fn hover(browser: &Browser, selector: &str) {
    let element = browser.find(selector).await;
    let moved = browser
        .driver
        .action_chain()
        .move_to_element_center(&element)
        .perform()
        .await;
    moved.unwrap_or_else(|error| panic!("the pointer cannot go to {selector}: {error}"));
}
