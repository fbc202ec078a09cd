//! The register of documents: a list with its parts, one for each year, issuer and kind, and for the issuers
//! and kinds of a year with many documents. What readers choose by are links.

use super::document::{Known, links_to_subjects, name};
use super::writing::{heading, page_link, paragraph, plain, row, table, text};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::duties::{DOCUMENT, DOCUMENTS, Document, Group, Register};
use i18n::{Words, day, plural, words, year};
use model::{Block, Inline, Lang, Slug};
use std::path::Path;

/// How many documents a page lists.
const ON_PAGE: usize = 100;

/// How many documents a year has at most that are not offered by issuer and kind. Readers look through so
/// many by themselves, and each further choice is a page in every language.
const MANY: usize = 3 * ON_PAGE;

/// A part of the register that readers can choose.
enum Choice<'a> {
    All,
    Year(u16),
    Issuer(&'a Group),
    Kind(&'a Group),
    /// What an issuer issued in a year.
    YearIssuer(u16, &'a Group),
    /// What there is of a kind from a year.
    YearKind(u16, &'a Group),
}

/// Choices with their documents, the newest first. There are several, or none.
type Choices<'a> = Vec<(Choice<'a>, Vec<&'a Document>)>;

/// The choices that have documents. One alone would be no choice.
fn choices<'a>(of: impl Iterator<Item = Choice<'a>>, documents: &[&'a Document]) -> Choices<'a> {
    let counted = of.map(|choice| {
        let own = documents.iter().copied().filter(|it| choice.has(it));
        let own: Vec<&Document> = own.collect();
        (choice, own)
    });
    counted.filter(|(_, own)| !own.is_empty()).collect()
}

impl Choice<'_> {
    /// Whether a document belongs to it.
    fn has(&self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::Year(year) => document.issued.year == *year,
            Self::Issuer(group) => document.issuer == group.slug,
            Self::Kind(group) => document.kind == group.slug,
            Self::YearIssuer(year, group) => {
                document.issued.year == *year && document.issuer == group.slug
            }
            Self::YearKind(year, group) => {
                document.issued.year == *year && document.kind == group.slug
            }
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
            Self::YearIssuer(year, group) => {
                format!("{DOCUMENTS}{part}-{year:04}-by-{}", group.slug)
            }
            Self::YearKind(year, group) => {
                format!("{DOCUMENTS}{part}-{year:04}-kind-{}", group.slug)
            }
        }
    }

    /// What it is called.
    fn name(&self, lang: Lang) -> String {
        match self {
            Self::All => words(lang).duties.all_documents.to_owned(),
            Self::Year(number) => year(*number, lang),
            Self::Issuer(group)
            | Self::Kind(group)
            | Self::YearIssuer(_, group)
            | Self::YearKind(_, group) => group.names.get(lang).clone(),
        }
    }

    fn title(&self, lang: Lang) -> String {
        let words = &words(lang).duties;
        match self {
            Self::All => words.documents.to_owned(),
            Self::YearIssuer(of, _) | Self::YearKind(of, _) => {
                let both = format!("{} · {}", year(*of, lang), self.name(lang));
                Words::fill(words.documents_of, &[("what", &both)])
            }
            _ => Words::fill(words.documents_of, &[("what", &self.name(lang))]),
        }
    }

    /// The choice that it narrows down; `None` where that is the whole register.
    fn wider(&self) -> Option<Choice<'static>> {
        match self {
            Self::YearIssuer(year, _) | Self::YearKind(year, _) => Some(Choice::Year(*year)),
            _ => None,
        }
    }

    /// The headings above choices, and what is chosen by: within the whole register, or within a year
    /// that has many documents.
    fn narrower<'b>(
        &self,
        register: &'b Register,
        documents: &[&'b Document],
    ) -> [(&'static str, Choices<'b>); 3] {
        let groups = |of: &'b [Group], choice: &dyn Fn(&'b Group) -> Choice<'b>| {
            choices(of.iter().map(choice), documents)
        };
        let found = match self {
            Self::All => {
                let mut years: Vec<u16> = documents.iter().map(|it| it.issued.year).collect();
                years.dedup();
                [
                    (
                        "years",
                        choices(years.into_iter().map(Choice::Year), documents),
                    ),
                    ("issuers", groups(&register.issuers, &Choice::Issuer)),
                    ("kinds", groups(&register.kinds, &Choice::Kind)),
                ]
            }
            Self::Year(year) if documents.len() > MANY => [
                ("years", Vec::new()),
                (
                    "issuers",
                    groups(&register.issuers, &|group| Choice::YearIssuer(*year, group)),
                ),
                (
                    "kinds",
                    groups(&register.kinds, &|group| Choice::YearKind(*year, group)),
                ),
            ],
            _ => [
                ("years", Vec::new()),
                ("issuers", Vec::new()),
                ("kinds", Vec::new()),
            ],
        };
        found.map(|(id, choices)| {
            // A page of such a name could not be.
            let has_pages = |choice: &Choice<'_>, documents: &[&Document]| {
                let last = documents.len().div_ceil(ON_PAGE).max(1) - 1;
                Slug::new(&choice.slug(last)).is_ok()
            };
            let can_be = choices
                .into_iter()
                .filter(|(choice, own)| has_pages(choice, own));
            (id, can_be.collect())
        })
    }
}

