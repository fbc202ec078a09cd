//! What the device keeps of a reader's choices.
//!
//! Nothing is stored before the reader has chosen. A browser may have no storage, refuse it or have no
//! room left; then a choice lasts until the next full load.

use std::cell::RefCell;

/// The prefix of every key, which tells it from the keys of other sites on the same host.
const NAMESPACE: &str = "portal.";

thread_local! {
    /// Keys whose value the browser refused to store.
    static REFUSED: RefCell<Vec<String>> = RefCell::default();
}

/// Whether a key has a value.
pub fn has(key: &str) -> bool {
    let key = format!("{NAMESPACE}{key}");
    let stored = device().and_then(|device| device.get_item(&key).ok()?);
    stored.is_some() || REFUSED.with_borrow(|refused| refused.contains(&key))
}

/// Stores a value under a key.
pub fn set(key: &str, value: &str) {
    let key = format!("{NAMESPACE}{key}");
    let stored = device().is_some_and(|device| device.set_item(&key, value).is_ok());
    if !stored {
        REFUSED.with_borrow_mut(|refused| refused.push(key));
    }
}

/// The device's storage. Access itself fails where the reader does not allow storage.
fn device() -> Option<web_sys::Storage> {
    super::page::window().local_storage().ok()?
}
