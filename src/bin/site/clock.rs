//! The machine's clock. Nothing that is published depends on it but which articles and notices are in: see `crate::selection`.

use portal::model::Moment;
use std::time::{SystemTime, UNIX_EPOCH};

/// Viet Nam's offset from UTC, in minutes.
const HANOI: i16 = 7 * 60;

/// Now, as a clock in Viet Nam shows it.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    in_hanoi(since.as_secs() / 60)
}

/// The moment so many minutes after the beginning of 1970 in UTC, as a clock in Viet Nam shows it.
fn in_hanoi(minutes: u64) -> Moment {
    let local = i64::try_from(minutes).unwrap_or_default() + i64::from(HANOI);
    let (days, minute_of_day) = (local.div_euclid(24 * 60), local.rem_euclid(24 * 60));
    // Days are counted in years that begin in March, so that a leap day is the last of its year.
    let from_march = days + 719_468;
    let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let small = |number: i64| u8::try_from(number).unwrap_or_default();
    Moment {
        year: u16::try_from(year).unwrap_or(9999),
        month: small(month),
        day: small(day),
        hour: small(minute_of_day / 60),
        minute: small(minute_of_day % 60),
        offset: HANOI,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_reads_as_a_moment_of_the_same_instant() {
        let epoch = Moment::new("1970-01-01T00:00Z").unwrap().minutes();
        for minutes in (0..300 * 366 * 24 * 60).step_by(1009 * 60 + 7) {
            let moment = in_hanoi(minutes);
            assert_eq!(Moment::new(&moment.to_string()), Ok(moment));
            assert_eq!(moment.minutes() - epoch, i64::try_from(minutes).unwrap());
        }
        assert_eq!(in_hanoi(0).to_string(), "1970-01-01T07:00+07:00");
    }
}
