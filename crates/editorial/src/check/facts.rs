//! Checks timelines, key facts, contacts and events: their dates, numbers and addresses.

use super::Findings;
use super::media::read_https_address;
use crate::content::authored::facts::{Contact, Dated, Event, KeyFacts};
use crate::content::dates;
use crate::diagnostics::Message;
use crate::json::{Cursor, reasons};
use crate::message;
use model::{self, Address, Day, EventTime, Fact, Line, Moment, Slug, When};

pub(super) fn check_timeline(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    entries: Vec<Dated>,
) -> Vec<model::Dated> {
    if entries.is_empty() {
        findings.add(
            cursor
                .problem(message!("the timeline has no entries"))
                .help(message!("write them, or delete this block")),
        );
    }
    let mut last: Option<Day> = None;
    let mut read = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let place = cursor.item(index);
        if let (Some(day), Some(before)) = (entry.date, last)
            && cut(before, day) > cut(day, before)
        {
            let message = message!(
                "{day} stands behind {before}, and was before it",
                day,
                before
            );
            findings.add(
                place
                    .key("date")
                    .problem(message)
                    .help(message!("a timeline goes from the earliest to the latest")),
            );
        }
        last = entry.date.or(last);
        let text = findings.marked(place.key("text"), &message!("the entry"), &entry.text);
        if let Some(when) = check_when(findings, place, entry.date, entry.label) {
            read.push(model::Dated { when, text });
        }
    }
    read
}

fn check_when(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    date: Option<Day>,
    label: Option<String>,
) -> Option<When> {
    match (date, findings.optional(cursor, "label", label)) {
        (Some(day), None) => Some(When::Day(day)),
        (None, Some(words)) => Some(When::Words(words)),
        (both, _) => {
            let message = if both.is_some() {
                message!("the entry has a date and a label")
            } else {
                message!("the entry does not say when it was")
            };
            let help = message!("write either \"date\": \"2014-09\" or \"label\": \"…\"");
            findings.add(cursor.problem(message).help(help));
            None
        }
    }
}

pub(super) fn check_key_facts(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    facts: KeyFacts,
) -> model::KeyFacts {
    let place = cursor.key("facts");
    if facts.facts.is_empty() {
        findings.add(
            place
                .problem(message!("there are no facts"))
                .help(message!("write them, or delete this block")),
        );
    }
    let read = facts
        .facts
        .into_iter()
        .enumerate()
        .map(|(index, fact)| Fact {
            name: findings.plain(
                place.item(index).key("name"),
                &message!("the fact's name"),
                &fact.name,
            ),
            text: findings.marked(
                place.item(index).key("text"),
                &message!("the fact"),
                &fact.text,
            ),
        });
    let facts_read = read.collect();
    model::KeyFacts {
        title: findings.optional(cursor, "title", facts.title),
        facts: facts_read,
    }
}

pub(super) fn check_contact(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    contact: Contact,
) -> model::Contact {
    let ways = [
        &contact.address,
        &contact.telephone,
        &contact.fax,
        &contact.email,
        &contact.web,
    ];
    if ways.iter().all(|way| way.is_none()) {
        let problem = cursor.problem(message!("the contact says no way to reach anybody"));
        findings.add(problem.help(message!(
            "write one of \"address\", \"telephone\", \"fax\", \"email\", \"web\""
        )));
    }
    let web = contact.web.and_then(|web| {
        let text = web
            .trim_start_matches("https://")
            .trim_end_matches('/')
            .to_owned();
        read_https_address(findings, cursor.key("web"), &web).map(|to| Line { text, to })
    });
    model::Contact {
        name: findings.plain(
            cursor.key("name"),
            &message!("the contact's name"),
            &contact.name,
        ),
        post: findings.optional(cursor, "post", contact.post),
        address: findings.optional(cursor, "address", contact.address),
        telephone: contact
            .telephone
            .and_then(|number| read_telephone(findings, cursor.key("telephone"), &number)),
        fax: contact
            .fax
            .and_then(|number| read_telephone(findings, cursor.key("fax"), &number))
            .map(|line| line.text),
        email: contact
            .email
            .and_then(|address| read_mailbox(findings, cursor.key("email"), &address)),
        web,
        hours: findings.optional(cursor, "hours", contact.hours),
    }
}

/// A telephone number with its country code.
fn read_telephone(findings: &mut Findings, cursor: Cursor<'_>, text: &str) -> Option<Line> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let sound = text
        .strip_prefix('+')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && (5..=15).contains(&digits.len())
        && text[1..]
            .chars()
            .all(|c| c.is_ascii_digit() || " ().-".contains(c));
    let line = Address::new(&format!("tel:+{digits}"))
        .ok()
        .filter(|_| sound);
    if line.is_none() {
        let message = message!(
            "\"{text}\" is not a telephone number with its country's code",
            text = text.escape_debug()
        );
        findings.add(cursor.problem(message).help(message!(
            "write it so that it works from everywhere: +84 225 000 0001"
        )));
    }
    line.map(|to| Line {
        text: text.trim().to_owned(),
        to,
    })
}

