//! A built site and its responses. Paths are resolved by the same rules as on every configured host
//! ([`crate::hosting::hosts`]), so that what works here works there.

use super::folder::Folder;
use super::host_check::{HostCheck, check_host};
use super::range;
use super::redirects::Redirects;
use super::response::{FullResponse, empty, of_file, put};
use crate::hosting::hosts::HEADERS_FILE;
use crate::hosting::own_address;
use crate::hosting::policy::{self, Embedding};
use crate::publish::security_txt::FILE as SECURITY;
use editorial::hash;
use hyper::header::{
    ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_NONE_MATCH, LOCATION, RANGE, VARY,
};
use hyper::{Method, Request, StatusCode};
use model::Lang;
use model::route::Route;
use std::path::{Path, PathBuf};

/// The not-found page for addresses of no language.
const NOT_FOUND_PAGE: &str = "404.html";

/// A built site, and the path that it stands under.
pub(crate) struct Site {
    folder: PathBuf,
    base: String,
    redirects: Redirects,
    embedding: Embedding,
}

/// The result of resolving a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// A file, by its path below the site's base.
    File(String),
    /// A redirect to another address of the site, as an absolute path: the base, and below it a
    /// path that [`own_address::is_plain`] accepts.
    Redirect(String),
    /// A not-found page, by its path below the site's base.
    NotFound(String),
}

impl Site {
    /// The site in a folder, served under `base`.
    pub(crate) fn new(folder: &Path, base: &str) -> Self {
        let open = Folder::open(folder).ok();
        let redirects = open.as_ref().map(|open| Redirects::of(open, base));
        Self {
            folder: folder.to_path_buf(),
            base: base.to_owned(),
            redirects: redirects.unwrap_or_default(),
            embedding: open.as_ref().map_or(Embedding::Refused, embedding),
        }
    }

    /// Says in the headers of a response which files of other hosts a page of the site may load.
    pub(crate) fn embed(&self, headers: &mut HeaderMap) {
        if let Ok(name) = HeaderName::from_bytes(policy::EMBEDDER_POLICY.as_bytes()) {
            put(headers, name, self.embedding.value());
        }
    }

    /// The response to a request.
    pub(super) fn respond<B>(&self, request: &Request<B>) -> FullResponse {
        let mut response = self.response(request);
        self.embed(response.headers_mut());
        response
    }

    fn response<B>(&self, request: &Request<B>) -> FullResponse {
        match check_host(request) {
            HostCheck::Ours => {}
            HostCheck::Others => return empty(StatusCode::MISDIRECTED_REQUEST, None),
            HostCheck::Unclear => return empty(StatusCode::BAD_REQUEST, None),
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return empty(StatusCode::METHOD_NOT_ALLOWED, Some((ALLOW, "GET, HEAD")));
        }
        let found = self.resolve(request.uri().path());
        self.answer(&found, request.uri().query(), request.headers())
    }

    /// Resolves a path from the host's root on.
    pub(crate) fn resolve(&self, path: &str) -> Resolution {
        match Folder::open(&self.folder) {
            Ok(folder) => self.find(&folder, path),
            Err(_) => Resolution::NotFound(NOT_FOUND_PAGE.to_owned()),
        }
    }

