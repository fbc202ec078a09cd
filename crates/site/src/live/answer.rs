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
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// `Cache-Control` of what can change. Browsers ask again each time, with the tag that they have. What
/// stands before the server may keep it for seconds, send it while it asks again, and send it for a
/// week where the server fails (RFC 5861).
pub(super) const CHANGING: &str =
    "public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=604800";

const BROTLI: HeaderValue = HeaderValue::from_static("br");

/// How many answers with a copy make it worth while to make the copy as small as it gets.
const OFTEN: u32 = 3;

/// When the brotli copy of a page is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Others wait behind: the first answer is sent as it is, because a longer transfer costs less
    /// than a longer queue. The copy is made for the next one.
    Hurried,
    /// Before the first answer: what it saves on a slow line is more than it takes.
    AtOnce,
}

/// The quality of brotli while somebody waits.
const AT_ONCE: i32 = 5;

/// The quality of brotli for what is asked for often.
const BEST: i32 = 11;

/// What belongs to a page, or a share card.
pub(super) struct Page {
    /// As long as this is the same, so is the page.
    pub(super) key: u64,
    files: Vec<Answer>,
    /// How often a copy was sent that could be smaller.
    sent: AtomicU32,
    /// Whether its next answer is sent as it is.
    is_hurried: AtomicBool,
}

/// A file.
struct Answer {
    path: String,
    plain: Copy,
    /// Whether compressing it saves anything.
    is_worth_it: bool,
    /// Made when it is asked for; of a page, with the page.
    brotli: OnceLock<Option<Copy>>,
    /// Made where it is asked for often.
    best: OnceLock<Copy>,
    /// Made where somebody takes nothing better.
    gzip: OnceLock<Option<Copy>>,
}

/// A file in one encoding.
#[derive(Clone)]
struct Copy {
    bytes: Bytes,
    tag: HeaderValue,
    /// The answer without its body.
    head: HeaderMap,
}

impl Page {
    /// A page of these files: paths below the site's base, and bytes.
    pub(super) fn new(key: u64, files: Vec<(String, Vec<u8>)>, effort: Effort) -> Self {
        let files = files
            .into_iter()
            .map(|(path, bytes)| Answer::new(key, path, bytes));
        let page = Self {
            key,
            files: files.collect(),
            sent: AtomicU32::new(0),
            is_hurried: AtomicBool::new(effort == Effort::Hurried),
        };
        if effort == Effort::AtOnce {
            page.compress();
        }
        page
    }

    /// Makes the copy that readers ask for next.
    pub(super) fn compress(&self) {
        // Whoever comes first comes for the page, mostly.
        let pages = self
            .files
            .iter()
            .filter(|file| file.path.ends_with(".html"));
        pages.for_each(|file| {
            file.brotli();
        });
        self.is_hurried.store(false, Ordering::Relaxed);
    }

    /// A page from its stored files; `None` where they are damaged.
    pub(super) fn restored(key: u64, files: Vec<StoredFile>) -> Option<Self> {
        let files = files.into_iter().map(|file| Answer::restored(key, file));
        Some(Self {
            key,
            files: files.collect::<Option<_>>()?,
            sent: AtomicU32::new(0),
            is_hurried: AtomicBool::new(false),
        })
    }

    /// Whether it is asked for so often that smaller copies are worth while. Once.
    pub(super) fn is_popular(&self) -> bool {
        let is_due = || self.sent.load(Ordering::Relaxed) >= OFTEN;
        is_due() && self.sent.swap(0, Ordering::Relaxed) >= OFTEN
    }

    /// Makes the copies that were sent up to now as small as they get.
    pub(super) fn improve(&self) {
        self.files.iter().for_each(Answer::improve);
    }

