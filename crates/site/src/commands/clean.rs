//! `site clean`: what builds keep beside a site, removed.

use crate::{output, print};
use clap::Args;
use editorial::diagnostics::Stop;
use std::path::PathBuf;

/// What is taken away.
#[derive(Args)]
pub(crate) struct CleanArguments {
    /// The site's folder; what builds keep stands beside it, in `.dist.state` for `dist`
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// Remove the files of the site too
    #[arg(long)]
    site: bool,
}

/// Removes it, and says what was removed.
///
/// # Errors
/// Where the folder is not the tool's, or something cannot be removed.
pub(crate) fn run(arguments: &CleanArguments) -> Result<bool, Stop> {
    let done = output::clean(&output::resolve(&arguments.out, &[])?, arguments.site)?;
    print::result(&(done.join("\n") + "\n"))?;
    Ok(true)
}
