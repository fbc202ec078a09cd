//! Reads dates in the forms of other programs and people, so that a help can say how to write them.
//! Content itself has one form only, which is easier to get right than many.

use crate::diagnostics::Message;
use crate::message;
use model::{Day, Moment};

/// The help for a text that is no moment or no day. `reason` is the error of the refused text;
/// `None` where it comes from another type.
pub fn help(text: &str, reason: &str) -> Option<Message> {
    let for_moment = Moment::new(text)
        .err()
        .is_some_and(|error| error.to_string() == reason);
    let for_day = Day::new(text)
        .err()
        .is_some_and(|error| error.to_string() == reason);
    let found = Found::read(text).filter(|_| for_moment || for_day)?;
    match found.time {
        Some(_) if found.offset.is_none() => Some(message!(
            "write {moment}, with the offset of the newsroom's clock",
            moment = found.moment()?
        )),
        Some(_) => Some(message!(
            "write {date}",
            date = if for_moment {
                found.moment()?
            } else {
                found.day.to_string()
            }
        )),
        None if for_moment => Some(message!(
            "write the hour, too: {moment}",
            moment = Found {
                time: Some((8, 30)),
                ..found
            }
            .moment()?
        )),
        None => Some(message!("write {day}", day = found.day)),
    }
}

/// The newsroom's offset, for a text without one, in minutes east of UTC.
const HERE: i16 = 7 * 60;

/// A day, with the time and the offset where the text has them.
#[derive(Clone, Copy)]
struct Found {
    day: Day,
    /// Hour and minute.
    time: Option<(u8, u8)>,
    /// Minutes east of UTC.
    offset: Option<i16>,
}

impl Found {
    /// Reads the forms of ISO 8601 and RFC 3339, and days with the year at their end.
    fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(plain).collect();
        let date_ends = text
            .find(|c: char| !(c.is_ascii_digit() || "-/.W".contains(c)))
            .unwrap_or(text.len());
        let (date, rest) = text.split_at(date_ends);
        let day = day(date)?;
        let Some(rest) = rest.strip_prefix(['T', ' ', '_']).map(str::trim) else {
            return rest.is_empty().then_some(Self {
                day,
                time: None,
                offset: None,
            });
        };
        let time_ends = rest
            .find(|c: char| !(c.is_ascii_digit() || ":.,".contains(c)))
            .unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(time_ends);
        let (hour, minute) = time(clock)?;
        let (day, hour) = if hour == 24 {
            (day.next(), 0)
        } else {
            (day, hour)
        };
        Some(Self {
            day,
            time: Some((hour, minute)),
            offset: offset(zone.trim())?,
        })
    }

    fn moment(self) -> Option<String> {
        let (hour, minute) = self.time?;
        let Day { year, month, day } = self.day;
        let moment = Moment {
            year,
            month: month?,
            day: day?,
            hour,
            minute,
            offset: self.offset.unwrap_or(HERE),
        }
        .to_string();
        Moment::new(&moment).ok().map(|moment| moment.to_string())
    }
}

/// A character in ASCII and upper case: other hyphens, and full-width digits and signs, are
/// replaced.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' => '-',
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '：' => ':',
        '／' => '/',
        c => c.to_ascii_uppercase(),
    }
}

