//! The browser program. `trunk build` makes it; `site build` puts it into every page.

#![recursion_limit = "256"]

/// Takes the page over. Natively there is no page.
fn main() {
    #[cfg(target_arch = "wasm32")]
    portal::app::start();
}
