//! The page of a document: what is known of it, its files, and what machines read.

use super::writing::{heading, link_in, page_link, plain, row, text};
use super::{Made, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::duties::{DOCUMENT, DOCUMENTS, Document, DocumentFile, Group, Register};
use i18n::{Words, day, words};
use model::route::Route;
use model::{Attachment, Block, Fact, File, Inline, KeyFacts, Lang, Slug};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;

/// The documents of a register, and which of them take the place of which.
pub(super) struct Known<'a> {
    register: &'a Register,
    documents: HashMap<&'a Slug, &'a Document>,
    successors: HashMap<&'a Slug, Vec<&'a Document>>,
}

impl<'a> Known<'a> {
    /// Looks up what a register has.
    pub(super) fn new(register: &'a Register) -> Self {
        let mut successors: HashMap<&Slug, Vec<&Document>> = HashMap::new();
        for document in &register.documents {
            for replaced in &document.replaces {
                successors.entry(replaced).or_default().push(document);
            }
        }
        let documents = register.documents.iter();
        Self {
            register,
            documents: documents.map(|it| (&it.slug, it)).collect(),
            successors,
        }
    }

    /// The documents whose place a document takes.
    fn replaced(&self, document: &Document) -> impl Iterator<Item = &'a Document> {
        let slugs = document.replaces.iter();
        slugs.filter_map(|slug| self.documents.get(slug).copied())
    }
}

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// The page of a document.
    pub(super) fn document(&self, known: &Known<'_>, document: &Document, lang: Lang) -> Made {
        let words = &words(lang).duties;
        let page = |slug: &Slug| format!("{DOCUMENT}-{slug}");
        let named = |it: &Document| page_link(&page(&it.slug), it.number.clone());
        let register = known.register;
        let replaced = known.replaced(document).map(named);
        let successors = known.successors.get(&document.slug);
        let successors = successors.into_iter().flatten().copied().map(named);
        let date = |date: Option<model::Day>| date.map(|date| plain(day(date, lang)));
        let facts = [
            (words.number, Some(plain(document.number.clone()))),
            (words.issued, date(Some(document.issued))),
            (
                words.kind,
                Some(plain(name(&register.kinds, &document.kind, lang))),
            ),
            (
                words.issuer,
                Some(plain(name(&register.issuers, &document.issuer, lang))),
            ),
            (words.in_force_from, date(document.from)),
            (words.in_force_until, date(document.until)),
            (words.replaces, listed(replaced)),
            (words.replaced_by, listed(successors)),
        ];
        let facts = facts.into_iter().filter_map(|(name, text)| {
            Some(Fact {
                name: name.to_owned(),
                text: text?,
            })
        });
        let mut body = vec![Block::KeyFacts(KeyFacts {
            title: None,
            facts: facts.collect(),
        })];
        let files = document.files.iter();
        let files: Vec<(&DocumentFile, Attachment)> = files
            .map(|file| (file, self.attachment(document, file, lang)))
            .collect();
        if !files.is_empty() {
            body.extend(heading("files", words.files));
            let blocks = files
                .iter()
                .map(|(_, file)| Block::Attachment(file.clone()));
            body.extend(blocks);
        }
        body.push(row([vec![page_link(DOCUMENTS, words.all_documents)]]));
        let title = title(register, document, lang);
        Made {
            data: Some(self.legislation(known, document, &files, lang)),
            version: StandingVersion {
                lead: subject(document, lang),
                title,
                body,
            },
            files: Vec::new(),
        }
    }

    fn attachment(&self, document: &Document, file: &DocumentFile, lang: Lang) -> Attachment {
        let words = &words(lang).duties;
        let title = match &file.titles {
            Some(titles) => titles.get(lang).clone(),
            None => document.number.clone(),
        };
        let title = match file.lang {
            Some(other) if other != lang => Words::fill(
                words.file_in,
                &[("title", &title), ("language", language(other, lang))],
            ),
            _ => title,
        };
        let name = file.path.file_name().unwrap_or_default();
        Attachment {
            title,
            file: File {
                file: (self.pictures)(&file.path).file,
                name: name.to_string_lossy().into_owned(),
                size: file.size,
            },
        }
    }

    /// What machines read: <https://schema.org/Legislation>.
    fn legislation(
        &self,
        known: &Known<'_>,
        document: &Document,
        files: &[(&DocumentFile, Attachment)],
        lang: Lang,
    ) -> Value {
        let address = |document: &Document| {
            let slug = Slug::new(&format!("{DOCUMENT}-{}", document.slug)).ok()?;
            Some(self.address(&Route::Standing(lang, slug)))
        };
        let register = known.register;
        let subject = document.subjects.get(&lang);
        let mut law = json!({
            "@type": "Legislation",
            "url": address(document),
            "name": subject.cloned().unwrap_or_else(|| title(register, document, lang)),
            "legislationIdentifier": document.number,
            "legislationType": name(&register.kinds, &document.kind, lang),
            "legislationDate": document.issued.to_string(),
            "legislationPassedBy": {
                "@type": "GovernmentOrganization",
                "name": name(&register.issuers, &document.issuer, lang),
            },
        });
        if let Some(from) = document.from {
            law["temporalCoverage"] = match document.until {
                Some(until) => format!("{from}/{until}"),
                None => format!("{from}/.."),
            }
            .into();
        }
        let replaced: Vec<String> = known.replaced(document).filter_map(address).collect();
        if !replaced.is_empty() {
            law["legislationRepeals"] = replaced.into();
        }
        let encodings = files.iter().map(|(named, file)| {
            let mut media = json!({
                "@type": "MediaObject",
                "contentUrl": format!("{}{}{}", self.site.origin, self.base, file.file.file),
                "contentSize": file.file.size.to_string(),
            });
            if let Some(lang) = named.lang {
                media["inLanguage"] = lang.tag().into();
            }
            media
        });
        let encodings: Vec<Value> = encodings.collect();
        if !encodings.is_empty() {
            law["encoding"] = encodings.into();
        }
        law
    }
}

