//! Which request means that somebody reads an article.
//!
//! Either a browser loads the page (`GET` of the page), or shows one that it has already: the program
//! gets documents before the click, and browsers render pages ahead. Then `src/boot.js` says so by a
//! request without a body (`HEAD` of the document). That a document is fetched means nothing.

use hyper::header::{HeaderMap, USER_AGENT};
use hyper::{Method, StatusCode};
use model::route::Route;

/// Words in the names of robots, in lower case. A program that is no browser does not even begin as
/// all browsers do.
const ROBOTS: [&str; 16] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "http:",
    "https:",
    "headless",
    "lighthouse",
    "preview",
    "monitor",
    "scan",
    "facebookexternalhit",
    "archiver",
    "feed",
    "fetch",
    "validator",
];

/// Whether the answer to a request means that somebody reads the article of `route`; `file` is the
/// file of it that was asked for.
pub(super) fn is_read(
    route: &Route,
    file: &str,
    method: &Method,
    headers: &HeaderMap,
    status: StatusCode,
) -> bool {
    let is_asked = match *method {
        Method::GET => file == route.file() && is_navigation(headers),
        Method::HEAD => file == route.document() && is_own(headers),
        _ => false,
    };
    is_asked
        && matches!(status, StatusCode::OK | StatusCode::NOT_MODIFIED)
        && !is_refused(headers)
        && is_browser(headers)
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

/// Whether it is no fetch of a page ahead. Browsers that do not say what they load a page for count.
fn is_navigation(headers: &HeaderMap) -> bool {
    let is_ahead = |name| {
        let purpose = value(headers, name);
        purpose.contains("prefetch") || purpose.contains("prerender") || purpose.contains("preview")
    };
    let is_ahead = ["sec-purpose", "purpose", "x-purpose", "x-moz"]
        .into_iter()
        .any(is_ahead);
    !is_ahead && ["", "document"].contains(&value(headers, "sec-fetch-dest"))
}

/// Whether it comes from a page of the portal, as far as browsers say.
fn is_own(headers: &HeaderMap) -> bool {
    ["", "same-origin"].contains(&value(headers, "sec-fetch-site"))
}

/// Whether the reader does not want to be counted: Do Not Track, or Global Privacy Control.
fn is_refused(headers: &HeaderMap) -> bool {
    ["dnt", "sec-gpc"]
        .into_iter()
        .any(|name| value(headers, name).trim() == "1")
}

fn is_browser(headers: &HeaderMap) -> bool {
    let name = value(headers, USER_AGENT.as_str()).to_ascii_lowercase();
    // The name of a maker of telephones.
    let name = name.replace("cubot", "");
    (name.starts_with("mozilla/") || name.starts_with("opera/"))
        && !ROBOTS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::{HeaderName, HeaderValue};
    use model::route::Destination;

    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    fn read(method: &str, file: &str, status: u16, headers: &[(&str, &str)]) -> bool {
        let Destination::Page(route) = Route::parse("vi/port/a/") else {
            panic!("a page")
        };
        let mut all = HeaderMap::new();
        for (name, value) in [("user-agent", FIREFOX)].iter().chain(headers) {
            let name: HeaderName = name.parse().unwrap();
            all.insert(name, HeaderValue::from_str(value).unwrap());
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let status = StatusCode::from_u16(status).unwrap();
        is_read(&route, file, &method, &all, status)
    }

    #[test]
    fn a_page_is_read_once_however_it_comes_and_never_ahead() {
        let (page, document) = ("vi/port/a/index.html", "vi/port/a/index.json");
        assert!(read("GET", page, 200, &[]) && read("GET", page, 304, &[]));
        assert!(read("GET", page, 200, &[("sec-fetch-dest", "document")]));
        assert!(read("HEAD", document, 200, &[]));
        assert!(read(
            "HEAD",
            document,
            200,
            &[
                ("sec-fetch-site", "same-origin"),
                ("sec-fetch-dest", "empty")
            ]
        ));
        for (method, file, status, header) in [
            ("GET", document, 200, ("accept", "*/*")),
            ("HEAD", page, 200, ("accept", "*/*")),
            ("GET", page, 404, ("accept", "*/*")),
            ("GET", "vi/port/a/qr.svg", 200, ("accept", "*/*")),
            ("GET", page, 200, ("sec-purpose", "prefetch;prerender")),
            ("GET", page, 200, ("purpose", "prefetch")),
            ("GET", page, 200, ("sec-fetch-dest", "empty")),
            ("HEAD", document, 200, ("sec-fetch-site", "cross-site")),
            ("GET", page, 200, ("dnt", "1")),
            ("HEAD", document, 200, ("sec-gpc", "1")),
            ("GET", page, 200, ("user-agent", "")),
            ("GET", page, 200, ("user-agent", "curl/8.5.0")),
            (
                "GET",
                page,
                200,
                ("user-agent", "Mozilla/5.0 (compatible; Somebot/2.1)"),
            ),
            (
                "GET",
                page,
                200,
                ("user-agent", "Mozilla/5.0 AppleWebKit HeadlessChrome/140"),
            ),
        ] {
            assert!(
                !read(method, file, status, &[header]),
                "{method} {file} {status} {header:?}"
            );
        }
        let phone = "Mozilla/5.0 (Linux; Android 13; CUBOT X50) Chrome/140.0 Mobile Safari/537.36";
        assert!(read(
            "GET",
            page,
            200,
            &[("user-agent", phone), ("dnt", "0")]
        ));
    }
}
