//! Calendar files (RFC 5545), one for each event of a page. They do not depend on the clock:
//! `DTSTAMP` is when the page last changed, and `UID` is the page's address without its language.
//! So an event that a reader imports in two languages, or again after a change, stays one event.
//!
//! The code knows neither recurrences nor time zones other than UTC, so it needs no library.

use model::route::Route;
use model::{Block, Day, Document, Event, EventTime, Moment, Page, plain_text};

/// The most octets that a line has before it is folded.
const LINE: usize = 75;

/// The blocks of a page with the paths of its calendar files, which are numbered from 1.
pub(crate) fn named(route: &Route, blocks: impl Iterator<Item = Block>) -> Vec<Block> {
    let mut events = 0;
    let named = blocks.map(|block| match block {
        Block::Event(event) => {
            events += 1;
            Block::Event(Event {
                calendar: format!("{}event-{events}.ics", route.path()),
                ..event
            })
        }
        other => other,
    });
    named.collect()
}

/// The calendar files of a page: paths and bytes.
pub(crate) fn files(route: &Route, document: &Document) -> Vec<(String, Vec<u8>)> {
    let (body, changed) = match &document.page {
        Page::Article(article) => (
            &article.body,
            Some(article.updated.unwrap_or(article.published)),
        ),
        Page::Standing(standing) => (&standing.body, None),
        _ => return Vec::new(),
    };
    let events = body.iter().filter_map(|block| {
        if let Block::Event(event) = block {
            Some(event)
        } else {
            None
        }
    });
    let file = |event: &Event| {
        (
            event.calendar.clone(),
            calendar(route, document, event, changed).into_bytes(),
        )
    };
    events.map(file).collect()
}

/// A calendar with one event.
fn calendar(route: &Route, document: &Document, event: &Event, changed: Option<Moment>) -> String {
    let site = &document.site;
    let host = site.origin.rsplit('/').next().unwrap_or_default();
    let place = event
        .calendar
        .trim_start_matches(route.lang().tag())
        .trim_matches('/')
        .trim_end_matches(".ics");
    let words = |name: &str| format!("{name};LANGUAGE={}", site.lang.tag());
    let stamp = match (changed, event.time) {
        (Some(moment), _) | (None, EventTime::Hours { begin: moment, .. }) => utc(moment),
        (None, EventTime::Days { begin, .. }) => format!("{}T000000Z", basic(begin)),
    };
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!(
            "PRODID:-//{}//Portal//{}",
            escaped(host),
            site.lang.tag().to_uppercase()
        ),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{place}@{host}"),
        format!("DTSTAMP:{stamp}"),
    ];
    lines.extend(times(event.time));
    lines.push(format!("{}:{}", words("SUMMARY"), escaped(&event.name)));
    let place: Vec<&str> = event
        .place
        .iter()
        .chain(&event.address)
        .map(String::as_str)
        .collect();
    if !place.is_empty() {
        lines.push(format!(
            "{}:{}",
            words("LOCATION"),
            escaped(&place.join(", "))
        ));
    }
    if !event.text.is_empty() {
        lines.push(format!(
            "{}:{}",
            words("DESCRIPTION"),
            escaped(&plain_text(&event.text))
        ));
    }
    lines.push(format!("URL:{}", site.address(route)));
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    lines.iter().map(|line| folded(line)).collect()
}

/// The lines for beginning and end. Where these are days, the end is exclusive: the day after the
/// last.
fn times(time: EventTime) -> Vec<String> {
    match time {
        EventTime::Hours { begin, end } => {
            let end = end.map(|end| format!("DTEND:{}", utc(end)));
            std::iter::once(format!("DTSTART:{}", utc(begin)))
                .chain(end)
                .collect()
        }
        EventTime::Days { begin, end } => vec![
            format!("DTSTART;VALUE=DATE:{}", basic(begin)),
            format!("DTEND;VALUE=DATE:{}", basic(end.unwrap_or(begin).next())),
        ],
    }
}

/// A moment in UTC: `20260513T130000Z`.
fn utc(moment: Moment) -> String {
    let Moment {
        year,
        month,
        day,
        hour,
        minute,
        ..
    } = moment.in_utc();
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}00Z")
}

fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Escapes a text as a value, and drops control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line with its line end, folded at [`LINE`] octets without cutting a character.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests;
