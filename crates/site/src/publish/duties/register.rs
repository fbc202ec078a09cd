//! The register of documents: a list with its parts, one for each year, issuer and kind. What readers
//! choose by are links.

use super::document::{Known, links_to_subjects, name};
use super::writing::{heading, page_link, paragraph, plain, row, table, text};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::duties::{DOCUMENT, DOCUMENTS, Document, Group, Register};
use i18n::{Words, day, plural, words, year};
use model::{Block, Inline, Lang};
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
