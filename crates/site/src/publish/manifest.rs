//! The web app manifest of a language: the portal's name, icons and colours on a home screen.

use model::Site;
use model::route::Route;
use portal::app::{Colours, Icons};
use serde_json::json;

/// The manifest. `drawing` is the path of the SVG icon below the site's base.
pub(crate) fn manifest(site: &Site, icons: &Icons, drawing: &str) -> String {
    let home = Route::Home(site.lang).href(&site.base);
    let icon = |file: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": format!("{}{file}", site.base), "sizes": sizes, "type": kind, "purpose": purpose });
    let mut manifest = json!({
        "id": home,
        "name": site.name,
        "short_name": site.name,
        "description": site.slogan,
        "lang": site.lang.tag(),
        "dir": "ltr",
        "start_url": home,
        "scope": site.base,
        "display": "minimal-ui",
        "theme_color": Colours::BAND,
        "background_color": Colours::PAPER,
        "icons": [
            icon(drawing, "any", "image/svg+xml", "any"),
            icon(&icons.small, "192x192", "image/png", "any"),
            icon(&icons.large, "512x512", "image/png", "any"),
            icon(&icons.maskable, "512x512", "image/png", "maskable"),
        ],
    });
    // The order of keys otherwise depends on how serde_json was compiled.
    manifest.sort_all_objects();
    manifest.to_string()
}
