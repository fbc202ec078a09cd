//! The native tool: reads the content folder, names every mistake in it, and turns it into published documents.
//!
//! ```text
//! content_folder -> read -> authored -> check -> content -> publish -> portal::model
//!                                     bundle -> assets -> build -> portal::app -> output
//! ```
//!
//! - [`read`]: JSON with every mistake of a file at its place. Knows nothing about the portal.
//! - [`authored`]: the shape of what editors write.
//! - [`inline`]: the marks within a text. [`characters`]: those that no text may hold. [`address`]: what browsers make of
//!   an address.
//! - [`dates`]: dates as others write them, for the help.
//! - [`xml_limits`]: how much of some things XML may have before it is read.
//! - [`picture_file`]: sizes of pictures, that a drawing is only a drawing, and photographs from bytes to pixels.
//! - [`attached_file`]: that any other file beside an article is what its name says.
//! - [`check`]: from the authored form to checked [`content`], with each [`article`].
//! - [`content_folder`]: which file is what. The only one that walks through folders.
//! - [`publish`]: from checked content to documents. No input of its own, so it cannot fail.
//! - [`report`]: problems as a person reads them.
//! - [`catalogue`]: what lists show of every article, with [`stamp`] and [`summary`]; all that is held in memory of them.
//! - [`build`]: from content and a [`bundle`] to a site, in [`stages`]: [`assets`] under names that carry their hashes ([`hashed_file`]), [`pictures`], [`pages`] with their
//!   [`fingerprint`]s and the files of events for calendars ([`calendar`]), and what [`compress`] makes of them, weighed by [`budget`], into an [`output`] folder that is
//!   exchanged with the last one when it is complete. [`order`] says what is built from what.
//! - [`qr`]: the address of an article for a telephone's camera.
//! - [`pictures`]: photographs in the widths and formats that browsers choose from. [`card`]: share cards. Where the next
//!   build begins with nothing, both keep what they made in the [`cache`].
//! - [`machines`]: what only machines read, from [`feeds`], [`sitemap`], [`robots`], [`manifest`], [`icons`],
//!   [`security_txt`] and [`redirects`]; [`xml`] writes it where it is XML.
//! - [`hosts`]: headers, media types and moved addresses as hosts want to be told. [`own_address`]: what an address of ours is
//!   made of, for them and for [`serve`].
//! - [`import`]: what other systems export, as content.
//! - [`search`]: what a reader's browser searches, part by part.
//! - [`serve`]: a built site on this machine, with the headers of [`policy`].
//!
//! - [`selection`]: drafts, and what is published later; [`clock`] is the only one that asks what time it is.
//! - [`new`] and [`translations`] write content files for editors, [`schemas`] what their text editors check with.
//!
//! - [`print`]: the only way to standard output and standard error.
//!
//! Exit code 0: nothing to complain about but warnings. 1: the content has problems. 2: the tool could not do its work.

#![deny(clippy::print_stdout, clippy::print_stderr, reason = "`print` says what became of it")]

mod address;
mod arguments;
mod article;
mod article_folder;
mod assets;
mod attached_file;
mod authored;
mod budget;
mod build;
mod bundle;
mod cache;
mod calendar;
mod card;
mod catalogue;
mod characters;
mod check;
mod clock;
mod compress;
mod content;
mod content_folder;
mod dates;
mod device;
mod failure;
mod feeds;
mod fingerprint;
mod hash;
mod hashed_file;
mod hosts;
mod icons;
mod import;
mod inline;
mod locales;
mod machines;
mod manifest;
mod new;
mod order;
mod output;
mod own_address;
mod pages;
mod picture_file;
mod pictures;
mod place;
mod policy;
mod print;
mod problem;
mod publish;
mod qr;
mod read;
mod redirects;
mod report;
mod robots;
mod schemas;
mod search;
mod security_txt;
mod selection;
mod serve;
mod sitemap;
mod stages;
mod stamp;
mod summary;
mod translations;
mod xml;
mod xml_limits;

use arguments::{Arguments, BuildArguments, CheckArguments, CleanArguments, Command, HeadersArguments};
use build::{Outcome, Report, Summary};
use clap::Parser;
use content_folder::memory::Memory;
use failure::Failure;
use hosts::Host;
use order::Order;
use selection::Selection;
use stages::Stages;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Deeply nested texts take a deep stack, on every thread.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(8 << 20).build_global();
    let done = match Arguments::try_parse() {
        Ok(arguments) => run(arguments.command).map(|clean| u8::from(!clean)),
        Err(said) => print::usage(&said),
    };
    done.map_or_else(
        |failure| {
            print::aside(format!("site: {failure}\n"));
            ExitCode::from(2)
        },
        ExitCode::from,
    )
}

