//! What all pages of a language share, made once: the HTML around what is their own, and the part of
//! their documents that describes the portal.

use editorial::diagnostics::Failure;
use model::{Document, Lang, Page, Site};
use portal::app::{Assets, Shell, escape_script_json};
use portal::content;
use serde::Serialize;

/// What the pages of a language share.
pub(crate) struct Shared {
    /// The HTML around what is their own.
    pub(crate) shell: Shell,
    /// Writes their documents.
    pub(crate) documents: Documents,
}

/// Writes the documents of a language, and reads them back.
pub(crate) struct Documents {
    /// Their beginning, as far as the portal.
    beginning: String,
    /// The portal, as the browser's reader reads it.
    site: Site,
}

/// What a document has beside the portal.
#[derive(Serialize)]
struct Own<'a> {
    languages: &'a [Lang],
    page: &'a Page,
}

impl Shared {
    /// What the pages of a portal share in a language.
    ///
    /// # Errors
    /// Where the portal's text cannot be written, or not be read back.
    pub(crate) fn new(site: &Site, assets: &Assets) -> Result<Self, Failure> {
        Ok(Self {
            shell: Shell::new(site, assets),
            documents: Documents::new(site)?,
        })
    }
}

impl Documents {
    fn new(site: &Site) -> Result<Self, Failure> {
        let text = escape_script_json(&json(site)?);
        let beginning = format!("{{\"site\":{text}");
        let empty = format!("{beginning},\"languages\":[],\"page\":\"not_found\"}}");
        Ok(Self {
            site: content::read(empty.as_bytes()).map_err(unreadable)?.site,
            beginning,
        })
    }

    /// The text of a document, and the document that the browser's strict reader makes of it.
    ///
    /// # Errors
    /// Where it cannot be written, or not be read back.
    pub(crate) fn write(&self, document: &Document) -> Result<(String, Document), Failure> {
        let own = json(&Own {
            languages: &document.languages,
            page: &document.page,
        })?;
        let own = escape_script_json(&own);
        let (languages, page) = content::read_page(own.as_bytes()).map_err(unreadable)?;
        let mut text = String::with_capacity(self.beginning.len() + own.len());
        text.push_str(&self.beginning);
        text.push(',');
        text.push_str(own.trim_start_matches('{'));
        let read = Document {
            site: self.site.clone(),
            languages,
            page,
        };
        Ok((text, read))
    }
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::new(error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it away")]
fn unreadable(error: content::ContentError) -> Failure {
    Failure::new(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn site(name: &str) -> Site {
        let site = json!({
            "lang": "vi", "languages": ["vi", "en"], "origin": "https://portal.example", "base": "/",
            "name": name, "slogan": "b", "banners": [], "sections": [], "pages": [], "notices": [],
            "agencies": [], "note": ""
        });
        serde_json::from_value(site).unwrap()
    }

    #[test]
    fn a_document_of_shared_and_own_parts_is_the_one_that_is_written_at_once() {
        for name in ["Cổng", "</script>&"] {
            let document = Document {
                site: site(name),
                languages: vec![Lang::Vi],
                page: Page::Tags(model::Tags {
                    tags: vec![model::Entry {
                        slug: model::Slug::new("a").unwrap(),
                        name: "<b>".to_owned(),
                    }],
                }),
            };
            let documents = Documents::new(&document.site).unwrap();
            let (text, read) = documents.write(&document).unwrap();
            let whole = escape_script_json(&serde_json::to_string(&document).unwrap());
            assert_eq!(text, whole);
            assert_eq!(read, document);
            assert_eq!(content::read(text.as_bytes()), Ok(document));
        }
    }
}
