//! The device's own way to share.

/// Lets the reader share a page with whatever the device has for it. `false` where that failed; a reader who thinks
/// better of it has not failed. Where the device has no such way, no button for it is shown (`src/boot.js`).
///
/// Natively: always `false`.
#[cfg_attr(not(target_arch = "wasm32"), expect(clippy::unused_async, reason = "there is nothing to wait for natively"))]
pub async fn share(title: &str, address: &str) -> bool {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsValue;
        let data = web_sys::ShareData::new();
        data.set_title(title);
        data.set_url(address);
        let Err(error) = navigator_share(&data).await else { return true };
        let name = js_sys::Reflect::get(&error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
        // The reader closed it, or it stands open already.
        matches!(name.as_deref(), Some("AbortError" | "InvalidStateError"))
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (title, address);
        false
    }
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = navigator, js_name = share, catch)]
    async fn navigator_share(data: &web_sys::ShareData) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>;
}
