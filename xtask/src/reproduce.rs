//! `cargo xtask reproduce`: builds the bundle again, with Trunk, in another folder and with another
//! home, and compares the two, byte for byte.
//!
//! So anybody can find out whether a published program was made of these sources, nothing of the
//! build machine is in it, and `trunk build` makes what `cargo xtask build` makes.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::arguments::BuildOptions;
use crate::bundle::recipe::Recipe;
use crate::bundle::remap::{BuildFolders, FETCH};
use crate::bundle::{self, copy, failed, scripts};
use crate::failure::Failure;
use crate::process::run_in_view;
use crate::project::{self, Project};
use crate::tools::Purpose;
use crate::{setup, trunk};

/// What a checkout holds beside its sources.
const MADE: [&str; 5] = [".git", "target", "dist", "live", "node_modules"];

/// The files of a bundle, by their names without hashes.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds here where that is due, builds elsewhere, and compares.
///
/// # Errors
/// Where a build fails, or the two differ: the message names the first difference.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let options = BuildOptions::default();
    if bundle::is_due(project, &options, Purpose::Tests)
        || !bundle::folder(project, &options).is_dir()
    {
        bundle::make(project, &options, Purpose::Tests)?;
    }
    let ready = setup::run(project, Purpose::Watch)?;
    let source_copy = SourceCopy::make(&BuildFolders::of(project)?)?;
    let mut fetch = project::cargo();
    source_copy.move_in(&mut fetch);
    run_in_view(fetch.args(FETCH))?;
    let mut trunk = trunk::command(project, &ready)?;
    source_copy.move_in(&mut trunk);
    source_copy.folders.remap_paths(&mut trunk);
    run_in_view(trunk.args(["build", "--release"]))?;
    let other = source_copy.folders.root.join("dist");
    scripts::minify(&other, &Recipe::read(project)?)?;
    println!(
        "{}",
        compare(&files(&bundle::folder(project, &options))?, &files(&other)?)?
    );
    Ok(())
}

/// What both bundles have in common, or where they differ.
fn compare(here: &Files, elsewhere: &Files) -> Result<String, Failure> {
    if !here.keys().eq(elsewhere.keys()) {
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>().join(", ");
        let (one, other) = (names(here), names(elsewhere));
        return Err(Failure::broken(format!(
            "the two bundles hold other files:\n  {one}\n  {other}"
        )));
    }
    for (name, bytes) in here {
        let others = &elsewhere[name];
        if bytes != others {
            let at = bytes
                .iter()
                .zip(others)
                .position(|(one, other)| one != other);
            let at = at.unwrap_or(bytes.len().min(others.len()));
            let (one, other) = (part(bytes, at), part(others, at));
            return Err(Failure::broken(format!(
                "{name} differs from byte {at} on:\n  {one}\n  {other}"
            )));
        }
    }
    let size: usize = here.values().map(Vec::len).sum();
    Ok(format!(
        "Trunk makes the same bundle elsewhere: {} files, {size} bytes",
        here.len()
    ))
}

/// The files of a bundle. Its page for Trunk is left out, because Trunk alone writes it.
fn files(folder: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(current) = open.pop() {
        for entry in fs::read_dir(&current)
            .map_err(|error| failed("read", &current, &error))?
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let below = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            if below != "index.html" {
                let bytes = fs::read(&path).map_err(|error| failed("read", &path, &error))?;
                files.insert(plain(&below), unmarked(bytes));
            }
        }
    }
    Ok(files)
}

/// A name without the hash that Trunk puts into those of the program.
fn plain(name: &str) -> String {
    let Some(rest) = name.strip_prefix("app-") else {
        return name.to_owned();
    };
    format!(
        "app{}",
        rest.trim_start_matches(|letter: char| letter.is_ascii_hexdigit())
    )
}

