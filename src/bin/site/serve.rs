//! `site serve`: the built site on this machine, with the headers that it should have on any.

mod range;

use crate::failure::Failure;
use crate::hash;
use crate::hosts::REDIRECTS_FILE;
use crate::policy;
use crate::print;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, LOCATION, RANGE, VARY,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use portal::model::Lang;
use portal::route::{Place, Route};
use std::collections::HashMap;
use std::convert::Infallible;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

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
        let site = Arc::new(Site { folder: folder.to_path_buf(), base: base.to_owned(), moved: moved(folder) });
        loop {
            // A connection that breaks while it is being made is the reader's, not the server's.
            let Ok((stream, _)) = listener.accept().await else { continue };
            let site = Arc::clone(&site);
            let service = service_fn(move |request| {
                let answer = site.answer(&request);
                async { Ok::<_, Infallible>(answer) }
            });
            tokio::spawn(
                http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service),
            );
        }
    })
}

/// A built site and where it stands.
struct Site {
    folder: PathBuf,
    base: String,
    /// Addresses that pages had before, and where they lead to.
    moved: HashMap<String, String>,
}

/// The addresses that moved, as the site's own file for hosts has them; those with `*` are known to [`Route::parse`].
fn moved(folder: &Path) -> HashMap<String, String> {
    let text = fs::read_to_string(folder.join(REDIRECTS_FILE)).unwrap_or_default();
    let pair = |line: &str| match line.split(' ').collect::<Vec<_>>()[..] {
        [from, to, "301"] if !from.ends_with('*') => Some((from.to_owned(), to.to_owned())),
        _ => None,
    };
    text.lines().filter_map(pair).collect()
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
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return empty(StatusCode::METHOD_NOT_ALLOWED, ALLOW, "GET, HEAD");
        }
        match self.find(request.uri().path()) {
            Answer::File(file) => self.send(&file, StatusCode::OK, request.headers()),
            Answer::Lost(file) => self.send(&file, StatusCode::NOT_FOUND, request.headers()),
            Answer::Moved(address) => empty(StatusCode::PERMANENT_REDIRECT, LOCATION, &address),
        }
    }

    /// What an address leads to.
    fn find(&self, path: &str) -> Answer {
        if let Some(address) = self.moved.get(path) {
            return Answer::Moved(address.clone());
        }
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

    /// A file, or its compressed copy where the reader's browser takes it.
    fn send(&self, file: &str, status: StatusCode, asked: &HeaderMap) -> Response<Full<Bytes>> {
        let copies = accepted(asked).into_iter();
        let mut copies = copies.filter_map(|(name, ending)| {
            let bytes = fs::read(self.folder.join(format!("{file}.{ending}"))).ok()?;
            Some((bytes, Some(name)))
        });
        let (bytes, encoding) =
            copies.next().unwrap_or_else(|| (fs::read(self.folder.join(file)).unwrap_or_default(), None));
        let tag = format!("\"{}\"", hash::short(&bytes));
        let known = asked.get(IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
        let unchanged = status == StatusCode::OK && known == Some(tag.as_str());
        let part = asked.get(RANGE).and_then(|range| range::part(range.to_str().ok()?, bytes.len()));
        let part = part.filter(|_| status == StatusCode::OK && encoding.is_none());
        let length = bytes.len();
        let (status, bytes) = match &part {
            _ if unchanged => (StatusCode::NOT_MODIFIED, Vec::new()),
            Some(part) => (StatusCode::PARTIAL_CONTENT, bytes[part.clone()].to_vec()),
            None => (status, bytes),
        };
        let mut response = Response::new(Full::from(bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        if let Some(part) = part.filter(|_| !unchanged) {
            put(headers, CONTENT_RANGE, &range::told(&part, length));
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(policy::content_type(file)));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        put(headers, ETAG, &tag);
        for (name, value) in policy::headers(file) {
            if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                put(headers, name, &value);
            }
        }
        response
    }
}

/// The compressed copies that a browser takes, best first: the encoding's name and the copy's ending.
fn accepted(asked: &HeaderMap) -> Vec<(&'static str, &'static str)> {
    let text = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |name: &str| {
        text.split(',').map(str::trim).any(|part| {
            let mut parts = part.split(';').map(str::trim);
            parts.next() == Some(name)
                && !parts.any(|quality| matches!(quality, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    [("br", "br"), ("gzip", "gz")].into_iter().filter(|(name, _)| takes(name)).collect()
}

/// An answer without a body.
fn empty(status: StatusCode, name: HeaderName, value: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    put(response.headers_mut(), name, value);
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_best_copy_that_it_takes() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["a.html", "a.html.br", "a.html.gz", "b.html"] {
            fs::write(folder.path().join(file), file).unwrap();
        }
        let site = Site { folder: folder.path().to_path_buf(), base: "/".to_owned(), moved: HashMap::new() };
        for (takes, file, encoding) in [
            ("gzip, deflate, br", "a.html", Some("br")),
            ("gzip;q=0.8, br;q=0", "a.html", Some("gzip")),
            ("", "a.html", None),
            ("gzip, br", "b.html", None),
        ] {
            let mut asked = HeaderMap::new();
            put(&mut asked, ACCEPT_ENCODING, takes);
            let answer = site.send(file, StatusCode::OK, &asked);
            let got = answer.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(got, encoding, "{takes}");
            assert_eq!(answer.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
        }
    }

    #[test]
    fn a_player_gets_the_part_of_a_file_that_it_asks_for() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.mp3"), "0123456789").unwrap();
        let site = Site { folder: folder.path().to_path_buf(), base: "/".to_owned(), moved: HashMap::new() };
        let ask = |range: &str| {
            let mut asked = HeaderMap::new();
            put(&mut asked, RANGE, range);
            site.send("a.mp3", StatusCode::OK, &asked)
        };
        let answer = ask("bytes=2-4");
        assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(answer.headers()[CONTENT_RANGE], "bytes 2-4/10");
        assert_eq!(answer.headers()[CONTENT_TYPE], "audio/mpeg");
        let whole = ask("bytes=20-");
        assert_eq!(whole.status(), StatusCode::OK);
        assert!(!whole.headers().contains_key(CONTENT_RANGE));
    }

    #[test]
    fn an_address_leads_to_its_file_to_the_right_address_or_to_the_lost_page_of_its_language() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["index.html", "404.html", "vi/index.html", "ko/index.html", "ko/404.html", "kr/index.html"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        fs::write(folder.path().join("_redirects"), "/portal/vi/old/x/ /portal/vi/new/x/ 301\n/portal/kr/* /x 301\n")
            .unwrap();
        let site =
            Site { folder: folder.path().to_path_buf(), base: "/portal/".to_owned(), moved: moved(folder.path()) };
        let file = |path: &str| Answer::File(path.to_owned());
        let to = |path: &str| Answer::Moved(path.to_owned());
        let lost = |path: &str| Answer::Lost(path.to_owned());
        for (path, answer) in [
            ("/portal/", file("index.html")),
            ("/portal", to("/portal/")),
            ("/portal/vi/", file("vi/index.html")),
            ("/portal/vi", to("/portal/vi/")),
            ("/portal/kr/", to("/portal/ko/")),
            ("/portal/vi/old/x/", to("/portal/vi/new/x/")),
            ("/portal/kr/port/x", to("/portal/ko/port/x/")),
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
