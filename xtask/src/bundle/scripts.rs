//! Minifying the scripts of a bundle.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::failed;
use crate::failure::Failure;
use crate::{install, tools};

/// Minifies every script of the bundle. Each stays a script of its own, with the names that others
/// use.
pub(crate) fn minify(folder: &Path) -> Result<(), Failure> {
    let program = install::provide(&tools::esbuild())?;
    for script in scripts(folder)? {
        let text = fs::read_to_string(&script).map_err(|error| failed("read", &script, &error))?;
        let mut command = Command::new(&program);
        command.args([
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            TARGET,
        ]);
        command
            .arg(format!("--outfile={}", script.display()))
            .arg("--allow-overwrite")
            .arg(&script);
        let said = command
            .output()
            .map_err(|error| failed("minify", &script, &error))?;
        if !said.status.success() {
            let why = String::from_utf8_lossy(&said.stderr).trim().to_owned();
            return Err(Failure::broken(format!(
                "{} cannot be minified: {why}",
                script.display()
            )));
        }
        let small = fs::read_to_string(&script).map_err(|error| failed("read", &script, &error))?;
        if small.trim().is_empty() && !text.trim().is_empty() {
            return Err(Failure::broken(format!(
                "{} was minified to nothing",
                script.display()
            )));
        }
    }
    Ok(())
}

/// The syntax level of the browsers that run the program.
const TARGET: &str = "--target=es2022";

/// The scripts in a folder and its sub-folders.
fn scripts(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .map_err(|error| failed("read", folder, &error))?
        .flatten()
    {
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