/// The program without the hash that `unmarked` in `crates/site/src/build/bundle.rs` removes as
/// well.
fn unmarked(mut program: Vec<u8>) -> Vec<u8> {
    let mark = b"_WASM_SPLIT_MARKER_";
    let marks = program
        .windows(mark.len())
        .enumerate()
        .filter(|(_, window)| window == mark);
    for at in marks.map(|(at, _)| at + mark.len()).collect::<Vec<_>>() {
        if let Some(hash) = program
            .get_mut(at..at + 16)
            .filter(|hash| hash.iter().all(u8::is_ascii_hexdigit))
        {
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
struct SourceCopy {
    folder: PathBuf,
    folders: BuildFolders,
}

impl SourceCopy {
    fn make(here: &BuildFolders) -> Result<Self, Failure> {
        let folder = env::temp_dir().join(format!("portal-{}", std::process::id()));
        let (home, root) = (
            folder.join("home/somebody-else"),
            folder.join("another folder/portal"),
        );
        let folders = BuildFolders {
            target: root.join("target"),
            cargo: home.join(".cargo"),
            root,
        };
        let source_copy = Self { folder, folders };
        let root = &source_copy.folders.root;
        fs::create_dir_all(root).map_err(|error| failed("make the folder", root, &error))?;
        for entry in fs::read_dir(&here.root)
            .map_err(|error| failed("read", &here.root, &error))?
            .flatten()
        {
            if !MADE.iter().any(|made| entry.file_name() == *made) {
                copy(&entry.path(), &root.join(entry.file_name()))?;
            }
        }
        without_hooks(&root.join("Trunk.toml"))?;
        // With the crates that were fetched already: the second build fetches nothing.
        for below in ["registry/cache", "registry/index", "config.toml"] {
            let (from, to) = (
                here.cargo.join(below),
                source_copy.folders.cargo.join(below),
            );
            if let Some(parent) = to.parent().filter(|_| from.exists()) {
                fs::create_dir_all(parent)
                    .map_err(|error| failed("make the folder", parent, &error))?;
                copy(&from, &to)?;
            }
        }
        Ok(source_copy)
    }

    /// Gives a command this folder and this home. The toolchain stays where it is.
    fn move_in(&self, command: &mut Command) {
        if env::var_os("RUSTUP_HOME").is_none()
            && let Some(home) = env::home_dir()
        {
            command.env("RUSTUP_HOME", home.join(".rustup"));
        }
        command
            .env("CARGO_HOME", &self.folders.cargo)
            .env("HOME", self.folder.join("home/somebody-else"));
        command
            .env("CARGO_TARGET_DIR", &self.folders.target)
            .current_dir(&self.folders.root);
    }
}

/// Trunk makes the bundle alone here, and no site of it.
fn without_hooks(trunk_toml: &Path) -> Result<(), Failure> {
    let text =
        fs::read_to_string(trunk_toml).map_err(|error| failed("read", trunk_toml, &error))?;
    let bundle = text.split("[[hooks]]").next().unwrap_or_default();
    fs::write(trunk_toml, bundle).map_err(|error| failed("write", trunk_toml, &error))
}

impl Drop for SourceCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(files: &[(&str, &str)]) -> Files {
        files
            .iter()
            .map(|(name, text)| (plain(name), unmarked(text.as_bytes().to_vec())))
            .collect()
    }

    #[test]
    fn the_hashes_in_trunks_names_are_no_difference() {
        let here = bundle(&[
            ("app.js", "a"),
            ("app_bg.wasm", "_WASM_SPLIT_MARKER_0123456789abcdef"),
            ("style/app-a.css", ""),
        ]);
        let other = [
            ("app-9f2c.js", "a"),
            ("app-9f2c_bg.wasm", "_WASM_SPLIT_MARKER_fedcba9876543210"),
            ("style/app-a.css", ""),
        ];
        assert!(compare(&here, &bundle(&other)).unwrap().contains("3 files"));
    }

    #[test]
    fn the_first_difference_is_named() {
        let here = bundle(&[("app.js", "let a = 1"), ("boot.js", "b")]);
        let difference =
            |other: &[(&str, &str)]| compare(&here, &bundle(other)).unwrap_err().message;
        assert!(
            difference(&[("app-1.js", "let a = 2"), ("boot.js", "b")])
                .contains("app.js differs from byte 8")
        );
        assert!(
            difference(&[("app-1.js", "let a = 1;"), ("boot.js", "b")])
                .contains("app.js differs from byte 9")
        );
        assert!(difference(&[("app-1.js", "let a = 1")]).contains("boot.js"));
    }
}
