//! The native tool: reads the content folder, names every mistake in it, and turns it into published documents.
//!
//! ```text
//! content_folder -> read -> authored -> check -> content -> publish -> portal::model
//!                                     bundle -> assets -> build -> portal::app -> output
//! ```
//!
//! - [`read`]: JSON with every mistake of a file at its place. Knows nothing about the portal.
//! - [`authored`]: the shape of what editors write.
//! - [`inline`]: the marks within a text.
//! - [`picture_file`]: sizes of pictures, that a drawing is only a drawing, and that a photograph can be published.
//! - [`check`]: from the authored form to checked [`content`].
//! - [`content_folder`]: which file is what. The only one that walks through folders.
//! - [`publish`]: from checked content to documents. No input of its own, so it cannot fail.
//! - [`report`]: problems as a person reads them.
//! - [`catalogue`]: what lists show of every article, with [`stamp`] and [`summary`]; all that is held in memory of them.
//! - [`build`]: from content and a [`bundle`] to a site, in [`stages`]: [`assets`], [`pictures`], [`pages`] with their
//!   [`fingerprint`]s, and what [`compress`] makes of them, weighed by [`budget`], into an [`output`] folder that is
//!   exchanged with the last one when it is complete. [`order`] says what is built from what.
//! - [`pictures`]: photographs in the widths and formats that browsers choose from. [`card`]: share cards. Where the next
//!   build begins with nothing, both keep what they made in the [`cache`].
//! - [`serve`]: a built site on this machine, with the headers of [`policy`].
//!
//! Exit code 0: nothing to complain about. 1: the content has problems. 2: the tool could not do its work.

mod arguments;
mod assets;
mod authored;
mod budget;
mod build;
mod bundle;
mod cache;
mod card;
mod catalogue;
mod check;
mod compress;
mod content;
mod content_folder;
mod failure;
mod fingerprint;
mod hash;
mod inline;
mod locales;
mod order;
mod output;
mod pages;
mod picture_file;
mod pictures;
mod place;
mod policy;
mod problem;
mod publish;
mod read;
mod report;
mod serve;
mod stages;
mod stamp;
mod summary;

use arguments::{Arguments, BuildArguments, CheckArguments, Command};
use build::{Outcome, Report, Summary};
use clap::Parser;
use content_folder::memory::Memory;
use failure::Failure;
use order::Order;
use stages::Stages;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Deeply nested texts take a deep stack, on every thread.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(8 << 20).build_global();
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check_all(&arguments),
        Command::Build(arguments) => build_site(&arguments),
        Command::Serve(arguments) => order::base(&arguments.public_url)
            .and_then(|base| serve::serve(&arguments.dir, &base, arguments.port))
            .map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("site: {failure}");
            ExitCode::from(2)
        }
    }
}

/// `site check`: prints the report and says whether it is clean.
fn check_all(arguments: &CheckArguments) -> Result<bool, Failure> {
    let loaded = content_folder::load(&arguments.content, &mut Memory::default())?;
    let (mut problems, mut files) = (loaded.problems, loaded.files);
    if let Some(folder) = arguments.locales() {
        let words = locales::check::<locales::Words>(&folder)?;
        problems.extend(words.problems);
        files += words.files;
    }
    let clean = problems.is_empty();
    // Whoever reads only the beginning of the report (`site check | head`) closes the pipe: nothing to fail for.
    let _ = std::io::stdout().write_all(report::report(problems, files).as_bytes());
    Ok(clean)
}

/// `site build`: says what was built, or prints the report of what stopped it.
fn build_site(arguments: &BuildArguments) -> Result<bool, Failure> {
    let order = Order::new(arguments)?;
    let mut stages = Stages::new(!arguments.quiet && !arguments.json);
    match build::build(&order, &mut stages)? {
        Outcome::Built(summary) => {
            if arguments.json {
                let report = Report { summary: &summary, stages: stages.done() };
                println!("{}", serde_json::to_string(&report).map_err(|error| Failure::new(error.to_string()))?);
            } else if !arguments.quiet {
                let Summary { weights, pages, files, bytes, written } = summary;
                let out = order.out.display();
                println!("{weights}{pages} pages, {files} files ({written} written), {bytes} bytes in {out}");
            }
            Ok(true)
        }
        Outcome::Refused { problems, files } => {
            print!("{}", report::report(problems, files));
            println!("nothing was built; the last site stays as it was");
            Ok(false)
        }
    }
}
