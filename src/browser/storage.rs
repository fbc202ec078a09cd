//! The reader's choices in the device's local storage.
//!
//! Nothing else is stored, and nothing before the reader has chosen. A browser may have no storage,
//! refuse it or have no room left; then a choice lasts until the next full load.

#[cfg(target_arch = "wasm32")]
use std::{cell::RefCell, collections::HashMap};

/// The prefix of every key, which tells it from the keys of other sites on the same host.
#[cfg(target_arch = "wasm32")]
const NAMESPACE: &str = "portal.";

#[cfg(target_arch = "wasm32")]
thread_local! {
    /// Values that the browser refused to store.
    static REFUSED: RefCell<HashMap<String, String>> = RefCell::default();
}

/// The value of a key.
///
/// Natively: always `None`.
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

/// Stores a value under a key.
///
/// Natively: does nothing.
pub fn set(key: &str, value: &str) {
    #[cfg(target_arch = "wasm32")]
    {
        let kept = device()
            .is_some_and(|device| device.set_item(&format!("{NAMESPACE}{key}"), value).is_ok());
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

/// Removes a key.
///
/// Natively: does nothing.
pub fn remove(key: &str) {
    #[cfg(target_arch = "wasm32")]
    {
        REFUSED.with_borrow_mut(|refused| refused.remove(key));
        if let Some(device) = device() {
            let _ = device.remove_item(&format!("{NAMESPACE}{key}"));
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = key;
}

/// The device's storage. Access itself fails where the reader does not allow storage.
#[cfg(target_arch = "wasm32")]
fn device() -> Option<web_sys::Storage> {
    super::page::window().local_storage().ok()?
}
