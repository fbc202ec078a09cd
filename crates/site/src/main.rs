//! The native tool: checks the content and builds the site from it.
//!
//! ```text
//! editorial::load -> publish -> model::Document -> portal::app -> output
//!          bundle -> build::assets ->  build::pages  ->
//! ```
//!
//! - [`commands`]: the command line, one file for each command.
//! - [`build`]: from content and a bundle to a site, stage by stage.
//! - [`publish`]: from checked content to documents, feeds and other machine-readable files.
//! - [`media`]: renditions of pictures, share cards, icons and QR codes.
//! - [`output`]: the only module that writes the site. It exchanges the old site and the new one in
//!   one step.
//! - [`hosting`]: headers and configuration for hosts, and the local server.
//! - [`edit`]: the editors' desk.
//! - [`live`]: the server that makes pages when they are asked for.
//! - [`views`]: view counts, from reports and in databases.
//! - [`follow`]: syncs again and again, and when a CMS calls.
//! - [`stages`]: the progress and timings of a build.
//! - [`print`]: the only module that writes to standard output and standard error.
//!
//! Exit code 0: no problems, apart from warnings. 1: content or request were refused. 2: the tool
//! failed.

#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`print` says what became of it"
)]

mod build;
mod commands;
mod edit;
mod follow;
mod hosting;
mod live;
mod media;
mod memo;
mod output;
mod print;
mod publish;
mod stages;
mod views;

use clap::Parser;
use commands::Arguments;
use editorial::diagnostics::{Refusal, Stop, report};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Deeply nested texts need a deep stack, on every thread.
    let _ = rayon::ThreadPoolBuilder::new()
        .stack_size(8 << 20)
        .build_global();
    let done = match Arguments::try_parse() {
        Ok(arguments) => commands::run(&arguments.command).map(|clean| u8::from(!clean)),
        Err(said) => print::usage(&said).map_err(Stop::Failed),
    };
    ExitCode::from(done.unwrap_or_else(explain))
}

/// Prints why a command stopped. Returns the exit code.
fn explain(stop: Stop) -> u8 {
    let (said, code) = match stop {
        Stop::Refused(Refusal::Problems {
            problems,
            files,
            closing,
            lang,
        }) => {
            let closing = closing.map(|closing| closing.in_lang(lang) + "\n");
            let said = report::report(problems, files, lang) + &closing.unwrap_or_default();
            (print::stdout(&said), 1)
        }
        Stop::Refused(Refusal::Sentence(why)) => {
            print::stderr(format!("site: {why}\n"));
            (Ok(()), 1)
        }
        Stop::Failed(failure) => {
            let said = print::stdout(failure.shown_details());
            print::stderr(format!("site: {failure}\n"));
            (said, 2)
        }
    };
    match said {
        Ok(()) => code,
        Err(failure) => {
            print::stderr(format!("site: {failure}\n"));
            2
        }
    }
}
