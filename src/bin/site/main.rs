//! The native tool: reads the content folder, names every mistake in it, and turns it into published documents.
//!
//! ```text
//! content_folder -> read -> authored -> check -> content -> publish -> portal::model
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
//!
//! Exit code 0: nothing to complain about. 1: the content has problems. 2: the tool could not do its work.

mod arguments;
mod authored;
mod check;
mod content;
mod content_folder;
mod inline;
mod locales;
mod picture_file;
mod place;
mod problem;
#[allow(dead_code, reason = "the commands that publish are to come")]
mod publish;
mod read;
mod report;

use arguments::{Arguments, CheckArguments, Command};
use clap::Parser;
use content_folder::Failure;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check_all(&arguments),
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
