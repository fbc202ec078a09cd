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
