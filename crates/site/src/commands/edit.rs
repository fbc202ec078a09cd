//! `site edit`: opens the editors' desk in a browser on this machine.

use crate::build::options::{Options, Reload};
use crate::commands::build::usual_bundle;
use crate::edit::{self, Settings, Translator};
use crate::hosting::base;
use crate::live;
use crate::views::database::Place;
use clap::Args;
use editorial::content::selection::Selection;
use editorial::diagnostics::Stop;
use editorial::json::Instead;
use model::Lang;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What is edited where.
#[derive(Args)]
pub(crate) struct EditArguments {
    /// The content folder. In an empty one the desk begins a portal
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// The bundle's folder; left out, it is `bundle` where that is there, else `target/bundle`
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// The folder with the files of the desk; left out, it is `desk` where that is there, else
    /// `target/desk`
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
    /// The folder that is published to
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// A command that follows the publishing, such as one that brings the site to its host. It is run
    /// without a shell
    #[arg(long, value_name = "COMMAND")]
    publish_command: Option<String>,
    /// The path that the site will stand under on its host
    #[arg(long, default_value = "/", value_name = "PATH")]
    public_url: String,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8070)]
    port: u16,
    /// The folder for what is made; it can be deleted while no desk is open
    #[arg(long, default_value = ".edit", value_name = "DIR")]
    state: PathBuf,
    /// A program that makes drafts of translations: it is run with the two languages, such as `vi en`,
    /// gets each text on a line, and gives each translation on a line
    #[arg(long, value_name = "PROGRAM")]
    translate_command: Option<PathBuf>,
    /// After how many seconds that program is ended
    #[arg(long, default_value_t = 120, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    translate_seconds: u64,
    /// Print the address alone, and open no browser
    #[arg(long)]
    no_open: bool,
}

/// Opens the desk until the process is stopped.
///
/// # Errors
/// Where the folder is being edited already, or the port is taken.
pub(crate) fn run(arguments: &EditArguments) -> Result<bool, Stop> {
    let publish = Options {
        bundle: arguments.bundle.clone().unwrap_or_else(usual_bundle),
        content: arguments.content.clone(),
        selection: Selection {
            drafts: false,
            as_of: None,
        },
        locales: None,
        out: arguments.out.clone(),
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
    edit::run(Settings {
        preview: preview(arguments, &publish),
        publish,
        interface: arguments.desk.clone().unwrap_or_else(usual_desk),
        state: arguments.state.clone(),
        command: arguments.publish_command.clone(),
        port: arguments.port,
        translator: arguments
            .translate_command
            .clone()
            .map(|program| Translator {
                program,
                patience: Duration::from_secs(arguments.translate_seconds),
            }),
        opens: !arguments.no_open,
    })?;
    Ok(true)
}

/// The portal with drafts, as the desk shows it.
fn preview(arguments: &EditArguments, publish: &Options) -> live::Settings {
    let options = Options {
        selection: Selection::EVERYTHING,
        out: arguments.state.join("site"),
        cards: false,
        search: false,
        compress: false,
        reload: Reload::Preview,
        ..publish.clone()
    };
    live::Settings {
        follow: None,
        options,
        follows_clock: false,
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        status: None,
        memory: 64 * 1024 * 1024,
        store: arguments.state.join("pages"),
        disk: 0,
        connections: 128,
        refresh: Duration::from_millis(500),
        log_requests: false,
        views: Place::File(arguments.state.join("views.sqlite")),
        count_again: Duration::MAX,
        is_preview: true,
        framed_by: None,
        unsaved: Arc::default(),
        lang: Lang::En,
    }
}

/// Where the files of the desk usually are: `desk`, as in a package, else `target/desk`.
fn usual_desk() -> PathBuf {
    let places = ["desk", "target/desk"].map(PathBuf::from);
    let there = places.iter().find(|place| place.is_dir()).cloned();
    there.unwrap_or_else(|| places[1].clone())
}
