//! Paths of the site, browsers, drivers and other programs, in variables that `cargo xtask test`
//! sets.

use std::env;
use std::path::PathBuf;

/// The file or folder that a variable names.
pub(crate) fn file(variable: &str) -> PathBuf {
    let file = env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    let file = file.unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask test`"));
    assert!(
        file.exists(),
        "{variable} is {}, which is not there: run `cargo xtask test`",
        file.display()
    );
    file
}
