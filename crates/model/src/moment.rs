//! Moments to the minute, with an offset from UTC.

use super::calendar::{Date, days_in};
use macros::Read;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment as the newsroom's clock showed it, with that clock's offset from UTC: `2014-09-03T16:10+07:00`
/// (RFC 3339 to the minute). It is shown in the newsroom's own time, so that the prerendered page and the browser agree
/// wherever the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// Minutes east of UTC, -14 to +14 hours.
    pub offset: i16,
}

/// The error for a text that is no [`Moment`]. Its message says what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentError(String);

impl Moment {
    /// Reads `YYYY-MM-DDThh:mm±hh:mm`, or `…Z` for UTC. Seconds are refused: nobody publishes by the second, and one
    /// form is easier to get right than two.
    ///
    /// # Errors
    /// Where the text has another form, or names a day or an hour that does not exist.
    pub fn new(text: &str) -> Result<Self, MomentError> {
        let error = |what: &str| MomentError(format!("\"{}\" {what}", text.escape_debug()));
        let form = || error("is not a date and time of the form 2014-09-03T16:10+07:00");
        let bytes = text.as_bytes();
        if !text.is_ascii() || bytes.len() < 17 {
            return Err(form());
        }
        let number = |from: usize, to: usize| -> Option<u16> {
            bytes.get(from..to)?.iter().try_fold(0_u16, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + u16::from(byte - b'0'))
            })
        };
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':')];
        if marks.iter().any(|&(at, mark)| bytes[at] != mark) {
            return Err(form());
        }
        let offset = match (bytes[16], bytes.len()) {
            (b'Z', 17) => 0,
            (sign @ (b'+' | b'-'), 22) if bytes[19] == b':' => {
                let (hours, minutes) = (
                    number(17, 19).ok_or_else(form)?,
                    number(20, 22).ok_or_else(form)?,
                );
                if minutes > 59 || hours * 60 + minutes > 14 * 60 {
                    return Err(error("has an offset from UTC that no clock has"));
                }
                let east = i16::try_from(hours * 60 + minutes).map_err(|_| form())?;
                if sign == b'-' { -east } else { east }
            }
            _ => return Err(form()),
        };
        let part = |from, to| number(from, to).ok_or_else(form);
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let (hour, minute) = (part(11, 13)?, part(14, 16)?);
        if year == 0 || !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
            return Err(error("names a day that does not exist"));
        }
        if hour > 23 || minute > 59 {
            return Err(error("names an hour that does not exist"));
        }
        let small = |number: u16| u8::try_from(number).unwrap_or_default();
        Ok(Self {
            year,
            month: small(month),
            day: small(day),
            hour: small(hour),
            minute: small(minute),
            offset,
        })
    }

    /// Minutes in UTC, counted from the day before 0001-01-01. Moments are ordered by them.
    pub fn minutes(self) -> i64 {
        let date = Date {
            year: self.year,
            month: self.month,
            day: self.day,
        };
        (date.days() * 24 + i64::from(self.hour)) * 60 + i64::from(self.minute)
            - i64::from(self.offset)
    }

    /// The moment of these [`minutes`](Self::minutes), with `offset` in minutes east of UTC.
    pub fn from_minutes(minutes: i64, offset: i16) -> Self {
        let local = minutes + i64::from(offset);
        let small = |number: i64| u8::try_from(number).unwrap_or_default();
        let (day, minute) = (local.div_euclid(24 * 60), local.rem_euclid(24 * 60));
        let Date { year, month, day } = Date::from_days(day);
        Self {
            year,
            month,
            day,
            hour: small(minute / 60),
            minute: small(minute % 60),
            offset,
        }
    }

    /// The same moment with the offset 0.
    #[must_use]
    pub fn in_utc(self) -> Self {
        Self::from_minutes(self.minutes(), 0)
    }

    /// The moment with seconds, as RFC 3339 and feeds require: `2014-09-03T16:10:00+07:00`.
    pub fn rfc3339(&self) -> String {
        let text = self.to_string();
        let (minute, offset) = text.split_at(text.len() - "+07:00".len());
        format!("{minute}:00{offset}")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            offset,
        } = self;
        let sign = if *offset < 0 { '-' } else { '+' };
        let east = offset.unsigned_abs();
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}{sign}{:02}:{:02}",
            east / 60,
            east % 60
        )
    }
}

impl TryFrom<String> for Moment {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Self, MomentError> {
        Self::new(&text)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MomentError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_as_it_was_written() {
        for text in [
            "2014-09-03T16:10+07:00",
            "2024-02-29T00:00+00:00",
            "0001-01-01T23:59-03:30",
        ] {
            assert_eq!(Moment::new(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Moment::new("2014-09-03T09:10Z").unwrap().to_string(),
            "2014-09-03T09:10+00:00"
        );
    }

    #[test]
    fn a_clock_at_utc_shows_the_same_moment() {
        for text in [
            "2026-01-01T03:00+07:00",
            "2024-02-29T23:30-03:30",
            "2023-03-01T00:00+14:00",
            "2014-09-03T16:10Z",
        ] {
            let moment = Moment::new(text).unwrap();
            let utc = moment.in_utc();
            assert_eq!((utc.minutes(), utc.offset), (moment.minutes(), 0), "{text}");
            assert_eq!(Moment::new(&utc.to_string()), Ok(utc), "{text}");
        }
    }

    #[test]
    fn feeds_get_seconds() {
        assert_eq!(
            Moment::new("2014-09-03T16:10-03:30").unwrap().rfc3339(),
            "2014-09-03T16:10:00-03:30"
        );
    }

    #[test]
    fn what_no_calendar_or_clock_has_is_refused_with_its_reason() {
        for (text, reason) in [
            ("03/09/2014", "form"),
            ("2014-09-03", "form"),
            ("2014-09-03T16:10", "form"),
            ("2014-09-03T16:10:00+07:00", "form"),
            ("2014-09-03 16:10+07:00", "form"),
            ("２０１４-09-03T16:10Z", "form"),
            ("2014-02-29T16:10Z", "day"),
            ("2014-13-01T16:10Z", "day"),
            ("2014-04-31T16:10Z", "day"),
            ("2014-09-03T24:00Z", "hour"),
            ("2014-09-03T16:60Z", "hour"),
            ("2014-09-03T16:10+15:00", "offset"),
        ] {
            let error = Moment::new(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn moments_are_ordered_by_the_instant_not_by_the_clock() {
        let minutes = |text| Moment::new(text).unwrap().minutes();
        assert_eq!(
            minutes("2014-09-03T16:10+07:00"),
            minutes("2014-09-03T09:10Z")
        );
        assert_eq!(
            minutes("2016-03-01T00:00Z") - minutes("2016-02-28T00:00Z"),
            2 * 24 * 60
        );
        assert_eq!(
            minutes("2001-01-01T00:00Z") - minutes("2000-01-01T00:00Z"),
            366 * 24 * 60
        );
        assert!(minutes("2020-01-01T01:00+07:00") < minutes("2019-12-31T20:00Z"));
    }
}
