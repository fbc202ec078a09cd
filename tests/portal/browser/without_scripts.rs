//! The portal with JavaScript off. Tests inspect pages through `WebDriver` and not by scripts.

use super::engine::{Engine, Setup};
use super::pages::{self, Page, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;
use thirtyfour::prelude::*;

/// Every kind of page has its text; links, language tabs and sharing work.
pub(super) async fn the_portal_works_without_scripts(engine: Engine) {
    let setup = Setup {
        without_scripts: true,
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    for page in pages::every_kind_in(&at_root().folder, Lang::Ko) {
        browser.open(&page.path).await;
        check_text(&browser, &page).await;
    }

    let article = Page::read(&at_root().folder, Lang::Ko, WITH_HEADLINE);
    browser.open(&article.path).await;
    assert_eq!(
        browser
            .driver
            .find_all(By::Css(".share-link"))
            .await
            .unwrap()
            .len(),
        4
    );
    assert!(
        browser
            .find(".share-address")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "the address to copy is hidden"
    );
    assert!(
        !browser
            .find(".share-button")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "there is a button that does nothing"
    );

    let chinese = Page::read(&at_root().folder, Lang::ZhHans, WITH_HEADLINE);
    browser.open(&chinese.path).await;
    assert!(
        !browser
            .find(".share-native")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "there is a button that does nothing"
    );
    let open = browser.find(".share-qr").await.attr("open").await.unwrap();
    assert_eq!(open, None, "the code is open from the beginning");
    browser.click(".share-qr summary").await;
    assert_eq!(super::sharing::camera(&browser).await, chinese.canonical());

    for (from, to) in [
        ("", "port/"),
        ("port/", WITH_HEADLINE),
        (WITH_HEADLINE, "pages/about/"),
    ] {
        browser.open(&format!("ko/{from}")).await;
        browser.follow(&format!("ko/{to}")).await;
        until_loaded(&browser, &Page::read(&at_root().folder, Lang::Ko, to)).await;
    }
    browser.open(&article.path).await;
    browser.click(".language-tab[lang=ja]").await;
    until_loaded(
        &browser,
        &Page::read(&at_root().folder, Lang::Ja, WITH_HEADLINE),
    )
    .await;

    browser.open("").await;
    assert_eq!(
        browser
            .driver
            .find_all(By::Css(".chooser-link"))
            .await
            .unwrap()
            .len(),
        5
    );
    browser.follow("zh-Hans/").await;
    until_loaded(&browser, &Page::read(&at_root().folder, Lang::ZhHans, "")).await;
    let programs: Vec<String> = browser.site.requested_paths(".wasm");
    assert!(programs.is_empty(), "scripts are not off: {programs:?}");
    browser.finish(&["404"]).await;
}

/// Asserts that the page has its language and its texts.
async fn check_text(browser: &Browser, page: &Page) {
    let language = browser.find("html").await.attr("lang").await.unwrap();
    assert_eq!(
        language.as_deref(),
        Some(page.lang.tag()),
        "the language of {}",
        page.path
    );
    let shown = browser.find("main").await.text().await.unwrap();
    let shown: String = shown.split_whitespace().collect();
    for text in page.texts() {
        let text: String = text.split_whitespace().collect();
        assert!(
            shown.contains(&text),
            "{} lacks the text {text:?}",
            page.path
        );
    }
}

/// Waits until the page has loaded in full, and checks it.
pub(super) async fn until_loaded(browser: &Browser, page: &Page) {
    for _ in 0..1000 {
        if browser
            .driver
            .current_url()
            .await
            .is_ok_and(|url| url.path() == format!("/{}", page.path))
        {
            return check_text(browser, page).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} does not come", page.path);
}
