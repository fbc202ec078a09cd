//! Pictures of every kind of page, to look at.

use super::engine::Engine;
use super::pages;
use super::session::Browser;
use super::upstream::at_root;
use portal::model::Lang;
use serde_json::json;
use std::path::PathBuf;

/// Writes each kind of page, narrow and wide, light and dark, in Vietnamese and Japanese, into the folder that
/// `PORTAL_SCREENSHOTS` names.
pub(super) async fn take() {
    let folder = std::env::var_os("PORTAL_SCREENSHOTS").map(PathBuf::from).expect("PORTAL_SCREENSHOTS names a folder");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let browser = Browser::start(Engine::Chromium).await;
    for page in [Lang::Vi, Lang::Ja].into_iter().flat_map(|lang| pages::every_kind_in(&at_root().folder, lang)) {
        for width in [360, 1280] {
            for scheme in ["light", "dark"] {
                let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
                browser.cdp("Emulation.setEmulatedMedia", features).await;
                size(&browser, width, 800).await;
                browser.open_alive(&page.path).await;
                let height: u32 = browser.run("return document.documentElement.scrollHeight").await;
                size(&browser, width, height).await;
                browser
                    .until("the pictures are there", "[...document.images].every((picture) => picture.complete)")
                    .await;
                let name = format!("{}-{width}-{scheme}.png", page.path.trim_end_matches('/').replace('/', "-"));
                browser.driver.screenshot(&folder.join(name)).await.expect("the picture can be written");
            }
        }
    }
    browser.finish(&["404"]).await;
}

async fn size(browser: &Browser, width: u32, height: u32) {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
}
