//! `site preview`: shows an editor the portal with drafts, as it becomes.

use crate::build::options::{Options, Reload};
use crate::commands::arguments::{as_of, lang};
use crate::commands::build::usual_bundle;
use crate::live::{self, Settings};
use crate::views::database::Place;
use clap::Args;
use editorial::content::selection::Selection;
use editorial::diagnostics::Stop;
use editorial::json::Instead;
use model::{Lang, Moment};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What is shown where.
#[derive(Args)]
pub(crate) struct PreviewArguments {
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// The bundle's folder; left out, it is `bundle` where that is there, else `target/bundle`
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// The day or moment that counts as now; left out, what is scheduled is shown already
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    as_of: Option<Moment>,
    /// The language in which mistakes of the content are reported: vi, en, ko, ja or zh-Hans
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// The folder for what is made; it can be deleted while no preview runs
    #[arg(long, default_value = ".preview", value_name = "DIR")]
    state: PathBuf,
}

/// Shows the portal until the process is stopped.
///
/// # Errors
/// Where the content has mistakes at the first start, or the port is taken.
pub(crate) fn run(arguments: &PreviewArguments) -> Result<bool, Stop> {
    let options = Options {
        bundle: arguments.bundle.clone().unwrap_or_else(usual_bundle),
        content: arguments.content.clone(),
        selection: Selection {
            drafts: true,
            as_of: arguments.as_of,
        },
        locales: None,
        out: arguments.state.join("site"),
        trunk: None,
        host: None,
        base: "/".to_owned(),
        budgets: None,
        keep_bundle: None,
        keep: true,
        fresh: false,
        replace_foreign: false,
        cache: None,
        cards: false,
        search: false,
        compress: false,
        reload: Reload::Preview,
        counts: None,
        instead: Instead::default(),
    };
    live::run(Settings {
        options,
        follows_clock: false,
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)),
        status: None,
        memory: 64 * 1024 * 1024,
        store: arguments.state.join("pages"),
        disk: 64 * 1024 * 1024,
        connections: 256,
        refresh: Duration::from_millis(100),
        log_requests: false,
        views: Place::File(arguments.state.join("views.sqlite")),
        count_again: Duration::MAX,
        is_preview: true,
        follow: None,
        framed_by: None,
        unsaved: Arc::default(),
        lang: arguments.lang,
    })
    .map_err(|stop| stop.in_lang(arguments.lang))?;
    Ok(true)
}
