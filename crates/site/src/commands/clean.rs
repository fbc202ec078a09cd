//! `site clean`: removes the state folder that builds keep beside a site.

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

/// Removes the state folder, and the site's files where asked to. Prints what was removed.
///
/// # Errors
/// Where a folder has no mark of this tool, or something cannot be removed.
pub(crate) fn run(arguments: &CleanArguments) -> Result<bool, Stop> {
    let done = output::clean(&output::resolve(&arguments.out, &[])?, arguments.site)?;
    print::stdout(&(done.join("\n") + "\n"))?;
    Ok(true)
}
