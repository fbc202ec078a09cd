//! Dates of WordPress and of pages, by the newsroom's clock.

use portal::model::Moment;

/// `YYYY-MM-DD hh:mm:ss` or `YYYY-MM-DDThh:mm:ss±hh:mm`, as a moment. Without an offset it is taken for one at `offset`.
pub(crate) fn moment(text: &str, offset: i16) -> Option<Moment> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let time = rest.get(1..6).unwrap_or("00:00");
    let behind =
        rest.get(6..).unwrap_or_default().trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit());
    let zone = match behind.trim() {
        "" => shown(offset),
        "Z" | "z" => "+00:00".to_owned(),
        zone if zone.len() == 5 && !zone.contains(':') => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        zone => zone.to_owned(),
    };
    Moment::new(&format!("{date}T{time}{zone}")).ok()
}

fn shown(offset: i16) -> String {
    let minutes = offset.unsigned_abs();
    format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

/// The same instant as a clock with this offset shows it.
pub(crate) fn at(moment: Moment, offset: i16) -> Moment {
    let mut days_and_minutes =
        i64::from(moment.hour) * 60 + i64::from(moment.minute) + i64::from(offset - moment.offset);
    let mut day = moment;
    while days_and_minutes < 0 {
        days_and_minutes += 24 * 60;
        day = neighbour(day, -1);
    }
    while days_and_minutes >= 24 * 60 {
        days_and_minutes -= 24 * 60;
        day = neighbour(day, 1);
    }
    let small = |number: i64| u8::try_from(number).unwrap_or_default();
    Moment { hour: small(days_and_minutes / 60), minute: small(days_and_minutes % 60), offset, ..day }
}

/// The day before or after.
fn neighbour(moment: Moment, step: i16) -> Moment {
    let exists = |moment: Moment| Moment::new(&moment.to_string()).is_ok();
    if step > 0 {
        let next = Moment { day: moment.day + 1, ..moment };
        let month = Moment { day: 1, month: moment.month + 1, ..moment };
        let year = Moment { day: 1, month: 1, year: moment.year + 1, ..moment };
        return [next, month].into_iter().find(|next| exists(*next)).unwrap_or(year);
    }
    if moment.day > 1 {
        return Moment { day: moment.day - 1, ..moment };
    }
    let (year, month) =
        if moment.month == 1 { (moment.year.saturating_sub(1).max(1), 12) } else { (moment.year, moment.month - 1) };
    let last = [31, 30, 29, 28].into_iter().map(|day| Moment { year, month, day, ..moment });
    last.into_iter().find(|day| exists(*day)).unwrap_or(moment)
}

/// How far a clock is ahead of UTC that shows `local` when UTC is `utc`; `None` where that is no clock.
pub(crate) fn offset(local: &str, utc: &str) -> Option<i16> {
    let minutes = moment(local, 0)?.minutes() - moment(utc, 0)?.minutes();
    i16::try_from(minutes).ok().filter(|minutes| minutes.abs() <= 14 * 60 && minutes % 15 == 0)
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
            assert_eq!(moment(text, 420).map(|moment| moment.to_string()).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn an_offset_is_the_difference_of_two_clocks() {
        assert_eq!(offset("2014-09-03 16:10:00", "2014-09-03 09:10:00"), Some(420));
        assert_eq!(offset("2014-09-03 16:10:00", "0000-00-00 00:00:00"), None);
        assert_eq!(offset("2014-09-03 16:10:00", "2013-09-03 16:10:00"), None);
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

        #[test]
        fn another_clock_shows_the_same_instant(year in 2u16..9999, month in 1u8..13, day in 1u8..29, hour in 0u8..24, minute in 0u8..60, from in -56i16..57, to in -56i16..57) {
            let moment = Moment { year, month, day, hour, minute, offset: from * 15 };
            let other = at(moment, to * 15);
            prop_assert_eq!(other.minutes(), moment.minutes());
            prop_assert_eq!(Moment::new(&other.to_string()), Ok(other));
        }
    }
}
