//! The only code that touches the browser's own interfaces.
//!
//! Each file holds one concern. In the native build there is no browser: what a component asks for while it is rendered
//! there answers as a browser would that has not done anything yet; what only the living page calls is not built.

pub mod choices;
pub mod clipboard;
#[cfg(target_arch = "wasm32")]
pub mod head;
#[cfg(target_arch = "wasm32")]
pub mod history;
pub mod lazy;
#[cfg(target_arch = "wasm32")]
pub mod links;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod print;
#[cfg(target_arch = "wasm32")]
pub mod request;
#[cfg(target_arch = "wasm32")]
pub mod search;
pub mod share;
pub mod storage;
#[cfg(target_arch = "wasm32")]
pub mod time;