    /// The response with what was found, to a request with this query and these headers.
    pub(crate) fn answer(
        &self,
        found: &Resolution,
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> FullResponse {
        let (file, status) = match found {
            Resolution::Redirect(to) => return redirect(to, query),
            Resolution::File(file) => (file, StatusCode::OK),
            Resolution::NotFound(file) => (file, StatusCode::NOT_FOUND),
        };
        match Folder::open(&self.folder) {
            Ok(folder) => send(&folder, file, status, headers),
            Err(_) => empty(StatusCode::NOT_FOUND, None),
        }
    }

    /// Resolves a path.
    fn find(&self, folder: &Folder, path: &str) -> Resolution {
        let Some(below) = path.strip_prefix(&self.base) else {
            return self.outside_base(folder, path);
        };
        let file = if below.is_empty() || below.ends_with('/') {
            format!("{below}index.html")
        } else {
            below.to_owned()
        };
        match self.redirect_target(folder, below) {
            Some(to) if own_address::is_plain(&to) => {
                Resolution::Redirect(format!("{}{to}", self.base))
            }
            None if own_address::is_plain(below) && folder.has_file(&file) => {
                Resolution::File(file)
            }
            _ => Resolution::NotFound(not_found_page(folder, below)),
        }
    }

    /// Resolves a path that is not below the base. Only two are known: the base without its last
    /// slash, and `security.txt`, which belongs at the root of the host.
    fn outside_base(&self, folder: &Folder, path: &str) -> Resolution {
        if self.base.strip_suffix('/') == Some(path) && !path.is_empty() {
            return Resolution::Redirect(self.base.clone());
        }
        let at_root = path.strip_prefix('/') == Some(SECURITY) && folder.has_file(SECURITY);
        if at_root {
            Resolution::File(SECURITY.to_owned())
        } else {
            Resolution::NotFound(NOT_FOUND_PAGE.to_owned())
        }
    }

    /// The target of the redirect for a path, where there is one. Both are below the base.
    fn redirect_target(&self, folder: &Folder, below: &str) -> Option<String> {
        if !own_address::is_plain(below) {
            return None;
        }
        let page = below
            .strip_suffix("index.html")
            .filter(|page| page.ends_with('/'))
            .map(str::to_owned);
        let is_folder = || !below.is_empty() && !below.ends_with('/') && folder.has_folder(below);
        let with_slash = || is_folder().then(|| format!("{below}/"));
        page.or_else(|| self.redirects.of_path(below))
            .or_else(with_slash)
    }
}

/// What the site's own `_headers` say of files of other hosts.
fn embedding(folder: &Folder) -> Embedding {
    let text = folder.read(HEADERS_FILE).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let line = text.lines().map(str::trim).find_map(|line| {
        line.strip_prefix(policy::EMBEDDER_POLICY)?
            .strip_prefix(": ")
    });
    let wide = Embedding::WithoutCredentials;
    line.filter(|value| *value == wide.value())
        .map_or(Embedding::Refused, |_| wide)
}

/// The path of the not-found page: that of the path's language, where the site has one.
fn not_found_page(folder: &Folder, below: &str) -> String {
    let lang = below
        .split_once('/')
        .and_then(|(tag, _)| Lang::from_tag(tag));
    let page = lang
        .map(|lang| Route::NotFound(lang).file())
        .filter(|page| folder.has_file(page));
    page.unwrap_or_else(|| NOT_FOUND_PAGE.to_owned())
}

/// A redirect to another address of the site, with the query of the request.
pub(crate) fn redirect(to: &str, query: Option<&str>) -> FullResponse {
    let query = query
        .filter(|query| !query.is_empty() && query.bytes().all(|byte| byte.is_ascii_graphic()));
    let address = query.map_or_else(|| to.to_owned(), |query| format!("{to}?{query}"));
    empty(StatusCode::PERMANENT_REDIRECT, Some((LOCATION, &address)))
}

/// A file, or its compressed copy where the client accepts it.
fn send(
    folder: &Folder,
    file: &str,
    status: StatusCode,
    request_headers: &HeaderMap,
) -> FullResponse {
    let copies = accepted(request_headers).into_iter();
    let mut copies = copies
        .filter_map(|(name, ending)| Some((folder.read(&format!("{file}.{ending}"))?, Some(name))));
    let (bytes, encoding) = copies
        .next()
        .unwrap_or_else(|| (folder.read(file).unwrap_or_default(), None));
    let tag = format!("\"{}\"", hash::short(&bytes));
    let known = request_headers
        .get(IF_NONE_MATCH)
        .and_then(|tag| tag.to_str().ok());
    let unchanged = status == StatusCode::OK && known == Some(tag.as_str());
    let part = request_headers
        .get(RANGE)
        .and_then(|range| range::part(range.to_str().ok()?, bytes.len()));
    let part = part.filter(|_| status == StatusCode::OK && encoding.is_none());
    let length = bytes.len();
    let (status, bytes) = match &part {
        _ if unchanged => (StatusCode::NOT_MODIFIED, Vec::new()),
        Some(part) => (StatusCode::PARTIAL_CONTENT, bytes[part.clone()].to_vec()),
        None => (status, bytes),
    };
    let mut response = of_file(status, file, bytes);
    let headers = response.headers_mut();
    if let Some(part) = part.filter(|_| !unchanged) {
        put(headers, CONTENT_RANGE, &range::content_range(&part, length));
    }
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    put(headers, ETAG, &tag);
    response
}

/// The encodings that a client accepts, best first, each with the extension of compressed copies.
pub(crate) fn accepted(request_headers: &HeaderMap) -> Vec<(&'static str, &'static str)> {
    let text = request_headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let takes = |name: &str| {
        text.split(',').map(str::trim).any(|part| {
            let mut parts = part.split(';').map(str::trim);
            parts.next() == Some(name)
                && !parts.any(|quality| matches!(quality, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(name, _)| takes(name))
        .collect()
}

#[cfg(test)]
mod tests;
