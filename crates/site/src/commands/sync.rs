//! `site sync`: brings over what editors publish in a content management system.

use crate::follow::{self, Follow, period};
use crate::print;
use ::sources::SyncArguments;
use clap::Args;
use editorial::diagnostics::Stop;
use std::net::SocketAddr;
use std::time::Duration;

/// What is brought over, and how often.
#[derive(Args)]
pub(crate) struct SyncCommand {
    /// What a single sync does
    #[command(flatten)]
    once: SyncArguments,
    /// Stay, and sync again and again with this pause between two syncs: 60s, 5m, 1h
    #[arg(long, value_name = "PAUSE", value_parser = period, conflicts_with_all = ["propose", "dry_run"])]
    watch: Option<Duration>,
    /// Stay, and sync when the CMS calls: take its webhooks at this address and port, below /sync
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with_all = ["propose", "dry_run"])]
    listen: Option<SocketAddr>,
    /// With --listen: the environment variable that holds the secret of the webhooks
    #[arg(
        long,
        value_name = "NAME",
        default_value = "SYNC_SECRET",
        requires = "listen"
    )]
    secret_variable: String,
    /// With --watch or --listen: run this command of the shell at the start, and after each sync that
    /// changed something, such as "site build"
    #[arg(long, value_name = "COMMAND")]
    then: Option<String>,
}

/// Brings the content folder up to date and prints the report; with `--watch` or `--listen` until it
/// is stopped. Returns whether everything was carried over.
///
/// # Errors
/// Where the sync stops. The content is then as it was.
pub(crate) fn run(arguments: &SyncCommand) -> Result<bool, Stop> {
    let follow = Follow::new(
        arguments.watch,
        arguments.listen,
        &arguments.secret_variable,
        arguments.then.as_deref(),
        follow::aloud,
    )?;
    if let Some(follow) = follow {
        follow::follow(&arguments.once, &follow)?;
        return Ok(true);
    }
    let synced = ::sources::sync(&arguments.once)?;
    print::stdout(&synced.report)?;
    Ok(synced.complete)
}
