//! Requests that are given up after a while.

use gloo_net::http::{Request, RequestBuilder};
use web_sys::AbortSignal;

/// How long an answer may take, its body included, in milliseconds.
const PATIENCE: u32 = 15_000;

/// A request for this address. It ends with an error where the answer takes too long: a request that only nobody waited
/// for any more would go on, and keep another one for the same address waiting.
pub fn get(address: &str) -> RequestBuilder {
    Request::get(address).abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)))
}
