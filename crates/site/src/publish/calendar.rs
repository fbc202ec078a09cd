//! Calendar files (RFC 5545): one for each event of a page, and one for all events of the portal. They
//! do not depend on the clock: `DTSTAMP` is when the page last changed.
//!
//! `UID` is the same in every language, after every change, at a new address and on a new host. So an
//! event that a reader imports twice, alone or with all others, stays one event.
//!
//! The code knows neither recurrences nor time zones other than UTC, so it needs no library.

use editorial::content::catalogue::Item;
use editorial::content::duties::{calendar_file, event_name};
use model::route::Route;
use model::{Block, Day, Document, Event, EventTime, Lang, Moment, Page, plain_text};

/// The most octets that a line has before it is folded.
const LINE: usize = 75;

/// Where an event belongs: the beginning of its `UID`, and the portal's first host.
pub(crate) struct Origin {
    /// The name of its page, which stays for ever.
    page: String,
    /// The host that the portal had first.
    host: String,
}

/// An event in a calendar.
pub(super) struct Entry<'a> {
    /// Its name for ever.
    pub(super) uid: String,
    /// When its page last changed; `None` where that is not known.
    pub(super) changed: Option<Moment>,
    /// The event.
    pub(super) event: &'a Event,
    /// The address of its page.
    pub(super) url: String,
}

impl Origin {
    /// That of the events of a standing page. `first` is the portal's first origin.
    pub(super) fn of_page(route: &Route, first: &str) -> Self {
        let path = route.path();
        let page = path.split_once('/').map_or("", |(_, page)| page);
        Self {
            page: page.trim_end_matches('/').to_owned(),
            host: host_of(first).to_owned(),
        }
    }

    /// That of the events of an article: the moment of publication, which stays when it moves. Of
    /// several that were published in one minute, each also has the first of its addresses.
    pub(super) fn of_article(item: &Item, items: &[Item], first: &str) -> Self {
        let same = |other: &&Item| other.minutes == item.minutes;
        let twin = if items.iter().filter(same).count() > 1 {
            let own = (item.section.clone(), item.slug.clone());
            let oldest = item.aliases.iter().chain([&own]).min();
            oldest
                .map(|(section, slug)| format!("/{section}/{slug}"))
                .unwrap_or_default()
        } else {
            String::new()
        };
        Self {
            page: format!("{}{twin}", utc(item.published)),
            host: host_of(first).to_owned(),
        }
    }

    /// The name for ever of an event that is called so on its page.
    pub(super) fn uid(&self, name: &str) -> String {
        format!("{}/event-{name}@{}", self.page, self.host)
    }
}

fn host_of(origin: &str) -> &str {
    origin.rsplit('/').next().unwrap_or_default()
}

/// The blocks of a page with the paths of its calendar files, each called by its event.
pub(crate) fn named(route: &Route, blocks: impl Iterator<Item = Block>) -> Vec<Block> {
    let mut events = 0;
    let named = blocks.map(|block| match block {
        Block::Event(event) => {
            events += 1;
            Block::Event(Event {
                calendar: calendar_file(route, &event_name(&event, events)),
                ..event
            })
        }
        other => other,
    });
    named.collect()
}

/// The calendar files of a page: paths and bytes. Events of other pages have theirs there.
pub(crate) fn files(route: &Route, document: &Document, origin: &Origin) -> Vec<(String, Vec<u8>)> {
    let (body, changed) = match &document.page {
        Page::Article(article) => (
            &article.body,
            Some(article.updated.unwrap_or(article.published)),
        ),
        Page::Standing(standing) => (&standing.body, None),
        _ => return Vec::new(),
    };
    let events = body.iter().filter_map(|block| match block {
        Block::Event(event) => Some(event),
        _ => None,
    });
    let begin = format!("{}event-", route.path());
    let own = events.filter_map(|event| {
        let name = event.calendar.strip_prefix(&begin)?.strip_suffix(".ics")?;
        let entry = Entry {
            uid: origin.uid(name),
            changed,
            event,
            url: document.site.address(route),
        };
        let text = calendar(&document.site.origin, route.lang(), None, &[entry]);
        Some((event.calendar.clone(), text.into_bytes()))
    });
    own.collect()
}

/// A calendar with these events. `name` is what programs call a calendar that they follow.
pub(super) fn calendar(
    origin: &str,
    lang: Lang,
    name: Option<&str>,
    entries: &[Entry<'_>],
) -> String {
    let host = host_of(origin);
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!(
            "PRODID:-//{}//Portal//{}",
            escaped(host),
            lang.tag().to_uppercase()
        ),
    ];
    if let Some(name) = name {
        lines.push(format!("NAME:{}", escaped(name)));
        lines.push(format!("X-WR-CALNAME:{}", escaped(name)));
    }
    for entry in entries {
        event_lines(&mut lines, entry, lang);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event_lines(lines: &mut Vec<String>, entry: &Entry<'_>, lang: Lang) {
    let event = entry.event;
    let words = |name: &str| format!("{name};LANGUAGE={}", lang.tag());
    let stamp = match (entry.changed, event.time) {
        (Some(moment), _) | (None, EventTime::Hours { begin: moment, .. }) => utc(moment),
        (None, EventTime::Days { begin, .. }) => format!("{}T000000Z", basic(begin)),
    };
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", entry.uid),
        format!("DTSTAMP:{stamp}"),
    ]);
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
    lines.push(format!("URL:{}", entry.url));
    lines.push("END:VEVENT".to_owned());
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
