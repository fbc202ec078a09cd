//! `cargo xtask serve`: builds `dist` where it is out of date, and lets the native tool serve it.

use std::process::Command;

use crate::arguments::BuildOptions;
use crate::failure::Failure;
use crate::project::Project;
use crate::tools::Purpose;
use crate::{bundle, native, process};

/// Serves until it is stopped.
pub(crate) fn run(project: &Project, options: &BuildOptions, port: u16) -> Result<(), Failure> {
    if bundle::is_due(project, options, Purpose::Build) {
        bundle::make(project, options, Purpose::Build)?;
    }
    if !native::is_compiled(project) {
        native::compile(project)?;
    }
    let mut command = native::program(project);
    command
        .args(["serve", "--dir", "dist", "--port"])
        .arg(port.to_string());
    if let Some(public_url) = &options.public_url {
        command.args(["--public-url", public_url]);
    }
    become_command(&mut command)
}

/// On Unix the command replaces this process, so that signals reach the server.
#[cfg(unix)]
fn become_command(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failure::broken(format!(
        "cannot run `{}`: {error}",
        process::line(command)
    )))
}

#[cfg(not(unix))]
fn become_command(command: &mut Command) -> Result<(), Failure> {
    process::run_in_view(command)
}