/// A day in any unambiguous order.
fn day(text: &str) -> Option<Day> {
    let number = |text: &str| text.parse::<u16>().ok();
    if let Some((year, week)) = text.split_once('W') {
        let week = week.replace('-', "");
        let (week, weekday) = week.split_at_checked(2)?;
        return of_week(
            number(year.trim_end_matches('-'))?,
            number(week)?,
            number(weekday)?,
        );
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let (year, month, day) = match parts[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [first, second, year] if year.len() == 4 && is_day_alone(first, second) => {
            (year, second, first)
        }
        [first, second, year] if year.len() == 4 && is_day_alone(second, first) => {
            (year, first, second)
        }
        [year, day] if (year.len(), day.len()) == (4, 3) => {
            return of_year(number(year)?, number(day)?);
        }
        [all] if all.len() == 7 => return of_year(number(&all[..4])?, number(&all[4..])?),
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        _ => return None,
    };
    Day::new(&format!("{year}-{:02}-{:02}", number(month)?, number(day)?)).ok()
}

/// Whether `day` can only be the day: it is no number of a month, or both numbers are the same.
fn is_day_alone(day: &str, month: &str) -> bool {
    day.parse::<u8>().is_ok_and(|day| day > 12) || day == month
}

/// A day by its number in the year.
fn of_year(year: u16, number: u16) -> Option<Day> {
    let first = Day::new(&format!("{year:04}-01-01")).ok()?;
    let day = (1..number.min(400)).fold(first, |day, _| day.next());
    (number > 0 && day.year == year).then_some(day)
}

/// A day by its ISO week and its number in the week, from Monday on. The first week contains 4
/// January.
fn of_week(year: u16, week: u16, weekday: u16) -> Option<Day> {
    if !(1..=53).contains(&week) || !(1..=7).contains(&weekday) {
        return None;
    }
    let fourth = Moment {
        year,
        month: 1,
        day: 4,
        hour: 0,
        minute: 0,
        offset: 0,
    };
    // The first day of the year 1 was a Monday.
    let monday_to_fourth = u16::try_from((fourth.minutes() / (24 * 60) - 1).rem_euclid(7)).ok()?;
    let number = i32::from(week * 7 + weekday) - i32::from(monday_to_fourth) - 3 - 1;
    if number >= 1 {
        let first = Day::new(&format!("{year:04}-01-01")).ok()?;
        return Some((1..number).fold(first, |day, _| day.next()));
    }
    Day::new(&format!(
        "{:04}-12-{:02}",
        year.checked_sub(1)?,
        31 + number
    ))
    .ok()
}

/// Hour and minute; seconds and fractions are dropped.
fn time(text: &str) -> Option<(u8, u8)> {
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    let digits = whole.replace(':', "");
    let grouped = whole.split(':').all(|part| part.len() == 2) || !whole.contains(':');
    if !grouped || !matches!(digits.len(), 4 | 6) {
        return None;
    }
    let number = |at: usize| digits.get(at..at + 2)?.parse::<u8>().ok();
    let (hour, minute, second) = (number(0)?, number(2)?, number(4).unwrap_or_default());
    let is_time =
        (hour < 24 && minute < 60 && second <= 60) || (hour, minute, second) == (24, 0, 0);
    is_time.then_some((hour, minute))
}

/// Minutes east of UTC: `Some(None)` where the text has no offset, `None` where the offset cannot
/// be read.
#[expect(
    clippy::option_option,
    reason = "what is not said is another matter than what cannot be read"
)]
fn offset(zone: &str) -> Option<Option<i16>> {
    if zone.is_empty() {
        return Some(None);
    }
    if ["Z", "UTC", "GMT"].contains(&zone) {
        return Some(Some(0));
    }
    let east = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.strip_prefix(['+', '-'])?.replace(':', "");
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i16>().ok()?, 0),
        4 => (
            digits.get(..2)?.parse().ok()?,
            digits.get(2..)?.parse().ok()?,
        ),
        _ => return None,
    };
    Some(Some(east * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn for_moment(text: &str) -> Option<String> {
        help(text, &Moment::new(text).err()?.to_string()).map(String::from)
    }

    #[test]
    fn a_moment_of_another_form_is_answered_with_what_to_write() {
        for (text, right) in [
            ("2026-11-22T08:30:00+07:00", "write 2026-11-22T08:30+07:00"),
            (
                "2026-11-22T01:30:00.123456789Z",
                "write 2026-11-22T01:30+00:00",
            ),
            ("2026-11-22T01:30:00,5Z", "write 2026-11-22T01:30+00:00"),
            ("2026-11-22t01:30:00z", "write 2026-11-22T01:30+00:00"),
            ("2026-11-22 08:30:00+07", "write 2026-11-22T08:30+07:00"),
            ("2026-11-22T08:30+0700", "write 2026-11-22T08:30+07:00"),
            ("2026-11-22T23:59:60-12:00", "write 2026-11-22T23:59-12:00"),
            ("2026-12-31T24:00:00Z", "write 2027-01-01T00:00+00:00"),
            ("20261122T083000Z", "write 2026-11-22T08:30+00:00"),
            ("20261122T0830+0700", "write 2026-11-22T08:30+07:00"),
            ("2026-W47-7T08:30Z", "write 2026-11-22T08:30+00:00"),
            ("2026W477T0830Z", "write 2026-11-22T08:30+00:00"),
            ("2026-326T08:30Z", "write 2026-11-22T08:30+00:00"),
            ("2026‑11‑22T08:30−03:30", "write 2026-11-22T08:30-03:30"),
            ("２０２６-11-22T00:00:00Z", "write 2026-11-22T00:00+00:00"),
            (
                "22/11/2026 08:30",
                "write 2026-11-22T08:30+07:00, with the offset of the newsroom's clock",
            ),
            (
                "2026-11-22 08:30:00",
                "write 2026-11-22T08:30+07:00, with the offset of the newsroom's clock",
            ),
            ("2026-11-22", "write the hour, too: 2026-11-22T08:30+07:00"),
            ("2026-W47-7", "write the hour, too: 2026-11-22T08:30+07:00"),
            ("2026-326", "write the hour, too: 2026-11-22T08:30+07:00"),
            ("11/22/2026", "write the hour, too: 2026-11-22T08:30+07:00"),
        ] {
            assert_eq!(for_moment(text).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for text in [
            "",
            "03/09/2014",
            "2023-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-22T25:00:00Z",
            "2026-11-22T08:60:00Z",
            "2026-11-22T08:30:00+25:00",
            "2026-W54-1",
            "2026-W10-8",
            "2026-367",
            "10000-01-01T00:00:00Z",
            "Invalid Date",
            "2026-11-22T08:30:00Z<img src=x>",
            "99999999999999999999",
            "٢٠٢٦-١١-٢٢",
        ] {
            assert_eq!(for_moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_of_another_form_is_answered_with_what_to_write() {
        let for_day = |text: &str| help(text, &Day::new(text).err()?.to_string());
        for (text, right) in [
            ("2026/11/22", "write 2026-11-22"),
            ("22.11.2026", "write 2026-11-22"),
            ("20261122", "write 2026-11-22"),
            ("2026-1-5", "write 2026-01-05"),
            ("2026-11-22T08:30+07:00", "write 2026-11-22"),
            ("2020-W53-5", "write 2021-01-01"),
            ("2019-W01-1", "write 2018-12-31"),
            ("2024-366", "write 2024-12-31"),
        ] {
            assert_eq!(for_day(text).as_deref(), Some(right), "{text}");
        }
        assert_eq!(help("x", "another reason"), None);
    }
}
