//! `site import`: what other systems export, as content.

use crate::print;
use ::import::Import;
use editorial::diagnostics::Stop;

/// Imports, and prints the report. Says whether everything was carried over.
///
/// # Errors
/// Where it could not be done. What was imported until then is complete.
pub(crate) fn run(what: &Import) -> Result<bool, Stop> {
    let imported = ::import::import(what)?;
    print::result(&imported.report)?;
    Ok(imported.complete)
}
