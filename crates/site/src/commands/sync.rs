//! `site sync`: brings over what editors publish in a content management system.

use crate::print;
pub(crate) use ::sources::SyncArguments;
use editorial::diagnostics::Stop;

/// Brings the content folder up to date and prints the report. Returns whether everything was
/// carried over.
///
/// # Errors
/// Where the sync stops. The content is then as it was.
pub(crate) fn run(arguments: &SyncArguments) -> Result<bool, Stop> {
    let synced = ::sources::sync(arguments)?;
    print::stdout(&synced.report)?;
    Ok(synced.complete)
}
