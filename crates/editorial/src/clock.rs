//! The system clock. It gives the default time of a site (see `crate::content::selection`) and the
//! publication time of a new draft.

use model::Moment;
use std::time::{SystemTime, UNIX_EPOCH};

/// Viet Nam's offset from UTC, in minutes.
const HANOI: i16 = 7 * 60;

/// The current time, with Viet Nam's offset from UTC.
pub fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    in_hanoi(since.as_secs() / 60)
}

/// The moment `minutes` after the Unix epoch, with Viet Nam's offset from UTC.
fn in_hanoi(minutes: u64) -> Moment {
    let epoch = Moment {
        year: 1970,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        offset: 0,
    };
    Moment::from_minutes(
        epoch
            .minutes()
            .saturating_add(i64::try_from(minutes).unwrap_or(i64::MAX / 2)),
        HANOI,
    )
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
