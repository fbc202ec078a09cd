//! The file from which a site has its view counts: `views.json` in the content folder.

use editorial::clock;
use editorial::content::views::Counts;
use editorial::diagnostics::Failure;
use editorial::load::{VIEWS, VIEWS_NEW};
use model::{Day, Moment};
use std::fs;
use std::path::{Path, PathBuf};

/// The minutes by which Viet Nam is ahead of UTC.
const VIET_NAM: i16 = 7 * 60;

/// The counts with the totals of the months: those of the file that is there, and that of this count.
pub(crate) fn with_totals(content: &Path, counts: Counts) -> Counts {
    let earlier = fs::read(content.join(VIEWS)).ok();
    let earlier = earlier.and_then(|text| serde_json::from_slice::<Counts>(&text).ok());
    let mut totals = earlier.map(|counts| counts.totals).unwrap_or_default();
    let all = counts.articles.values().map(|count| count.total).sum();
    let Day { year, month, .. } = counts.as_of;
    totals.insert(format!("{year:04}-{:02}", month.unwrap_or(1)), all);
    Counts { totals, ..counts }
}

/// Writes the file at once: a build that runs meanwhile reads the one before or this one.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn write(content: &Path, counts: &Counts) -> Result<PathBuf, Failure> {
    let path = content.join(VIEWS);
    let mut text =
        serde_json::to_string_pretty(counts).map_err(|error| Failure::new(error.to_string()))?;
    text.push('\n');
    let new = content.join(VIEWS_NEW);
    fs::write(&new, text)
        .and_then(|()| fs::rename(&new, &path))
        .map_err(|error| {
            let _ = fs::remove_file(&new);
            Failure::io("write", &path, &error)
        })?;
    Ok(path)
}

/// Today in Viet Nam.
pub(crate) fn today() -> Day {
    let now = Moment::from_minutes(clock::now().minutes(), VIET_NAM);
    Day {
        year: now.year,
        month: Some(now.month),
        day: Some(now.day),
    }
}
