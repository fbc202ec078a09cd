//! Scripts for features that few readers use, loaded on demand.

/// Loads `src/lazy/<name>.js` and calls its function `task` with the element of this id. `false`
/// where loading or the task fails, or there is no such element.
///
/// Natively: always `false`.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "there is nothing to wait for natively")
)]
pub async fn run(name: &str, task: &str, id: &str) -> bool {
    #[cfg(target_arch = "wasm32")]
    {
        let Some(element) = super::page::element(id) else {
            return false;
        };
        portal_lazy(name, task, &element).await.is_ok()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (name, task, id);
        false
    }
}

/// Opens an address by a full load, as the fallback for a script that failed to load.
///
/// Natively: does nothing.
pub fn open_instead(href: &str) {
    #[cfg(target_arch = "wasm32")]
    super::page::open(href);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = href;
}

/// Sets the text of the element with this id, such as a status line.
///
/// Natively: does nothing.
pub fn say(id: &str, text: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(element) = super::page::element(id) {
        element.set_text_content(Some(text));
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (id, text);
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Defined in `src/boot.js`.
    #[wasm_bindgen(js_name = portalLazy, catch)]
    async fn portal_lazy(
        name: &str,
        task: &str,
        element: &web_sys::Element,
    ) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>;
}
