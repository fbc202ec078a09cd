//! The narrowest screens.

use super::engine::{Engine, Setup};
use super::front::Fault;
use super::pages::{self, NOWHERE};
use super::session::Browser;
use super::upstream::at_root;
use portal::model::Lang;
use serde_json::json;

/// What reaches over the right edge without standing in something that scrolls by itself.
pub(super) const OVERFLOW: &str = r"
    const scrolls = (element) => element && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    const over = [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(element.parentElement))
        .map((element) => `${element.localName}.${element.className}`);
    return document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px`, ...over] : [];
";

/// At 320 pixels, which is 1280 at four times the size, no page scrolls sideways.
pub(super) async fn no_page_scrolls_sideways_at_320_pixels(engine: Engine) {
    let setup = Setup { languages: Some("fr"), ..Setup::default() };
    let browser = Browser::with(engine, setup, at_root()).await;
    let metrics = json!({ "width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    let mut wide = Vec::new();
    for page in [Lang::Vi, Lang::Ja].into_iter().flat_map(|lang| pages::every_kind_in(&at_root().folder, lang)) {
        browser.open_alive(&page.path).await;
        let over: Vec<String> = browser.run(OVERFLOW).await;
        wide.extend((!over.is_empty()).then(|| format!("{}: {over:?}", page.path)));
    }
    browser.site.spoil(".wasm", Fault::Status(404));
    for path in ["", NOWHERE] {
        browser.open(path).await;
        let over: Vec<String> = browser.run(OVERFLOW).await;
        wide.extend((!over.is_empty()).then(|| format!("/{path}: {over:?}")));
    }
    assert!(wide.is_empty(), "pages that scroll sideways:\n{}", wide.join("\n"));
    browser.finish(&["404"]).await;
}
