//! What a reader chose, kept on the device.
//!
//! Nothing else is kept, and nothing before the reader has chosen. A browser may have no storage, refuse it or have no
//! room left; then a choice lasts for as long as the page lives.

#[cfg(target_arch = "wasm32")]
use std::{cell::RefCell, collections::HashMap};

/// What every key begins with, so that it is seen whose it is and a site beside this one on the same host has its own.
#[cfg(target_arch = "wasm32")]
const NAMESPACE: &str = "portal.";

#[cfg(target_arch = "wasm32")]
thread_local! {
    /// What the browser did not take.
    static REFUSED: RefCell<HashMap<String, String>> = RefCell::default();
}

/// What is kept under a key.
///
/// Natively: nothing.
pub fn get(key: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    {
        let refused = REFUSED.with_borrow(|refused| refused.get(key).cloned());
        refused.or_else(|| device()?.get_item(&format!("{NAMESPACE}{key}")).ok()?)
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = key;
        None
    }
}

/// Keeps a value under a key.
///
/// Natively: does nothing.
pub fn set(key: &str, value: &str) {
    #[cfg(target_arch = "wasm32")]
    {
        let kept = device().is_some_and(|device| device.set_item(&format!("{NAMESPACE}{key}"), value).is_ok());
        REFUSED.with_borrow_mut(|refused| {
            if kept {
                refused.remove(key);
            } else {
                refused.insert(key.to_owned(), value.to_owned());
            }
        });
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (key, value);
}

/// The device's storage. To ask for it is refused as well where a reader does not allow it.
#[cfg(target_arch = "wasm32")]
fn device() -> Option<web_sys::Storage> {
    super::page::window().local_storage().ok()?
}
