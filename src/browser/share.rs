//! The device's share dialog (Web Share API).

/// Opens the device's share dialog for a page. `false` where it failed; cancelling is no failure.
/// Where the device has no such dialog, its button is hidden (`src/boot.js`).
///
/// Natively: always `false`.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "there is nothing to wait for natively")
)]
pub async fn share(title: &str, address: &str) -> bool {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsValue;
        let data = web_sys::ShareData::new();
        data.set_title(title);
        data.set_url(address);
        let Err(error) = navigator_share(&data).await else {
            return true;
        };
        let name = js_sys::Reflect::get(&error, &JsValue::from_str("name"))
            .ok()
            .and_then(|name| name.as_string());
        // The reader cancelled the dialog, or it is open already.
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
    async fn navigator_share(
        data: &web_sys::ShareData,
    ) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>;
}
