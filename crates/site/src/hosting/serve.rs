//! `site serve`: serves the built site on this machine, with the headers that any host should send.
//!
//! No client is trusted: a request may come from a page of the web, or from another user of the
//! machine. A request is answered only under this machine's own names ([`host_check`]). A file
//! comes out of the site's folder or not at all ([`folder`]). A redirect leads to an address of the
//! site ([`site`]). Every response carries the policy ([`response`], [`wire`]).

pub(crate) mod connections;
mod folder;
pub(crate) mod host_check;
mod range;
mod redirects;
pub(crate) mod response;
pub(crate) mod site;
pub(crate) mod wire;

use crate::print;
use editorial::diagnostics::Failure;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use site::Site;
use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OwnedSemaphorePermit;
use wire::Wire;

/// How long a client may take to send a request, or to read a part of a response, before the
/// connection is closed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The most connections at once, where the system allows that many.
const MOST_CONNECTIONS: usize = 256;

/// Serves `folder` under `base` until the process is stopped. Port 0 takes any free one.
///
/// # Errors
/// Where the folder is no site, or the port is taken.
pub(crate) fn serve(folder: &Path, base: &str, port: u16) -> Result<(), Failure> {
    if !folder.join("index.html").is_file() {
        let message = format!(
            "{} holds no site: build one with `cargo xtask build`",
            folder.display()
        );
        return Err(Failure::new(message));
    }
    let failure = |error: io::Error| {
        let other = port.checked_add(1).unwrap_or(8080);
        Failure::new(format!(
            "cannot serve at port {port}: {error}; choose another, such as --port {other}"
        ))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(failure)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .map_err(failure)?;
        let port = listener.local_addr().map_err(failure)?.port();
        print::stdout_line(format!(
            "serving {} at http://localhost:{port}{base} (stop with Ctrl-C)",
            folder.display()
        ))?;
        let site = Arc::new(Site::new(folder, base));
        let most = connections::most(MOST_CONNECTIONS);
        connections::receive(&listener, most, |stream, place| {
            tokio::spawn(converse(Arc::clone(&site), stream, place));
        })
        .await;
        Ok(())
    })
}

/// Answers the requests of a connection, and frees its place.
async fn converse(site: Arc<Site>, stream: TcpStream, place: OwnedSemaphorePermit) {
    let service = service_fn(move |request| {
        let answer = site.respond(&request);
        async { Ok::<_, Infallible>(answer) }
    });
    let mut connection = http1::Builder::new();
    connection
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE);
    // A broken connection is no failure of the server.
    let _ = connection
        .serve_connection(TokioIo::new(Wire::new(stream, PATIENCE)), service)
        .await;
    drop(place);
}
