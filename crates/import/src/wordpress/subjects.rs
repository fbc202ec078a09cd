//! The names of items in the report.

use crate::loss::excerpt;
use crate::wxr::Item;
use model::Lang;

/// The name of an item in the report.
pub(super) fn subject(lang: Option<Lang>, item: &Item) -> String {
    let lang = lang
        .map(|lang| format!("{}, ", lang.tag()))
        .unwrap_or_default();
    let number = item
        .number
        .map_or_else(|| format!("at {}", item.place), |number| number.to_string());
    format!(
        "{lang}{} {number} “{}”",
        excerpt(&item.kind),
        excerpt(&item.title)
    )
}
