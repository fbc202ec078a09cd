//! The files of a page, ready to be sent.

use crate::build::compress;
use crate::hosting::policy::{self, NO_CACHE};
use crate::hosting::serve::response::{FullResponse, of_file, put};
use crate::hosting::serve::site::accepted;
use crate::live::store::StoredFile;
use editorial::hash;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY,
};
use std::sync::OnceLock;

/// `Cache-Control` of what can change. Browsers ask again each time, with the tag that they have. What
/// stands before the server may keep it for seconds, send it while it asks again, and send it for a
/// week where the server fails (RFC 5861).
pub(super) const CHANGING: &str =
    "public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=604800";

/// The brotli quality for answers that are made while a reader waits.
const QUALITY: i32 = 5;

/// What belongs to a page, or a share card.
pub(super) struct Page {
    /// As long as this is the same, so is the page.
    pub(super) key: u64,
    files: Vec<Answer>,
}

/// A file.
struct Answer {
    path: String,
    plain: Copy,
    brotli: Option<Copy>,
    /// Made where somebody takes nothing better.
    gzip: OnceLock<Option<Copy>>,
}

/// A file in one encoding.
struct Copy {
    bytes: Bytes,
    tag: HeaderValue,
    /// The answer without its body.
    head: HeaderMap,
}

impl Page {
    /// A page of these files: paths below the site's base, and bytes.
    pub(super) fn new(key: u64, files: Vec<(String, Vec<u8>)>) -> Self {
        Self {
            key,
            files: files
                .into_iter()
                .map(|(path, bytes)| Answer::new(path, bytes))
                .collect(),
        }
    }

    /// A page from its stored files; `None` where they are damaged.
    pub(super) fn restored(key: u64, files: Vec<StoredFile>) -> Option<Self> {
        let files = files.into_iter().map(Answer::restored);
        Some(Self {
            key,
            files: files.collect::<Option<_>>()?,
        })
    }

    /// Its files, to be stored.
    pub(super) fn stored(&self) -> Vec<StoredFile> {
        let files = self.files.iter().map(|file| StoredFile {
            path: file.path.clone(),
            is_brotli: file.brotli.is_some(),
            bytes: file.brotli.as_ref().unwrap_or(&file.plain).bytes.to_vec(),
        });
        files.collect()
    }

