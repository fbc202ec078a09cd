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
//! - [`picture_file`]: sizes of pictures, and that a drawing is only a drawing.
//! - [`check`]: from the authored form to checked [`content`].
//! - [`content_folder`]: which file is what. The only one that walks through folders.
//! - [`publish`]: from checked content to documents. No input of its own, so it cannot fail.
//! - [`report`]: problems as a person reads them.
//! - [`build`]: from documents and a [`bundle`] to a site, through [`assets`], [`fingerprint`] and [`budget`] into an
//!   [`output`] folder that appears only when it is complete. [`order`] says what is built from what.
//! - [`search`]: what a reader's browser searches, part by part.
//! - [`serve`]: a built site on this machine, with the headers of [`policy`].
//!
//! Exit code 0: nothing to complain about. 1: the content has problems. 2: the tool could not do its work.

mod arguments;
mod assets;
mod authored;
mod budget;
mod build;
mod bundle;
mod catalogue;
mod check;
mod content;
mod content_folder;
mod failure;
mod fingerprint;
mod hash;
mod inline;
mod locales;
mod order;
mod output;
mod picture_file;
mod pictures;
mod place;
mod policy;
mod problem;
mod publish;
mod read;
mod report;
mod search;
mod serve;
mod stamp;
mod summary;

use arguments::{Arguments, BuildArguments, CheckArguments, Command};
use build::Outcome;
use clap::Parser;
use failure::Failure;
use order::Order;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
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
    let loaded = content_folder::load(&arguments.content)?;
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
    match build::build(&Order::new(arguments)?)? {
        Outcome::Built(summary) => {
            println!("{summary}");
            Ok(true)
        }
        Outcome::Refused { problems, files } => {
            print!("{}", report::report(problems, files));
            println!("nothing was built; the last site stays as it was");
            Ok(false)
        }
    }
}
