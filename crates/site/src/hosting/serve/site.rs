//! A built site and its responses. Paths are resolved by the same rules as on every configured host
//! ([`crate::hosting::hosts`]), so that what works here works there.

use super::answer::{Whole, empty, of_file, put};
use super::folder::Folder;
use super::moves::Moves;
use super::named::{Named, named};
use super::range;
use crate::hosting::own_address;
use crate::publish::security_txt::FILE as SECURITY;
use editorial::hash;
use hyper::header::{
    ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, LOCATION,
    RANGE, VARY,
};
use hyper::{Method, Request, StatusCode};
use model::Lang;
use model::route::Route;
use std::path::{Path, PathBuf};

/// The not-found page for addresses of no language.
const LOST: &str = "404.html";

/// A built site, and the path that it stands under.
pub(super) struct Site {
    folder: PathBuf,
    base: String,
    moves: Moves,
}

/// The result of resolving a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file, by its path below the site's base.
    File(String),
    /// A redirect to another address of the site, as an absolute path: the base, and below it a
    /// path that [`own_address::is_plain`] accepts.
    Moved(String),
    /// A not-found page, by its path below the site's base.
    Lost(String),
}

impl Site {
    /// The site in a folder, served under `base`.
    pub(super) fn new(folder: &Path, base: &str) -> Self {
        let moves = Folder::open(folder).map(|open| Moves::of(&open, base)).unwrap_or_default();
        Self { folder: folder.to_path_buf(), base: base.to_owned(), moves }
    }

    /// The response to a request.
    pub(super) fn answer<B>(&self, request: &Request<B>) -> Whole {
        match named(request) {
            Named::Ours => {}
            Named::Others => return empty(StatusCode::MISDIRECTED_REQUEST, None),
            Named::Unclear => return empty(StatusCode::BAD_REQUEST, None),
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return empty(StatusCode::METHOD_NOT_ALLOWED, Some((ALLOW, "GET, HEAD")));
        }
        let Ok(folder) = Folder::open(&self.folder) else { return empty(StatusCode::NOT_FOUND, None) };
        match self.find(&folder, request.uri().path()) {
            Place::File(file) => send(&folder, &file, StatusCode::OK, request.headers()),
            Place::Lost(file) => send(&folder, &file, StatusCode::NOT_FOUND, request.headers()),
            Place::Moved(to) => leads_on(&to, request.uri().query()),
        }
    }

    /// Resolves a path.
    fn find(&self, folder: &Folder, path: &str) -> Place {
        let Some(below) = path.strip_prefix(&self.base) else {
            return self.outside_base(folder, path);
        };
        let file =
            if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
        match self.moved(folder, below) {
            Some(to) if own_address::is_plain(&to) => Place::Moved(format!("{}{to}", self.base)),
            None if own_address::is_plain(below) && folder.has_file(&file) => Place::File(file),
            _ => Place::Lost(lost(folder, below)),
        }
    }

    /// Resolves a path that is not below the base. Only two are known: the base without its last
    /// slash, and `security.txt`, which belongs at the root of the host.
    fn outside_base(&self, folder: &Folder, path: &str) -> Place {
        if self.base.strip_suffix('/') == Some(path) && !path.is_empty() {
            return Place::Moved(self.base.clone());
        }
        let at_root = path.strip_prefix('/') == Some(SECURITY) && folder.has_file(SECURITY);
        if at_root { Place::File(SECURITY.to_owned()) } else { Place::Lost(LOST.to_owned()) }
    }

    /// The target of the redirect for a path, where there is one. Both are below the base.
    fn moved(&self, folder: &Folder, below: &str) -> Option<String> {
        if !own_address::is_plain(below) {
            return None;
        }
        let page = below.strip_suffix("index.html").filter(|page| page.ends_with('/')).map(str::to_owned);
        let is_folder = || !below.is_empty() && !below.ends_with('/') && folder.has_folder(below);
        let with_slash = || is_folder().then(|| format!("{below}/"));
        page.or_else(|| self.moves.of_path(below)).or_else(with_slash)
    }
}

/// The path of the not-found page: that of the path's language, where the site has one.
fn lost(folder: &Folder, below: &str) -> String {
    let lang = below.split_once('/').and_then(|(tag, _)| Lang::from_tag(tag));
    let page = lang.map(|lang| Route::NotFound(lang).file()).filter(|page| folder.has_file(page));
    page.unwrap_or_else(|| LOST.to_owned())
}

/// A redirect to another address of the site, with the query of the request.
fn leads_on(to: &str, query: Option<&str>) -> Whole {
    let query = query.filter(|query| !query.is_empty() && query.bytes().all(|byte| byte.is_ascii_graphic()));
    let address = query.map_or_else(|| to.to_owned(), |query| format!("{to}?{query}"));
    empty(StatusCode::PERMANENT_REDIRECT, Some((LOCATION, &address)))
}

/// A file, or its compressed copy where the client accepts it.
fn send(folder: &Folder, file: &str, status: StatusCode, asked: &HeaderMap) -> Whole {
    let copies = accepted(asked).into_iter();
    let mut copies = copies.filter_map(|(name, ending)| Some((folder.read(&format!("{file}.{ending}"))?, Some(name))));
    let (bytes, encoding) = copies.next().unwrap_or_else(|| (folder.read(file).unwrap_or_default(), None));
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
    let mut answer = of_file(status, file, bytes);
    let headers = answer.headers_mut();
    if let Some(part) = part.filter(|_| !unchanged) {
        put(headers, CONTENT_RANGE, &range::content_range(&part, length));
    }
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    put(headers, ETAG, &tag);
    answer
}

/// The encodings that a client accepts, best first, each with the extension of compressed copies.
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

#[cfg(test)]
mod tests;
