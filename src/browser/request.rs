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

/// The status and the body of the answer to a request; `None` where there is none. What failed has no
/// body.
pub async fn get(address: String) -> Option<(u16, Vec<u8>)> {
    let request = Request::get(&address).build().ok()?;
    let answer = fetch(&request.into()).await.ok()?;
    let answer = Response::from(answer.unchecked_into::<web_sys::Response>());
    let body = if answer.ok() {
        answer.binary().await.ok()?
    } else {
        Vec::new()
    };
    Some((answer.status(), body))
}