    /// Its files, to be stored.
    pub(super) fn stored(&self) -> Vec<StoredFile> {
        let files = self.files.iter().map(|file| StoredFile {
            path: file.path.clone(),
            is_brotli: file.compressed().is_some(),
            bytes: file.compressed().unwrap_or(&file.plain).bytes.to_vec(),
        });
        files.collect()
    }

    /// How many bytes of memory it takes, roughly.
    pub(super) fn weight(&self) -> u32 {
        let sizes = self.files.iter().map(|file| {
            // A copy takes a quarter, and there may be three.
            let plain = file.plain.bytes.len();
            plain + if file.is_worth_it { plain * 3 / 4 } else { 0 } + 2_048
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
        // A tag that is known is one of a copy, mostly.
        let is_hurried =
            self.is_hurried.swap(false, Ordering::Relaxed) && !request.contains_key(IF_NONE_MATCH);
        let copy = Some(file)
            .filter(|_| !is_hurried)
            .and_then(|file| file.accepted(request));
        Some(file.respond(copy, status, request, &self.sent))
    }
}

impl Answer {
    fn new(key: u64, path: String, bytes: Vec<u8>) -> Self {
        Self {
            is_worth_it: compress::is_worth_it(&path, &bytes),
            // The key says what the bytes are, and need not be made of them first.
            plain: Copy::new(&path, bytes, &format!("{key:016x}"), None),
            brotli: OnceLock::new(),
            best: OnceLock::new(),
            gzip: OnceLock::new(),
            path,
        }
    }

    fn restored(key: u64, stored: StoredFile) -> Option<Self> {
        let StoredFile {
            path,
            is_brotli,
            bytes,
        } = stored;
        if !is_brotli {
            return Some(Self::new(key, path, bytes));
        }
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &bytes[..], &mut plain).ok()?;
        let copy = Copy::compressed(&path, bytes, "br");
        Some(Self {
            brotli: OnceLock::from(Some(copy)),
            ..Self::new(key, path, plain)
        })
    }

    fn brotli(&self) -> Option<&Copy> {
        let made = || self.as_brotli(AT_ONCE);
        self.brotli.get_or_init(made).as_ref()
    }

    fn as_brotli(&self, quality: i32) -> Option<Copy> {
        if !self.is_worth_it {
            return None;
        }
        let bytes = compress::brotli_at_once(&self.plain.bytes, quality).ok()?;
        Some(Copy::compressed(&self.path, bytes, "br"))
    }

    /// The smallest copy that there is.
    fn compressed(&self) -> Option<&Copy> {
        self.best.get().or_else(|| self.brotli.get()?.as_ref())
    }

    fn improve(&self) {
        let Some(now) = self.compressed().filter(|_| self.best.get().is_none()) else {
            return;
        };
        let best = self.as_brotli(BEST);
        let best = best.filter(|best| best.bytes.len() < now.bytes.len());
        // Where it is that small already, nobody tries again.
        let _ = self.best.set(best.unwrap_or_else(|| now.clone()));
    }

    /// The best copy that a reader takes; `None` where that is none.
    fn accepted(&self, request: &HeaderMap) -> Option<&Copy> {
        let mut copies = accepted(request).into_iter();
        copies.find_map(|(encoding, _)| match encoding {
            "br" => self.best.get().or_else(|| self.brotli()),
            _ => self.gzip(),
        })
    }

    /// The response with a copy, or with the file as it is. `sent` counts those that could have been
    /// smaller.
    fn respond(
        &self,
        copy: Option<&Copy>,
        status: StatusCode,
        request: &HeaderMap,
        sent: &AtomicU32,
    ) -> FullResponse {
        let copy = copy.unwrap_or(&self.plain);
        let is_known = status == StatusCode::OK
            && request
                .get_all(IF_NONE_MATCH)
                .iter()
                .any(|known| names(known, &copy.tag));
        let (status, bytes) = if is_known {
            (StatusCode::NOT_MODIFIED, Bytes::new())
        } else {
            if self.best.get().is_none() && copy.head.get(CONTENT_ENCODING) == Some(&BROTLI) {
                sent.fetch_add(1, Ordering::Relaxed);
            }
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
            self.is_worth_it.then_some(())?;
            let bytes = compress::gzip(&self.plain.bytes).ok()?;
            Some(Copy::compressed(&self.path, bytes, "gzip"))
        };
        self.gzip.get_or_init(made).as_ref()
    }
}

impl Copy {
    /// A compressed copy. How small it was made is not known after a restart, so its tag is of its bytes.
    fn compressed(path: &str, bytes: Vec<u8>, encoding: &'static str) -> Self {
        let name = hash::short(&bytes);
        Self::new(path, bytes, &name, Some(encoding))
    }

