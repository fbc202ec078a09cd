//! What public bodies owe to the public besides news: the register of documents, questions and
//! answers, the calendar, the site map, access statistics, and the assessment of accessibility. The
//! build makes standing pages of it. Whatever is left out has no page.

use crate::content::authored::site::PerLang;
use crate::content::conformance::Conformance;
use model::route::Route;
use model::{Block, Day, Event, EventTime, Inline, Lang, Moment, Slug};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The page of the register, and the beginning of the names of its parts.
pub const DOCUMENTS: &str = "documents";
/// The beginning of the name of a document's page.
pub const DOCUMENT: &str = "document";
/// The page of questions and answers.
pub const QUESTIONS: &str = "questions";
/// The page of the calendar, and the beginning of the names of its months.
pub const EVENTS: &str = "events";
/// The page that leads to all others.
pub const SITE_MAP: &str = "site-map";
/// The page of access statistics.
pub const STATISTICS: &str = "statistics";
/// The page of the assessment of accessibility.
pub const ASSESSMENT: &str = "accessibility-report";

/// The minutes by which Viet Nam is ahead of UTC. Events that have days alone end there.
const VIET_NAM: i16 = 7 * 60;

/// What the build makes standing pages of.
#[derive(Default)]
pub struct Duties {
    /// The register of documents.
    pub register: Option<Register>,
    /// Questions and answers in each language.
    pub questions: Option<BTreeMap<Lang, Questions>>,
    /// The assessment of accessibility.
    pub assessment: Option<Assessment>,
    /// Whether there is a calendar of the articles' events.
    pub calendar: bool,
    /// Whether there is a site map.
    pub site_map: bool,
    /// Whether there is a page with the view counts.
    pub statistics: bool,
    /// How many views there were in all, at the last count of each month: `2026-11`.
    pub totals: BTreeMap<String, u64>,
    /// The mailbox for errors in articles.
    pub report_errors: Option<String>,
    /// The moment for which the site is built, which tells past events from others.
    pub now: Option<Moment>,
}

/// The register of documents.
pub struct Register {
    /// What it holds.
    pub leads: PerLang<Vec<Inline>>,
    /// Who issues the documents.
    pub issuers: Vec<Group>,
    /// The kinds of documents.
    pub kinds: Vec<Group>,
    /// The documents, the newest first.
    pub documents: Vec<Document>,
}

/// What several documents have in common: an issuer or a kind.
pub struct Group {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub names: PerLang<String>,
}

/// A document of the register.
pub struct Document {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its number.
    pub number: String,
    /// The day on which it was issued.
    pub issued: Day,
    /// Who issued it.
    pub issuer: Slug,
    /// What it is.
    pub kind: Slug,
    /// What it is about, in at least one language.
    pub subjects: BTreeMap<Lang, String>,
    /// The first day on which it is in force.
    pub from: Option<Day>,
    /// The last day on which it is in force.
    pub until: Option<Day>,
    /// The documents whose place it takes.
    pub replaces: Vec<Slug>,
    /// Its files.
    pub files: Vec<DocumentFile>,
}

/// A file of a document.
pub struct DocumentFile {
    /// The file in the content folder.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// The language that it is written in.
    pub lang: Option<Lang>,
    /// What it holds, where that is not the document itself.
    pub titles: Option<PerLang<String>>,
}

/// Questions and answers in one language.
pub struct Questions {
    /// The page's title.
    pub title: String,
    /// The lead.
    pub lead: Vec<Inline>,
    /// A heading for each section, a subheading for each question, and the blocks of its answer.
    pub body: Vec<Block>,
}

/// An assessment of accessibility.
pub struct Assessment {
    /// The day of the assessment.
    pub assessed: Day,
    /// The standards.
    pub standards: Vec<String>,
    /// How far the portal conforms to them.
    pub conformance: Conformance,
    /// What programs have found.
    pub tests: Vec<AutomaticTest>,
    /// What is known not to be accessible, and the day by which it is to be mended.
    pub problems: Vec<(PerLang<Vec<Inline>>, Option<Day>)>,
    /// The mailbox for reports.
    pub contact: String,
}

/// What a program has found.
pub struct AutomaticTest {
    /// The day on which it ran.
    pub day: Day,
    /// The program.
    pub tool: String,
    /// How many pages it looked at.
    pub pages: u32,
    /// How many problems it found.
    pub findings: u32,
}

