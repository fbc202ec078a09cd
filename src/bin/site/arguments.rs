//! The command line.

use crate::authored::words::Language;
use crate::clock;
use crate::dates;
use crate::hosts::Format;
use crate::selection::Selection;
use clap::{Args, Parser, Subcommand};
use portal::model::{Day, Lang, Moment};
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
    /// Write the files of a new article, translation or standing page
    New(NewArguments),
    /// List what is left to translate, or record that a translation is up to date
    Translations(TranslationsArguments),
    /// Write the JSON Schemas with which a text editor completes and checks content files
    Schemas(SchemasArguments),
    /// Turn a bundle and the content into a site that any static host can serve
    Build(BuildArguments),
    /// Remove what builds keep beside a site, and nothing that this tool did not write
    Clean(CleanArguments),
    /// Print what a host has to be told: headers, media types, moved addresses
    Headers(HeadersArguments),
    /// Serve a built site on this machine, with the headers that it should have anywhere
    Serve(ServeArguments),
    /// Turn what other systems export into content
    #[command(subcommand)]
    Import(crate::import::Import),
}

/// What is built from what.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct BuildArguments {
    /// Where the content and the interface words are
    #[command(flatten)]
    pub(crate) source: SourceArguments,
    /// The bundle that `cargo xtask build` leaves behind
    #[arg(long, default_value = "target/bundle")]
    pub(crate) bundle: PathBuf,
    /// The folder that the site is written to. It is exchanged with the new site when that is complete; what the next
    /// build needs again stands beside it in a hidden folder, `.dist.state` for `dist`, which `site clean` removes
    #[arg(long, default_value = "dist")]
    pub(crate) out: PathBuf,
    /// Where files that this tool did not write are in the way, move the whole folder aside, to `dist.replaced`
    #[arg(long)]
    pub(crate) replace_foreign: bool,
    /// Write the file of this host into the site too, so that every build keeps it current
    #[arg(long, value_enum)]
    pub(crate) host: Option<InSite>,
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
    /// Leave out what is searched, to measure the rest; the page that searches finds nothing then
    #[arg(long, hide = true)]
    pub(crate) no_search: bool,
    /// Say nothing unless something goes wrong
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Say what was built as JSON, for machines
    #[arg(long, conflicts_with = "quiet")]
    pub(crate) json: bool,
    /// Work as Trunk's hook: take bundle, output and public URL from Trunk's environment
    #[arg(long, conflicts_with_all = ["bundle", "out", "public_url", "budgets", "replace_foreign"])]
    pub(crate) trunk: bool,
}

/// A host that reads a file of its own in the site. What Netlify and Cloudflare Pages read is in every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum InSite {
    /// `.htaccess` for Apache 2.4
    Apache,
}

/// What is taken away.
#[derive(Args)]
pub(crate) struct CleanArguments {
    /// The site's folder; what builds keep stands beside it, in `.dist.state` for `dist`
    #[arg(long, default_value = "dist")]
    pub(crate) out: PathBuf,
    /// Remove the files of the site too
    #[arg(long)]
    pub(crate) site: bool,
}

/// Which host is told about which site.
#[derive(Args)]
pub(crate) struct HeadersArguments {
    /// The host's program, or the file that the host reads
    #[arg(long, value_enum)]
    pub(crate) format: Format,
    /// The content folder, whose articles know their earlier addresses
    #[arg(long, default_value = "content")]
    pub(crate) content: PathBuf,
    /// The path that the site stands under on its host
    #[arg(long, default_value = "/", value_name = "PATH")]
    pub(crate) public_url: String,
    /// The folder on the host that holds the site; the one above it where the site stands under a path
    #[arg(long, default_value = "/srv/portal", value_name = "DIR")]
    pub(crate) root: String,
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

/// What is checked, and how the report is written.
#[derive(Args)]
pub(crate) struct CheckArguments {
    /// Where the content and the interface words are
    #[command(flatten)]
    pub(crate) source: SourceArguments,
    /// Count warnings as mistakes: end with 1 where there are any
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
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
    /// The day (2026-05-13, to its end in Viet Nam) or moment (2026-05-13T08:30+07:00) that counts as now; left out, the
    /// machine's clock says
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    pub(crate) as_of: Option<Moment>,
}

impl SourceArguments {
    /// The folder of interface words, if it is to be checked. An editor's machine need not have one: the words are part
    /// of the program.
    pub(crate) fn locales(&self) -> Option<PathBuf> {
        let usual = || Some(PathBuf::from("locales")).filter(|folder| folder.is_dir());
        self.locales.clone().or_else(usual)
    }

