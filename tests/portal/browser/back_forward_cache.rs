//! The browser's back/forward cache: a page that a reader leaves and comes back to is kept as it was.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;

/// Notes on each page whether it came from the cache, and why not where the browser tells.
const NOTE: &str = "addEventListener('pageshow', ({ persisted }) => { \
        const [{ notRestoredReasons = null }] = performance.getEntriesByType('navigation'); \
        document.documentElement.dataset.restored = persisted; \
        document.documentElement.dataset.hindrance = JSON.stringify(notRestoredReasons); \
    });";

/// A picture that only the page has to which the reader leaves.
const PICTURE: &str = "/favicon.svg?elsewhere";

/// Whether the tools are open.
const TOOLS: &str = "document.querySelector('.tools[open] #tools [type=radio]')";

/// A reader leaves a page for another by a full load and comes back, with the program asleep and
/// awake: nothing is asked for, what was open is open, and the page still follows links.
pub(super) async fn a_page_that_was_left_is_kept_as_it_was(engine: Engine) {
    let folder = &at_root().folder;
    let article = Page::read(folder, Lang::Vi, WITH_HEADLINE);
    let elsewhere = Page::read(folder, Lang::En, "");
    for is_awake in [false, true] {
        let browser = Browser::complete(engine).await;
        browser.site.before_every_page(NOTE);
        let add = |html: String| {
            let picture = format!("<img src=\"{PICTURE}\" alt=\"\"></body>");
            at_once(html.replacen("</body>", &picture, 1))
        };
        let path = format!("/{}", elsewhere.path);
        browser.site.inject_fault(&path, Fault::Change(add));
        let path = format!("/{}", article.path);
        browser.site.inject_fault(&path, Fault::Change(at_once));
        browser.open(&article.path).await;
        if is_awake {
            browser.alive(&article.path).await;
        }
        let loaded = "document.readyState === 'complete'";
        browser.until("the page has loaded", loaded).await;
        // A click of Firefox's driver listens for the end of the page, which keeps that out of the cache. Any
        // click wakes a page, and one that is left while the program is on its way is not kept either.
        browser
            .run::<()>("document.querySelector('.tools').open = true")
            .await;
        browser.until("the tools are there", TOOLS).await;
        browser.site.requests();
        let leave = format!("location.assign('/{}')", elsewhere.path);
        browser.run::<()>(&leave).await;
        // The same is true of any script, so none runs until the next page asks for a picture.
        browser.until_requested(PICTURE).await;
        browser.until_page(&elsewhere).await;
        browser.until("that page has loaded", loaded).await;
        browser.site.requests();
        browser.back().await;
        browser.until_page(&article).await;
        let noted: [String; 2] = browser
            .run("const { restored, hindrance } = document.documentElement.dataset; return [restored, hindrance]")
            .await;
        let [restored, hindrance] = noted;
        assert_eq!(
            restored, "true",
            "{engine:?} loads the page again, awake: {is_awake}, because {hindrance}"
        );
        let mut asked = browser.site.requests();
        asked.retain(|request| !request.path.contains("favicon"));
        assert!(asked.is_empty(), "{engine:?} asks for {asked:?}");
        let open: bool = browser.run(&format!("return Boolean({TOOLS})")).await;
        assert!(open, "{engine:?}: the tools are closed");
        browser.alive(&article.path).await;
        browser.mark_load().await;
        browser.follow_to(&Page::read(folder, Lang::Vi, "")).await;
        assert!(browser.is_marked_load().await);
        browser.finish(&[]).await;
    }
}

/// A page whose pictures all belong to its loading: one that is left while a picture is on its way is
/// not kept.
fn at_once(html: String) -> String {
    html.replace("loading=\"lazy\"", "loading=\"eager\"")
}
