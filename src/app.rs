//! The application: frame, HTML shell, head, and navigation in the browser.
//!
//! [`model::route::Route`] parses addresses. One signal holds the page that is shown; it changes
//! only when the next page has loaded in full (`docs/decisions/0002-the-page-is-one-signal.md`).

#[cfg(not(target_arch = "wasm32"))]
mod assets;
#[cfg(not(target_arch = "wasm32"))]
mod colours;
mod head;
#[cfg(not(target_arch = "wasm32"))]
mod json_ld;
#[cfg(target_arch = "wasm32")]
mod live_head;
#[cfg(target_arch = "wasm32")]
mod navigation;
#[cfg(not(target_arch = "wasm32"))]
mod open_graph;
mod portal;
#[cfg(not(target_arch = "wasm32"))]
mod shell;
mod shown;
mod suggestion;
#[cfg(target_arch = "wasm32")]
mod takeover;

#[cfg(not(target_arch = "wasm32"))]
pub use assets::{Asset, Assets, Icons, Monitoring, NO_STYLE, STYLE_HASH};
#[cfg(not(target_arch = "wasm32"))]
pub use colours::Colours;
pub use head::{Head, alternates};
#[cfg(not(target_arch = "wasm32"))]
pub use json_ld::escape_script_json;
pub use portal::App;
#[cfg(not(target_arch = "wasm32"))]
pub use shell::{Finish, Own, Shell, render, render_chooser, render_moved, render_not_found};
pub use shown::Shown;
#[cfg(target_arch = "wasm32")]
pub use takeover::start;
