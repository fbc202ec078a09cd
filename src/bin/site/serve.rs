//! `site serve`: the built site on this machine, with the headers that it should have on any.

use crate::failure::Failure;
use crate::policy;
use portal::model::Lang;
use portal::route::{Place, Route};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server};

/// How many requests are answered at once.
const WORKERS: usize = 8;

/// Serves `folder` under `base` until the process is stopped. Port 0 takes any free one.
///
/// # Errors
/// Where the folder is no site, or the port is taken.
pub(crate) fn serve(folder: &Path, base: &str, port: u16) -> Result<(), Failure> {
    if !folder.join("index.html").is_file() {
        let message = format!("{} holds no site: build one with `cargo xtask build`", folder.display());
        return Err(Failure::new(message));
    }
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        Failure::new(format!(
            "cannot serve at port {port}: {error}; choose another with --port {}",
            port.wrapping_add(1)
        ))
    })?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    println!("serving {} at http://localhost:{port}{base} (stop with Ctrl-C)", folder.display());
    let site = Arc::new(Site { folder: folder.to_path_buf(), base: base.to_owned() });
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (site, server) = (Arc::clone(&site), Arc::clone(&server));
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A reader that went away is no failure of the server's.
                    let _ = site.answer(request);
                }
            })
        })
        .collect();
    for worker in workers {
        let _ = worker.join();
    }
    Ok(())
}

/// A built site and where it stands.
struct Site {
    folder: PathBuf,
    base: String,
}

/// What a request gets.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// A file, by its path below the site's base.
    File(String),
    /// Another address.
    Moved(String),
    /// The page that says that nothing is there.
    Lost(String),
}

impl Site {
    fn answer(&self, request: Request) -> io::Result<()> {
        if !matches!(request.method(), Method::Get | Method::Head) {
            return request.respond(Response::empty(405).with_header(header("Allow", "GET, HEAD")));
        }
        let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        match self.find(&path) {
            Answer::File(file) => self.send(request, &file, 200),
            Answer::Lost(file) => self.send(request, &file, 404),
            Answer::Moved(address) => request.respond(Response::empty(308).with_header(header("Location", &address))),
        }
    }

    /// What an address leads to.
    fn find(&self, path: &str) -> Answer {
        let Some(below) = path.strip_prefix(&self.base) else {
            let to_base = format!("{path}/") == self.base;
            return if to_base { Answer::Moved(self.base.clone()) } else { Answer::Lost("404.html".to_owned()) };
        };
        let safe = below.split('/').all(|segment| segment != "." && segment != "..") && !below.contains(['\\', '%']);
        if safe {
            let file =
                if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
            if self.folder.join(&file).is_file() && !matches!(Route::parse(below), Place::Moved(_)) {
                return Answer::File(file);
            }
            if let Place::Moved(route) = Route::parse(below) {
                return Answer::Moved(route.href(&self.base));
            }
        }
        let lang = below.split('/').next().and_then(Lang::from_alias);
        Answer::Lost(lang.map_or_else(|| "404.html".to_owned(), |lang| Route::NotFound(lang).file()))
    }

    fn send(&self, request: Request, file: &str, status: u16) -> io::Result<()> {
        let Ok(bytes) = fs::read(self.folder.join(file)) else { return request.respond(Response::empty(404)) };
        let tag = entity_tag(&bytes);
        let known =
            request.headers().iter().any(|sent| sent.field.equiv("If-None-Match") && sent.value == tag.as_str());
        let (status, bytes) = if known && status == 200 { (304, Vec::new()) } else { (status, bytes) };
        let mut response = Response::from_data(bytes).with_status_code(status).with_chunked_threshold(usize::MAX);
        response.add_header(header("Content-Type", content_type(file)));
        response.add_header(header("ETag", &tag));
        for (name, value) in policy::headers(file) {
            response.add_header(header(name, &value));
        }
        request.respond(response)
    }
}

fn entity_tag(bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("headers are ASCII")
}

/// The media type of a file, by its name.
fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_file_to_the_right_address_or_to_the_lost_page_of_its_language() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["index.html", "404.html", "vi/index.html", "ko/index.html", "ko/404.html", "kr/index.html"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let site = Site { folder: folder.path().to_path_buf(), base: "/portal/".to_owned() };
        let file = |path: &str| Answer::File(path.to_owned());
        let moved = |path: &str| Answer::Moved(path.to_owned());
        let lost = |path: &str| Answer::Lost(path.to_owned());
        for (path, answer) in [
            ("/portal/", file("index.html")),
            ("/portal", moved("/portal/")),
            ("/portal/vi/", file("vi/index.html")),
            ("/portal/vi", moved("/portal/vi/")),
            ("/portal/kr/", moved("/portal/ko/")),
            ("/portal/kr/port/x", moved("/portal/ko/port/x/")),
            ("/portal/ko/nothing/", lost("ko/404.html")),
            ("/portal/nothing", lost("404.html")),
            ("/elsewhere", lost("404.html")),
            ("/portal/../secret", lost("404.html")),
            ("/portal/%2e%2e/secret", lost("404.html")),
        ] {
            assert_eq!(site.find(path), answer, "{path}");
        }
    }
}
