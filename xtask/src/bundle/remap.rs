//! Keeps the paths of this machine out of the browser program: the compiler gives other names to
//! the folders of the sources.
//!
//! A panic names its source file, so these names are in the program that every reader gets, with
//! the home of its builder. They would also make the programs of two builders differ. Only the
//! crate, its version and the file in it are left of such a name.
//!
//! Cargo keeps these flags out of the names of its artefacts, so they change nothing else.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::project::Project;
use crate::toolchain;

/// The variable with flags for the browser's target alone, separated by spaces.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// Where it is set, cargo ignores [`FLAGS`].
const FLAGS_FOR_ALL: &str = "RUSTFLAGS";
/// Where it is set, cargo ignores both of them. Its flags may contain spaces.
const ENCODED: &str = "CARGO_ENCODED_RUSTFLAGS";
/// The separator of flags in [`ENCODED`].
const SEPARATOR: &str = "\u{1f}";

/// The folders of a build.
pub(crate) struct BuildFolders {
    /// The folder of the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// Cargo's home, which holds the sources of dependencies.
    pub(crate) cargo: PathBuf,
}

impl BuildFolders {
    /// The folders of this checkout.
    ///
    /// # Errors
    /// Where cargo's folder is not known.
    pub(crate) fn of(project: &Project) -> Result<Self, Failure> {
        Ok(Self {
            root: project.root.clone(),
            target: project.target(),
            cargo: cargo_home()?,
        })
    }

    /// Passes the other names to the compiler that `command` calls. The sources have to be fetched
    /// before: only then are their folders known.
    pub(crate) fn remap_paths(&self, command: &mut Command) {
        let folders = folders(&self.root, &self.target, &self.cargo, &sources(&self.cargo));
        let (name, value) = flags(
            |name| env::var(name).ok().filter(|value| !value.is_empty()),
            &folders,
        );
        command.env(name, value);
    }
}

/// The arguments with which cargo fetches the sources of the browser program.
pub(crate) const FETCH: [&str; 3] = ["fetch", "--target", toolchain::WASM];

/// Cargo's home, which holds the sources of dependencies.
fn cargo_home() -> Result<PathBuf, Failure> {
    let variable = |name: &str| {
        env::var_os(name)
            .filter(|value: &OsString| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = || {
        Some(
            variable("HOME")
                .or_else(|| variable("USERPROFILE"))?
                .join(".cargo"),
        )
    };
    variable("CARGO_HOME").or_else(home).ok_or_else(|| {
        Failure::unmet("there is no home folder for cargo: set CARGO_HOME to a folder")
    })
}

/// The folders that hold one folder for each crate, one for each registry.
fn sources(home: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(home.join("registry").join("src"))
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = below.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Folders and their names in the program. The compiler takes the last one that fits.
fn folders(
    project: &Path,
    target: &Path,
    home: &Path,
    sources: &[PathBuf],
) -> Vec<(PathBuf, &'static str)> {
    let mut folders = vec![
        (home.to_path_buf(), "cargo"),
        (project.to_path_buf(), ""),
        (target.to_path_buf(), "target"),
    ];
    folders.extend(sources.iter().map(|folder| (folder.clone(), "")));
    // A folder behind a link appears under either path.
    let real =
        |(folder, name): &(PathBuf, &'static str)| Some((folder.canonicalize().ok()?, *name));
    let real: Vec<_> = folders
        .iter()
        .filter_map(real)
        .filter(|named| !folders.contains(named))
        .collect();
    folders.extend(real);
    folders
}

/// The variable to set, and its value: the flags of the person, and ours.
fn flags(
    given: impl Fn(&str) -> Option<String>,
    folders: &[(PathBuf, &str)],
) -> (&'static str, String) {
    let ours: Vec<String> = folders
        .iter()
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect();
    let with = |given: Option<String>, separator: &str| {
        given
            .into_iter()
            .chain(ours.iter().cloned())
            .collect::<Vec<_>>()
            .join(separator)
    };
    if let Some(encoded) = given(ENCODED) {
        return (ENCODED, with(Some(encoded), SEPARATOR));
    }
    let name = if given(FLAGS_FOR_ALL).is_some() {
        FLAGS_FOR_ALL
    } else {
        FLAGS
    };
    if ours.iter().any(|flag| flag.contains(char::is_whitespace)) {
        // Only this variable takes such names. It holds for the native tool as well, which is then
        // compiled anew.
        let words =
            given(name).map(|flags| flags.split_whitespace().collect::<Vec<_>>().join(SEPARATOR));
        return (ENCODED, with(words, SEPARATOR));
    }
    (name, with(given(name), " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_each_registry_is_named_after_those_around_it() {
        let home = Path::new("/home/an/.cargo");
        let folders = folders(
            Path::new("/a"),
            Path::new("/a/target"),
            home,
            &[home.join("registry/src/one")],
        );
        let (name, value) = flags(|_| None, &folders);
        assert_eq!(name, FLAGS);
        assert_eq!(
            value,
            "--remap-path-prefix=/home/an/.cargo=cargo --remap-path-prefix=/a= --remap-path-prefix=/a/target=target \
             --remap-path-prefix=/home/an/.cargo/registry/src/one="
        );
    }

    #[test]
    fn the_flags_of_the_person_stay_where_cargo_looks_for_them() {
        let table = [
            (vec![], "/a", FLAGS, "--remap-path-prefix=/a=b"),
            (
                vec![(FLAGS, "-Cx")],
                "/a",
                FLAGS,
                "-Cx --remap-path-prefix=/a=b",
            ),
            (
                vec![(FLAGS, "-Cx"), (FLAGS_FOR_ALL, "-Cy")],
                "/a",
                FLAGS_FOR_ALL,
                "-Cy --remap-path-prefix=/a=b",
            ),
            (
                vec![(FLAGS_FOR_ALL, "-Cy"), (ENCODED, "-Cz")],
                "/a",
                ENCODED,
                "-Cz\u{1f}--remap-path-prefix=/a=b",
            ),
            (
                vec![(FLAGS_FOR_ALL, "-C y")],
                "/a b",
                ENCODED,
                "-C\u{1f}y\u{1f}--remap-path-prefix=/a b=b",
            ),
            (vec![], "/a b", ENCODED, "--remap-path-prefix=/a b=b"),
        ];
        for (set, folder, name, value) in table {
            let given = |name: &str| {
                set.iter()
                    .find(|(set, _)| *set == name)
                    .map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(
                flags(given, &[(PathBuf::from(folder), "b")]),
                (name, value.to_owned()),
                "{set:?} {folder}"
            );
        }
    }
}