/// A page of a list.
struct Part<'a, 'b> {
    choice: &'b Choice<'a>,
    /// What readers can choose by within it.
    narrower: &'b [(&'static str, Choices<'a>); 3],
    /// All documents of the choice, the newest first.
    documents: &'b [&'a Document],
    /// Which page it is, from 0, and how many there are.
    page: usize,
    pages: usize,
}

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// All pages of the register.
    pub(super) fn register(&self, register: &Register) -> Vec<MadePage> {
        let all: Vec<&Document> = register.documents.iter().collect();
        let mut made = Vec::new();
        let mut former = Vec::new();
        let mut open = vec![(Choice::All, all)];
        while let Some((choice, documents)) = open.pop() {
            let mut narrower = choice.narrower(register, &documents);
            for (_, choices) in &mut narrower {
                // What all documents have in common is no choice. It had a page once.
                if choices.len() == 1 {
                    let one = choices.remove(0).0;
                    former.extend(
                        Slug::new(&one.slug(0))
                            .ok()
                            .filter(|_| matches!(choice, Choice::All)),
                    );
                }
            }
            made.extend(self.parts(register, &choice, &documents, &narrower));
            open.extend(narrower.into_iter().flat_map(|(_, choices)| choices));
        }
        if let Some(front) = made.first_mut() {
            front.former = former;
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
    fn parts<'a>(
        &self,
        register: &'a Register,
        choice: &Choice<'a>,
        documents: &[&'a Document],
        narrower: &[(&'static str, Choices<'a>); 3],
    ) -> Vec<MadePage> {
        let pages = documents.len().div_ceil(ON_PAGE).max(1);
        let made = (0..pages).filter_map(|page| {
            let part = Part {
                choice,
                narrower,
                documents,
                page,
                pages,
            };
            self.page(&choice.slug(page), false, |lang| Made {
                version: list(register, &part, lang),
                ..Made::default()
            })
        });
        made.collect()
    }
}

/// A page of a list: what readers can choose by, and the documents.
fn list(register: &Register, part: &Part<'_, '_>, lang: Lang) -> StandingVersion {
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
    if part.page == 0 {
        body.extend(offered(part, lang));
    }
    if is_front || !body.is_empty() {
        body.extend(heading("list", part.choice.name(lang)));
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
        let mut lead = vec![text(format!("{count} · "))];
        if let Some(wider) = part.choice.wider() {
            lead.extend([page_link(&wider.slug(0), wider.name(lang)), text(" · ")]);
        }
        lead.push(page_link(DOCUMENTS, words.all_documents));
        lead
    };
    StandingVersion { title, lead, body }
}

/// What readers can choose by: a row of links below a heading for each.
fn offered(part: &Part<'_, '_>, lang: Lang) -> Vec<Block> {
    let words = &words(lang).duties;
    let headings = [words.by_year, words.by_issuer, words.by_kind];
    let mut blocks = Vec::new();
    for ((id, choices), name) in part.narrower.iter().zip(headings) {
        if choices.is_empty() {
            continue;
        }
        blocks.extend(heading(id, name));
        blocks.push(row(choices.iter().map(|(choice, documents)| {
            let link = page_link(&choice.slug(0), choice.name(lang));
            vec![link, text(format!(" ({})", documents.len()))]
        })));
    }
    blocks
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

fn page_of(part: &Part<'_, '_>, lang: Lang) -> String {
    Words::fill(
        words(lang).duties.page_of,
        &[
            ("n", &(part.page + 1).to_string()),
            ("total", &part.pages.to_string()),
        ],
    )
}

/// The links to the pages before and behind this one; `None` where it is the only one.
fn steps(part: &Part<'_, '_>, lang: Lang) -> Option<Block> {
    let words = &words(lang).duties;
    let to = |page: usize, name: &str| vec![page_link(&part.choice.slug(page), name)];
    let newer = (part.page > 0).then(|| to(part.page - 1, words.newer_documents));
    let older = (part.page + 1 < part.pages).then(|| to(part.page + 1, words.older_documents));
    (part.pages > 1).then(|| {
        let here = plain(page_of(part, lang));
        row([here].into_iter().chain(newer).chain(older))
    })
}
