//! The site below a path, and on a plain host for static files.

use super::engine::{Engine, Setup};
use super::opening::follow_and_check;
use super::pages::{self, NOWHERE, Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::{below_a_path, on_a_plain_host};
use model::Lang;

/// Built for `/portal/`, every kind of page opens cold and by a click.
pub(super) async fn the_portal_works_below_a_path(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), below_a_path()).await;
    open_and_follow_every_kind(&browser).await;
    browser.open("kr/port/").await;
    let section = Page::read(&browser.folder, Lang::Ko, "port/");
    browser.until_page(&section).await;
    browser.finish(&["404"]).await;
}

/// Everything works on a host that serves only files and a page for unknown addresses.
pub(super) async fn the_portal_works_on_a_plain_host(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), on_a_plain_host()).await;
    open_and_follow_every_kind(&browser).await;
    browser.finish(&["404"]).await;
}

/// On a plain host the page for unknown addresses redirects guessed addresses.
pub(super) async fn a_plain_host_leads_guessed_addresses_to_the_right_page(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), on_a_plain_host()).await;
    for (guess, path) in [
        ("kr/", "ko/"),
        ("kr/port/deep-water-port/", "ko/port/deep-water-port/"),
        ("jp/port", "ja/port/"),
    ] {
        let (lang, below) = path
            .split_once('/')
            .expect("the path begins with a language");
        let page = Page::read(&browser.folder, Lang::from_tag(lang).unwrap(), below);
        browser.open(guess).await;
        browser.until_page(&page).await;
        browser.alive(&page.path).await;
        PageSnapshot::at(&browser).await.check(&page);
    }
    browser.finish(&["404"]).await;
}

/// For an address that means nothing, that page says so in the address's language, within the
/// portal's frame.
pub(super) async fn a_plain_host_says_in_the_addresses_language_that_nothing_is_there(
    engine: Engine,
) {
    let browser = Browser::with(engine, Setup::default(), on_a_plain_host()).await;
    let page = Page::read(&browser.folder, Lang::Ja, NOWHERE);
    browser.open_alive(&page.path).await;
    browser.until_page(&page).await;
    PageSnapshot::at(&browser).await.check(&page);
    browser.finish(&["404"]).await;
}

async fn open_and_follow_every_kind(browser: &Browser) {
    for page in pages::every_kind_in(&browser.folder, Lang::Ko) {
        // A plain host has one page for all unknown addresses.
        if page.is_nowhere() {
            continue;
        }
        browser.open_alive(&page.path).await;
        PageSnapshot::at(browser).await.check(&page);
    }
    browser.mark_load().await;
    for below in [
        "",
        "port/",
        WITH_HEADLINE,
        "culture/",
        WITHOUT_HEADLINE,
        "pages/about/",
    ] {
        follow_and_check(browser, &Page::read(&browser.folder, Lang::Ko, below)).await;
    }
    follow_and_check(
        browser,
        &Page::read(&browser.folder, Lang::ZhHans, "pages/about/"),
    )
    .await;
}
