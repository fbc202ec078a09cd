//! The register of documents: a list with its parts, one for each year, issuer and kind, and a page
//! for each document. What readers choose by are links.

use super::writing::{heading, link_in, page_link, paragraph, plain, row, table, text};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::duties::{DOCUMENT, DOCUMENTS, Document, DocumentFile, Group, Register};
use i18n::{Words, day, plural, words, year};
use model::route::Route;
use model::{Attachment, Block, Fact, File, Inline, KeyFacts, Lang, Slug};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;

/// How many documents a page lists.
const ON_PAGE: usize = 50;

/// A part of the register that readers can choose.
enum Choice<'a> {
    All,
    Year(u16),
    Issuer(&'a Group),
    Kind(&'a Group),
}

impl Choice<'_> {
    /// Whether a document belongs to it.
    fn has(&self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::Year(year) => document.issued.year == *year,
            Self::Issuer(group) => document.issuer == group.slug,
            Self::Kind(group) => document.kind == group.slug,
        }
    }

    /// The name of one of its pages, which are counted from 0.
    fn slug(&self, page: usize) -> String {
        let part = match page {
            0 => String::new(),
            page => format!("-part-{}", page + 1),
        };
        match self {
            Self::All => format!("{DOCUMENTS}{part}"),
            Self::Year(year) => format!("{DOCUMENTS}{part}-{year:04}"),
            Self::Issuer(group) => format!("{DOCUMENTS}{part}-by-{}", group.slug),
            Self::Kind(group) => format!("{DOCUMENTS}{part}-kind-{}", group.slug),
        }
    }

    /// What it is called.
    fn name(&self, lang: Lang) -> String {
        match self {
            Self::All => words(lang).duties.all_documents.to_owned(),
            Self::Year(number) => year(*number, lang),
            Self::Issuer(group) | Self::Kind(group) => group.names.get(lang).clone(),
        }
    }

    fn title(&self, lang: Lang) -> String {
        let words = &words(lang).duties;
        match self {
            Self::All => words.documents.to_owned(),
            _ => Words::fill(words.documents_of, &[("what", &self.name(lang))]),
        }
    }
}

/// A page of a list.
struct Part<'a> {
    choice: &'a Choice<'a>,
    /// All documents of the choice, the newest first.
    documents: &'a [&'a Document],
    /// Which page it is, from 0, and how many there are.
    page: usize,
    pages: usize,
}

/// The documents of a register, and which of them take the place of which.
struct Known<'a> {
    register: &'a Register,
    documents: HashMap<&'a Slug, &'a Document>,
    successors: HashMap<&'a Slug, Vec<&'a Document>>,
}