/// A mailbox.
pub(super) fn read_mailbox(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    text: &str,
) -> Option<Line> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$*/=_`{|}~+-.".contains(c);
    let host = |host: &str| {
        let part = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        host.contains('.') && host.split('.').all(part)
    };
    let sound = text
        .split_once('@')
        .is_some_and(|(name, at)| !name.is_empty() && name.chars().all(is_plain) && host(at));
    let to = Address::new(&format!("mailto:{text}"))
        .ok()
        .filter(|_| sound);
    if to.is_none() {
        let message = message!(
            "\"{text}\" is not an e-mail address",
            text = text.escape_debug()
        );
        findings.add(
            cursor
                .problem(message)
                .help(message!("for example editors@portal.example")),
        );
    }
    to.map(|to| Line {
        text: text.to_owned(),
        to,
    })
}

pub(super) fn check_event(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    event: Event,
) -> Option<model::Event> {
    let name = findings.plain(
        cursor.key("name"),
        &message!("the event's name"),
        &event.name,
    );
    let text = event
        .text
        .map(|text| findings.marked(cursor.key("text"), &message!("the event's text"), &text))
        .unwrap_or_default();
    let place = findings.optional(cursor, "place", event.place);
    let address = findings.optional(cursor, "address", event.address);
    let time = read_event_time(findings, cursor, &event.begin, event.end.as_deref())?;
    Some(model::Event {
        name,
        time,
        place,
        address,
        text,
        calendar: event_id(findings, cursor, event.id),
    })
}

/// What an event is called in files for calendars; empty where it is called by its place. A number would
/// be the place of another one.
fn event_id(findings: &mut Findings, cursor: Cursor<'_>, id: Option<Slug>) -> String {
    let Some(id) = id else {
        return String::new();
    };
    if id.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
        let problem = cursor
            .key("id")
            .problem(message!("the id of an event is a number alone"));
        findings.add(problem.help(message!(
            "events without an id are called by their numbers: write a word, such as opening"
        )));
    }
    id.to_string()
}

fn read_event_time(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    begin: &str,
    end: Option<&str>,
) -> Option<EventTime> {
    let time = match read_point(findings, cursor.key("begin"), begin)? {
        Point::Moment(begin) => match end.map(|end| read_point(findings, cursor.key("end"), end)) {
            None => EventTime::Hours { begin, end: None },
            Some(Some(Point::Moment(end))) if end.minutes() > begin.minutes() => EventTime::Hours {
                begin,
                end: Some(end),
            },
            Some(point) => {
                return refuse_end(
                    findings,
                    cursor,
                    point,
                    message!("the beginning is a moment, and the end a day"),
                );
            }
        },
        Point::Day(begin) => match end.map(|end| read_point(findings, cursor.key("end"), end)) {
            None => EventTime::Days { begin, end: None },
            Some(Some(Point::Day(end))) if end > begin => EventTime::Days {
                begin,
                end: Some(end),
            },
            Some(point) => {
                return refuse_end(
                    findings,
                    cursor,
                    point,
                    message!("the beginning is a day, and the end a moment"),
                );
            }
        },
    };
    Some(time)
}

/// Reports an end that does not fit the beginning. An unreadable end was reported before.
fn refuse_end(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    end: Option<Point>,
    mixed: Message,
) -> Option<EventTime> {
    let end = end?;
    let begins_alike =
        mixed.starts_with("the beginning is a moment") == matches!(end, Point::Moment(_));
    let (message, help) = if begins_alike {
        (
            message!("the event ends before it has begun"),
            message!("correct \"begin\" or \"end\"; an event of one day has no \"end\""),
        )
    } else {
        (mixed, message!("write both with the hour, or both without"))
    };
    findings.add(cursor.key("end").problem(message).help(help));
    None
}

fn read_point(findings: &mut Findings, cursor: Cursor<'_>, text: &str) -> Option<Point> {
    let read = if text.contains('T') {
        Moment::new(text)
            .map(Point::Moment)
            .map_err(|error| reasons::said(&error.to_string()))
    } else {
        Day::new(text)
            .map(Point::Day)
            .map_err(|error| reasons::said(&error.to_string()))
    };
    match read {
        Ok(Point::Day(day)) if !day.is_whole() => {
            let problem = cursor.problem(message!("\"{text}\" is no day", text));
            findings.add(problem.help(message!(
                "write the day, 2026-05-13, or the moment, 2026-05-13T20:00+07:00"
            )));
            None
        }
        Ok(point) => Some(point),
        Err(message) => {
            let help = dates::help(text, &message);
            let problem = cursor.problem(message);
            findings.add(match help {
                Some(help) => problem.help(help),
                None => problem,
            });
            None
        }
    }
}

/// When an event begins or ends.
enum Point {
    Moment(Moment),
    Day(Day),
}

/// A day, reduced to the precision of another one, so that both can be compared.
fn cut(day: Day, other: Day) -> Day {
    let month = day.month.filter(|_| other.month.is_some());
    Day {
        month,
        day: day.day.filter(|_| other.day.is_some()),
        ..day
    }
}
