//! The answers of the desk, each with its policy.

use crate::hosting::policy;
use editorial::diagnostics::Message;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};
use model::Lang;
use serde::Serialize;
use serde_json::{Value, json};

/// An answer with its body.
pub(super) type Answer = Response<Full<Bytes>>;

/// A file of the desk. `preview` is the origin that may stand in it.
pub(super) fn file(name: &str, bytes: Bytes, preview: &str) -> Answer {
    let mut answer = with(StatusCode::OK, policy::content_type(name), bytes);
    let security = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
         frame-src {preview}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    put(answer.headers_mut(), policy::CONTENT_SECURITY, &security);
    answer
}

/// What a handler found, as JSON.
pub(super) fn found(value: &impl Serialize) -> Answer {
    of_json(StatusCode::OK, &json!(value))
}

/// What was refused, and why, in the language of who asks.
pub(super) fn refused(
    lang: Lang,
    status: StatusCode,
    kind: &str,
    message: &Message,
    further: &Value,
) -> Answer {
    let body = json!({ "kind": kind, "message": message.in_lang(lang), "now": further });
    of_json(status, &body)
}

/// Bytes of the content.
pub(super) fn picture(name: &str, bytes: Vec<u8>) -> Answer {
    with(StatusCode::OK, policy::content_type(name), bytes.into())
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Answer {
    let mut answer = with(status, "text/plain; charset=utf-8", Bytes::new());
    answer.headers_mut().remove(CONTENT_TYPE);
    answer
}

fn of_json(status: StatusCode, value: &Value) -> Answer {
    with(status, "application/json", value.to_string().into())
}

fn with(status: StatusCode, kind: &'static str, bytes: Bytes) -> Answer {
    let mut answer = Response::new(Full::new(bytes));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in policy::common(policy::Embedding::Refused) {
        put(headers, name, &value);
    }
    let nothing = "default-src 'none'; sandbox; frame-ancestors 'none'";
    put(headers, policy::CONTENT_SECURITY, nothing);
    put(headers, policy::RESOURCE_POLICY, policy::SAME_ORIGIN);
    // A desk stands in no other page, and its preview may want nothing of it.
    put(headers, "Cross-Origin-Embedder-Policy", "unsafe-none");
    put(headers, "Referrer-Policy", "no-referrer");
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (
        HeaderName::from_bytes(name.as_bytes()),
        HeaderValue::from_str(value),
    ) {
        headers.insert(name, value);
    }
}
