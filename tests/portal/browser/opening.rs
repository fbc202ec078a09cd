//! Each kind of page in each language, opened cold and reached by a click.

use super::engine::Engine;
use super::pages::{self, IN_TWO_LANGUAGES, NOWHERE, Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::prerendered::Prerendered;
use super::proxy::Fault;
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::at_root;
use model::Lang;

/// Opened cold, each page has its text, its head and its tabs. The program starts without changing
/// any of them.
pub(super) async fn every_kind_of_page_opens_cold_and_comes_alive(engine: Engine) {
    let browser = Browser::start(engine).await;
    for page in pages::every_kind(&at_root().folder) {
        browser.open_alive(&page.path).await;
        let snapshot = PageSnapshot::at(&browser).await;
        snapshot.check(&page);
        Prerendered::read(&at_root().folder, &page).check(&snapshot);
    }
    browser.finish(&["404"]).await;
}

/// Each kind of page opens by one click and one document. The program stays, the focus moves to the
/// new heading, and the head equals that of the prerendered page.
pub(super) async fn every_kind_of_page_opens_by_a_click_without_a_full_load(engine: Engine) {
    let browser = Browser::start(engine).await;
    for lang in Lang::ALL {
        browser.open_alive(&format!("{}/", lang.tag())).await;
        browser.mark_load().await;
        for below in [
            "port/",
            WITH_HEADLINE,
            "culture/",
            WITHOUT_HEADLINE,
            "pages/about/",
        ] {
            follow_and_check(&browser, &Page::read(&at_root().folder, lang, below)).await;
        }
        let nowhere = Page {
            path: format!("{}/nature/", lang.tag()),
            ..Page::read(&at_root().folder, lang, NOWHERE)
        };
        browser
            .site
            .inject_fault(&format!("{}index.json", nowhere.path), Fault::Status(404));
        follow_and_check(&browser, &nowhere).await;
        browser.site.clear_faults();
    }
    browser.finish(&["404"]).await;
}

/// The tab of a language without a translation opens a page that says so and links to the existing
/// versions.
pub(super) async fn a_missing_translation_says_so_in_the_readers_language_and_leads_on(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    for lang in [Lang::Ko, Lang::Ja, Lang::ZhHans] {
        let english = Page::read(&at_root().folder, Lang::En, IN_TWO_LANGUAGES);
        browser.open_alive(&english.path).await;
        browser.mark_load().await;
        follow_and_check(
            &browser,
            &Page::read(&at_root().folder, lang, IN_TWO_LANGUAGES),
        )
        .await;
        let links: Vec<(String, String)> =
            browser.run("return [...document.querySelectorAll('.version-list a')].map((a) => [a.getAttribute('href'), a.hreflang])").await;
        let expected =
            ["vi", "en"].map(|tag| (format!("/{tag}/{IN_TWO_LANGUAGES}"), tag.to_owned()));
        assert_eq!(links, expected);
        browser
            .click(&format!(".version-list a[href=\"/en/{IN_TWO_LANGUAGES}\"]"))
            .await;
        browser.until_page(&english).await;
        PageSnapshot::at(&browser).await.check(&english);
    }
    browser.finish(&[]).await;
}

/// A tab changes the language and nothing else.
pub(super) async fn a_language_tab_keeps_the_article(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser
        .open_alive(&format!("zh-Hans/{WITH_HEADLINE}"))
        .await;
    browser.mark_load().await;
    for lang in Lang::ALL {
        follow_and_check(
            &browser,
            &Page::read(&at_root().folder, lang, WITH_HEADLINE),
        )
        .await;
    }
    browser.finish(&[]).await;
}

/// Follows the link to a page, and checks its content, head, focus and requests.
pub(super) async fn follow_and_check(browser: &Browser, page: &Page) {
    browser.site.requests();
    browser.follow_to(page).await;
    browser
        .until(
            "the heading has the focus",
            "document.activeElement?.localName === 'h1'",
        )
        .await;
    let snapshot = PageSnapshot::at(browser).await;
    snapshot.check(page);
    assert_eq!(
        snapshot.head,
        Prerendered::read(&browser.folder, page).head,
        "the head of {}",
        page.path
    );
    assert!(
        browser.is_marked_load().await,
        "{} was loaded in full",
        page.path
    );
    let requested: Vec<String> = browser
        .site
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    let own = format!("{}{}index.json", browser.site.base, page.path);
    // A document that the prefetch did not find is requested again on the click.
    let most = if page.is_nowhere() { 2 } else { 1 };
    assert!(
        requested.iter().filter(|path| **path == own).count() <= most,
        "{} asked for {requested:?}",
        page.path
    );
    // The pointer rests where it clicked, so a link that appears below it may be prefetched.
    // Another language has another manifest, which a browser may load.
    let whole = requested.iter().find(|path| {
        ![".json", ".svg", ".webmanifest"]
            .iter()
            .any(|end| path.ends_with(end))
    });
    assert_eq!(whole, None, "{} is more than a document", page.path);
}