    fn new(path: &str, bytes: Vec<u8>, name: &str, encoding: Option<&'static str>) -> Self {
        let tag = HeaderValue::from_str(&format!("\"{name}\""))
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
    use hyper::body::Body;
    use hyper::header::ACCEPT_ENCODING;

    fn page() -> Page {
        let text = "<p>Cảng nước sâu</p>".repeat(100);
        Page::new(
            7,
            vec![
                ("vi/index.html".to_owned(), text.into_bytes()),
                ("vi/qr.svg".to_owned(), b"<svg/>".to_vec()),
            ],
            Effort::AtOnce,
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
    fn what_is_asked_for_often_becomes_smaller_and_another_copy() {
        let text: String = (0..2_000_u64)
            .map(|n| (n * n * 7_919).to_string())
            .collect();
        let file = ("vi/index.html".to_owned(), text.into_bytes());
        let page = Page::new(7, vec![file], Effort::AtOnce);
        let request = head(&[(ACCEPT_ENCODING, "br")]);
        let ask = || {
            let response = page.respond("vi/index.html", StatusCode::OK, &request);
            let response = response.unwrap();
            let tag = response.headers()[ETAG].clone();
            (response.body().size_hint().exact().unwrap(), tag)
        };
        let first = ask();
        assert!(!page.is_popular());
        assert_eq!((ask(), ask()), (first.clone(), first.clone()));
        assert!(page.is_popular() && !page.is_popular());
        page.improve();
        let best = ask();
        assert!(best.0 < first.0 && best.1 != first.1);
        // What cannot become any smaller is no reason to try again.
        for _ in 0..10 {
            assert_eq!(ask(), best);
        }
        assert!(!page.is_popular());
        let stored = Page::restored(7, page.stored()).unwrap();
        let response = stored.respond("vi/index.html", StatusCode::OK, &request);
        assert_eq!(response.unwrap().headers()[ETAG], best.1);
    }

    #[test]
    fn where_others_wait_the_first_answer_is_sent_as_it_is_and_the_next_one_compressed() {
        let text = "<p>Cảng nước sâu</p>".repeat(100);
        let page = || {
            let file = ("vi/index.html".to_owned(), text.clone().into_bytes());
            Page::new(7, vec![file], Effort::Hurried)
        };
        let encoding = |page: &Page, request: &HeaderMap| {
            let response = page.respond("vi/index.html", StatusCode::OK, request);
            response.unwrap().headers().get(CONTENT_ENCODING).cloned()
        };
        for takes in ["br", "gzip"] {
            let (page, request) = (page(), head(&[(ACCEPT_ENCODING, takes)]));
            assert_eq!(encoding(&page, &request), None);
            assert_eq!(encoding(&page, &request).unwrap(), takes);
        }
        // Where there was time meanwhile, and where a reader may have the copy already, it is sent.
        let made = page();
        made.compress();
        let request = head(&[(ACCEPT_ENCODING, "br")]);
        assert_eq!(encoding(&made, &request).unwrap(), "br");
        let knowing = head(&[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, "\"a\"")]);
        assert_eq!(encoding(&page(), &knowing).unwrap(), "br");
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
