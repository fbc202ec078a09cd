//! `site import`: turns exports of other systems into content.

use crate::print;
use ::import::Import;
use editorial::diagnostics::Stop;

/// Imports and prints the report. Returns whether everything was carried over.
///
/// # Errors
/// Where the import stops early. What was imported until then is complete.
pub(crate) fn run(what: &Import) -> Result<bool, Stop> {
    let imported = ::import::import(what)?;
    print::stdout(&imported.report)?;
    Ok(imported.complete)
}
