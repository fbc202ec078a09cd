//! Finds programs on `PATH`, and puts our own folders in front of it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use crate::failure::Failure;

/// The first of `names` that is on `PATH`. An absolute path is taken as it is.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| which::which(name).ok())
}

/// `path` with `folders` in front, in their order.
pub(crate) fn prefixed(folders: &[PathBuf], path: Option<&OsStr>) -> Result<OsString, Failure> {
    let rest = path
        .map(|path| env::split_paths(path).collect::<Vec<_>>())
        .unwrap_or_default();
    env::join_paths(folders.iter().chain(&rest)).map_err(|error| {
        Failure::unmet(format!(
            "the tools cannot be put on PATH: {error}; set PORTAL_TOOLS_DIR"
        ))
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn our_folders_come_first_and_in_order() {
        let folders = ["/tools/trunk/bin".into(), "/tools/wasm-opt".into()];
        let path = prefixed(&folders, Some(OsStr::new("/usr/bin:/bin"))).unwrap();
        assert_eq!(path, "/tools/trunk/bin:/tools/wasm-opt:/usr/bin:/bin");
    }

    #[test]
    fn without_a_path_there_are_only_our_folders() {
        assert_eq!(prefixed(&["/tools".into()], None).unwrap(), "/tools");
    }

    #[test]
    fn a_folder_that_path_cannot_hold_is_refused() {
        assert_eq!(prefixed(&["/tools:2".into()], None).unwrap_err().code, 2);
    }

    #[test]
    fn a_program_is_found_by_name_and_by_absolute_path() {
        assert!(find(&["no-such-program", "sh"]).is_some_and(|program| program.ends_with("sh")));
        assert_eq!(find(&["/bin/sh"]), Some("/bin/sh".into()));
        assert_eq!(find(&["no-such-program", "/usr", "/etc/passwd"]), None);
    }
}
