//! Days, months and years of the calendar, and lengths of time.

use super::calendar::{Date, days_in};
use macros::Read;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, or the month or the year that it is in: `2014-09-03`, `2014-09`, `2014`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Read)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, from 1; never without the month.
    pub day: Option<u8>,
}

/// How long something plays, in whole seconds: `3:25`, `1:02:45`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[serde(try_from = "String", into = "String")]
pub struct Length(u32);

/// The error for a text that is no [`Day`] or no [`Length`]. Its message shows the expected form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeError(String);

impl Day {
    /// Reads a day, a month or a year.
    ///
    /// # Errors
    /// Where the text has another form, or the calendar has no such day.
    pub fn new(text: &str) -> Result<Self, TimeError> {
        let error = |what: &str| TimeError(format!("\"{}\" {what}", text.escape_debug()));
        let form = "is not a day, a month or a year of the form 2014-09-03, 2014-09 or 2014";
        let mut parts = text.splitn(3, '-');
        let mut part = |digits: usize| -> Result<Option<u16>, TimeError> {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            let sound = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse()
                .ok()
                .filter(|_| sound)
                .map(Some)
                .ok_or_else(|| error(form))
        };
        let (year, month, day) = (part(4)?.unwrap_or_default(), part(2)?, part(2)?);
        let in_year = month.is_none_or(|month| (1..=12).contains(&month));
        if year == 0
            || !in_year
            || day.is_some_and(|day| day == 0 || day > days_in(year, month.unwrap_or(1)))
        {
            return Err(error("names a day that does not exist"));
        }
        let small =
            |number: Option<u16>| number.map(|number| u8::try_from(number).unwrap_or_default());
        Ok(Self {
            year,
            month: small(month),
            day: small(day),
        })
    }

    /// Whether it is a day, and not a month or a year.
    pub fn is_whole(self) -> bool {
        self.day.is_some()
    }

    /// The next day. A month or a year counts as its first day. 9999-12-31 stays the same day.
    #[must_use]
    pub fn next(self) -> Self {
        let date = Date {
            year: self.year,
            month: self.month.unwrap_or(1),
            day: self.day.unwrap_or(1),
        };
        let Date { year, month, day } = Date::from_days(date.days() + 1);
        Self {
            year,
            month: Some(month),
            day: Some(day),
        }
    }
}

impl Length {
    /// Reads minutes and seconds, or hours, minutes and seconds.
    ///
    /// # Errors
    /// Where the text has another form, or the length is zero.
    pub fn new(text: &str) -> Result<Self, TimeError> {
        let parts: Vec<&str> = text.split(':').collect();
        let number = |(at, part): (usize, &&str)| -> Option<u32> {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            let sound = if at == 0 {
                (1..=3).contains(&part.len())
            } else {
                part.len() == 2
            };
            part.parse()
                .ok()
                .filter(|&number| digits && sound && (at == 0 || number < 60))
        };
        let numbers: Option<Vec<u32>> = parts.iter().enumerate().map(number).collect();
        let seconds = match numbers.as_deref() {
            Some(&[minutes, seconds]) => minutes * 60 + seconds,
            Some(&[hours, minutes, seconds]) => hours * 3600 + minutes * 60 + seconds,
            _ => 0,
        };
        let error = || {
            let text = text.escape_debug();
            TimeError(format!(
                "\"{text}\" is not a length: write minutes and seconds such as 3:25, or 1:02:45"
            ))
        };
        (seconds > 0).then_some(Self(seconds)).ok_or_else(error)
    }

    /// The duration as the HTML standard writes it: `PT3M25S`.
    pub fn machine(self) -> String {
        format!("PT{}M{}S", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month
            .map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if hours > 0 {
            write!(f, "{hours}:{minutes:02}:{seconds:02}")
        } else {
            write!(f, "{minutes}:{seconds:02}")
        }
    }
}

impl TryFrom<String> for Day {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Length {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        Self::new(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_a_month_and_a_year_read_back_as_they_were_written() {
        for text in ["2024-02-29", "2014-09", "1888", "0001-01-01"] {
            assert_eq!(Day::new(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in [
            "",
            "2023-02-29",
            "2014-13",
            "2014-00",
            "0000",
            "2014-9-3",
            "2014-09-3",
            "14",
            "2014-09-03-01",
            "+201",
        ] {
            assert!(Day::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_next_day_may_be_in_another_month_or_year() {
        for (day, next) in [
            ("2024-02-28", "2024-02-29"),
            ("2023-02-28", "2023-03-01"),
            ("2014-12-31", "2015-01-01"),
        ] {
            assert_eq!(Day::new(day).unwrap().next().to_string(), next);
        }
        assert_eq!(
            Day::new("9999-12-31").unwrap().next().to_string(),
            "9999-12-31"
        );
    }

    #[test]
    fn a_length_is_written_as_a_clock_shows_it() {
        for (text, shown, machine) in [
            ("3:25", "3:25", "PT3M25S"),
            ("1:02:45", "1:02:45", "PT62M45S"),
            ("75:00", "1:15:00", "PT75M0S"),
        ] {
            let length = Length::new(text).unwrap();
            assert_eq!(
                (length.to_string().as_str(), length.machine().as_str()),
                (shown, machine)
            );
        }
        for text in [
            "", "3", "3:60", "3:5", "0:00", "1:60:00", "-1:00", "1:2:3:4", "a:00", "9999:00",
        ] {
            assert!(Length::new(text).is_err(), "{text}");
        }
    }
}
