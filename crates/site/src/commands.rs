//! The command line: one file for each command, with its arguments.

mod accessibility;
mod accessibility_results;
mod arguments;
mod build;
mod check;
mod clean;
mod edit;
mod headers;
mod import;
mod live;
mod new;
mod preview;
mod schemas;
mod serve;
mod sync;
mod translations;
mod views;

pub(crate) use arguments::Arguments;

use arguments::Command;
use editorial::diagnostics::Stop;

/// Runs a command. Returns `true` for exit code 0 and `false` for 1.
///
/// # Errors
/// Why the command stopped.
pub(crate) fn run(command: &Command) -> Result<bool, Stop> {
    match command {
        Command::Check(arguments) => check::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Translations(arguments) => translations::run(arguments),
        Command::Schemas(arguments) => schemas::run(arguments),
        Command::Build(arguments) => build::run(arguments),
        Command::Clean(arguments) => clean::run(arguments),
        Command::Headers(arguments) => headers::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Live(arguments) => live::run(arguments),
        Command::Preview(arguments) => preview::run(arguments),
        Command::Edit(arguments) => edit::run(arguments),
        Command::Import(what) => import::run(what),
        Command::Sync(arguments) => sync::run(arguments),
        Command::Views(command) => views::run(command),
        Command::Accessibility(arguments) => accessibility::run(arguments),
    }
}
