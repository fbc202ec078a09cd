//! Dates of WordPress and of pages, by the newsroom's clock.

use model::Moment;

/// Reads `YYYY-MM-DD hh:mm:ss` or `YYYY-MM-DDThh:mm:ss±hh:mm`. `offset`, in minutes, is that of a
/// text without one.
pub fn moment(text: &str, offset: i16) -> Option<Moment> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let time = rest.get(1..6).unwrap_or("00:00");
    let behind = rest
        .get(6..)
        .unwrap_or_default()
        .trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit());
    let zone = match behind.trim() {
        "" => shown(offset),
        "Z" | "z" => "+00:00".to_owned(),
        zone if zone.len() == 5 && !zone.contains(':') => {
            format!("{}:{}", zone.get(..3)?, zone.get(3..)?)
        }
        zone => zone.to_owned(),
    };
    Moment::new(&format!("{date}T{time}{zone}")).ok()
}

fn shown(offset: i16) -> String {
    let minutes = offset.unsigned_abs();
    format!(
        "{}{:02}:{:02}",
        if offset < 0 { '-' } else { '+' },
        minutes / 60,
        minutes % 60
    )
}

/// The same instant at another offset; unchanged where our calendar does not have that day.
pub fn at(moment: Moment, offset: i16) -> Moment {
    let minutes = i32::from(moment.hour) * 60 + i32::from(moment.minute) + i32::from(offset)
        - i32::from(moment.offset);
    let small = |number: i32| u8::try_from(number).unwrap_or_default();
    let (hour, minute) = (
        small(minutes.rem_euclid(DAY) / 60),
        small(minutes.rem_euclid(60)),
    );
    let mut day = Some(moment);
    for _ in 0..minutes.div_euclid(DAY).abs() {
        day = day.and_then(|day| {
            if minutes < 0 {
                day_before(day)
            } else {
                day_after(day)
            }
        });
    }
    let shown = day
        .map(|day| Moment {
            hour,
            minute,
            offset,
            ..day
        })
        .and_then(existing);
    shown.unwrap_or(moment)
}

/// Minutes in a day.
const DAY: i32 = 24 * 60;

/// A moment that the calendar has.
fn existing(moment: Moment) -> Option<Moment> {
    Moment::new(&moment.to_string()).ok()
}

fn day_after(moment: Moment) -> Option<Moment> {
    let next = Moment {
        day: moment.day + 1,
        ..moment
    };
    let month = Moment {
        day: 1,
        month: moment.month + 1,
        ..moment
    };
    let year = Moment {
        day: 1,
        month: 1,
        year: moment.year + 1,
        ..moment
    };
    [next, month, year].into_iter().find_map(existing)
}

fn day_before(moment: Moment) -> Option<Moment> {
    if moment.day > 1 {
        return existing(Moment {
            day: moment.day - 1,
            ..moment
        });
    }
    let (year, month) = if moment.month == 1 {
        (moment.year.checked_sub(1)?, 12)
    } else {
        (moment.year, moment.month - 1)
    };
    [31, 30, 29, 28].into_iter().find_map(|day| {
        existing(Moment {
            year,
            month,
            day,
            ..moment
        })
    })
}

/// The offset from UTC, in minutes, of a clock that shows `local` when UTC is `utc`; `None` where
/// no clock has such an offset.
pub fn offset(local: &str, utc: &str) -> Option<i16> {
    let minutes = moment(local, 0)?.minutes() - moment(utc, 0)?.minutes();
    i16::try_from(minutes)
        .ok()
        .filter(|minutes| minutes.abs() <= 14 * 60 && minutes % 15 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    #[test]
    fn dates_of_wordpress_and_of_pages_are_read() {
        for (text, read) in [
            ("2014-09-03 16:10:59", Some("2014-09-03T16:10+07:00")),
            ("2014-09-03T16:10:00+09:00", Some("2014-09-03T16:10+09:00")),
            ("2014-09-03T16:10:00.123Z", Some("2014-09-03T16:10+00:00")),
            ("2014-09-03T16:10:00+0900", Some("2014-09-03T16:10+09:00")),
            ("2014-09-03", Some("2014-09-03T00:00+07:00")),
            ("0000-00-00 00:00:00", None),
            ("", None),
            ("hôm qua hôm qua", None),
        ] {
            assert_eq!(
                moment(text, 420)
                    .map(|moment| moment.to_string())
                    .as_deref(),
                read,
                "{text}"
            );
        }
    }

    #[test]
    fn an_offset_is_the_difference_of_two_clocks() {
        assert_eq!(
            offset("2014-09-03 16:10:00", "2014-09-03 09:10:00"),
            Some(420)
        );
        assert_eq!(offset("2014-09-03 16:10:00", "0000-00-00 00:00:00"), None);
        assert_eq!(offset("2014-09-03 16:10:00", "2013-09-03 16:10:00"), None);
    }

    #[test]
    fn a_year_that_no_calendar_of_ours_has_is_never_written() {
        for (text, offset, shown) in [
            ("9999-12-31 23:59:59", 420, "9999-12-31T23:59+00:00"),
            ("9999-12-31 16:59:59", 420, "9999-12-31T23:59+07:00"),
            ("0001-01-01 00:00:00", -60, "0001-01-01T00:00+00:00"),
            ("0001-01-01 01:00:00", -60, "0001-01-01T00:00-01:00"),
            ("2015-12-31 23:30:00", 840, "2016-01-01T13:30+14:00"),
            ("2016-03-01 00:30:00", -840, "2016-02-29T10:30-14:00"),
        ] {
            assert_eq!(
                at(moment(text, 0).unwrap(), offset).to_string(),
                shown,
                "{text}"
            );
        }
        for text in [
            "10000-01-01 00:00:00",
            "0000-01-01 00:00:00",
            "-001-01-01 00:00:00",
            "2014-02-30 00:00:00",
        ] {
            assert_eq!(moment(text, 0), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

        #[test]
        fn another_clock_shows_the_same_instant(year in prop_oneof![1u16..9999, Just(1), Just(9999)], month in prop_oneof![1u8..13, Just(1), Just(12)], day in 1u8..32, hour in 0u8..24, minute in 0u8..60, from in -56i16..57, to in -56i16..57) {
            let Some(moment) = existing(Moment { year, month, day, hour, minute, offset: from * 15 }) else { return Ok(()) };
            let other = at(moment, to * 15);
            prop_assert_eq!(other.minutes(), moment.minutes());
            prop_assert_eq!(Moment::new(&other.to_string()), Ok(other));
        }
    }
}