impl Duties {
    /// The names of the pages that stand for themselves: each leads to its parts.
    pub fn fronts(&self) -> Vec<Slug> {
        let fronts = [
            (DOCUMENTS, self.register.is_some()),
            (QUESTIONS, self.questions.is_some()),
            (EVENTS, self.calendar),
            (SITE_MAP, self.site_map),
            (STATISTICS, self.statistics),
            (ASSESSMENT, self.assessment.is_some()),
        ];
        let made = fronts.into_iter().filter(|(_, is_made)| *is_made);
        made.filter_map(|(name, _)| Slug::new(name).ok()).collect()
    }

    /// The names of the pages that the footer and texts can lead to.
    pub fn pages(&self) -> Vec<Slug> {
        let documents = self
            .register
            .iter()
            .flat_map(|register| &register.documents);
        let documents = documents.filter_map(|document| document_page(&document.slug));
        self.fronts().into_iter().chain(documents).collect()
    }

    /// Whether the build makes a page of this name, so that no other can have it.
    pub fn claims(&self, slug: &Slug) -> bool {
        let below = |name: &str| {
            let rest = slug.as_str().strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        (self.register.is_some() && (below(DOCUMENTS) || below(DOCUMENT)))
            || (self.calendar && below(EVENTS))
            || self.fronts().contains(slug)
    }
}

/// The name of a document's page; `None` where that would be too long.
pub fn document_page(document: &Slug) -> Option<Slug> {
    Slug::new(&format!("{DOCUMENT}-{document}")).ok()
}

/// The moment from which an event is over: its end, or else the end of the day on which it begins.
pub fn end_of(time: EventTime) -> Moment {
    let midnight_after = |day: Day, offset: i16| {
        let Day { year, month, day } = day.next();
        Moment {
            year,
            month: month.unwrap_or(1),
            day: day.unwrap_or(1),
            hour: 0,
            minute: 0,
            offset,
        }
    };
    match time {
        EventTime::Hours { end: Some(end), .. } => end,
        EventTime::Hours { begin, end: None } => {
            let Moment {
                year, month, day, ..
            } = begin;
            let day = Day {
                year,
                month: Some(month),
                day: Some(day),
            };
            midnight_after(day, begin.offset)
        }
        EventTime::Days { begin, end } => midnight_after(end.unwrap_or(begin), VIET_NAM),
    }
}

/// The name of a checked event among the files for calendars: its id, else its number on the page, from 1.
pub fn event_name(event: &Event, number: usize) -> String {
    if event.calendar.is_empty() {
        number.to_string()
    } else {
        event.calendar.clone()
    }
}

/// The address of an article's event among the files for calendars, from the site's base on.
pub fn calendar_file(article: &Route, name: &str) -> String {
    format!("{}event-{name}.ics", article.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_an_end_is_over_with_its_day() {
        let moment = |text| Moment::new(text).unwrap();
        let day = |text| Day::new(text).unwrap();
        for (time, end) in [
            (
                EventTime::Hours {
                    begin: moment("2026-05-13T20:00+09:00"),
                    end: None,
                },
                "2026-05-14T00:00+09:00",
            ),
            (
                EventTime::Hours {
                    begin: moment("2026-05-13T20:00+07:00"),
                    end: Some(moment("2026-05-14T02:00+07:00")),
                },
                "2026-05-14T02:00+07:00",
            ),
            (
                EventTime::Days {
                    begin: day("2026-12-30"),
                    end: Some(day("2026-12-31")),
                },
                "2027-01-01T00:00+07:00",
            ),
        ] {
            assert_eq!(end_of(time), moment(end));
        }
    }

    #[test]
    fn only_pages_that_are_made_keep_others_from_their_names() {
        let slug = |text| Slug::new(text).unwrap();
        let duties = Duties {
            calendar: true,
            ..Duties::default()
        };
        assert!(duties.claims(&slug("events")));
        assert!(duties.claims(&slug("events-2026-05")));
        assert!(!duties.claims(&slug("eventsful")));
        assert!(!duties.claims(&slug("documents")));
        assert!(!Duties::default().claims(&slug("events")));
    }
}
