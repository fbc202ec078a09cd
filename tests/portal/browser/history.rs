//! Back and forward in the history, and the scroll position.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::at_root;
use model::Lang;
use std::time::Duration;

/// An article that the home page links to from far down.
const FAR_DOWN: &str = "partners/sister-cities/";

/// Drops all scroll listeners, so that the page never learns of a scroll.
const SLOW: &str = r"
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, listener, ...rest) {
        if (type === 'scroll') return;
        listen.call(this, type, listener, ...rest);
    };";

/// Back and forward restore the exact scroll position; a new page begins at its top. Language and
/// title follow.
pub(super) async fn back_and_forward_return_to_the_place_on_the_page(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let folder = &at_root().folder;
    let home = Page::read(folder, Lang::Vi, "");
    let article = Page::read(folder, Lang::Vi, FAR_DOWN);
    let korean = Page::read(folder, Lang::Ko, FAR_DOWN);
    browser.open_alive(&home.path).await;
    let far_down = format!(
        "document.querySelector('main a[href=\"/{}\"]').scrollIntoView({{ block: 'center' }})",
        article.path
    );
    scroll(&browser, &far_down).await;
    let on_home = scroll_y(&browser).await;
    assert!(
        on_home > 200.0,
        "the front page is too short for this: {on_home}"
    );
    browser
        .click(&format!("main a[href=\"/{}\"]", article.path))
        .await;
    until_scrolled(&browser, &article, 0.0).await;
    scroll(&browser, "scrollTo(0, 350)").await;
    let on_article = scroll_y(&browser).await;
    assert!(
        on_article > 300.0,
        "the article is too short for this: {on_article}"
    );

    browser.back().await;
    until_scrolled(&browser, &home, on_home).await;
    browser.forward().await;
    until_scrolled(&browser, &article, on_article).await;

    // A script clicks the tab, because a pointer would have to scroll up to it first.
    browser
        .run::<()>("document.querySelector('.language-tab[lang=ko]').click()")
        .await;
    until_scrolled(&browser, &korean, 0.0).await;
    browser.back().await;
    until_scrolled(&browser, &article, on_article).await;
    browser.run::<()>("history.go(-1)").await;
    until_scrolled(&browser, &home, on_home).await;
    browser.run::<()>("history.go(2)").await;
    until_scrolled(&browser, &korean, 0.0).await;
    browser.finish(&[]).await;
}

/// A browser raises the scroll event with its next frame. Back and forward restore the scroll
/// position even if that event comes too late, documents load late and pictures do not load.
pub(super) async fn a_device_that_is_slow_to_tell_of_a_scroll_returns_to_the_place(engine: Engine) {
    let browser = Browser::complete(engine).await;
    browser.site.before_every_page(SLOW);
    let folder = &at_root().folder;
    let [home, article] = ["", FAR_DOWN].map(|below| Page::read(folder, Lang::Ja, below));
    let korean = Page::read(folder, Lang::Ko, FAR_DOWN);
    browser.open_alive(&home.path).await;
    let pictures = browser.site.hold(".webp");
    browser.run::<()>("scrollTo(0, 360)").await;
    let document = browser.site.hold(&format!("/{}index.json", article.path));
    let click = format!(
        "document.querySelector('main a[href=\"/{}\"]').click()",
        article.path
    );
    browser.run::<()>(&click).await;
    browser
        .until(
            "the page is on its way",
            "document.querySelector('.status').textContent",
        )
        .await;
    document.open();
    until_scrolled(&browser, &article, 0.0).await;
    browser.run::<()>("scrollTo(0, 350); history.back()").await;
    until_scrolled(&browser, &home, 360.0).await;
    browser
        .run::<()>("scrollTo(0, 410); history.forward()")
        .await;
    until_scrolled(&browser, &article, 350.0).await;
    let document = browser.site.hold(&format!("/{}index.json", korean.path));
    browser
        .run::<()>("document.querySelector('.language-tab[lang=ko]').click()")
        .await;
    browser
        .until(
            "the page is on its way",
            "document.querySelector('.status').textContent",
        )
        .await;
    // The reader scrolls while the page loads.
    browser.run::<()>("scrollTo(0, 340)").await;
    document.open();
    until_scrolled(&browser, &korean, 0.0).await;
    browser.run::<()>("scrollTo(0, 330); history.go(-2)").await;
    until_scrolled(&browser, &home, 410.0).await;
    browser.run::<()>("history.go(1)").await;
    until_scrolled(&browser, &article, 340.0).await;
    browser.run::<()>("history.go(1)").await;
    until_scrolled(&browser, &korean, 330.0).await;
    pictures.open();
    browser.finish(&[]).await;
}

