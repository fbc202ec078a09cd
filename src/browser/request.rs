//! Requests with a timeout.

use gloo_net::http::{Request, RequestBuilder};
use web_sys::AbortSignal;

/// The timeout of a request, body included, in milliseconds.
const TIMEOUT: u32 = 15_000;

/// A request for this address that is aborted after the timeout. An abandoned request that goes on
/// would block the next one for the same address.
pub fn get(address: &str) -> RequestBuilder {
    Request::get(address).abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)))
}
