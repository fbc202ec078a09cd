//! `cargo xtask build`: makes the bundle, and lets the native tool make the site of it in `dist`.
//!
//! The bundle is what `trunk build` makes of `index.html`: the browser program, its scripts, the
//! style sheets and the public files. It is made here without Trunk, so that a new machine has no
//! need to compile Trunk first; `cargo xtask reproduce` holds both to the same bytes
//! ([decision 26](../../docs/decisions/0026-the-bundle-without-trunk.md)).

mod program;
pub(crate) mod recipe;
pub(crate) mod remap;
pub(crate) mod scripts;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::arguments::BuildOptions;
use crate::failure::Failure;
use crate::freshness::{self, Inputs, Stamp};
use crate::process::{self, Background, run_in_view, spoken};
use crate::project::Project;
use crate::remaining::Remaining;
use crate::setup::Ready;
use crate::tools::{Purpose, Tool};
use crate::{native, project, requirements, setup, toolchain};
use recipe::Recipe;

/// The name of the browser program.
const PROGRAM: &str = "app";
/// What a person calls it.
const BROWSER: &str = "the browser program";
/// What a person calls the tool that makes the site.
const NATIVE: &str = "the native tool";

/// Whether `dist` has to be built; says so, and why.
pub(crate) fn is_due(project: &Project, options: &BuildOptions, purpose: Purpose) -> bool {
    // Whoever tests gets the fonts installed.
    let fonts = matches!(purpose, Purpose::Tests) || requirements::has_fonts();
    let reason = freshness::reason_to_rebuild(
        &project.root,
        &project.stamp(),
        &project.dist(),
        options,
        fonts,
    );
    match &reason {
        Some(reason) => eprintln!("dist has to be built: {reason}"),
        None => eprintln!("dist is up to date"),
    }
    reason.is_some()
}

/// Installs what is missing, and makes bundle and `dist`.
///
/// # Errors
/// Where the machine lacks something that only the person can supply, something does not compile,
/// or the site is refused.
pub(crate) fn make(
    project: &Project,
    options: &BuildOptions,
    purpose: Purpose,
) -> Result<(), Failure> {
    let start = Instant::now();
    let missing = setup::prepare(project, purpose)?;
    // What changes while a build runs is not in it, and a failed build leaves no stamp.
    let inputs = Inputs::of(&project.root);
    let _ = fs::remove_file(project.stamp());
    let recipe = Recipe::read(project)?;
    let mut remaining = remaining(project, &recipe, options, &missing);
    remaining.say();
    // All of it at once: each leaves a processor idle at its end.
    let native = native::begin(project, purpose)?;
    let browser = Background::begin(browser_program(project, &recipe, options)?)?;
    let ready = setup::run(project, purpose)?;
    remaining.done(&missing.iter().map(Tool::label).collect::<Vec<_>>());
    browser.finish(BROWSER)?;
    let bundle = assemble(project, &ready, &recipe, options)?;
    remaining.done(&[BROWSER]);
    native.finish(NATIVE)?;
    remaining.done(&[NATIVE]);
    run_in_view(&mut site(project, &bundle, options))?;
    let stamp = Stamp::new(options, &inputs, &project.dist(), requirements::has_fonts());
    freshness::write(&project.stamp(), &stamp)?;
    eprintln!("dist is ready ({})", spoken(start.elapsed()));
    Ok(())
}

/// What there is to do on a machine that has compiled nothing yet. The times were measured on one
/// processor; docs/developers.md says how.
fn remaining(
    project: &Project,
    recipe: &Recipe,
    options: &BuildOptions,
    missing: &[Tool],
) -> Remaining {
    let mut remaining = Remaining::default();
    if missing.is_empty() && native::is_compiled(project) {
        return remaining;
    }
    for tool in missing {
        remaining.add(tool.label(), tool.work);
    }
    if !native::is_compiled(project) {
        remaining.add(NATIVE, Duration::from_secs(600));
    }
    if !program(project, recipe, options).is_file() {
        remaining.add(BROWSER, Duration::from_secs(300));
    }
    remaining.add("the pages", Duration::from_secs(30));
    remaining
}

/// The compiled browser program.
fn program(project: &Project, recipe: &Recipe, options: &BuildOptions) -> PathBuf {
    project
        .target()
        .join(toolchain::WASM)
        .join(profile(recipe, options))
        .join(format!("{PROGRAM}.wasm"))
}

/// The folder of the bundle. A developer's build has its own: it is not optimised.
pub(crate) fn folder(project: &Project, options: &BuildOptions) -> PathBuf {
    project
        .target()
        .join(if options.dev { "bundle-dev" } else { "bundle" })
}

