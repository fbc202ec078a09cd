//! `site schemas`: writes the JSON Schemas with which text editors complete and check content
//! files.

use crate::print;
use clap::Args;
use editorial::diagnostics::Stop;
use editorial::edit::schemas;
use std::path::PathBuf;

/// Where the schemas go.
#[derive(Args)]
pub(crate) struct SchemasArguments {
    /// The folder; schemas that are there are replaced
    #[arg(long, default_value = "schemas")]
    out: PathBuf,
}

/// Writes the schemas and prints their file names.
///
/// # Errors
/// Where a schema cannot be written.
pub(crate) fn run(arguments: &SchemasArguments) -> Result<bool, Stop> {
    for file in schemas::write(&arguments.out, [::sources::schema()])? {
        print::stdout_line(file.display())?;
    }
    Ok(true)
}
