//! The router, the shell, the head, and the life of a page in the browser.
//!
//! The router keeps the address bar, the history and the links. What an address means is [`crate::route::Route`]'s
//! business, and which page is shown is one signal: it changes only when the next page is there in full (`docs/decisions/0002-the-page-is-one-signal.md`).

#[cfg(not(target_arch = "wasm32"))]
mod colours;
mod head;
#[cfg(target_arch = "wasm32")]
mod life;
mod portal;
#[cfg(not(target_arch = "wasm32"))]
mod shared;
#[cfg(not(target_arch = "wasm32"))]
mod shell;
#[cfg(not(target_arch = "wasm32"))]
mod structured;
mod suggestion;

#[cfg(not(target_arch = "wasm32"))]
pub use colours::Colours;
pub use head::{Head, address, alternates};
#[cfg(target_arch = "wasm32")]
pub use life::start;
pub use portal::{App, Shown};
#[cfg(not(target_arch = "wasm32"))]
pub use shell::{Asset, Assets, Icons, render, render_chooser, render_lost, render_moved};
#[cfg(not(target_arch = "wasm32"))]
pub use structured::inert;
