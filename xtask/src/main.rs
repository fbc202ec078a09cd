//! The developer's commands, each after `cargo xtask`: setup, serve, build, desk, package, test,
//! screenshots, lint, bench, lighthouse and reproduce.
//!
//! A fresh machine needs a Rust toolchain, a C compiler and Node.js. Everything else is installed
//! from here, at pinned versions, into a cache that all checkouts of one user share. Anything that
//! cannot be installed from here is named **before** any long work starts.
//!
//! Exit codes: 0 done; 2 a wrong argument, or something that the person has to do first; otherwise
//! the code of the first command that failed.

mod arguments;
mod bench;
mod bundle;
mod cache;
mod desk;
mod failure;
mod freshness;
mod install;
mod lighthouse;
mod lint;
mod lockfile;
mod native;
mod packages;
mod packaging;
mod prebuilt;
mod process;
mod project;
mod remaining;
mod reproduce;
mod requirements;
mod screenshots;
mod search_path;
mod serve;
mod setup;
mod site_server;
mod suite;
mod system;
mod toolchain;
mod tools;
mod trunk;

use std::process::ExitCode;

use arguments::{Bench, Task};
use failure::Failure;
use project::Project;
use tools::Purpose;

fn main() -> ExitCode {
    let task = arguments::parse(std::env::args_os().skip(1)).unwrap_or_else(|said| said.exit());
    match run(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

fn run(task: Task) -> Result<(), Failure> {
    let project = Project::find()?;
    match task {
        Task::Setup {
            tests,
            dry_run: true,
        } => setup::describe(&project, purpose(tests))?,
        Task::Setup {
            tests,
            dry_run: false,
        } => drop(setup::run(&project, purpose(tests))?),
        Task::Build(options) => bundle::make(&project, &options, Purpose::Build)?,
        Task::Desk => desk::make(&project)?,
        Task::Package(options) => packaging::run(&project, &options)?,
        Task::TrunkHook => trunk::hook(&project)?,
        Task::Watch { public_url, port } => trunk::watch(&project, public_url.as_deref(), port)?,
        Task::Serve { options, port } => serve::run(&project, &options, port)?,
        Task::Test { arguments } => suite::run(&project, &arguments)?,
        Task::Screenshots(options) => screenshots::run(&project, &options)?,
        Task::Lint { tests_follow } => lint::run(&project, tests_follow)?,
        Task::Bench {
            what: Bench::Publish(options),
        } => bench::run(&project, &options)?,
        Task::Bench {
            what: Bench::Pages(options),
        } => bench::pages::run(&project, &options)?,
        Task::Bench {
            what: Bench::Controls(options),
        } => bench::controls::run(&project, &options)?,
        Task::Bench {
            what: Bench::Live(options),
        } => bench::live::run(&project, &options)?,
        Task::Bench {
            what: Bench::Preview(options),
        } => bench::preview::run(&project, &options)?,
        Task::Bench {
            what: Bench::Desk(options),
        } => bench::desk::run(&project, &options)?,
        Task::Bench {
            what: Bench::Sync(options),
        } => bench::sync::run(&project, &options)?,
        Task::Lighthouse(options) => lighthouse::run(&project, &options)?,
        Task::Reproduce => reproduce::run(&project)?,
    }
    Ok(())
}

fn purpose(tests: bool) -> Purpose {
    if tests {
        Purpose::Tests
    } else {
        Purpose::Build
    }
}
