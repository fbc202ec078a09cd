//! Takes the webhooks of a CMS: one address, one method, an answer at once. What a caller sends is
//! read within limits, compared with its signature, and forgotten. Whoever does not know the secret
//! starts nothing.

use super::signature::{Secret, Shown};
use crate::hosting::serve::connections;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;

/// The only address.
pub(super) const PATH: &str = "/sync";

/// The largest body, in bytes: an article with all that belongs to it.
const MOST_BODY: u64 = 1024 * 1024;

/// How long a caller may take for the head of its request, and for all of it.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(15));

/// The most callers at once. Others wait.
const MOST_CALLERS: usize = 32;

/// Takes calls for ever. Each counts one on.
pub(super) async fn receive(listener: TcpListener, secret: Secret, call: watch::Sender<u64>) {
    let (secret, call) = (Arc::new(secret), Arc::new(call));
    connections::receive(
        &listener,
        connections::most(MOST_CALLERS),
        |stream, place| {
            tokio::spawn(converse(
                Arc::clone(&secret),
                Arc::clone(&call),
                stream,
                place,
            ));
        },
    )
    .await;
}

/// Answers one request, and frees its place.
async fn converse(
    secret: Arc<Secret>,
    call: Arc<watch::Sender<u64>>,
    stream: TcpStream,
    place: OwnedSemaphorePermit,
) {
    let service = service_fn(move |request| {
        let (secret, call) = (Arc::clone(&secret), Arc::clone(&call));
        async move { Ok::<_, Infallible>(answer(&secret, &call, request).await) }
    });
    let mut connection = http1::Builder::new();
    connection
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE.0)
        .max_buf_size(16 * 1024)
        .keep_alive(false);
    // A broken connection is no failure of the receiver, and neither is a slow caller.
    let _ = timeout(
        PATIENCE.1,
        connection.serve_connection(TokioIo::new(stream), service),
    )
    .await;
    drop(place);
}

/// The answer to a request.
async fn answer(
    secret: &Secret,
    call: &watch::Sender<u64>,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    if request.uri().path() != PATH {
        return said(StatusCode::NOT_FOUND, "there is nothing here\n");
    }
    if request.method() != Method::POST {
        let mut answer = said(
            StatusCode::METHOD_NOT_ALLOWED,
            "webhooks are sent with POST\n",
        );
        answer
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("POST"));
        return answer;
    }
    let unknown = || {
        said(
            StatusCode::UNAUTHORIZED,
            "the signature or the secret is missing or wrong\n",
        )
    };
    let Some(shown) = secret.shown(request.headers()) else {
        return unknown();
    };
    let too_large = || said(StatusCode::PAYLOAD_TOO_LARGE, "this is too large\n");
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > MOST_BODY) {
        return too_large();
    }
    let limit = usize::try_from(MOST_BODY).unwrap_or(usize::MAX);
    let body = Limited::new(request.into_body(), limit).collect().await;
    match (shown, body) {
        // A body that breaks off is the caller's loss; the secret was right.
        (Shown::Secret, _) => {}
        (Shown::Signature(_), Err(error)) => {
            return if error.is::<http_body_util::LengthLimitError>() {
                too_large()
            } else {
                unknown()
            };
        }
        (Shown::Signature(signature), Ok(body)) => {
            if !secret.signed(&body.to_bytes(), &signature) {
                return unknown();
            }
        }
    }
    call.send_modify(|number| *number = number.wrapping_add(1));
    said(StatusCode::ACCEPTED, "a sync follows\n")
}

fn said(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::from(text));
    *answer.status_mut() = status;
    answer.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    answer
}
