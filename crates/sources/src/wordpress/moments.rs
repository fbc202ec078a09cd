//! Seconds by the clock of the CMS, which need not be ours.

use import::dates;
use std::time::Instant;

/// Measures how long an answer takes.
pub(super) struct Clock(Instant);

impl Clock {
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// The second in which the clock was started, by the CMS's clock: `date` is the header of an
    /// answer that has just come. Rather a second too early than too late.
    pub(super) fn began(&self, date: &str) -> Option<i64> {
        let elapsed = i64::try_from(self.0.elapsed().as_secs()).ok()?;
        Some(header_seconds(date)? - elapsed - 1)
    }
}

/// The seconds of `2026-11-30T02:01:49`, which is UTC.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let second: i64 = text.get(17..19)?.parse().ok()?;
    Some(dates::moment(text, 0)?.minutes() * 60 + second)
}

/// Likewise of `Mon, 30 Nov 2026 02:01:49 GMT`.
fn header_seconds(text: &str) -> Option<i64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut parts = text.split_once(", ")?.1.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.find(month)? / 3 + 1;
    seconds(&format!("{year}-{month:02}-{day}T{}", parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_second_mean_the_same() {
        let header = header_seconds("Mon, 30 Nov 2026 02:01:49 GMT");
        assert!(header.is_some());
        assert_eq!(header, seconds("2026-11-30T02:01:49"));
        assert_eq!(
            seconds("2026-12-01T00:00:01").unwrap() - seconds("2026-11-30T23:59:59").unwrap(),
            2
        );
        assert_eq!(header_seconds("yesterday"), None);
    }
}
