//! `cargo xtask reproduce`: builds the browser program twice, the second time in another folder and
//! with another home, and compares the bytes.
//!
//! So anybody with the sources can find out whether a published program was made of them, and holds
//! nothing of the machine that built it. Later steps (wasm-bindgen, wasm-opt) see only the
//! compiler's output. `site build` takes out the one hash of a folder that a macro puts into it,
//! and so does this comparison.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bundle::remap::{FETCH, Place};
use crate::failure::Failure;
use crate::process::run_in_view;
use crate::project::{self, Project};
use crate::{lint, toolchain};

/// The profile that `index.html` names for releases.
const PROFILE: &str = "browser";
/// The entries of a checkout that are no sources.
const MADE: [&str; 4] = [".git", "target", "dist", "node_modules"];

/// Builds twice and compares.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    lint::prepare(project)?;
    run_in_view(&mut project.cargo(&FETCH))?;
    let here = Place::of(project)?;
    let first = build(&here, &mut project::cargo())?;
    let elsewhere = Elsewhere::make(&here)?;
    let mut command = project::cargo();
    elsewhere.move_in(&mut command);
    run_in_view(command.args(FETCH).current_dir(&elsewhere.place.root))?;
    let mut command = project::cargo();
    elsewhere.move_in(&mut command);
    let second = build(&elsewhere.place, &mut command)?;
    match first.iter().zip(&second).position(|(one, other)| one != other) {
        None if first.len() == second.len() => {
            println!("both builds give the same program, {} bytes", first.len());
            Ok(())
        }
        at => {
            let at = at.unwrap_or(first.len().min(second.len()));
            let (one, other) = (part(&first, at), part(&second, at));
            Err(Failure::broken(format!("the two programs differ from byte {at} on:\n  {one}\n  {other}")))
        }
    }
}

/// Compiles the browser program at a place, and reads it.
fn build(place: &Place, command: &mut Command) -> Result<Vec<u8>, Failure> {
    command.args([
        "build",
        "--locked",
        "--package",
        "portal",
        "--bin",
        "app",
        "--profile",
        PROFILE,
        "--target",
        toolchain::WASM,
    ]);
    command.current_dir(&place.root).env("CARGO_TARGET_DIR", &place.target);
    place.hide(command);
    run_in_view(command)?;
    let program = place.target.join(toolchain::WASM).join(PROFILE).join("app.wasm");
    fs::read(&program).map(unmarked).map_err(|error| failed("read", &program, &error))
}

/// The program without the hash that `unmarked` in `crates/site/src/build/bundle.rs` takes out as
/// well.
fn unmarked(mut program: Vec<u8>) -> Vec<u8> {
    let mark = b"_WASM_SPLIT_MARKER_";
    let marks = program.windows(mark.len()).enumerate().filter(|(_, window)| window == mark);
    for at in marks.map(|(at, _)| at + mark.len()).collect::<Vec<_>>() {
        if let Some(hash) = program.get_mut(at..at + 16).filter(|hash| hash.iter().all(u8::is_ascii_hexdigit)) {
            hash.fill(b'0');
        }
    }
    program
}

/// The text around a byte.
fn part(bytes: &[u8], at: usize) -> String {
    let part = &bytes[at.saturating_sub(40).min(bytes.len())..(at + 60).min(bytes.len())];
    part.escape_ascii().to_string()
}

/// A copy of the sources in another folder, with a home of its own. It is removed on drop.
struct Elsewhere {
    folder: PathBuf,
    place: Place,
}

impl Elsewhere {
    fn make(here: &Place) -> Result<Self, Failure> {
        let folder = env::temp_dir().join(format!("portal-{}", std::process::id()));
        let (home, root) = (folder.join("home/somebody-else"), folder.join("another folder/portal"));
        let place = Place { target: root.join("target"), cargo: home.join(".cargo"), root };
        let elsewhere = Self { folder, place };
        copy(&here.root, &elsewhere.place.root, &MADE)?;
        // With cargo's downloads and its settings, so that the second build downloads nothing.
        for below in ["registry/cache", "registry/index", "config.toml"] {
            copy(&here.cargo.join(below), &elsewhere.place.cargo.join(below), &[])?;
        }
        Ok(elsewhere)
    }

    /// Gives a command the home of this copy. The toolchain stays where it is.
    fn move_in(&self, command: &mut Command) {
        if env::var_os("RUSTUP_HOME").is_none()
            && let Some(home) = env::home_dir()
        {
            command.env("RUSTUP_HOME", home.join(".rustup"));
        }
        command.env("CARGO_HOME", &self.place.cargo).env("HOME", self.folder.join("home/somebody-else"));
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Copies a file, or a folder with everything in it, except entries at its top that `without`
/// names. A file that is missing is skipped.
fn copy(from: &Path, to: &Path, without: &[&str]) -> Result<(), Failure> {
    if from.is_dir() {
        fs::create_dir_all(to).map_err(|error| failed("make the folder", to, &error))?;
        for entry in fs::read_dir(from).map_err(|error| failed("read", from, &error))?.flatten() {
            let name = entry.file_name();
            if !without.iter().any(|left_out| name == *left_out) {
                copy(&entry.path(), &to.join(name), &[])?;
            }
        }
        return Ok(());
    }
    if !from.is_file() {
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(|error| failed("make the folder", parent, &error))?;
    }
    fs::copy(from, to).map(drop).map_err(|error| failed("copy", from, &error))
}

fn failed(action: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::broken(format!("could not {action} {}: {error}", path.display()))
}
