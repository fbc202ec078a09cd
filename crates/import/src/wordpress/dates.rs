//! When a text of an export was published and changed.

use crate::dates;
use crate::wxr::Item;
use model::Moment;

/// The moment of publication, by the newsroom's clock; else that of the last change; else
/// 2000-01-01, which is easy to find.
pub(super) fn first_published(item: &Item, offset: i16) -> Moment {
    let own = moment(&item.date, &item.date_gmt, offset);
    own.or_else(|| moment(&item.modified, &item.modified_gmt, offset))
        .unwrap_or(Moment {
            year: 2000,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            offset,
        })
}

/// A date by the newsroom's clock, taken from UTC where that is known.
pub(super) fn moment(local: &str, utc: &str, offset: i16) -> Option<Moment> {
    let exact = dates::moment(utc, 0).map(|moment| dates::at(moment, offset));
    exact.or_else(|| dates::moment(local, offset))
}

/// Whether a date of WordPress was never set.
pub(super) fn is_unset(date: &str) -> bool {
    date.chars().all(|c| c == '0' || !c.is_ascii_digit())
}
