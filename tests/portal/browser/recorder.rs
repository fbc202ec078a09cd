//! The recorder itself: an error that it missed would pass in every other journey.

use super::engine::Engine;
use super::proxy::Fault;
use super::session::Browser;

/// Every kind of error on a page is recorded, and a page without errors records nothing.
pub(super) async fn the_recorder_hears_everything_that_goes_wrong(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("vi/").await;
    assert_eq!(browser.site.errors(), Vec::<String>::new());
    let mistaken = |html: String| {
        html.replacen(
            "</head>",
            "<script src=\"/mistakes.js\" defer></script></head>",
            1,
        )
    };
    browser.site.inject_fault("/en/", Fault::Change(mistaken));
    browser.open("en/").await;
    let expected = [
        "thrown",
        "rejection: Error: rejected",
        "console.error: said",
        "not loaded: ",
        "policy: img-src forbids",
    ];
    let mut heard = String::new();
    for _ in 0..1000 {
        heard.extend(browser.site.errors());
        if expected.iter().all(|line| heard.contains(line)) {
            return browser
                .finish(&["thrown", "rejected", "said", "nothing.png", "foreign.png"])
                .await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{engine:?}: only this was heard: {heard}");
}
