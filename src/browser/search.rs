//! The search, which is a script of its own.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Searches for what the address asks for, where the page that is shown can do it. The function stands in
    /// `src/boot.js`; it loads the script that searches when a reader asks for something.
    #[wasm_bindgen(js_name = portalSearch)]
    pub fn search();
}
