//! The calendar: what is coming, a page for each month, and what is over. The events are those of the
//! articles, and have their files there; one more file has all of them.

use super::writing::{heading, link, page_link, paragraph, plain, row, table, text};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use crate::publish::calendar::{Entry, Origin, calendar};
use editorial::content::StandingVersion;
use editorial::content::catalogue::Item;
use editorial::content::duties::{EVENTS, calendar_file, end_of, event_name};
use i18n::{Words, day, event_time, month, words};
use model::route::Route;
use model::{Attachment, Block, Day, Event, EventTime, File, Inline, Lang, Month};
use std::collections::BTreeSet;
use std::path::Path;

/// How many events the page of what is coming shows, and that of what is over.
const ON_PAGE: usize = 50;

/// The name of the file with all events.
const FILE: &str = "events.ics";

/// The most months in which an event is listed.
const MOST_MONTHS: usize = 24;

/// An event in a language, and the article that tells of it.
struct Told<'a> {
    item: &'a Item,
    title: &'a str,
    event: &'a Event,
    /// Which event of the article it is, from 1.
    number: usize,
    /// What it is called among the files for calendars.
    name: String,
    /// When it begins and ends, in minutes.
    times: (i64, i64),
}

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// All pages of the calendar.
    pub(super) fn events(&self) -> Vec<MadePage> {
        let now = self.duties().now.map_or(i64::MIN, model::Moment::minutes);
        let of = |lang: Lang| self.told(lang);
        let months: BTreeSet<Month> = self
            .site
            .languages
            .iter()
            .flat_map(|&lang| of(lang))
            .flat_map(|told| months_of(told.event.time))
            .collect();
        let past = format!("{EVENTS}-past");
        let front = self.page(EVENTS, false, |lang| {
            self.coming(&of(lang), &months, now, lang)
        });
        let over = self.page(&past, false, |lang| Made {
            version: over(&of(lang), &months, now, lang),
            ..Made::default()
        });
        let months = months.iter().filter_map(|&shown| {
            self.page(&name(shown), false, |lang| Made {
                version: of_month(&of(lang), shown, lang),
                ..Made::default()
            })
        });
        let months: Vec<MadePage> = months.collect();
        front.into_iter().chain(over).chain(months).collect()
    }

    /// The events in a language, the earliest first.
    fn told(&self, lang: Lang) -> Vec<Told<'_>> {
        let mut told = Vec::new();
        for item in self.items {
            let Some(version) = item.version(lang) else {
                continue;
            };
            told.extend(version.events.iter().enumerate().map(|(at, event)| Told {
                item,
                title: &version.title,
                event,
                number: at + 1,
                name: event_name(event, at + 1),
                times: (begin_of(event.time), end_of(event.time).minutes()),
            }));
        }
        told.sort_by_key(|told| {
            let Item { section, slug, .. } = told.item;
            (told.times, section, slug, told.number)
        });
        told
    }

    /// The page of what is coming, with the file of all events.
    fn coming(&self, told: &[Told<'_>], months: &BTreeSet<Month>, now: i64, lang: Lang) -> Made {
        let words = &words(lang).duties;
        let coming = told.iter().filter(|told| told.times.1 > now);
        let mut body = days(coming.take(ON_PAGE), lang);
        if body.is_empty() {
            body.push(paragraph(words.no_events));
        }
        body.extend(month_links(months.iter(), lang));
        if told.iter().any(|told| told.times.1 <= now) {
            let past = page_link(&format!("{EVENTS}-past"), words.past_events);
            body.push(row([vec![past]]));
        }
        let mut files = Vec::new();
        if !told.is_empty() {
            let bytes = self.all_of(told, lang).into_bytes();
            if let Ok(slug) = model::Slug::new(EVENTS) {
                body.push(Block::Attachment(Attachment {
                    title: words.calendar_file.to_owned(),
                    file: File {
                        file: format!("{}{FILE}", Route::Standing(lang, slug).path()),
                        name: FILE.to_owned(),
                        size: bytes.len() as u64,
                    },
                }));
            }
            files.push((FILE.to_owned(), bytes));
        }
        Made {
            version: StandingVersion {
                title: words.events.to_owned(),
                lead: plain(words.events_lead),
                body,
            },
            data: None,
            files,
        }
    }

    /// A calendar of all events.
    fn all_of(&self, told: &[Told<'_>], lang: Lang) -> String {
        let first = self.site.first_origin();
        let entries = told.iter().map(|told| Entry {
            uid: Origin::of_article(told.item, self.items, first).uid(&told.name),
            changed: Some(told.item.updated.unwrap_or(told.item.published)),
            event: told.event,
            url: self.address(&told.route(lang)),
        });
        let entries: Vec<Entry<'_>> = entries.collect();
        let name = format!(
            "{} – {}",
            words(lang).duties.events,
            self.site.names.get(lang)
        );
        calendar(&self.site.origin, lang, Some(&name), &entries)
    }
}

impl Told<'_> {
    fn route(&self, lang: Lang) -> Route {
        Route::Article(lang, self.item.section.clone(), self.item.slug.clone())
    }

    /// The link to the article.
    fn article(&self) -> Inline {
        let Item { section, slug, .. } = self.item;
        link(&format!("/{section}/{slug}/"), self.title)
    }
}

