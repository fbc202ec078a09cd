//! Timers.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Waits for so many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = super::page::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// The milliseconds since 1970, by the device's clock.
pub fn now() -> f64 {
    js_sys::Date::now()
}
