//! The only code that calls the browser's own interfaces.
//!
//! Each file holds one concern. The native build has no browser: functions that components call
//! while rendering return the initial state, and modules that only the running program uses are not
//! compiled.

pub mod address;
#[cfg(target_arch = "wasm32")]
pub mod head;
#[cfg(target_arch = "wasm32")]
pub mod history;
#[cfg(target_arch = "wasm32")]
pub mod links;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod request;
#[cfg(target_arch = "wasm32")]
pub mod search;
#[cfg(target_arch = "wasm32")]
pub mod storage;
pub mod task;
#[cfg(target_arch = "wasm32")]
pub mod time;
