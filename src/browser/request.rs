//! Requests with a timeout, to the API or else to the page's host.
//!
//! The timeout is one of `src/boot.js`: browsers have run WebAssembly for longer than they know
//! `AbortSignal.timeout`.

use gloo_net::http::{Request, Response};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Asks the API first, where the site has one, and gives up after a timeout (`src/boot.js`). An
    /// abandoned request that goes on would block the next one for the same address.
    #[wasm_bindgen(catch, js_name = portalFetch)]
    async fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;
}

/// The response to a request; `None` where there is none.
pub async fn get(address: String) -> Option<Response> {
    let request = Request::get(&address).build().ok()?;
    let response = fetch(&request.into()).await.ok()?;
    let response: web_sys::Response = response.unchecked_into();
    Some(response.into())
}
