//! The address bar, as the router's `BrowserUrl` reads it.

#[cfg(target_arch = "wasm32")]
use leptos_router::location::{BrowserUrl, LocationProvider, Url};

/// The part of the page that it names, with `#`; else nothing.
///
/// Natively: nothing.
pub fn hash() -> String {
    #[cfg(target_arch = "wasm32")]
    return read(|url| url.hash().to_owned());
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

/// Its path and its query.
#[cfg(target_arch = "wasm32")]
pub fn current() -> String {
    read(|url| match url.search() {
        "" => url.path().to_owned(),
        query => format!("{}?{query}", url.path()),
    })
}

#[cfg(target_arch = "wasm32")]
fn read(part: impl FnOnce(&Url) -> String) -> String {
    BrowserUrl::current().as_ref().map(part).unwrap_or_default()
}
