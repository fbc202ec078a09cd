//! The files that a browser gets: a shell, a script, a style sheet. `cargo xtask desk` makes them.

use editorial::diagnostics::Failure;
use hyper::body::Bytes;
use std::fs;
use std::path::Path;

/// The names of the files.
const FILES: [&str; 4] = ["index.html", "desk.js", "desk.css", "icon.svg"];

/// The files of the desk.
pub(super) struct Interface([Bytes; 4]);

impl Interface {
    /// Reads the files.
    ///
    /// # Errors
    /// Where one is missing.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let [shell, script, style, icon] = FILES.map(|name| fs::read(folder.join(name)));
        let missing = |_| {
            Failure::new(format!("{} holds no desk", folder.display())).help(
                "a package has it in its folder desk; in a checkout, `cargo xtask desk` makes it",
            )
        };
        Ok(Self([
            shell.map_err(missing)?.into(),
            script.map_err(missing)?.into(),
            style.map_err(missing)?.into(),
            icon.map_err(missing)?.into(),
        ]))
    }

    /// The file at a path, and its name.
    pub(super) fn at(&self, path: &str) -> Option<(&'static str, Bytes)> {
        let name = match path {
            "/" => FILES[0],
            path => path.strip_prefix('/')?,
        };
        let at = FILES.iter().position(|file| *file == name)?;
        Some((FILES[at], self.0[at].clone()))
    }
}
