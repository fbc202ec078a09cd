//! `cargo xtask bench pages`: how quickly a page comes and answers, beside the same articles by other
//! front ends, in one run.
//!
//! The yardstick is a folder of its own, with the articles, the other front ends and the program that
//! measures them in Chromium. It is copied into the cache, where the others are built once. The portal
//! is built from the same articles each time. Only ratios within a run mean something.

use std::path::Path;
use std::process::Command;

use crate::arguments::{BuildOptions, PagesOptions};
use crate::bench::{folder, kept};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::tools::Purpose;
use crate::{bundle, cache, native, process, setup};

/// The others, as the yardstick's `build.sh` names them.
const OTHERS: [&str; 5] = ["plain", "astro", "sveltekit", "react", "next"];
/// What `build.sh` makes: it is never copied.
const MADE: [&str; 3] = ["node_modules", "out", "results"];

/// Builds what has to be built, measures, and prints tables.
///
/// # Errors
/// Where there is no yardstick, something is missing or does not build, or the measuring fails.
pub(crate) fn run(project: &Project, options: &PagesOptions) -> Result<(), Failure> {
    let yardstick = project.root.join(&options.yardstick);
    if !yardstick.join("measure.mjs").is_file() {
        return Err(Failure::unmet(format!(
            "{} holds no yardstick: `measure.mjs` is missing; `--yardstick DIR` names another folder",
            yardstick.display()
        )));
    }
    setup::require(&[Requirement::Node, Requirement::Npm, Requirement::Chromium])?;
    let chromium = Requirement::Chromium
        .locate()
        .ok_or_else(|| Failure::unmet("there is no Chromium"))?;
    let work = cache::folder()?.join("bench-pages");
    let lock = cache::lock(&cache::folder()?)?;
    build_others(&yardstick, &work)?;
    drop(lock);

    let build = BuildOptions::default();
    if bundle::is_due(project, &build, Purpose::Build) {
        bundle::make(project, &build, Purpose::Build)?;
    }
    let site = native::program(project);
    process::run_in_view(
        script(&work, &["portal"])
            .env("PROJECT", &project.root)
            .env("SITE", site.get_program()),
    )?;
    let results = project.root.join("target/bench");
    folder::make(&results)?;
    let mut measure = Command::new("node");
    measure.current_dir(&work).arg("measure.mjs");
    measure.arg("--browser").arg(chromium);
    measure.arg("--out").arg(results.join("pages.json"));
    process::run_in_view(measure.args(&options.measure))
}

/// Copies the yardstick and builds the others, unless that was done with the same files.
fn build_others(yardstick: &Path, work: &Path) -> Result<(), Failure> {
    kept::provide(yardstick, work, &MADE, || {
        eprintln!("building the other front ends, about 2 minutes; they are kept");
        process::run_in_view(&mut script(work, &OTHERS))
    })
}

fn script(work: &Path, names: &[&str]) -> Command {
    let mut command = Command::new("bash");
    command.current_dir(work).arg("build.sh").args(names);
    command
}
