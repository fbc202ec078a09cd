//! The browser program. `trunk build` makes it; `site build` publishes it for every page.

#![recursion_limit = "256"]

/// Takes the page over; a no-op natively.
fn main() {
    #[cfg(target_arch = "wasm32")]
    portal::app::start();
}
