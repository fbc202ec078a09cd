//! `cargo xtask publish`: the last step of Trunk's build (Trunk.toml). Minifies the scripts of a
//! release, and lets the native tool write the site.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::native::Native;
use crate::process::run_in_view;
use crate::project::Project;
use crate::{install, tools};

/// Runs Trunk's last step.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let variable = |name: &str| {
        let missing = || Failure::unmet(format!("{name} is not set: `publish` is for Trunk, see Trunk.toml"));
        env::var(name).map_err(|_| missing())
    };
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    if variable("TRUNK_PROFILE")? == "release" {
        minify(&staging)?;
    }
    Native::of_environment().compile(project)?;
    let mut command = Native::program(project);
    run_in_view(command.args(["build", "--trunk"]))
}

/// Minifies every script of the bundle. Each stays a script of its own, with the names that others
/// use.
fn minify(staging: &Path) -> Result<(), Failure> {
    let program = install::provide(&tools::esbuild())?;
    for script in scripts(staging)? {
        let text = fs::read_to_string(&script).map_err(|error| failed("read", &script, &error))?;
        let mut command = Command::new(&program);
        command.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", TARGET]);
        command.arg(format!("--outfile={}", script.display())).arg("--allow-overwrite").arg(&script);
        let said = command.output().map_err(|error| failed("minify", &script, &error))?;
        if !said.status.success() {
            let why = String::from_utf8_lossy(&said.stderr).trim().to_owned();
            return Err(Failure::broken(format!("{} cannot be minified: {why}", script.display())));
        }
        let small = fs::read_to_string(&script).map_err(|error| failed("read", &script, &error))?;
        if small.trim().is_empty() && !text.trim().is_empty() {
            return Err(Failure::broken(format!("{} was minified to nothing", script.display())));
        }
    }
    Ok(())
}

/// The syntax level of the browsers that run the program.
const TARGET: &str = "--target=es2022";

/// The scripts in a folder and its sub-folders.
fn scripts(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed("read", folder, &error))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(scripts(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "js") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn failed(action: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::broken(format!("could not {action} {}: {error}", path.display()))
}
