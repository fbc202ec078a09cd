//! Requests with a timeout, to the API or else to the page's host.

use gloo_net::http::{Request, Response};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// Asks the API first, where the site has one (`src/boot.js`).
    #[wasm_bindgen(catch, js_name = portalFetch)]
    async fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;
}

/// The timeout of a request, body included, in milliseconds.
const TIMEOUT: u32 = 15_000;

/// The response to a request that is aborted after the timeout; `None` where there is none. An abandoned
/// request that goes on would block the next one for the same address.
pub async fn get(address: String) -> Option<Response> {
    let timeout = AbortSignal::timeout_with_u32(TIMEOUT);
    let request = Request::get(&address)
        .abort_signal(Some(&timeout))
        .build()
        .ok()?;
    let response = fetch(&request.into()).await.ok()?;
    let response: web_sys::Response = response.unchecked_into();
    Some(response.into())
}