/// Does what was asked for. Says whether there is nothing to complain about.
fn run(command: Command) -> Result<bool, Failure> {
    match command {
        Command::Check(arguments) => check_all(&arguments),
        Command::New(arguments) => new::new(&arguments.what),
        Command::Translations(arguments) => translations::translations(&arguments),
        Command::Schemas(arguments) => schemas::write(&arguments.out).map(|()| true),
        Command::Build(arguments) => build_site(&arguments),
        Command::Clean(arguments) => clean(&arguments),
        Command::Headers(arguments) => tell_host(&arguments),
        Command::Serve(arguments) => order::base(&arguments.public_url)
            .and_then(|base| serve::serve(&arguments.dir, &base, arguments.port))
            .map(|()| true),
        Command::Import(what) => import::import(&what),
    }
}

/// `site check`: prints the report and says whether it is clean.
fn check_all(arguments: &CheckArguments) -> Result<bool, Failure> {
    let source = &arguments.source;
    // The report is the same at any time: what is published later counts only for whoever names a time.
    let selection = Selection { drafts: source.drafts, as_of: source.as_of };
    let loaded = content_folder::load(&source.content, &mut Memory::default(), &selection)?;
    let (mut problems, mut files) = (loaded.problems, loaded.files);
    if let Some(folder) = source.locales() {
        let words = locales::check::<locales::Words>(&folder)?;
        problems.extend(words.problems);
        files += words.files;
    }
    let mut warnings = loaded.warnings;
    // The report is the same at any time: only whoever names a time is told what is over by then.
    if let Some((now, content)) = source.as_of.zip(loaded.content.as_ref()) {
        let site_file = source.content.join("site.json");
        warnings.extend(check::whole::past_notices(&site_file, &content.site, now));
        warnings.extend(security_txt::warning(&site_file, &content.site, now));
    }
    let clean = problems.is_empty() && (!arguments.strict || warnings.is_empty());
    problems.append(&mut warnings);
    let report = if arguments.json { report::json(problems, files) } else { report::report(problems, files) };
    print::result(&report).map(|()| clean)
}

/// `site build`: says what was built, or prints the report of what stopped it.
fn build_site(arguments: &BuildArguments) -> Result<bool, Failure> {
    let order = Order::new(arguments)?;
    let mut stages = Stages::new(!arguments.quiet && !arguments.json);
    match build::build(&order, &mut stages)? {
        Outcome::Built(summary) => {
            if let Some(notice) = &summary.running_out {
                print::aside(format!("site: {notice}; {}\n", security_txt::HELP));
            }
            for news in &summary.kept.news {
                print::aside(format!("site: {news}\n"));
            }
            let said = if arguments.json {
                let report = Report { summary: &summary, stages: stages.done() };
                serde_json::to_string(&report).map_err(|error| Failure::new(error.to_string()))? + "\n"
            } else if arguments.quiet {
                String::new()
            } else {
                summary_of(&summary, &order)
            };
            print::result(&said).map(|()| true)
        }
        Outcome::Refused { problems, files } => {
            let report = report::report(problems, files);
            print::result(&format!("{report}nothing was built; the last site stays as it was\n")).map(|()| false)
        }
    }
}

/// What was built, for a person.
fn summary_of(summary: &Summary, order: &Order) -> String {
    let Summary { weights, pages, files, bytes, written, warnings, kept, .. } = summary;
    let out = order.out.display();
    let mut lines =
        vec![format!("{weights}{pages} pages, {files} files ({written} written), {bytes} bytes in {out}\n")];
    if kept.files > 0 {
        let number = report::count(kept.files, "file");
        lines.push(format!("{number} in {out} that this tool did not write, kept: {}\n", kept.names));
    }
    if *warnings > 0 {
        lines.push(format!("{}: `site check` shows what they are\n", report::count(*warnings, "warning")));
    }
    lines.concat()
}

/// `site clean`: says what was removed.
fn clean(arguments: &CleanArguments) -> Result<bool, Failure> {
    let done = output::clean(&output::resolve(&arguments.out, &[])?, arguments.site)?;
    print::result(&(done.join("\n") + "\n")).map(|()| true)
}

/// `site headers`: prints what a host has to be told, or the report of the content that stands against it.
fn tell_host(arguments: &HeadersArguments) -> Result<bool, Failure> {
    let base = order::base(&arguments.public_url)?;
    let selection = Selection { drafts: false, as_of: Some(clock::now()) };
    let loaded = content_folder::load(&arguments.content, &mut Memory::default(), &selection)?;
    let Some(mut content) = loaded.content.filter(|_| loaded.problems.is_empty()) else {
        return print::result(&report::report(loaded.problems, loaded.files)).map(|()| false);
    };
    content.select(&selection);
    let host = Host::new(&base, &arguments.root, &content.site.languages, content.items.iter());
    print::result(&host.told(arguments.format)?).map(|()| true)
}
