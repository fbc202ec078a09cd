//! Prefetched documents.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;

/// Hovering a link requests its document once; a click then requests nothing more.
pub(super) async fn a_hovered_link_is_asked_for_once(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let page = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
    let json = format!("/{}index.json", page.path);
    browser.open_alive("vi/port/").await;
    browser.site.requests();
    let link = browser
        .find(&format!("main a[href=\"/{}\"]", page.path))
        .await;
    browser
        .driver
        .action_chain()
        .move_to_element_center(&link)
        .perform()
        .await
        .unwrap();
    // The pointer may cross other links on its way.
    let hovered = browser.until_requested(&json).await;
    assert_eq!(
        hovered,
        [json.as_str()],
        "what was asked for when the link was hovered"
    );
    let heading: String = browser
        .run("return document.querySelector('main h1').textContent")
        .await;
    assert_ne!(heading, page.heading(), "hovering shows nothing yet");
    let name = browser.find("main h1").await;
    browser
        .driver
        .action_chain()
        .move_to_element_center(&name)
        .move_to_element_center(&link)
        .perform()
        .await
        .unwrap();
    link.click().await.unwrap();
    browser.until_page(&page).await;
    let again = browser.site.requested_paths(&json);
    assert!(
        again.is_empty(),
        "the document was asked for again: {again:?}"
    );
    browser.finish(&[]).await;
}

/// So does focusing a link.
pub(super) async fn a_focused_link_is_asked_for_once(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let page = Page::read(&at_root().folder, Lang::En, "pages/about/");
    let json = format!("/{}index.json", page.path);
    browser.open_alive("en/").await;
    browser.site.requests();
    browser
        .run::<()>("document.querySelector('footer a[href$=\"/pages/about/\"]').focus()")
        .await;
    assert_eq!(browser.until_requested(&json).await, [json.as_str()]);
    browser
        .find("footer a[href$=\"/pages/about/\"]")
        .await
        .send_keys(thirtyfour::Key::Enter + "")
        .await
        .unwrap();
    browser.until_page(&page).await;
    assert!(
        browser.site.requested_paths(&json).is_empty(),
        "the document was asked for again"
    );
    browser.finish(&[]).await;
}