/// Events with a heading for each day on which one begins.
fn days<'t>(told: impl Iterator<Item = &'t Told<'t>>, lang: Lang) -> Vec<Block> {
    let mut body = Vec::new();
    let mut last = None;
    for told in told {
        let begin = first_day(told.event.time);
        if last.replace(begin) != Some(begin) {
            body.extend(heading(&begin.to_string(), day(begin, lang)));
        }
        body.push(Block::Event(Event {
            calendar: calendar_file(&told.route(lang), &told.name),
            ..told.event.clone()
        }));
        let more = text(words(lang).duties.read_more);
        body.push(Block::Paragraph(vec![more, told.article()]));
    }
    body
}

/// The page of a month.
fn of_month(told: &[Told<'_>], shown: Month, lang: Lang) -> StandingVersion {
    let words = &words(lang).duties;
    let name = month(shown, lang);
    let events = told
        .iter()
        .filter(|told| months_of(told.event.time).contains(&shown));
    let mut body = days(events, lang);
    if body.is_empty() {
        body.push(paragraph(words.no_events_in_month));
    }
    let calendar = page_link(EVENTS, words.to_calendar);
    let past = page_link(&format!("{EVENTS}-past"), words.past_events);
    body.push(row([vec![calendar], vec![past]]));
    StandingVersion {
        title: Words::fill(words.event_month, &[("month", &name)]),
        lead: plain(Words::fill(words.event_month_lead, &[("month", &name)])),
        body,
    }
}

/// The page of what is over.
fn over(told: &[Told<'_>], months: &BTreeSet<Month>, now: i64, lang: Lang) -> StandingVersion {
    let words = &words(lang).duties;
    let over = told.iter().rev().filter(|told| told.times.1 <= now);
    let rows = over.take(ON_PAGE).map(|told| {
        vec![
            plain(event_time(told.event.time, lang)),
            plain(told.event.name.clone()),
            vec![told.article()],
        ]
    });
    let header = [i18n::words(lang).when, words.event, words.article];
    let mut body: Vec<Block> = table(words.past_events, &header, rows.collect())
        .into_iter()
        .collect();
    body.extend(month_links(months.iter().rev(), lang));
    body.push(row([vec![page_link(EVENTS, words.to_calendar)]]));
    StandingVersion {
        title: words.past_events.to_owned(),
        lead: plain(words.past_events_lead),
        body,
    }
}

/// A heading and the links to months.
fn month_links<'m>(months: impl Iterator<Item = &'m Month>, lang: Lang) -> Vec<Block> {
    let links: Vec<_> = months
        .map(|&shown| vec![page_link(&name(shown), month(shown, lang))])
        .collect();
    if links.is_empty() {
        return Vec::new();
    }
    let mut blocks: Vec<Block> = heading("months", words(lang).duties.months)
        .into_iter()
        .collect();
    blocks.push(row(links));
    blocks
}

/// The name of a month's page.
fn name(month: Month) -> String {
    format!("{EVENTS}-{:04}-{:02}", month.year, month.month)
}

fn first_day(time: EventTime) -> Day {
    match time {
        EventTime::Hours { begin, .. } => Day {
            year: begin.year,
            month: Some(begin.month),
            day: Some(begin.day),
        },
        EventTime::Days { begin, .. } => begin,
    }
}

fn last_day(time: EventTime) -> Day {
    match time {
        EventTime::Hours { end: Some(end), .. } => Day {
            year: end.year,
            month: Some(end.month),
            day: Some(end.day),
        },
        EventTime::Days { end: Some(end), .. } => end,
        _ => first_day(time),
    }
}

/// When an event begins, in minutes. A day begins in Viet Nam.
fn begin_of(time: EventTime) -> i64 {
    match time {
        EventTime::Hours { begin, .. } => begin.minutes(),
        EventTime::Days { begin, .. } => {
            end_of(EventTime::Days { begin, end: None }).minutes() - 24 * 60
        }
    }
}

/// The months on whose days an event takes place.
fn months_of(time: EventTime) -> Vec<Month> {
    let month = |day: Day| Month {
        year: day.year,
        month: day.month.unwrap_or(1),
    };
    let (mut at, last) = (month(first_day(time)), month(last_day(time)));
    let mut months = vec![at];
    while at < last && months.len() < MOST_MONTHS {
        at = if at.month == 12 {
            Month {
                year: at.year + 1,
                month: 1,
            }
        } else {
            Month {
                month: at.month + 1,
                ..at
            }
        };
        months.push(at);
    }
    months
}
