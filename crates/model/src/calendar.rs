//! Day arithmetic in the Gregorian calendar. No other module counts days.

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// The year, 1 to 9999.
    pub(crate) year: u16,
    /// The month, 1 to 12.
    pub(crate) month: u8,
    /// The day of the month, from 1.
    pub(crate) day: u8,
}

/// The numbers of the first and the last day, 0001-01-01 and 9999-12-31.
const RANGE: (i64, i64) = (1, 3_652_059);

impl Date {
    /// The number of the day; 0001-01-01 is 1.
    pub(crate) fn days(self) -> i64 {
        let years = i64::from(self.year) - 1;
        let earlier: u16 = (1..u16::from(self.month))
            .map(|month| days_in(self.year, month))
            .sum();
        years * 365 + years / 4 - years / 100
            + years / 400
            + i64::from(earlier)
            + i64::from(self.day)
    }

    /// The day of a number. A number outside of [`RANGE`] becomes the first or the last day.
    pub(crate) fn from_days(days: i64) -> Self {
        let days = days.clamp(RANGE.0, RANGE.1);
        // A year has 146,097 / 400 days on average. The estimate is never more than one year off.
        let mut year = u16::try_from((days - 1) * 400 / 146_097 + 1).unwrap_or(9999);
        while year > 1 && first_of(year) > days {
            year -= 1;
        }
        while year < 9999 && first_of(year + 1) <= days {
            year += 1;
        }
        let mut day = u16::try_from(days - first_of(year) + 1).unwrap_or(1);
        let mut month = 1;
        while day > days_in(year, u16::from(month)) {
            day -= days_in(year, u16::from(month));
            month += 1;
        }
        Self {
            year,
            month,
            day: u8::try_from(day).unwrap_or(1),
        }
    }
}

fn first_of(year: u16) -> i64 {
    Date {
        year,
        month: 1,
        day: 1,
    }
    .days()
}

/// The length of a month, in days.
pub(crate) fn days_in(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_the_number_after_the_one_before_it() {
        let mut date = Date {
            year: 1,
            month: 1,
            day: 1,
        };
        for number in RANGE.0..=RANGE.1 {
            assert_eq!((date.days(), Date::from_days(number)), (number, date));
            if u16::from(date.day) < days_in(date.year, u16::from(date.month)) {
                date.day += 1;
            } else if date.month < 12 {
                (date.month, date.day) = (date.month + 1, 1);
            } else {
                (date.year, date.month, date.day) = (date.year + 1, 1, 1);
            }
        }
        assert_eq!(
            date,
            Date {
                year: 10_000,
                month: 1,
                day: 1
            }
        );
    }

    #[test]
    fn numbers_without_a_day_become_the_first_or_the_last() {
        assert_eq!(
            Date::from_days(i64::MIN),
            Date {
                year: 1,
                month: 1,
                day: 1
            }
        );
        assert_eq!(
            Date::from_days(i64::MAX),
            Date {
                year: 9999,
                month: 12,
                day: 31
            }
        );
    }
}
