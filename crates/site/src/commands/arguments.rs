//! The command line: the commands, and the arguments that several of them share.

use super::{
    accessibility, build, check, clean, edit, headers, live, new, preview, schemas, serve, sync,
    translations, views,
};
use clap::{Args, Parser, Subcommand};
use editorial::clock;
use editorial::content::authored::words::Language;
use editorial::content::dates;
use editorial::content::selection::Selection;
use model::{Day, Lang, Moment};
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
    Check(check::CheckArguments),
    /// Write the files of a new article, translation or standing page
    New(new::NewArguments),
    /// List what is left to translate, or record that a translation is up to date
    Translations(translations::TranslationsArguments),
    /// Write the JSON Schemas with which a text editor completes and checks content files
    Schemas(schemas::SchemasArguments),
    /// Turn a bundle and the content into a site that any static host can serve
    Build(build::BuildArguments),
    /// Remove what builds keep beside a site, and nothing that this tool did not write
    Clean(clean::CleanArguments),
    /// Print what a host has to be told: headers, media types, moved addresses
    Headers(headers::HeadersArguments),
    /// Serve a built site on this machine, with the headers that it should have anywhere
    Serve(serve::ServeArguments),
    /// Serve the portal from its content folder, without a build: what editors save is there at once
    Live(live::LiveArguments),
    /// Show the portal with drafts on this machine: what is saved is there at once, and mistakes are shown
    /// over the page
    Preview(preview::PreviewArguments),
    /// Open the editors' desk in a browser on this machine: write, look, publish, without touching a file
    Edit(edit::EditArguments),
    /// Turn what other systems export into content
    #[command(subcommand)]
    Import(::import::Import),
    /// Bring over what editors publish in a CMS: what is new, changed and gone there
    Sync(sync::SyncCommand),
    /// Take view counts from a program for statistics, or from the database of a server
    #[command(subcommand)]
    Views(views::ViewsCommand),
    /// Take what programs for accessibility have found into accessibility.json of the content folder
    Accessibility(accessibility::AccessibilityArguments),
}

/// Where everything is, and which part of it counts.
#[derive(Args)]
pub(crate) struct SourceArguments {
    /// The content folder
    #[arg(long, default_value = "content")]
    pub(crate) content: PathBuf,
    /// The folder of interface words; left out, `locales` is checked where it is there
    #[arg(long)]
    locales: Option<PathBuf>,
    /// Take in drafts too
    #[arg(long)]
    pub(crate) drafts: bool,
    /// The day (2026-05-13, to its end in Viet Nam) or moment (2026-05-13T08:30+07:00) that counts
    /// as now; left out, the machine's clock says
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    pub(crate) as_of: Option<Moment>,
}

impl SourceArguments {
    /// The folder of interface words to check, where there is one. An editor's machine needs none:
    /// the words are compiled into the program.
    pub(crate) fn locales(&self) -> Option<PathBuf> {
        let usual = || Some(PathBuf::from("locales")).filter(|folder| folder.is_dir());
        self.locales.clone().or_else(usual)
    }

    /// Which articles the site holds. Without `--as-of`, the machine's clock decides what is due.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            drafts: self.drafts,
            as_of: Some(self.as_of.unwrap_or_else(clock::now)),
        }
    }
}

/// Parses a moment or a day. A day stands for its last minute in Viet Nam.
pub(super) fn as_of(text: &str) -> Result<Moment, String> {
    match Day::new(text) {
        Ok(day) if day.is_whole() => moment(&format!("{day}T23:59+07:00")),
        _ => moment(text),
    }
}

/// Parses a moment. The error names the right form.
pub(super) fn moment(text: &str) -> Result<Moment, String> {
    Moment::new(text).map_err(|error| {
        let message = error.to_string();
        dates::help(text, &message)
            .map_or_else(|| message.clone(), |help| format!("{message}: {help}"))
    })
}

/// Parses a language's tag.
pub(super) fn lang(tag: &str) -> Result<Lang, String> {
    Language::try_from(tag.to_owned()).map(|language| language.0)
}

#[cfg(test)]
mod tests {
    use super::as_of;

    #[test]
    fn a_day_counts_to_its_end_in_viet_nam() {
        assert_eq!(
            as_of("2026-05-13").unwrap().to_string(),
            "2026-05-13T23:59+07:00"
        );
        assert_eq!(
            as_of("2026-05-13T08:30Z").unwrap().to_string(),
            "2026-05-13T08:30+00:00"
        );
        assert!(as_of("13/05/2026").is_err() && as_of("2026-02-30").is_err());
    }
}
