//! `site build`: from a bundle and the content to a site that any static host can serve.

use super::arguments::SourceArguments;
use crate::build::options::{Options, Reload};
use crate::build::{self, Report, Summary};
use crate::commands::arguments::lang;
use crate::hosting::base;
use crate::hosting::hosts::InSite;
use crate::print;
use crate::publish::security_txt;
use crate::stages::Stages;
use clap::Args;
use editorial::diagnostics::{Failure, Stop, report};
use editorial::json::Instead;
use model::Lang;
use std::env;
use std::path::PathBuf;

/// What is built from what.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct BuildArguments {
    /// Where the content and the interface words are
    #[command(flatten)]
    source: SourceArguments,
    /// The language in which mistakes of the content are reported: vi, en, ko, ja or zh-Hans
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
    /// The bundle; left out, it is `bundle` where that is there, else `target/bundle`, which `cargo
    /// xtask build` leaves behind
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// The folder that the site is written to. It is exchanged with the new site when that is
    /// complete; what the next build needs again stands beside it in a hidden folder, `.dist.state`
    /// for `dist`, which `site clean` removes
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// Where files that this tool did not write are in the way, move the whole folder aside, to
    /// `dist.replaced`
    #[arg(long)]
    replace_foreign: bool,
    /// Write the file of this host into the site too, so that every build keeps it current
    #[arg(long, value_enum)]
    host: Option<InSite>,
    /// The path that the site will stand under on its host
    #[arg(long, default_value = "/", value_name = "PATH")]
    public_url: String,
    /// Weigh the pages and refuse what is over the budgets in this file
    #[arg(long)]
    budgets: Option<PathBuf>,
    /// Make everything anew, whatever the last build left
    #[arg(long)]
    fresh: bool,
    /// Write no compressed copies (.br, .gz) beside the files
    #[arg(long)]
    no_compression: bool,
    /// Draw no share cards (the pictures that social networks show)
    #[arg(long)]
    no_cards: bool,
    /// Leave out what is searched, to measure the rest; the page that searches finds nothing then
    #[arg(long, hide = true)]
    no_search: bool,
    /// Say nothing unless something goes wrong
    #[arg(long)]
    quiet: bool,
    /// Say what was built as JSON, for machines
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
    /// Work as Trunk's hook: take bundle, output and public URL from Trunk's environment
    #[arg(long, conflicts_with_all = ["bundle", "out", "public_url", "budgets", "replace_foreign"])]
    trunk: bool,
}

/// Builds the site and prints a summary.
///
/// # Errors
/// Where the content has mistakes, or the site cannot be written.
pub(crate) fn run(arguments: &BuildArguments) -> Result<bool, Stop> {
    let options = arguments.options()?;
    let mut stages = Stages::new(!arguments.quiet && !arguments.json);
    let summary =
        build::build(&options, &mut stages).map_err(|stop| stop.in_lang(arguments.lang))?;
    if let Some(notice) = &summary.running_out {
        print::stderr(format!("site: {notice}; {}\n", security_txt::help()));
    }
    for message in &summary.kept.messages {
        print::stderr(format!("site: {message}\n"));
    }
    let said = if arguments.json {
        let report = Report {
            summary: &summary,
            stages: stages.done(),
        };
        serde_json::to_string(&report).map_err(|error| Failure::new(error.to_string()))? + "\n"
    } else if arguments.quiet {
        String::new()
    } else {
        summary_of(&summary, &options)
    };
    print::stdout(&said)?;
    Ok(true)
}

/// The summary as text.
fn summary_of(summary: &Summary, options: &Options) -> String {
    let Summary {
        weights,
        pages,
        files,
        bytes,
        written,
        warnings,
        kept,
        ..
    } = summary;
    let out = options.out.display();
    let mut lines = vec![format!(
        "{weights}{pages} pages, {files} files ({written} written), {bytes} bytes in {out}\n"
    )];
    if kept.files > 0 {
        let number = report::count(kept.files, "file");
        lines.push(format!(
            "{number} in {out} that this tool did not write, kept: {}\n",
            kept.names
        ));
    }
    if *warnings > 0 {
        lines.push(format!(
            "{}: `site check` shows what they are\n",
            report::count(*warnings, "warning")
        ));
    }
    lines.concat()
}

impl BuildArguments {
    /// The options from the command line; as Trunk's hook, from Trunk's environment variables.
    ///
    /// # Errors
    /// Where the public URL is no path, or one of Trunk's variables is not set.
    fn options(&self) -> Result<Options, Failure> {
        let mut options = Options {
            bundle: self.bundle(),
            content: self.source.content.clone(),
            selection: self.source.selection(),
            locales: self.source.locales(),
            out: self.out.clone(),
            trunk: None,
            host: self.host,
            base: base::path(&self.public_url)?,
            budgets: self.budgets.clone(),
            keep_bundle: None,
            keep: true,
            fresh: self.fresh,
            replace_foreign: self.replace_foreign,
            cache: None,
            cards: !self.no_cards,
            search: !self.no_search,
            compress: !self.no_compression,
            reload: Reload::No,
            counts: None,
            instead: Instead::default(),
        };
        if self.trunk {
            let staging = PathBuf::from(trunk("TRUNK_STAGING_DIR")?);
            let release = trunk("TRUNK_PROFILE")? == "release";
            options.out.clone_from(&staging);
            options.trunk = Some(PathBuf::from(trunk("TRUNK_DIST_DIR")?));
            options.bundle = staging;
            options.base = base::path(&trunk("TRUNK_PUBLIC_URL")?)?;
            options.budgets = release.then(|| PathBuf::from("budgets.json"));
            options.keep_bundle = release.then(|| PathBuf::from("target/bundle"));
            // Trunk's staging folder has another name in each build.
            options.keep = false;
            options.cache = Some(PathBuf::from("target/site-cache"));
            options.cards = release;
            options.compress = release;
            options.reload = if release { Reload::No } else { Reload::Trunk };
        }
        Ok(options)
    }

    /// The bundle's folder. The default is `bundle`, as in a package, else `target/bundle`.
    fn bundle(&self) -> PathBuf {
        self.bundle.clone().unwrap_or_else(usual_bundle)
    }
}

/// Where a bundle usually is: `bundle`, as in a package, else `target/bundle`.
pub(super) fn usual_bundle() -> PathBuf {
    let places = ["bundle", "target/bundle"].map(PathBuf::from);
    let there = places.iter().find(|place| place.is_dir()).cloned();
    there.unwrap_or_else(|| places[1].clone())
}

fn trunk(variable: &str) -> Result<String, Failure> {
    env::var(variable).map_err(|_| {
        Failure::new(format!(
            "{variable} is not set: --trunk is for Trunk's hook"
        ))
    })
}
