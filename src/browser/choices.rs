//! The reader's display settings, on the page and in the device's storage.
//!
//! `src/early.js` applies stored choices before the first paint, and has the one function that
//! applies a choice. Nothing is stored before the reader chooses, and choosing the default removes
//! the stored value.

use model::Choice;

/// The current value, as an index into [`Choice::values`].
///
/// Natively: the default.
pub fn chosen(choice: Choice) -> usize {
    #[cfg(target_arch = "wasm32")]
    {
        let html = super::page::document().document_element();
        let value = html.and_then(|html| html.get_attribute(&format!("data-{}", choice.name())));
        let place =
            value.and_then(|value| choice.values().iter().position(|known| *known == value));
        place.unwrap_or(choice.default_index())
    }
    #[cfg(not(target_arch = "wasm32"))]
    choice.default_index()
}

/// Applies a value on this page and stores it for others. `place` is its index.
///
/// Natively: does nothing.
pub fn choose(choice: Choice, place: usize) {
    #[cfg(target_arch = "wasm32")]
    {
        let name = choice.name();
        let value = (place != choice.default_index()).then(|| choice.values()[place]);
        match value {
            Some(value) => super::storage::set(name, value),
            None => super::storage::remove(name),
        }
        // Fails where `src/early.js` did not load; the reader sees that nothing changes.
        let _ = portal_choose(name, value);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (choice, place);
}

/// Calls `changed` whenever another tab may have changed the choices, also while this page was in
/// the back/forward cache.
///
/// Natively: does nothing.
pub fn watch(changed: impl Fn() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::{JsCast, closure::Closure};
        let closure = Closure::<dyn Fn()>::new(changed);
        for event in ["storage", "pageshow"] {
            let _ = super::page::window()
                .add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        }
        closure.forget();
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = changed;
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Defined in `src/early.js`.
    #[wasm_bindgen(js_name = portalChoose, catch)]
    fn portal_choose(name: &str, value: Option<&str>) -> Result<(), wasm_bindgen::JsValue>;
}
