//! An article in two languages side by side.

use super::accessibility::{Findings, emulate};
use super::engine::Engine;
use super::load_failures::{retry_fails, until_message};
use super::narrow::OVERFLOW;
use super::pages::{IN_TWO_LANGUAGES, Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use i18n::{Words, words};
use model::Lang;
use serde_json::{Value, json};
use std::time::Duration;

/// A click shows a second language side by side, paragraph by paragraph, at an address of its own;
/// another click hides it. Back and forward do the same. Heading, title, canonical address and the
/// focus stay.
pub(super) async fn a_second_language_comes_by_a_click_and_goes_by_another(engine: Engine) {
    let browser = Browser::start(engine).await;
    let (here, there) = (
        article(Lang::Vi, WITH_HEADLINE),
        article(Lang::Ko, WITH_HEADLINE),
    );
    browser.open_alive(&here.path).await;
    let around = surroundings(&browser).await;
    choose(&browser, Lang::Ko).await;
    until_parallel(&browser, &here, &there).await;
    let text = Words::fill(words(Lang::Vi).beside_shown, &[("language", "한국어")]);
    until_announced(&browser, &text).await;
    assert_eq!(
        surroundings(&browser).await,
        around,
        "what is around the text changed"
    );
    let focus: String = browser.run("return document.activeElement.lang").await;
    assert_eq!(focus, "ko", "the focus left the link");
    assert_same_blocks(&browser, &here, &there).await;

    choose(&browser, Lang::Vi).await;
    until_alone(&browser, &here).await;
    until_announced(&browser, words(Lang::Vi).beside_gone).await;
    browser.back().await;
    until_parallel(&browser, &here, &there).await;
    browser.back().await;
    until_alone(&browser, &here).await;
    browser.forward().await;
    until_parallel(&browser, &here, &there).await;
    // From one second language to another, and away by a language tab.
    choose(&browser, Lang::ZhHans).await;
    until_parallel(&browser, &here, &article(Lang::ZhHans, WITH_HEADLINE)).await;
    browser.click(".language-tab[lang=en]").await;
    let english = article(Lang::En, WITH_HEADLINE);
    browser.until_page(&english).await;
    until_alone(&browser, &english).await;
    browser.finish(&[]).await;
}

/// Such an address opens cold: the plain page is hydrated, then the second language loads. Going
/// back to it restores both languages and the scroll position.
pub(super) async fn an_address_with_a_second_language_opens_cold_and_is_returned_to(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    let (here, there) = (
        article(Lang::En, WITHOUT_HEADLINE),
        article(Lang::Ja, WITHOUT_HEADLINE),
    );
    browser.open_alive(&format!("{}?with=ja", here.path)).await;
    until_parallel(&browser, &here, &there).await;
    browser.run::<()>("scrollTo(0, 700)").await;
    let about = Page::read(&at_root().folder, Lang::En, "pages/about/");
    browser.follow_to(&about).await;
    browser.back_to(&here).await;
    until_parallel(&browser, &here, &there).await;
    // The click may have scrolled further down to the link.
    let place: f64 = browser.run("return scrollY").await;
    assert!(place >= 700.0, "the reader is at {place}");
    // A query that names no other version of the article is ignored.
    for query in ["with=en", "with=fr", "with=", "without=ja"] {
        browser.open_alive(&format!("{}?{query}", here.path)).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(!is_parallel(&browser).await, "?{query}");
    }
    let two = article(Lang::Vi, IN_TWO_LANGUAGES);
    browser.open_alive(&format!("{}?with=ko", two.path)).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(
        !is_parallel(&browser).await,
        "an article stands beside one that is not there"
    );
    browser.finish(&[]).await;
}

/// If the second language fails to load, a message in the page's language says so, the article
/// stays, and a retry loads it. This holds after a click and on a cold start.
pub(super) async fn a_second_language_that_does_not_come_says_so_and_can_be_tried_again(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    let (here, there) = (
        article(Lang::Ja, WITH_HEADLINE),
        article(Lang::Vi, WITH_HEADLINE),
    );
    let json = format!("/{}index.json", there.path);
    for cold in [false, true] {
        browser.site.inject_fault(&json, Fault::Status(500));
        if cold {
            browser.open_alive(&format!("{}?with=vi", here.path)).await;
        } else {
            browser.open_alive(&here.path).await;
            choose(&browser, Lang::Vi).await;
        }
        until_message(&browser, words(Lang::Ja).beside_failed).await;
        let body: usize = browser
            .run("return document.querySelector('.article > .body').children.length")
            .await;
        assert_eq!(body, blocks(&here).len(), "the article did not stay");
        retry_fails(
            &browser,
            &json,
            Fault::Status(500),
            Lang::Ja,
            words(Lang::Ja).beside_failed,
        )
        .await;
        browser.site.clear_faults();
        browser.click(".status-button").await;
        until_parallel(&browser, &here, &there).await;
        until_message(&browser, "").await;
    }
    // A late response is dropped if the reader has chosen otherwise meanwhile. The loading message
    // covers nothing that cannot be scrolled clear of it.
    browser.open_alive(&here.path).await;
    let late = browser.site.hold(&format!(
        "/{}index.json",
        article(Lang::Ko, WITH_HEADLINE).path
    ));
    choose(&browser, Lang::Ko).await;
    until_message(&browser, words(Lang::Ja).loading).await;
    browser
        .bring_into_view(".parallel-choice-link[lang=ja]")
        .await;
    choose(&browser, Lang::Ja).await;
    late.open();
    // If the late response were shown, it would be by now.
    tokio::time::sleep(Duration::from_millis(500)).await;
    until_alone(&browser, &here).await;
    browser
        .finish(&["index.json - Failed to load resource"])
        .await;
}

/// The language pairs under test.
const PAIRS: [(Lang, Lang); 3] = [
    (Lang::Vi, Lang::Ja),
    (Lang::ZhHans, Lang::En),
    (Lang::Ko, Lang::Vi),
];

/// Two languages side by side and the open citation are accessible, narrow and wide, in light and
/// dark.
pub(super) async fn axe_finds_nothing_beside_and_in_what_was_folded(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut found = Findings::default();
    for (width, scheme) in [
        (360, "light"),
        (360, "dark"),
        (1280, "light"),
        (1280, "dark"),
    ] {
        emulate(&browser, width, scheme).await;
        for (lang, other) in PAIRS {
            for below in [WITH_HEADLINE, WITHOUT_HEADLINE] {
                let here = article(lang, below);
                browser
                    .open_alive(&format!("{}?with={}", here.path, other.tag()))
                    .await;
                until_parallel(&browser, &here, &article(other, below)).await;
                browser.click(".cite-heading").await;
                found
                    .add(
                        &browser,
                        &format!("{} beside {other:?} at {width} in {scheme}", here.path),
                    )
                    .await;
            }
        }
    }
    found.judge();
    browser.finish(&[]).await;
}

/// Two languages fit the narrowest screens, one below the other, and wider ones in two columns.
pub(super) async fn two_languages_fit_every_screen(engine: Engine) {
    let browser = Browser::start(engine).await;
    for (lang, other) in PAIRS {
        for below in [WITH_HEADLINE, "partners/merger-with-hai-duong/"] {
            let (here, there) = (article(lang, below), article(other, below));
            browser
                .open_alive(&format!("{}?with={}", here.path, other.tag()))
                .await;
            until_parallel(&browser, &here, &there).await;
            for (width, columns) in [(320, 1), (768, 2), (1280, 2)] {
                let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
                browser
                    .cdp("Emulation.setDeviceMetricsOverride", metrics)
                    .await;
                let over: Vec<String> = browser.run(OVERFLOW).await;
                assert!(over.is_empty(), "{} at {width}: {over:?}", here.path);
                let lefts: usize = browser
                    .run("return new Set([...document.querySelectorAll('.parallel-side')].map((side) => Math.round(side.getBoundingClientRect().left))).size")
                    .await;
                assert_eq!(lefts, columns, "{} at {width}", here.path);
            }
        }
    }
    browser.finish(&[]).await;
}

fn article(lang: Lang, below: &str) -> Page {
    Page::read(&at_root().folder, lang, below)
}

fn blocks(page: &Page) -> &Vec<Value> {
    page.document["page"]["article"]["body"]
        .as_array()
        .expect("an article has a body")
}

/// Clicks the link of a second language; that of the page's own language hides the second one.
async fn choose(browser: &Browser, lang: Lang) {
    browser
        .click(&format!(".parallel-choice-link[lang={}]", lang.tag()))
        .await;
}

/// Title, heading, canonical address and the number of elements around the text.
async fn surroundings(browser: &Browser) -> (String, String, String, usize) {
    browser
        .run("return [document.title, document.querySelector('main h1').textContent, document.querySelector('link[rel=canonical]').href, document.querySelectorAll('.header *, .footer *').length]")
        .await
}

async fn is_parallel(browser: &Browser) -> bool {
    browser
        .run("return document.querySelector('.parallel, .parallel-headline') !== null")
        .await
}

/// Waits until both languages are shown, at the address with `?with=` and with the link marked.
async fn until_parallel(browser: &Browser, here: &Page, there: &Page) {
    let tag = there.lang.tag();
    let title = there.document["page"]["article"]["headline"].as_str();
    let title = title.unwrap_or_else(|| {
        there.document["page"]["article"]["section_name"]
            .as_str()
            .unwrap()
    });
    let expression = format!(
        "location.pathname === {} && location.search === '?with={tag}' && document.querySelector('.parallel-second')?.lang === '{tag}' \
         && document.querySelector('.parallel-headline').textContent === {} \
         && [...document.querySelectorAll('.parallel-choice-link[aria-current]')].map((link) => link.lang).join() === '{tag}'",
        Value::from(format!("/{}", here.path)),
        Value::from(title),
    );
    browser
        .until(&format!("{tag} stands beside {}", here.path), &expression)
        .await;
}

/// Waits until the article is shown in one language, at its plain address.
async fn until_alone(browser: &Browser, here: &Page) {
    let expression = format!(
        "location.pathname === {} && location.search === '' && !document.querySelector('.parallel, .parallel-headline') \
         && [...document.querySelectorAll('.parallel-choice-link[aria-current]')].map((link) => link.lang).join() === '{}'",
        Value::from(format!("/{}", here.path)),
        here.lang.tag(),
    );
    browser
        .until(&format!("{} stands alone", here.path), &expression)
        .await;
}

/// Asserts that each language shows all of its blocks; pictures are shown once only.
async fn assert_same_blocks(browser: &Browser, here: &Page, there: &Page) {
    for page in [here, there] {
        let script = format!(
            "return [...document.querySelectorAll('.parallel-side:lang({})')].filter((side) => side.querySelector('.body')).length",
            page.lang.tag()
        );
        let shown: usize = browser.run(&script).await;
        let pictures = blocks(page)
            .iter()
            .filter(|block| block.get("picture").is_some())
            .count();
        let expected = blocks(page).len() - if page.lang == there.lang { pictures } else { 0 };
        assert_eq!(shown, expected, "{}", page.path);
    }
}

async fn until_announced(browser: &Browser, text: &str) {
    browser
        .until_message(".parallel-choice [role=status]", text)
        .await;
}
