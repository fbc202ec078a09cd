//! Responses. All of them are made here, so that files, redirects and refusals carry the policy.

use crate::hosting::policy;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

/// A response with its body.
pub(crate) type FullResponse = Response<Full<Bytes>>;

/// A response with the bytes of a file.
pub(crate) fn of_file(status: StatusCode, file: &str, bytes: impl Into<Bytes>) -> FullResponse {
    let mut response = Response::new(Full::new(bytes.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static(policy::content_type(file)),
    );
    for (name, value) in policy::headers(file) {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            put(headers, name, &value);
        }
    }
    response
}

/// A response without a body, with a further header where one is given.
pub(crate) fn empty(status: StatusCode, further: Option<(HeaderName, &str)>) -> FullResponse {
    let mut response = of_file(status, "", Bytes::new());
    response.headers_mut().remove(CONTENT_TYPE);
    if let Some((name, value)) = further {
        put(response.headers_mut(), name, value);
    }
    response
}

/// Sets a header, unless the value is not valid in one.
pub(crate) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