    /// How many bytes of memory it takes, roughly.
    pub(super) fn weight(&self) -> u32 {
        let sizes = self.files.iter().map(|file| {
            let brotli = file.brotli.as_ref().map_or(0, |copy| copy.bytes.len());
            // The copy for old programs is as large as the other, if it is ever made.
            file.plain.bytes.len() + 2 * brotli + 2_048
        });
        u32::try_from(sizes.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// The response with one of its files; `None` where it has no such file.
    pub(super) fn respond(
        &self,
        path: &str,
        status: StatusCode,
        request: &HeaderMap,
    ) -> Option<FullResponse> {
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(file.respond(status, request))
    }
}

impl Answer {
    fn new(path: String, bytes: Vec<u8>) -> Self {
        let brotli = compress::is_worth_it(&path, &bytes)
            .then(|| compress::brotli_at_once(&bytes, QUALITY).ok())
            .flatten()
            .map(|bytes| Copy::new(&path, bytes, Some("br")));
        Self {
            plain: Copy::new(&path, bytes, None),
            brotli,
            gzip: OnceLock::new(),
            path,
        }
    }

    fn restored(stored: StoredFile) -> Option<Self> {
        let StoredFile {
            path,
            is_brotli,
            bytes,
        } = stored;
        let mut plain = Vec::new();
        let brotli = if is_brotli {
            brotli::BrotliDecompress(&mut &bytes[..], &mut plain).ok()?;
            Some(Copy::new(&path, bytes, Some("br")))
        } else {
            plain = bytes;
            None
        };
        Some(Self {
            plain: Copy::new(&path, plain, None),
            brotli,
            gzip: OnceLock::new(),
            path,
        })
    }

    fn respond(&self, status: StatusCode, request: &HeaderMap) -> FullResponse {
        let mut copies = accepted(request).into_iter();
        let copy = copies
            .find_map(|(encoding, _)| match encoding {
                "br" => self.brotli.as_ref(),
                _ => self.gzip(),
            })
            .unwrap_or(&self.plain);
        let is_known = status == StatusCode::OK
            && request
                .get_all(IF_NONE_MATCH)
                .iter()
                .any(|known| names(known, &copy.tag));
        let (status, bytes) = if is_known {
            (StatusCode::NOT_MODIFIED, Bytes::new())
        } else {
            (status, copy.bytes.clone())
        };
        let mut response = FullResponse::new(bytes.into());
        *response.status_mut() = status;
        response.headers_mut().clone_from(&copy.head);
        if !matches!(status, StatusCode::OK | StatusCode::NOT_MODIFIED) {
            put(response.headers_mut(), CACHE_CONTROL, NO_CACHE);
        }
        response
    }

    fn gzip(&self) -> Option<&Copy> {
        let made = || {
            self.brotli.as_ref()?;
            let bytes = compress::gzip(&self.plain.bytes).ok()?;
            Some(Copy::new(&self.path, bytes, Some("gzip")))
        };
        self.gzip.get_or_init(made).as_ref()
    }
}

impl Copy {
    fn new(path: &str, bytes: Vec<u8>, encoding: Option<&'static str>) -> Self {
        let tag = HeaderValue::from_str(&format!("\"{}\"", hash::short(&bytes)))
            .unwrap_or(HeaderValue::from_static("\"\""));
        let mut head = std::mem::take(of_file(StatusCode::OK, path, Bytes::new()).headers_mut());
        head.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        head.insert(ETAG, tag.clone());
        if let Some(encoding) = encoding {
            head.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        keep_briefly(&mut head);
        Self {
            bytes: bytes.into(),
            tag,
            head,
        }
    }
}

/// Lets what stands before the server keep an answer that can change for a moment.
pub(super) fn keep_briefly(head: &mut HeaderMap) {
    let changes = head
        .get(CACHE_CONTROL)
        .is_some_and(|value| value == NO_CACHE);
    if changes {
        head.insert(policy::CACHE_CONTROL, HeaderValue::from_static(CHANGING));
    }
}

/// Whether `If-None-Match` names a tag: a list of tags, weak ones too (RFC 9110, section 13.1.2).
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else {
        return false;
    };
    known.split(',').map(str::trim).any(|one| {
        let one = one.strip_prefix("W/").unwrap_or(one);
        one == "*" || one == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::ACCEPT_ENCODING;

    fn page() -> Page {
        let text = "<p>Cảng nước sâu</p>".repeat(100);
        Page::new(
            7,
            vec![
                ("vi/index.html".to_owned(), text.into_bytes()),
                ("vi/qr.svg".to_owned(), b"<svg/>".to_vec()),
            ],
        )
    }

    fn head(pairs: &[(hyper::header::HeaderName, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn each_reader_gets_the_best_copy_and_each_copy_has_its_own_tag() {
        let page = page();
        let mut tags = Vec::new();
        for (takes, encoding) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("", None),
        ] {
            let request = head(&[(ACCEPT_ENCODING, takes)]);
            let response = page
                .respond("vi/index.html", StatusCode::OK, &request)
                .unwrap();
            let headers = response.headers();
            let got = headers
                .get(CONTENT_ENCODING)
                .map(|value| value.to_str().unwrap());
            assert_eq!(got, encoding, "{takes}");
            assert_eq!(headers[VARY], "Accept-Encoding");
            assert_eq!(headers[CACHE_CONTROL], CHANGING);
            tags.push(headers[ETAG].to_str().unwrap().to_owned());
        }
        tags.dedup();
        assert_eq!(tags.len(), 3);
        assert!(
            page.respond("vi/other", StatusCode::OK, &head(&[]))
                .is_none()
        );
    }

    #[test]
    fn what_a_reader_has_already_is_not_sent_again() {
        let page = page();
        let first = page
            .respond("vi/index.html", StatusCode::OK, &head(&[]))
            .unwrap();
        let tag = first.headers()[ETAG].to_str().unwrap();
        for (known, status) in [
            (tag.to_owned(), StatusCode::NOT_MODIFIED),
            (format!("W/{tag}"), StatusCode::NOT_MODIFIED),
            (format!("\"a\", {tag}"), StatusCode::NOT_MODIFIED),
            ("*".to_owned(), StatusCode::NOT_MODIFIED),
            ("\"a\"".to_owned(), StatusCode::OK),
            (String::new(), StatusCode::OK),
        ] {
            let request = head(&[(IF_NONE_MATCH, &known)]);
            let response = page
                .respond("vi/index.html", StatusCode::OK, &request)
                .unwrap();
            assert_eq!(response.status(), status, "{known}");
        }
        let request = head(&[(IF_NONE_MATCH, tag)]);
        let missing = page.respond("vi/index.html", StatusCode::NOT_FOUND, &request);
        let missing = missing.unwrap();
        assert_eq!(missing.status(), StatusCode::NOT_FOUND);
        assert_eq!(missing.headers()[CACHE_CONTROL], NO_CACHE);
    }

    #[test]
    fn a_small_file_is_sent_as_it_is() {
        let request = head(&[(ACCEPT_ENCODING, "br, gzip")]);
        let response = page()
            .respond("vi/qr.svg", StatusCode::OK, &request)
            .unwrap();
        assert!(!response.headers().contains_key(CONTENT_ENCODING));
        assert_eq!(response.headers()["content-type"], "image/svg+xml");
    }
}
