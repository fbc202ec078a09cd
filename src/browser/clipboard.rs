//! The clipboard, and selection for copying by hand.

/// Copies a text. `false` where the browser has no clipboard or refuses it.
///
/// Natively: always `false`.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "there is nothing to wait for natively")
)]
pub async fn copy(text: &str) -> bool {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsValue;
        let Some(window) = web_sys::window() else {
            return false;
        };
        // `navigator.clipboard` is absent on plain HTTP, where web-sys would trap on it.
        let navigator = window.navigator();
        match js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")) {
            Ok(value) if !value.is_undefined() => {
                wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text))
                    .await
                    .is_ok()
            }
            _ => false,
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = text;
        false
    }
}

/// Selects the whole text of the input field with this id and moves the focus there, so that the
/// reader can copy it by hand.
///
/// Natively: does nothing.
pub fn select_field(id: &str) {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsCast;
        let field = super::page::element(id)
            .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field {
            let _ = field.focus();
            field.select();
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = id;
}

/// Selects the text of the element with this id, so that the reader can copy it by hand.
///
/// Natively: does nothing.
pub fn select_text(id: &str) {
    #[cfg(target_arch = "wasm32")]
    {
        let selection = super::page::window().get_selection().ok().flatten();
        if let (Some(selection), Some(element)) = (selection, super::page::element(id)) {
            let _ = selection.select_all_children(&element);
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = id;
}
