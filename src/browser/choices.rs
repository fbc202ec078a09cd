//! What the reader has chosen for all pages, as the page shows it and as the device keeps it.
//!
//! `src/early.js` applies what is stored before a page is painted, and has the one function that applies a choice. Nothing
//! is stored before the reader chooses, and what is usual takes the stored choice away.

use model::Choice;

/// What holds on this page: a place among the choice's values.
///
/// Natively: the usual one.
pub fn chosen(choice: Choice) -> usize {
    #[cfg(target_arch = "wasm32")]
    {
        let html = super::page::document().document_element();
        let value = html.and_then(|html| html.get_attribute(&format!("data-{}", choice.name())));
        let place = value.and_then(|value| choice.values().iter().position(|known| *known == value));
        place.unwrap_or(choice.usual())
    }
    #[cfg(not(target_arch = "wasm32"))]
    choice.usual()
}

/// From now on this one holds, on this page and on those that follow.
///
/// Natively: does nothing.
pub fn choose(choice: Choice, place: usize) {
    #[cfg(target_arch = "wasm32")]
    {
        let name = choice.name();
        let value = (place != choice.usual()).then(|| choice.values()[place]);
        match value {
            Some(value) => super::storage::set(name, value),
            None => super::storage::remove(name),
        }
        // Without `src/early.js` there is nothing that applies it; the reader sees that nothing changes.
        let _ = portal_choose(name, value);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (choice, place);
}

/// Calls `changed` whenever the choices may have become others without this page's doing: in another tab, or while this
/// page was put away.
///
/// Natively: does nothing.
pub fn watch(changed: impl Fn() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::{JsCast, closure::Closure};
        let closure = Closure::<dyn Fn()>::new(changed);
        for event in ["storage", "pageshow"] {
            let _ = super::page::window().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        }
        closure.forget();
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = changed;
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Stands in `src/early.js`.
    #[wasm_bindgen(js_name = portalChoose, catch)]
    fn portal_choose(name: &str, value: Option<&str>) -> Result<(), wasm_bindgen::JsValue>;
}
