//! Links that readers come near or press, and their return to the page.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Calls a function with the path and whether the link was pressed. Defined in `src/boot.js`,
    /// where it is shorter, and which keeps the browser from following what is pressed.
    #[wasm_bindgen(js_name = portalLinks)]
    fn listen(tell: &JsValue);
}

/// Calls `on_link` with the address of every link of this site that is hovered, touched or focused,
/// so that a request can start before the click. For a press, which the browser does not follow, the
/// second argument is `true`. The address is empty where the page comes into sight again.
pub fn watch(on_link: impl Fn(&str, bool) + 'static) {
    let closure = Closure::<dyn Fn(String, bool)>::new(move |href: String, pressed| {
        on_link(&href, pressed);
    });
    listen(&closure.into_js_value());
}
