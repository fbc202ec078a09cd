//! A page loads the program at a sign of a reader, and is complete without it until then.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::at_root;
use model::Lang;
use std::time::Duration;
use thirtyfour::Key;

/// Whether the page has been taken over.
const READY: &str = "document.documentElement.dataset.app === 'ready'";

/// Intercepts the timer of 10 seconds after which a page loads the program by itself.
const HOLD_TIMER: &str = r"
    const later = setTimeout;
    window.setTimeout = (task, time, ...rest) => time === 10000 ? void (window.timeHasPassed = task) : later(task, time, ...rest);";

/// Without a sign of a reader the program is not requested, and links work. A timer loads the
/// program in the end.
pub(super) async fn a_page_without_a_reader_asks_for_nothing_more(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(HOLD_TIMER);
    let article = Page::read(&at_root().folder, Lang::Ko, WITH_HEADLINE);
    browser.open("ko/").await;
    assert_not_started(&browser, Duration::from_secs(3)).await;
    browser.mark_load().await;
    // Not a pointer's click: the events before it would be signs.
    let href = format!("location.assign('/{}')", article.path);
    browser
        .run::<()>(&format!("setTimeout(() => {href})"))
        .await;
    browser.until_page(&article).await;
    PageSnapshot::at(&browser).await.check(&article);
    assert!(
        !browser.is_marked_load().await,
        "the page was not loaded in full"
    );

    browser
        .until("the page waits for time to pass", "window.timeHasPassed")
        .await;
    assert_not_started(&browser, Duration::from_secs(1)).await;
    browser.run::<()>("timeHasPassed()").await;
    browser.until("time wakes the page", READY).await;
    browser.finish(&[]).await;
}

/// With `saveData` no timer loads the program.
pub(super) async fn where_the_reader_spares_the_line_time_is_no_sign(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });",
    );
    browser.site.before_every_page(HOLD_TIMER);
    browser.open("vi/").await;
    assert_not_started(&browser, Duration::from_secs(3)).await;
    assert!(
        browser.run::<bool>("return !window.timeHasPassed").await,
        "the page waits for time to pass"
    );
    browser.alive("vi/").await;
    browser.finish(&[]).await;
}

/// Pointer, touch, wheel, keyboard, focus, click, and any scroll are signs.
pub(super) async fn every_sign_of_a_reader_wakes_the_page(engine: Engine) {
    let page = format!("ja/{WITH_HEADLINE}");
    let browser = Browser::start(engine).await;
    for (sign, script) in [
        ("it is scrolled", "scrollTo(0, 200)"),
        (
            "a link takes the focus",
            "document.querySelector('main a').focus()",
        ),
        (
            "a finger touches it",
            "document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch' }))",
        ),
        (
            "the wheel turns",
            "document.body.dispatchEvent(new WheelEvent('wheel', { bubbles: true, deltaY: 10 }))",
        ),
        (
            "a tool for reading clicks",
            "document.querySelector('main h1').click()",
        ),
    ] {
        open(&browser, &page).await;
        browser.run::<()>(script).await;
        browser.until(sign, READY).await;
    }
    open(&browser, &page).await;
    browser
        .driver
        .action_chain()
        .send_keys(Key::Tab + "")
        .perform()
        .await
        .unwrap();
    browser.until("a key is pressed", READY).await;
    open(&browser, &page).await;
    browser
        .driver
        .action_chain()
        .move_to(300, 300)
        .move_to(320, 310)
        .perform()
        .await
        .unwrap();
    browser.until("the pointer moves", READY).await;
    browser.finish(&[]).await;
}

/// A second language needs the program, so such an address loads it at once.
pub(super) async fn an_address_with_a_second_language_wakes_at_once(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open(&format!("vi/{WITH_HEADLINE}?with=ko")).await;
    browser.until("the page wakes", READY).await;
    browser
        .until(
            "the second language is there",
            "document.querySelector('main [lang=ko] p')",
        )
        .await;
    browser.finish(&[]).await;
}

/// The program's history entries lead back even on a page that was left, returned to, and has not
/// loaded the program since.
pub(super) async fn a_sleeping_page_lets_the_reader_go_back(engine: Engine) {
    let browser = Browser::start(engine).await;
    let section = Page::read(&at_root().folder, Lang::En, "port/");
    let article = Page::read(&at_root().folder, Lang::En, WITH_HEADLINE);
    browser.open_alive(&section.path).await;
    browser.follow_to(&article).await;
    // The `unload` listener keeps the page out of the back/forward cache.
    browser
        .run::<()>(
            "addEventListener('unload', () => {}); setTimeout(() => location.assign('/zh-Hans/'))",
        )
        .await;
    browser
        .until(
            "the reader is elsewhere",
            "document.documentElement.lang === 'zh-Hans'",
        )
        .await;
    browser.site.requests();
    browser.back_to(&article).await;
    browser.back_to(&section).await;
    PageSnapshot::at(&browser).await.check(&section);
    browser.finish(&[]).await;
}

/// Opens a page that does not load the program.
async fn open(browser: &Browser, page: &str) {
    browser.site.requests();
    browser.open(page).await;
    assert_not_started(browser, Duration::ZERO).await;
}

/// Asserts that the complete page has not requested the program after a while.
async fn assert_not_started(browser: &Browser, a_while: Duration) {
    browser
        .until("the page is complete", "document.readyState === 'complete'")
        .await;
    tokio::time::sleep(a_while).await;
    let requested = browser.site.requested_paths(".wasm");
    assert_eq!(
        requested,
        Vec::<String>::new(),
        "{:?}: the program is asked for without a sign",
        browser.engine
    );
    assert!(
        !browser.run::<bool>(&format!("return {READY}")).await,
        "the page is alive"
    );
}