    /// What is in the site: without `--as-of`, what is due by the machine's clock.
    pub(crate) fn selection(&self) -> Selection {
        Selection { drafts: self.drafts, as_of: Some(self.as_of.unwrap_or_else(clock::now)) }
    }
}

/// Reads a moment, or a day, which counts to its end in Viet Nam.
fn as_of(text: &str) -> Result<Moment, String> {
    match Day::new(text) {
        Ok(day) if day.is_whole() => moment(&format!("{day}T23:59+07:00")),
        _ => moment(text),
    }
}

/// Reads a moment. Where it has another form, the error says what to write.
fn moment(text: &str) -> Result<Moment, String> {
    Moment::new(text).map_err(|error| {
        let message = error.to_string();
        dates::help(text, &message).map_or_else(|| message.clone(), |help| format!("{message}: {help}"))
    })
}

/// What is to be written anew.
#[derive(Args)]
pub(crate) struct NewArguments {
    /// The kind of thing
    #[command(subcommand)]
    pub(crate) what: New,
}

/// The kinds of things that can be written anew.
#[derive(Subcommand)]
pub(crate) enum New {
    /// A draft of an article: article.json and its first language
    Article {
        /// The section, as site.json calls it
        section: String,
        /// The article's name in addresses
        slug: String,
        /// The language that it is written in first
        #[arg(long, default_value = "vi", value_parser = lang)]
        lang: Lang,
        /// When it is published (2026-05-13T08:30+07:00); left out, now in Viet Nam
        #[arg(long, value_name = "MOMENT", value_parser = moment)]
        published: Option<Moment>,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
    /// A draft of an article in another language, with the original's texts in place to be translated
    Translation {
        /// The article as section/slug
        article: String,
        /// The language to translate into
        #[arg(value_parser = lang)]
        lang: Lang,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
    /// A draft of a standing page in every language
    Page {
        /// The page's name in addresses
        slug: String,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
}

/// What is left to translate.
#[derive(Args)]
pub(crate) struct TranslationsArguments {
    /// Something else than to list
    #[command(subcommand)]
    pub(crate) what: Option<TranslationsCommand>,
    /// Only what is left in this language
    #[arg(long, value_parser = lang)]
    pub(crate) lang: Option<Lang>,
    /// Print the list as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// The content folder
    #[arg(long, default_value = "content")]
    pub(crate) content: PathBuf,
}

/// What can be done about translations besides listing them.
#[derive(Subcommand)]
pub(crate) enum TranslationsCommand {
    /// Record that a translation is up to date with its original as it is now
    Done {
        /// The article as section/slug
        article: String,
        /// The translation's language
        #[arg(value_parser = lang)]
        lang: Lang,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
}

/// Where the schemas go.
#[derive(Args)]
pub(crate) struct SchemasArguments {
    /// The folder; schemas that are there are replaced
    #[arg(long, default_value = "schemas")]
    pub(crate) out: PathBuf,
}

/// Reads a language's tag.
fn lang(tag: &str) -> Result<Lang, String> {
    Language::try_from(tag.to_owned()).map(|language| language.0)
}

#[cfg(test)]
mod tests {
    use super::as_of;

    #[test]
    fn a_day_counts_to_its_end_in_viet_nam() {
        assert_eq!(as_of("2026-05-13").unwrap().to_string(), "2026-05-13T23:59+07:00");
        assert_eq!(as_of("2026-05-13T08:30Z").unwrap().to_string(), "2026-05-13T08:30+00:00");
        assert!(as_of("13/05/2026").is_err() && as_of("2026-02-30").is_err());
    }
}
