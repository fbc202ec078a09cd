//! The command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Checks and publishes the portal's content.
#[derive(Parser)]
#[command(name = "site", version)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the tool can do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read all content and name every mistake with file, line and column
    Check(CheckArguments),
    /// Turn a bundle and the content into a site that any static host can serve
    Build(BuildArguments),
    /// Serve a built site on this machine, with the headers that it should have anywhere
    Serve(ServeArguments),
}

/// What is built from what.
#[derive(Args)]
pub(crate) struct BuildArguments {
    /// Where the content and the interface words are
    #[command(flatten)]
    pub(crate) source: CheckArguments,
    /// The bundle that `cargo xtask build` leaves behind
    #[arg(long, default_value = "target/bundle")]
    pub(crate) bundle: PathBuf,
    /// The folder that the site is written to; what stands there is replaced when the new site is complete
    #[arg(long, default_value = "dist")]
    pub(crate) out: PathBuf,
    /// The path that the site will stand under on its host
    #[arg(long, default_value = "/", value_name = "PATH")]
    pub(crate) public_url: String,
    /// Weigh the pages and refuse what is over the budgets in this file
    #[arg(long)]
    pub(crate) budgets: Option<PathBuf>,
    /// Make everything anew, whatever the last build left
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Write no compressed copies (.br, .gz) beside the files
    #[arg(long)]
    pub(crate) no_compression: bool,
    /// Draw no share cards (the pictures that social networks show)
    #[arg(long)]
    pub(crate) no_cards: bool,
    /// Say nothing unless something goes wrong
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Say what was built as JSON, for machines
    #[arg(long, conflicts_with = "quiet")]
    pub(crate) json: bool,
    /// Work as Trunk's hook: take bundle, output and public URL from Trunk's environment
    #[arg(long, conflicts_with_all = ["bundle", "out", "public_url", "budgets"])]
    pub(crate) trunk: bool,
}

/// What is served where.
#[derive(Args)]
pub(crate) struct ServeArguments {
    /// The built site
    #[arg(long, default_value = "dist")]
    pub(crate) dir: PathBuf,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The path that the site was built for
    #[arg(long, default_value = "/", value_name = "PATH")]
    pub(crate) public_url: String,
}

/// Where everything is.
#[derive(Args)]
pub(crate) struct CheckArguments {
    /// The content folder
    #[arg(long, default_value = "content")]
    pub(crate) content: PathBuf,
    /// The folder of interface words; left out, `locales` is checked where it is there
    #[arg(long)]
    locales: Option<PathBuf>,
}

impl CheckArguments {
    /// The folder of interface words, if it is to be checked. An editor's machine need not have one: the words are part
    /// of the program.
    pub(crate) fn locales(&self) -> Option<PathBuf> {
        let usual = || Some(PathBuf::from("locales")).filter(|folder| folder.is_dir());
        self.locales.clone().or_else(usual)
    }
}