impl<'a> Known<'a> {
    fn new(register: &'a Register) -> Self {
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
    /// All pages of the register.
    pub(super) fn register(&self, register: &Register) -> Vec<MadePage> {
        let mut years: Vec<u16> = register.documents.iter().map(|it| it.issued.year).collect();
        years.dedup();
        let groups = [
            years.into_iter().map(Choice::Year).collect::<Vec<_>>(),
            register.issuers.iter().map(Choice::Issuer).collect(),
            register.kinds.iter().map(Choice::Kind).collect(),
        ];
        let groups = groups.map(|choices| {
            let counted = choices.into_iter().map(|choice| {
                let documents = register.documents.iter().filter(|it| choice.has(it));
                let documents: Vec<&Document> = documents.collect();
                (choice, documents)
            });
            counted
                .filter(|(_, documents)| !documents.is_empty())
                .collect::<Vec<_>>()
        });
        let all: Vec<&Document> = register.documents.iter().collect();
        let mut made = self.parts(register, &Choice::All, &all, &groups);
        for (choice, documents) in groups.iter().flatten() {
            made.extend(self.parts(register, choice, documents, &groups));
        }
        let known = Known::new(register);
        made.extend(register.documents.iter().filter_map(|document| {
            self.page(&format!("{DOCUMENT}-{}", document.slug), true, |lang| {
                self.document(&known, document, lang)
            })
        }));
        made
    }

    /// The pages of a list.
    fn parts(
        &self,
        register: &Register,
        choice: &Choice<'_>,
        documents: &[&Document],
        groups: &[Vec<(Choice<'_>, Vec<&Document>)>; 3],
    ) -> Vec<MadePage> {
        let pages = documents.len().div_ceil(ON_PAGE).max(1);
        let made = (0..pages).filter_map(|page| {
            let part = Part {
                choice,
                documents,
                page,
                pages,
            };
            self.page(&choice.slug(page), false, |lang| Made {
                version: list(register, &part, groups, lang),
                ..Made::default()
            })
        });
        made.collect()
    }

    fn document(&self, known: &Known<'_>, document: &Document, lang: Lang) -> Made {
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

/// A page of a list: what readers can choose by, and the documents.
fn list(
    register: &Register,
    part: &Part<'_>,
    groups: &[Vec<(Choice<'_>, Vec<&Document>)>; 3],
    lang: Lang,
) -> StandingVersion {
    let words = &words(lang).duties;
    let is_front = matches!(part.choice, Choice::All) && part.page == 0;
    let count = plural(&words.documents_count, part.documents.len() as u64, lang);
    let from = part.page * ON_PAGE;
    let shown = part.documents.iter().skip(from).take(ON_PAGE);
    let rows = shown.map(|document| table_row(register, document, lang));
    let mut title = part.choice.title(lang);
    let mut body = Vec::new();
    if part.page > 0 {
        title = format!("{title} – {}", page_of(part, lang));
    }
    if is_front {
        let headings = [
            ("years", words.by_year),
            ("issuers", words.by_issuer),
            ("kinds", words.by_kind),
        ];
        for ((id, name), group) in headings.into_iter().zip(groups) {
            if !group.is_empty() {
                body.extend(heading(id, name));
                body.push(row(group.iter().map(|(choice, documents)| {
                    let link = page_link(&choice.slug(0), choice.name(lang));
                    vec![link, text(format!(" ({})", documents.len()))]
                })));
            }
        }
        body.extend(heading("list", words.all_documents));
    }
    let header = [
        words.number,
        words.subject,
        words.issued,
        words.kind,
        words.issuer,
    ];
    let caption = format!("{title} ({count})");
    body.push(
        table(&caption, &header, rows.collect()).unwrap_or_else(|| paragraph(words.no_documents)),
    );
    body.extend(steps(part, lang));
    let lead = if is_front {
        register.leads.get(lang).clone()
    } else {
        vec![
            text(format!("{count} · ")),
            page_link(DOCUMENTS, words.all_documents),
        ]
    };
    StandingVersion { title, lead, body }
}

fn table_row(register: &Register, document: &Document, lang: Lang) -> Vec<Vec<Inline>> {
    let page = format!("{DOCUMENT}-{}", document.slug);
    vec![
        vec![page_link(&page, document.number.clone())],
        match document.subjects.get(&lang) {
            Some(subject) => plain(subject.clone()),
            None => links_to_subjects(document, lang),
        },
        plain(day(document.issued, lang)),
        plain(name(&register.kinds, &document.kind, lang)),
        plain(name(&register.issuers, &document.issuer, lang)),
    ]
}

fn page_of(part: &Part<'_>, lang: Lang) -> String {
    Words::fill(
        words(lang).duties.page_of,
        &[
            ("n", &(part.page + 1).to_string()),
            ("total", &part.pages.to_string()),
        ],
    )
}

/// The links to the pages before and behind this one; `None` where it is the only one.
fn steps(part: &Part<'_>, lang: Lang) -> Option<Block> {
    let words = &words(lang).duties;
    let to = |page: usize, name: &str| vec![page_link(&part.choice.slug(page), name)];
    let newer = (part.page > 0).then(|| to(part.page - 1, words.newer_documents));
    let older = (part.page + 1 < part.pages).then(|| to(part.page + 1, words.older_documents));
    (part.pages > 1).then(|| {
        let here = plain(page_of(part, lang));
        row([here].into_iter().chain(newer).chain(older))
    })
}

/// What a document is called: its kind and its number.
fn title(register: &Register, document: &Document, lang: Lang) -> String {
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
fn links_to_subjects(document: &Document, lang: Lang) -> Vec<Inline> {
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

fn name(groups: &[Group], slug: &Slug, lang: Lang) -> String {
    let group = groups.iter().find(|group| group.slug == *slug);
    group
        .map(|group| group.names.get(lang).clone())
        .unwrap_or_default()
}
