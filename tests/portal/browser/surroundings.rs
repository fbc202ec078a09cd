//! Pages in surroundings that nobody planned for: translated by the browser, kept in a web archive, in
//! old browsers, and in browsers inside other programs.

use super::display_settings::open_tools;
use super::engine::{Engine, Setup};
use super::pages::{Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::session::Browser;
use super::upstream::{at_root, in_an_archive};
use i18n::words;
use model::Lang;
use serde_json::json;

/// What Chromium's translator does to a page: it puts elements in the place of texts.
const TRANSLATE: &str = r"
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts.filter((text) => text.data.trim() && !text.parentElement.closest('script, style'))) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = `⟦${text.data}⟧`;
        outer.append(inner);
        text.replaceWith(outer);
    }
";

/// Nothing of another language stays on a page that the browser has translated: links and steps back
/// lead on by full loads, which the translator follows.
pub(super) async fn a_translated_page_keeps_no_word_of_the_one_before(engine: Engine) {
    let browser = Browser::start(engine).await;
    let page = |lang| Page::read(&at_root().folder, lang, "port/");
    let [vietnamese, english, korean] = [Lang::Vi, Lang::En, Lang::Ko].map(page);
    browser.open_alive(&vietnamese.path).await;
    browser.mark_load().await;
    browser.follow_to(&english).await;
    assert!(browser.is_marked_load().await);
    browser.run::<()>(TRANSLATE).await;
    browser.follow_to(&korean).await;
    assert!(!browser.is_marked_load().await, "it was changed in place");
    // Back to the page that the program had shown.
    browser.alive(&korean.path).await;
    browser.mark_load().await;
    browser.follow_to(&vietnamese).await;
    browser.run::<()>(TRANSLATE).await;
    browser.back_to(&korean).await;
    let is_whole = "window.isMarked !== true && !document.querySelector('font')";
    browser.until("it is loaded in full", is_whole).await;
    browser.finish(&[]).await;
}

/// A browser that runs the program and lacks `AbortSignal.timeout` (Safari before 16, Chromium before
/// 103) goes from page to page with it.
pub(super) async fn a_browser_without_timeouts_follows_links(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser
        .site
        .before_every_page("delete AbortSignal.timeout;");
    browser.open_alive("vi/port/").await;
    assert!(browser.run::<bool>("return !AbortSignal.timeout").await);
    browser.mark_load().await;
    for below in [WITH_HEADLINE, WITHOUT_HEADLINE] {
        let page = Page::read(&at_root().folder, Lang::Vi, below);
        let link = json!(format!("/{}", page.path));
        let script = format!(
            "const link = document.createElement('a'); link.href = {link}; link.textContent = 'x'; \
             link.className = 'of-the-test'; document.querySelector('main').prepend(link); link.focus()"
        );
        browser.run::<()>(&script).await;
        browser.click("a.of-the-test").await;
        browser.until_page(&page).await;
        assert!(browser.is_marked_load().await);
    }
    browser.finish(&[]).await;
}

/// The address of a page in an archive ends with that of the page. The program would find nothing
/// there: it leaves the page as it was kept, and its links lead on within the archive.
pub(super) async fn a_page_in_an_archive_stays_as_it_was_kept(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), in_an_archive()).await;
    let page = |below| Page::read(&at_root().folder, Lang::Vi, below);
    let [section, article] = ["port/", WITH_HEADLINE].map(page);
    browser.open(&section.path).await;
    browser.sign().await;
    let left = "document.documentElement.dataset.app === 'failed'";
    browser.until("the page is left as it is", left).await;
    browser.until_page(&section).await;
    browser.follow_to(&article).await;
    browser.sign().await;
    browser.until("this one, too", left).await;
    let bar = "return Boolean(document.querySelector('.status-button'))";
    assert!(!browser.run::<bool>(bar).await, "a failure is told");
    // The addresses of drawings in styles and manifests are not rewritten by this archive.
    browser.finish(&[".svg"]).await;
}

/// Where nothing prints, printing is not offered.
pub(super) async fn what_the_browser_cannot_do_is_not_offered(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser
        .site
        .before_every_page("window.print = undefined; delete window.speechSynthesis;");
    browser.open_alive(&format!("ja/{WITH_HEADLINE}")).await;
    open_tools(&browser).await;
    let buttons = "return [...document.querySelectorAll('.tools-buttons button')].map((button) => button.textContent)";
    let buttons: Vec<String> = browser.run(buttons).await;
    let names = &words(Lang::Ja).tools;
    assert_eq!(buttons[0], names.save);
    assert!(
        !buttons.iter().any(|name| name == names.print),
        "{buttons:?}"
    );
    browser.finish(&[]).await;
}
