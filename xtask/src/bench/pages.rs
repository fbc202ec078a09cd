//! `cargo xtask bench pages`: how quickly a page comes and answers, beside the same articles by other
//! front ends, in one run.
//!
//! The yardstick is a folder of its own, with the articles, the other front ends and the program that
//! measures them in Chromium. It is copied into the cache, where the others are built once. The portal
//! is built from the same articles each time. Only ratios within a run mean something.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::arguments::{BuildOptions, PagesOptions};
use crate::bench::folder;
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::tools::Purpose;
use crate::{bundle, cache, native, process, setup};

/// The others, as the yardstick's `build.sh` names them.
const OTHERS: [&str; 5] = ["plain", "astro", "sveltekit", "react", "next"];
/// The file that says that all of them are built, with the sum of what they were built from.
const BUILT: &str = ".built";
/// What `build.sh` makes: it is never copied.
const MADE: [&str; 4] = ["node_modules", "out", "results", BUILT];

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
    if bundle::is_due(project, &build) {
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
    let mut files = Vec::new();
    collect(yardstick, Path::new(""), &mut files)?;
    files.sort();
    let mut sum = Sha256::new();
    for (below, bytes) in &files {
        sum.update(format!("{} {}\n", below.display(), bytes.len()));
        sum.update(bytes);
    }
    let sum: String = sum
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let stamp = work.join(BUILT);
    if fs::read_to_string(&stamp).is_ok_and(|built| built == sum) {
        return Ok(());
    }
    folder::remove(work)?;
    for (below, bytes) in &files {
        let file = work.join(below);
        folder::make(file.parent().unwrap_or(work))?;
        fs::write(&file, bytes).map_err(|error| folder::failed("write", &file, &error))?;
    }
    eprintln!("building the other front ends, about 2 minutes; they are kept");
    process::run_in_view(&mut script(work, &OTHERS))?;
    fs::write(&stamp, sum).map_err(|error| folder::failed("write", &stamp, &error))
}

fn script(work: &Path, names: &[&str]) -> Command {
    let mut command = Command::new("bash");
    command.current_dir(work).arg("build.sh").args(names);
    command
}

/// The files of a folder with their bytes, but for what is made in it.
fn collect(root: &Path, below: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<(), Failure> {
    let folder = root.join(below);
    let failed = |error| folder::failed("read", &folder, &error);
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect(root, &below.join(name), files)?;
        } else {
            let bytes = fs::read(&path).map_err(|error| folder::failed("read", &path, &error))?;
            files.push((below.join(name), bytes));
        }
    }
    Ok(())
}
