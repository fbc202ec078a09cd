//! A static site with an API before it: what was published after the last build is there for readers.

use super::engine::{Engine, Setup};
use super::pages::Page;
use super::session::Browser;
use super::upstream::{NEW_ARTICLE, NEW_HEADLINE, before_an_api};
use i18n::words;
use model::Lang;

/// Makes the API fail from a moment on: `window.silence = 'refuse'` or `'wait'`.
const SILENCE: &str = r"{
    const own = fetch;
    window.fetch = (request, options) => {
        const address = new URL(request.url ?? request, location);
        const silence = (window.wrappedJSObject ?? window).silence;
        if (address.origin === location.origin || !silence) return own(request, options);
        window.refused = (window.refused ?? 0) + 1;
        if (silence === 'refuse') return Promise.reject(new TypeError('refused'));
        return new Promise((_, fail) => options.signal.addEventListener('abort', () => fail(options.signal.reason)));
    };
}";

/// A page that is older than what the API has says so, and leads to an article that the static site
/// does not have, with its picture. Where the API does not answer, the static site does.
pub(super) async fn what_was_published_after_the_last_build_is_there(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), before_an_api()).await;
    browser.site.before_every_page(SILENCE);
    browser.open_alive("vi/port/").await;
    // The emergency first: it is on the page, and its reader is told and led there.
    let words = words(Lang::Vi);
    browser
        .until_message(".status-text", words.new_emergency)
        .await;
    browser
        .until_message(".status-button", words.show_emergency)
        .await;
    browser.click(".status-button").await;
    browser
        .until(
            "the emergency has the focus",
            "document.activeElement.matches('.notice-emergency')",
        )
        .await;
    // The list has changed, too.
    browser
        .until_message(".status-text", words.updated_page)
        .await;
    browser.click(".status-button").await;
    browser
        .until(
            "the list has the new article",
            &format!("document.querySelector('main a[href=\"/vi/{NEW_ARTICLE}\"]') !== null"),
        )
        .await;
    // Another section, by a click: from the API.
    browser.follow("vi/nature/").await;
    browser.until_shown("vi/nature/", "Thiên nhiên").await;
    browser.follow("vi/port/").await;
    let article = format!("vi/{NEW_ARTICLE}");
    browser
        .until(
            "the list has the new article",
            &format!("document.querySelector('main a[href=\"/{article}\"]') !== null"),
        )
        .await;
    browser.follow(&article).await;
    browser.until_shown(&article, NEW_HEADLINE).await;
    browser
        .until("its picture comes from the API", PICTURE)
        .await;

    // By its address, which the host has no page for.
    browser.open(&article).await;
    browser.until_shown(&article, NEW_HEADLINE).await;
    browser
        .until("its picture comes from the API", PICTURE)
        .await;

    // The API is silent now, and then it refuses.
    for (silence, section, heading) in [
        ("wait", "vi/culture/", "Thông tin văn hóa"),
        ("refuse", "vi/partners/", "Hữu nghị"),
    ] {
        browser
            .run::<()>(&format!(
                "(window.wrappedJSObject ?? window).silence = '{silence}'"
            ))
            .await;
        browser.follow(section).await;
        browser.until_shown(section, heading).await;
        browser
            .until(
                "the emergency stays",
                "document.querySelector('.notice-emergency') !== null",
            )
            .await;
    }
    let asked: u32 = browser.run("return window.refused ?? 0").await;
    assert!(
        asked <= 2,
        "an API that failed is left alone for a while, and was asked {asked} times"
    );
    browser
        .finish(&["Failed to load resource", "not loaded: "])
        .await;
}

/// The search finds what only the API has, and leads to it. Where the API does not answer, the search has
/// the last build.
pub(super) async fn the_search_has_what_was_published_after_the_last_build(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), before_an_api()).await;
    let article = format!("vi/{NEW_ARTICLE}");
    let found = format!("document.querySelector('.search-link[href=\"/{article}\"]') !== null");
    let query = "vi/search/?q=cang+nuoc+sau";
    browser.open(query).await;
    browser.until("the new article is found", &found).await;
    browser.follow(&article).await;
    browser.until_shown(&article, NEW_HEADLINE).await;

    browser.site.before_every_page(SILENCE);
    browser
        .site
        .before_every_page("(window.wrappedJSObject ?? window).silence = 'refuse';");
    browser.open(query).await;
    browser
        .until(
            "something is found",
            "document.querySelector('.search-link') !== null",
        )
        .await;
    let is_new: bool = browser.run(&format!("return {found}")).await;
    assert!(!is_new, "nobody told the host of it");
    browser
        .finish(&["Failed to load resource", "not loaded: "])
        .await;
}

/// Whether the picture of the article is there, and from another origin.
const PICTURE: &str = "[...document.querySelectorAll('main .article img')].some((image) => image.naturalWidth > 0 \
    && new URL(image.currentSrc).origin !== location.origin)";

/// A file that only the API has: whoever follows a link to it is led there, and a code is drawn.
pub(super) async fn a_file_that_only_the_api_has_is_found(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), before_an_api()).await;
    let article = format!("zh-Hans/{NEW_ARTICLE}");
    browser.open(&article).await;
    browser
        .until(
            "the article is there",
            "document.querySelector('.share-qr summary') !== null",
        )
        .await;
    browser.click(".share-qr summary").await;
    browser
        .until(
            "the code is drawn",
            "document.querySelector('.share-code').naturalWidth > 0",
        )
        .await;
    let file: String = browser
        .run("return document.querySelector('.share-code').getAttribute('src')")
        .await;
    assert!(file.starts_with("http://127.0.0.1:"), "{file}");
    browser
        .open("assets/figures-of-tomorrow-0123456789.csv")
        .await;
    browser
        .until("the API is asked for it", "!document.querySelector('.lost') || location.origin !== document.referrer.slice(0, -1)")
        .await;
    browser
        .finish(&["Failed to load resource", "not loaded: "])
        .await;
}

/// Where the site wants it, a page that is open asks from time to time.
pub(super) async fn an_open_page_hears_of_an_emergency(engine: Engine) {
    let browser = Browser::start(engine).await;
    let asks = |html: String| html.replacen("data-base=", "data-refresh=\"200\" data-base=", 1);
    let page = Page::read(&browser.folder, Lang::En, "port/");
    browser
        .site
        .inject_fault("/en/port/", super::proxy::Fault::Change(asks));
    browser.open_alive("en/port/").await;
    browser.until_page(&page).await;
    let emergency = super::proxy::Fault::Change(|json| {
        let notice = "\"notices\":[{\"slug\":\"flood\",\"level\":\"emergency\",\"text\":[{\"text\":\"Flood.\"}],\
                      \"published\":\"2026-05-13T08:30+07:00\"}],\"agencies\":";
        json.replacen("\"agencies\":", notice, 1)
    });
    browser.site.inject_fault("/en/port/index.json", emergency);
    let words = words(Lang::En);
    browser
        .until_message(".status-text", words.new_emergency)
        .await;
    browser
        .until(
            "it is on the page",
            "document.querySelector('#notice-flood .notice-text')?.textContent === 'Flood.'",
        )
        .await;
    browser.finish(&[]).await;
}
