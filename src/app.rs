//! The router, the shell, the head, and what follows the address in the browser.
//!
//! The router keeps the address bar, the history and the links. What an address means is [`model::route::Route`]'s
//! business, and which page is shown is one signal: it changes only when the next page is there in full (`docs/decisions/0002-the-page-is-one-signal.md`).

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
pub use assets::{Asset, Assets, Icons};
#[cfg(not(target_arch = "wasm32"))]
pub use colours::Colours;
pub use head::{Head, alternates};
#[cfg(not(target_arch = "wasm32"))]
pub use json_ld::escape_script_json;
pub use portal::App;
#[cfg(not(target_arch = "wasm32"))]
pub use shell::{render, render_chooser, render_moved, render_not_found};
pub use shown::Shown;
#[cfg(target_arch = "wasm32")]
pub use takeover::start;