/// What a document is called: its kind and its number.
pub(super) fn title(register: &Register, document: &Document, lang: Lang) -> String {
    let kind = name(&register.kinds, &document.kind, lang);
    format!("{kind} {}", document.number)
}

/// What a document is about, or the languages in which that is written.
fn subject(document: &Document, lang: Lang) -> Vec<Inline> {
    if let Some(subject) = document.subjects.get(&lang) {
        return plain(subject.clone());
    }
    let mut lead = plain(words(lang).duties.subject_in);
    lead.extend(links_to_subjects(document, lang));
    lead
}

/// The links to a document's page in the languages in which its subject is written.
pub(super) fn links_to_subjects(document: &Document, lang: Lang) -> Vec<Inline> {
    let to = format!("/pages/{DOCUMENT}-{}/", document.slug);
    let links = document.subjects.keys().map(|&other| {
        let name = language(other, lang);
        link_in(Some(other), &to, name)
    });
    listed(links).unwrap_or_default()
}

/// Links with commas between them; `None` where there are none.
fn listed(links: impl Iterator<Item = Inline>) -> Option<Vec<Inline>> {
    let mut runs = Vec::new();
    for link in links {
        if !runs.is_empty() {
            runs.push(text(", "));
        }
        runs.push(link);
    }
    (!runs.is_empty()).then_some(runs)
}

/// The name of a language in another one.
fn language(of: Lang, lang: Lang) -> &'static str {
    let place = Lang::ALL.iter().position(|&known| known == of);
    words(lang).duties.language_names[place.unwrap_or_default()]
}

/// The name of an issuer or a kind.
pub(super) fn name(groups: &[Group], slug: &Slug, lang: Lang) -> String {
    let group = groups.iter().find(|group| group.slug == *slug);
    group
        .map(|group| group.names.get(lang).clone())
        .unwrap_or_default()
}
