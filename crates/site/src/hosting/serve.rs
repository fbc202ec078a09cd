//! `site serve`: the built site on this machine, with the headers that it should have on any.
//!
//! Whoever can reach the port is a stranger: a page of the web may be behind a request, or another user of the machine. A
//! request is answered only under this machine's own name ([`named`]); a file comes out of the site's folder or not at all
//! ([`folder`]); an address leads to an address of the site ([`site`]); and every answer carries the policy ([`answer`],
//! [`wire`]).

mod answer;
mod connections;
mod folder;
mod moves;
mod named;
mod range;
mod site;
mod wire;

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

/// How long a reader may take to ask, and to take a part of an answer, before the place is given to another.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves `folder` under `base` until the process is stopped. Port 0 takes any free one.
///
/// # Errors
/// Where the folder is no site, or the port is taken.
pub(crate) fn serve(folder: &Path, base: &str, port: u16) -> Result<(), Failure> {
    if !folder.join("index.html").is_file() {
        let message = format!("{} holds no site: build one with `cargo xtask build`", folder.display());
        return Err(Failure::new(message));
    }
    let failure = |error: io::Error| {
        let other = port.checked_add(1).unwrap_or(8080);
        Failure::new(format!("cannot serve at port {port}: {error}; choose another, such as --port {other}"))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failure)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(failure)?;
        let port = listener.local_addr().map_err(failure)?.port();
        print::line(format!("serving {} at http://localhost:{port}{base} (stop with Ctrl-C)", folder.display()))?;
        let site = Arc::new(Site::new(folder, base));
        let most = connections::most();
        connections::receive(&listener, most, |stream, place| {
            tokio::spawn(converse(Arc::clone(&site), stream, place));
        })
        .await;
        Ok(())
    })
}

/// Answers what is asked over one connection, and gives its place back.
async fn converse(site: Arc<Site>, stream: TcpStream, place: OwnedSemaphorePermit) {
    let service = service_fn(move |request| {
        let answer = site.answer(&request);
        async { Ok::<_, Infallible>(answer) }
    });
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    // A connection that breaks is the reader's business.
    let _ = connection.serve_connection(TokioIo::new(Wire::new(stream, PATIENCE)), service).await;
    drop(place);
}
