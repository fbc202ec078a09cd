//! Which view counts readers see, and the counts that a counter or a program for statistics has
//! found.

use crate::content::catalogue::Item;
use model::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many days “most read” looks back where `site.json` does not say.
pub const WINDOW_DAYS: u16 = 7;

/// Where the view counts come from that readers see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewsFrom {
    /// Readers see none.
    #[default]
    Nothing,
    /// From the articles' files.
    Content,
    /// From a counter: that of a server, or of a program for statistics.
    Counter,
}

/// Which view counts readers see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Views {
    /// Where they come from.
    pub from: ViewsFrom,
    /// How many days “most read” looks back.
    pub window_days: u16,
    /// The day of the counts, where they come from a counter that has counted.
    pub as_of: Option<Day>,
}

impl Default for Views {
    fn default() -> Self {
        Self {
            from: ViewsFrom::Nothing,
            window_days: WINDOW_DAYS,
            as_of: None,
        }
    }
}

impl Views {
    /// The view count of an article as readers see it; `None` where they see none.
    pub fn shown(&self, item: &Item) -> Option<u64> {
        let is_shown = self.from == ViewsFrom::Content || self.as_of.is_some();
        is_shown.then_some(item.views)
    }
}

/// What a counter has counted: `views.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Counts {
    /// The day up to which it was counted.
    pub as_of: Day,
    /// The counts by `section/slug`.
    pub articles: BTreeMap<String, Count>,
    /// How many views there were in all, at the last count of each month: `2026-11`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub totals: BTreeMap<String, u64>,
}

/// The counts of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Count {
    /// All views.
    pub total: u64,
    /// The views of the last days, by which “most read” is sorted.
    pub recent: u64,
}

/// The name of an article in counts.
pub fn key(item: &Item) -> String {
    format!("{}/{}", item.section, item.slug)
}

/// The totals of months that were known, and of those that were counted since. A server that counts by itself
/// begins with none: what is known until then comes before.
pub(super) fn joined(
    known: &BTreeMap<String, u64>,
    counted: &BTreeMap<String, u64>,
) -> BTreeMap<String, u64> {
    let Some((first, 0)) = counted.first_key_value() else {
        return counted.clone();
    };
    let before = || known.range(..=first.clone());
    let base = before().next_back().map_or(0, |(_, total)| *total);
    let mut joined: BTreeMap<String, u64> = counted
        .iter()
        .map(|(month, total)| (month.clone(), base.saturating_add(*total)))
        .collect();
    joined.extend(before().map(|(month, total)| (month.clone(), *total)));
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(of: &[(&str, u64)]) -> BTreeMap<String, u64> {
        of.iter()
            .map(|(month, total)| ((*month).to_owned(), *total))
            .collect()
    }

    #[test]
    fn what_a_server_counts_comes_after_what_was_known() {
        let counted = months(&[("2026-10", 0), ("2026-11", 50), ("2026-12", 80)]);
        assert_eq!(joined(&months(&[]), &counted), counted);
        let known = months(&[("2026-08", 700), ("2026-09", 1_000), ("2026-11", 1_020)]);
        let all = months(&[
            ("2026-08", 700),
            ("2026-09", 1_000),
            ("2026-10", 1_000),
            ("2026-11", 1_050),
            ("2026-12", 1_080),
        ]);
        assert_eq!(joined(&known, &counted), all);
        assert_eq!(joined(&all, &counted), all, "it is told again and again");
        // A file of another program says how many there were in all.
        let file = months(&[("2026-10", 900), ("2026-11", 950)]);
        assert_eq!(joined(&known, &file), file);
    }
}
