//! `site serve`: serves a built site on this machine.

use crate::hosting::{base, serve};
use clap::Args;
use editorial::diagnostics::Stop;
use std::path::PathBuf;

/// What is served where.
#[derive(Args)]
pub(crate) struct ServeArguments {
    /// The built site
    #[arg(long, default_value = "dist")]
    dir: PathBuf,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The path that the site was built for
    #[arg(long, default_value = "/", value_name = "PATH")]
    public_url: String,
}

/// Serves the site until the process is stopped.
///
/// # Errors
/// Where the folder is no site, or the port is taken.
pub(crate) fn run(arguments: &ServeArguments) -> Result<bool, Stop> {
    let base = base::path(&arguments.public_url)?;
    serve::serve(&arguments.dir, &base, arguments.port)?;
    Ok(true)
}
