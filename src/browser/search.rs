//! The search, which is a script of its own.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Runs the search of the current address on the search page; a no-op on other pages. Defined
    /// in `src/boot.js`, which loads the search script on demand.
    #[wasm_bindgen(js_name = portalSearch)]
    pub fn search();
}
