//! Missing or corrupted files. The page stays as it was prerendered, and its links work.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::at_root;
use model::Lang;
use std::time::Duration;

/// The program's file is missing.
pub(super) async fn without_the_program_the_page_stays_readable(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.inject_fault(".wasm", Fault::Status(404));
    stays_readable(&browser, "failed").await;
    browser.finish(&[".wasm"]).await;
}

/// A byte of the program is wrong: its hash does not match, so it does not run.
pub(super) async fn a_wrong_byte_in_the_program_stops_it(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.inject_fault(".wasm", Fault::WrongByte);
    stays_readable(&browser, "failed").await;
    browser.finish(&[".wasm"]).await;
}

/// A byte of the script is wrong: its hash does not match, so it does not run.
pub(super) async fn a_wrong_byte_in_the_script_stops_it(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.inject_fault(".js", Fault::WrongByte);
    stays_readable(&browser, "absent").await;
    browser.finish(&[".js"]).await;
}

/// A byte of the style sheet is wrong: it does not apply. The page keeps its own styles, and the
/// program runs.
pub(super) async fn a_wrong_byte_in_the_style_keeps_it_out(engine: Engine) {
    let own = "return getComputedStyle(document.querySelector('.language-tabs ul')).display";
    // The page has no element with this class.
    let late = "const shown = document.body.appendChild(document.createElement('div')); shown.className = 'chooser'; \
        const { display } = getComputedStyle(shown); shown.remove(); return display";
    for (fault, expected) in [(None, "grid"), (Some(Fault::WrongByte), "block")] {
        let browser = Browser::start(engine).await;
        let allowed: &[&str] = if fault.is_some() { &[".css"] } else { &[] };
        if let Some(fault) = fault {
            browser.site.inject_fault(".css", fault);
        }
        browser.open_alive("vi/").await;
        assert_eq!(browser.run::<String>(own).await, "flex");
        browser
            .until("the page has loaded", "document.readyState === 'complete'")
            .await;
        assert_eq!(browser.run::<String>(late).await, expected, "{allowed:?}");
        let page = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
        browser.follow_to(&page).await;
        browser.finish(allowed).await;
    }
}

/// A browser without WebAssembly, such as iOS in Lockdown Mode.
pub(super) async fn without_webassembly_the_page_stays_readable(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page("delete window.WebAssembly;");
    stays_readable(&browser, "failed").await;
    assert!(
        browser.site.requested_paths(".wasm").is_empty(),
        "the program is asked for in vain"
    );
    browser.open("en/search/").await;
    let needs =
        "getComputedStyle(document.querySelector('.search-needs')).visibility === 'visible'";
    browser.until("the search says what it needs", needs).await;
    browser.finish(&[]).await;
}

/// Opens a page, waits until its `data-app` says that the program has `failed`, or that the script is
/// `absent`, checks the page, and follows its links.
async fn stays_readable(browser: &Browser, state: &str) {
    let rest = &format!("document.documentElement.dataset.app === '{state}'");
    let article = Page::read(&at_root().folder, Lang::En, WITH_HEADLINE);
    browser.open(&article.path).await;
    browser.sign().await;
    browser.until("the page comes to rest", rest).await;
    PageSnapshot::at(browser).await.check(&article);
    let offered = "return ['.share-button', '.parallel-choice']
        .map((what) => getComputedStyle(document.querySelector(what)).visibility !== 'hidden')";
    let offered: [bool; 2] = browser.run(offered).await;
    let works = [state == "failed", false];
    assert_eq!(
        offered, works,
        "something is offered that does nothing, or not offered that works"
    );
    tokio::time::sleep(Duration::from_millis(700)).await;
    let loads = browser.site.requested_paths(&article.path);
    assert_eq!(loads.len(), 1, "the page is loaded over and over");

    for below in ["port/", "pages/about/"] {
        browser.mark_load().await;
        let page = Page::read(&at_root().folder, Lang::En, below);
        browser.follow_to(&page).await;
        browser.sign().await;
        browser.until("it comes to rest", rest).await;
        PageSnapshot::at(browser).await.check(&page);
        assert!(
            !browser.is_marked_load().await,
            "{} was not loaded in full",
            page.path
        );
    }
    let japanese = Page::read(&at_root().folder, Lang::Ja, "pages/about/");
    browser.click(".language-tab[lang=ja]").await;
    browser.until_page(&japanese).await;
}
