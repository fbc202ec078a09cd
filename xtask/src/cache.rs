//! The cache: the folder that holds the tools of all checkouts of one user, each in a folder named
//! after its version.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The variable that names another folder.
const VARIABLE: &str = "PORTAL_TOOLS_DIR";
const NAME: &str = "portal-tools";

/// The folder for this user on this machine; it need not exist yet.
pub(crate) fn folder() -> Result<PathBuf, Failure> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = folder_on(std::env::consts::OS, variable).ok_or_else(|| {
        Failure::unmet(format!(
            "there is no home folder for the tools: set {VARIABLE} to a folder"
        ))
    })?;
    std::path::absolute(&folder)
        .map_err(|error| Failure::unmet(format!("cannot use {}: {error}", folder.display())))
}

/// The folder on an operating system: `PORTAL_TOOLS_DIR`, or one in the user's cache folder.
fn folder_on(os: &str, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(folder) = variable(VARIABLE) {
        return Some(folder);
    }
    let caches = match os {
        "windows" => variable("LOCALAPPDATA"),
        "macos" => variable("HOME").map(|home| home.join("Library").join("Caches")),
        // The XDG rules say that a relative path is to be ignored.
        _ => variable("XDG_CACHE_HOME")
            .filter(|caches| caches.is_absolute())
            .or_else(|| variable("HOME").map(|home| home.join(".cache"))),
    };
    Some(caches?.join(NAME))
}

/// Creates the folder and locks it for a setup, until the file is dropped. Waits for another setup
/// that holds the lock.
pub(crate) fn lock(folder: &Path) -> Result<File, Failure> {
    lock_file(folder, ".lock")
}

/// The same for one thing in it that no setup installs, so that nobody waits for a whole setup.
pub(crate) fn lock_of(folder: &Path, thing: &str) -> Result<File, Failure> {
    lock_file(folder, &format!(".lock-{thing}"))
}

fn lock_file(folder: &Path, name: &str) -> Result<File, Failure> {
    let failed = |error: std::io::Error| {
        Failure::unmet(format!(
            "cannot write to {}: {error}\nset {VARIABLE} to a folder of your own, and run this again",
            folder.display()
        ))
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let file = File::create(folder.join(name)).map_err(failed)?;
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        eprintln!(
            "another setup is at work in {}: waiting for it",
            folder.display()
        );
        file.lock().map_err(failed)?;
    }
    // A file system without locks is no reason to refuse: two setups at once are rare.
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(os: &str, variables: &[(&str, &str)]) -> Option<PathBuf> {
        folder_on(os, |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.into())
        })
    }

    #[test]
    fn each_system_keeps_the_tools_where_its_caches_are() {
        let home = ("HOME", "/home/an");
        let table = [
            ("linux", vec![home], "/home/an/.cache/portal-tools"),
            (
                "linux",
                vec![home, ("XDG_CACHE_HOME", "/caches")],
                "/caches/portal-tools",
            ),
            (
                "linux",
                vec![home, ("XDG_CACHE_HOME", "caches")],
                "/home/an/.cache/portal-tools",
            ),
            ("macos", vec![home], "/home/an/Library/Caches/portal-tools"),
            (
                "windows",
                vec![("LOCALAPPDATA", "/local")],
                "/local/portal-tools",
            ),
        ];
        for (os, variables, expected) in table {
            assert_eq!(
                on(os, &variables),
                Some(expected.into()),
                "{os} {variables:?}"
            );
        }
    }

    #[test]
    fn the_projects_own_variable_wins() {
        assert_eq!(
            on("linux", &[("HOME", "/home/an"), (VARIABLE, "/opt/tools")]),
            Some("/opt/tools".into())
        );
    }

    #[test]
    fn without_a_home_there_is_no_folder() {
        assert_eq!(on("linux", &[]), None);
    }
}