/// The command that compiles the browser program.
fn browser_program(
    project: &Project,
    recipe: &Recipe,
    options: &BuildOptions,
) -> Result<Command, Failure> {
    let mut command = project.cargo(&["build", "--quiet", "--package", "portal", "--bin", PROGRAM]);
    command.args([
        "--target",
        toolchain::WASM,
        "--profile",
        profile(recipe, options),
    ]);
    project::without_clippy(&mut command);
    // What is built for its developer alone may say where its sources are.
    if !options.dev {
        run_in_view(&mut project.cargo(&remap::FETCH))?;
        remap::BuildFolders::of(project)?.remap_paths(&mut command);
    }
    Ok(command)
}

fn profile<'a>(recipe: &'a Recipe, options: &BuildOptions) -> &'a str {
    if options.dev {
        &recipe.dev_profile
    } else {
        &recipe.profile
    }
}

/// Puts the bundle together.
fn assemble(
    project: &Project,
    ready: &Ready,
    recipe: &Recipe,
    options: &BuildOptions,
) -> Result<PathBuf, Failure> {
    let program = program_files(project, ready, recipe, options)?;
    let folder = folder(project, options);
    let staging = folder.with_extension("new");
    clear(&staging)?;
    for file in [format!("{PROGRAM}.js"), format!("{PROGRAM}_bg.wasm")] {
        copy(&program.join(&file), &staging.join(&file))?;
    }
    for file in &recipe.files {
        copy(&project.root.join(file), &staging.join(name(file)))?;
    }
    for folder in &recipe.folders {
        copy(&project.root.join(folder), &staging.join(name(folder)))?;
    }
    if !options.dev {
        scripts::minify(&staging, recipe)?;
    }
    clear(&folder)?;
    fs::remove_dir(&folder)
        .and_then(|()| fs::rename(&staging, &folder))
        .map_err(|error| failed("write", &folder, &error))?;
    Ok(folder)
}

/// The folder with the program and its glue, as the tools make them of the compiled program. They
/// are made again only where program, tools or options have changed: that takes half a minute.
fn program_files(
    project: &Project,
    ready: &Ready,
    recipe: &Recipe,
    options: &BuildOptions,
) -> Result<PathBuf, Failure> {
    let folder = folder(project, options).with_extension("program");
    let compiled = program(project, recipe, options);
    let mut bindgen = Command::new(tool(ready, "wasm-bindgen-cli")?);
    bindgen.args([
        "--target",
        &recipe.bindgen_target,
        "--no-typescript",
        "--out-name",
        PROGRAM,
        "--out-dir",
    ]);
    bindgen.arg(&folder).arg(&compiled);
    let mut commands = vec![bindgen];
    if !options.dev {
        let file = folder.join(format!("{PROGRAM}_bg.wasm"));
        let mut wasm_opt = Command::new(tool(ready, "binaryen")?);
        wasm_opt
            .arg(format!("-O{}", recipe.wasm_opt))
            .args(&recipe.wasm_opt_arguments);
        wasm_opt.arg("--output").arg(&file).arg(&file);
        commands.push(wasm_opt);
    }
    // The folders of the tools are named after their versions.
    let lines: Vec<String> = commands.iter().map(process::line).collect();
    let bytes = fs::read(&compiled).map_err(|error| failed("read", &compiled, &error))?;
    let source = format!("{:x?}\n{}\n", Sha256::digest(bytes), lines.join("\n"));
    let stamp = folder.join("made-from");
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == source) {
        return Ok(folder);
    }
    clear(&folder)?;
    for command in &mut commands {
        run_in_view(command)?;
    }
    fs::write(&stamp, source).map_err(|error| failed("write", &stamp, &error))?;
    Ok(folder)
}

/// The command that makes the site.
fn site(project: &Project, bundle: &Path, options: &BuildOptions) -> Command {
    let mut command = native::program(project);
    command
        .args(["build", "--out", "dist", "--bundle"])
        .arg(bundle);
    if options.dev {
        command.args(["--no-cards", "--no-compression"]);
    } else {
        command.args(["--budgets", "budgets.json"]);
    }
    if let Some(public_url) = &options.public_url {
        command.args(["--public-url", public_url]);
    }
    command
}

fn tool(ready: &Ready, name: &str) -> Result<PathBuf, Failure> {
    ready
        .file(name)
        .ok_or_else(|| Failure::broken(format!("the setup did not provide {name}")))
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Makes a folder empty.
fn clear(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| failed("remove", folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, &error))
}

/// Copies a file, or a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if !from.is_dir() {
        return fs::copy(from, to)
            .map(drop)
            .map_err(|error| failed("copy", from, &error));
    }
    fs::create_dir_all(to).map_err(|error| failed("make the folder", to, &error))?;
    let entries = fs::read_dir(from).map_err(|error| failed("read", from, &error))?;
    entries
        .flatten()
        .try_for_each(|entry| copy(&entry.path(), &to.join(entry.file_name())))
}

pub(crate) fn failed(action: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::broken(format!("could not {action} {}: {error}", path.display()))
}