/// A reload keeps the scroll position.
pub(super) async fn a_reload_keeps_the_place(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let (section, article, on_article) = open_and_scroll(&browser).await;
    // Not WebDriver's reload: with it, Firefox loses the scroll position even on pages without
    // scripts.
    browser
        .run::<()>("setTimeout(() => location.reload()); window.old = true")
        .await;
    browser
        .until("the page is another one", "!window.old")
        .await;
    browser.alive(&article.path).await;
    until_scrolled(&browser, &article, on_article).await;
    browser.back_to(&section).await;
    browser.finish(&[]).await;
}

/// So does going back from a page that was loaded in full.
pub(super) async fn a_return_from_elsewhere_keeps_the_place(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let (section, article, on_article) = open_and_scroll(&browser).await;
    browser
        .run::<()>("setTimeout(() => location.assign('/zh-Hans/'))")
        .await;
    browser
        .until(
            "the reader is elsewhere",
            "document.documentElement.lang === 'zh-Hans'",
        )
        .await;
    browser.back().await;
    browser.alive(&article.path).await;
    until_scrolled(&browser, &article, on_article).await;
    browser.back_to(&section).await;
    browser.finish(&[]).await;
}

/// A click changes the address after any jump in the history, even by a link that was followed
/// before.
pub(super) async fn a_click_after_a_jump_in_the_history_changes_the_address(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let [section, about, home, article] = ["partners/", "pages/about/", "", FAR_DOWN]
        .map(|below| Page::read(&at_root().folder, Lang::En, below));
    browser.open_alive(&section.path).await;
    for page in [&about, &home, &article] {
        browser.follow_to(page).await;
    }
    browser.run::<()>("history.go(-3)").await;
    browser.until_page(&section).await;
    browser.follow_to(&article).await;
    browser.back_to(&section).await;
    browser.finish(&[]).await;
}

/// Opens an article from a section by a click and scrolls down. Returns both pages and the
/// position.
async fn open_and_scroll(browser: &Browser) -> (Page, Page, f64) {
    let section = Page::read(&at_root().folder, Lang::En, "port/");
    let article = Page::read(&at_root().folder, Lang::En, WITH_HEADLINE);
    browser.open_alive(&section.path).await;
    browser.follow(&article.path).await;
    until_scrolled(browser, &article, 0.0).await;
    scroll(browser, "scrollTo(0, 400)").await;
    (section, article, 400.0)
}

async fn scroll(browser: &Browser, script: &str) {
    browser.run::<()>(script).await;
}

async fn scroll_y(browser: &Browser) -> f64 {
    browser.run("return scrollY").await
}

/// Waits until the page is shown at this scroll position, and checks it.
async fn until_scrolled(browser: &Browser, page: &Page, y: f64) {
    browser.until_page(page).await;
    browser
        .until(
            &format!("the reader is at {y}"),
            &format!("Math.abs(scrollY - {y}) <= 2"),
        )
        .await;
    // It stays there.
    tokio::time::sleep(Duration::from_millis(150)).await;
    let now = scroll_y(browser).await;
    assert!(
        (now - y).abs() <= 2.0,
        "{} moved from {y} to {now}",
        page.path
    );
    PageSnapshot::at(browser).await.check(page);
}
