//! Sources of documents, and their errors.
//!
//! [`ContentSource`] is implemented by `Http` in the browser and by [`Folder`] natively, for a
//! built site; tests have their own. Bytes from every source pass the one strict [`read`].

mod document_cache;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
#[cfg(target_arch = "wasm32")]
mod http;

pub use document_cache::DocumentCache;
#[cfg(not(target_arch = "wasm32"))]
pub use folder::Folder;
#[cfg(target_arch = "wasm32")]
pub use http::Http;

use model::Document;
use model::json::{Read, parse};
use std::fmt;
use std::future::Future;

/// The path of a document below the site's base: `vi/port/index.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query(pub String);

/// Why a document could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentError {
    /// Nothing answered, or not in time.
    Network,
    /// There is no such document.
    NotFound,
    /// The server answered with this status.
    Server(u16),
    /// The answer is no document.
    Answer,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network => f.write_str("nothing answered in time"),
            Self::NotFound => f.write_str("there is no such document"),
            Self::Server(status) => write!(f, "the server answered with status {status}"),
            Self::Answer => f.write_str("the answer is no document"),
        }
    }
}

impl std::error::Error for ContentError {}

/// A document that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The document.
    pub document: Document,
    /// The [`page_hash`] of its text.
    pub page: u32,
    /// Whether it came from the host although the site has an API, so that it may be an old one.
    pub is_fallback: bool,
}

/// A source of documents.
pub trait ContentSource {
    /// Loads one document.
    ///
    /// # Errors
    /// Each way to fail is a variant of [`ContentError`].
    fn load(&self, query: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static;
}

/// Reads a document that arrived.
///
/// # Errors
/// [`ContentError::Answer`].
fn loaded(bytes: &[u8], is_fallback: bool) -> Result<Loaded, ContentError> {
    Ok(Loaded {
        document: read(bytes)?,
        page: page_hash(bytes),
        is_fallback,
    })
}

/// The hash (FNV-1a) of what a document has of its own page, behind what all pages share.
pub fn page_hash(text: &[u8]) -> u32 {
    // No text has such a quotation mark: in texts it stands behind a backslash.
    let mark = b"],\"page\":";
    let begin = text.windows(mark.len()).position(|part| part == mark);
    text[begin.unwrap_or_default()..]
        .iter()
        .fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        })
}

/// Reads a document, strictly: an unknown key, a missing key, a list where an object belongs or an
/// address with another scheme is an error.
///
/// # Errors
/// [`ContentError::Answer`].
pub fn read(bytes: &[u8]) -> Result<Document, ContentError> {
    let text = std::str::from_utf8(bytes).ok();
    text.and_then(parse)
        .and_then(Document::read)
        .ok_or(ContentError::Answer)
}

/// Reads what a document has beside the portal, as strictly: the languages and the page.
///
/// # Errors
/// [`ContentError::Answer`].
#[cfg(not(target_arch = "wasm32"))]
pub fn read_page(bytes: &[u8]) -> Result<(Vec<model::Lang>, model::Page), ContentError> {
    let text = std::str::from_utf8(bytes).ok();
    let fields = text
        .and_then(parse)
        .and_then(|value| value.fields(&["languages", "page"]));
    fields
        .and_then(|mut fields| Some((fields.read()?, fields.read()?)))
        .ok_or(ContentError::Answer)
}

#[cfg(test)]
mod tests {
    use super::{ContentError, page_hash, read_page};
    use model::{Lang, Page};

    #[test]
    fn the_hash_of_a_page_leaves_out_what_all_pages_share() {
        let hash = |site: &str, page: &str| {
            page_hash(format!("{{{site},\"languages\":[\"vi\"],\"page\":{page}}}").as_bytes())
        };
        let (site, page) = ("\"site\":{\"notices\":[]}", "{\"a\":1}");
        assert_eq!(hash(site, page), hash("\"site\":{\"notices\":[1]}", page));
        assert_ne!(hash(site, page), hash(site, "{\"a\":2}"));
        // What looks like the mark in a text of the portal is none.
        let quoted = "\"site\":{\"name\":\"],\\\"page\\\":\"}";
        assert_eq!(hash(site, page), hash(quoted, page));
    }

    #[test]
    fn what_a_document_has_beside_the_portal_is_read_as_strictly() {
        let read = |text: &str| read_page(text.as_bytes());
        assert_eq!(
            read(r#"{"languages":["vi"],"page":"not_found"}"#),
            Ok((vec![Lang::Vi], Page::NotFound))
        );
        for wrong in [
            r#"{"languages":["vi"]}"#,
            r#"{"page":"not_found"}"#,
            r#"{"languages":["vi"],"page":"not_found","more":1}"#,
            r#"{"languages":["xx"],"page":"not_found"}"#,
            r#"{"languages":["vi"],"page":"not_found"}}"#,
        ] {
            assert_eq!(read(wrong), Err(ContentError::Answer), "{wrong}");
        }
    }
}
