//! `site live`: serves the portal from its content folder, without a build.

use crate::build::options::{Options, Reload};
use crate::commands::arguments::SourceArguments;
use crate::commands::build::usual_bundle;
use crate::follow::{Follow, period};
use crate::hosting::base;
use crate::live::{self, Settings};
use crate::views::database::Place;
use ::sources::SyncArguments;
use clap::Args;
use editorial::diagnostics::Stop;
use editorial::json::Instead;
use model::Lang;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What is served, where, and what is kept.
#[derive(Args)]
pub(crate) struct LiveArguments {
    #[command(flatten)]
    source: SourceArguments,
    /// The bundle's folder; left out, it is `bundle` where that is there, else `target/bundle`
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// The path that the portal stands under
    #[arg(long, default_value = "/", value_name = "PATH")]
    public_url: String,
    /// The address for readers. Put a server that speaks HTTPS before it
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// A second address, for operators: /metrics, /healthz and /readyz. Keep it from the public
    #[arg(long, value_name = "ADDRESS:PORT")]
    status: Option<SocketAddr>,
    /// The folder for what is made: pictures, scripts, feeds and the search index, and pages for the
    /// next start
    #[arg(long, default_value = "live", value_name = "DIR")]
    state: PathBuf,
    /// How many megabytes of pages are kept in memory
    #[arg(long, default_value_t = 256, value_name = "MB")]
    memory: u64,
    /// How many megabytes of pages are kept on disk; with 0, none
    #[arg(long, default_value_t = 1024, value_name = "MB")]
    disk: u64,
    /// The most connections at once
    #[arg(long, default_value_t = 4096, value_name = "N")]
    connections: usize,
    /// How many seconds pass between two looks at the content
    #[arg(long, default_value_t = 2, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    refresh: u64,
    /// Serve what a CMS publishes, without `site sync` beside this: bring it over with this pause
    /// between two syncs, such as 60s, 5m or 1h. The content folder's source.json says where the CMS
    /// is
    #[arg(long, value_name = "PAUSE", value_parser = period)]
    sync: Option<Duration>,
    /// Bring over what a CMS publishes when the CMS calls: take its webhooks at this address and port,
    /// below /sync
    #[arg(long, value_name = "ADDRESS:PORT")]
    hooks: Option<SocketAddr>,
    /// With --hooks: the environment variable that holds the secret of the webhooks
    #[arg(
        long,
        value_name = "NAME",
        default_value = "SYNC_SECRET",
        requires = "hooks"
    )]
    secret_variable: String,
    /// Where views are counted, where site.json chooses the counter: a file of `SQLite`, or
    /// postgres://…; left out, the variable `PORTAL_VIEWS_DB` says, or else it is views.sqlite in the
    /// folder of --state
    #[arg(long, value_name = "FILE|ADDRESS")]
    views_db: Option<String>,
    /// How many minutes pass until other counts are shown
    #[arg(long, default_value_t = 60, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=10_080))]
    views_every: u64,
    /// Write a line for each request to the log: its path and what became of it, nothing of the reader
    #[arg(long)]
    log_requests: bool,
}

/// The variable with the place of the database. Others on the machine see arguments, but not it.
const VIEWS_DB: &str = "PORTAL_VIEWS_DB";

/// Serves the portal until the process is stopped.
///
/// # Errors
/// Where the content has mistakes at the start, or an address is taken.
pub(crate) fn run(arguments: &LiveArguments) -> Result<bool, Stop> {
    let source = &arguments.source;
    let options = Options {
        bundle: arguments.bundle.clone().unwrap_or_else(usual_bundle),
        content: source.content.clone(),
        selection: source.selection(),
        locales: source.locales(),
        out: arguments.state.join("site"),
        trunk: None,
        host: None,
        base: base::path(&arguments.public_url)?,
        budgets: None,
        keep_bundle: None,
        keep: true,
        fresh: false,
        replace_foreign: false,
        cache: None,
        cards: true,
        search: true,
        compress: true,
        reload: Reload::No,
        counts: None,
        instead: Instead::default(),
    };
    let chosen = arguments.views_db.clone();
    let chosen = chosen.or_else(|| std::env::var(VIEWS_DB).ok().filter(|text| !text.is_empty()));
    let views = chosen.map_or_else(
        || Place::File(arguments.state.join("views.sqlite")),
        |text| Place::named(&text),
    );
    let content = source.content.clone();
    let follow = Follow::new(
        arguments.sync,
        arguments.hooks,
        &arguments.secret_variable,
        None,
        live::of_cms,
    )?;
    live::run(Settings {
        options,
        follow: follow.map(|follow| (SyncArguments::into(content), follow)),
        follows_clock: source.as_of.is_none(),
        listen: arguments.listen,
        status: arguments.status,
        memory: arguments.memory.saturating_mul(1024 * 1024),
        store: arguments.state.join("pages"),
        disk: arguments.disk.saturating_mul(1024 * 1024),
        connections: arguments.connections,
        refresh: Duration::from_secs(arguments.refresh),
        log_requests: arguments.log_requests,
        views,
        count_again: Duration::from_secs(60 * arguments.views_every),
        is_preview: false,
        framed_by: None,
        unsaved: Arc::default(),
        lang: Lang::En,
    })?;
    Ok(true)
}
