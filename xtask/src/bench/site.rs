//! `site build` in the comparison, as an operator would run it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::folder::{failed, make};
use super::measure;
use crate::arguments::BenchOptions;
use crate::failure::Failure;
use crate::process;
use crate::project::Project;

/// Stages that have no equal in Hugo's site, and are left out of the comparison.
const OWN: [&str; 4] = ["pictures", "cards", "search", "compression"];

/// The tool, built for release.
pub(crate) struct Site {
    program: PathBuf,
    root: PathBuf,
    /// The options for leaving out stages that are not measured.
    without: Vec<&'static str>,
}

/// One build.
pub(crate) struct Run {
    pub(crate) seconds: f64,
    pub(crate) cpu: Option<f64>,
    pub(crate) peak_memory: Option<u64>,
    pub(crate) pages: usize,
    /// The size of the site, in bytes.
    pub(crate) bytes: u64,
    /// The number of files that the tool reports as written.
    pub(crate) written: usize,
    pub(crate) stages: Vec<Stage>,
}

/// A stage, as the tool itself reports it.
#[derive(Deserialize)]
pub(crate) struct Stage {
    pub(crate) name: String,
    pub(crate) seconds: f64,
    #[serde(rename = "cpu_seconds")]
    pub(crate) cpu: Option<f64>,
    /// How many things it went through, and their name.
    pub(crate) things: usize,
    pub(crate) of: String,
    /// How many of them were made anew.
    pub(crate) made: usize,
    pub(crate) peak_memory: Option<u64>,
    /// The bytes of the files that it wrote or kept.
    pub(crate) bytes: Option<u64>,
}

impl Run {
    /// The build that took less time.
    pub(crate) fn quicker(self, other: Self) -> Self {
        if other.seconds < self.seconds {
            other
        } else {
            self
        }
    }

    /// The time of what Hugo does as well, in seconds: of all stages but those in [`OWN`].
    pub(crate) fn comparable_seconds(&self) -> f64 {
        let own: f64 = self
            .stages
            .iter()
            .filter(|stage| OWN.contains(&stage.name.as_str()))
            .map(|stage| stage.seconds)
            .sum();
        self.seconds - own
    }

    /// The CPU time of the same stages, in seconds.
    pub(crate) fn comparable_cpu(&self) -> Option<f64> {
        let own = self
            .stages
            .iter()
            .filter(|stage| OWN.contains(&stage.name.as_str()));
        Some(self.cpu? - own.map(|stage| stage.cpu).sum::<Option<f64>>()?)
    }

    /// The bytes that the same stages made.
    pub(crate) fn comparable_bytes(&self) -> u64 {
        let own = self
            .stages
            .iter()
            .filter(|stage| OWN.contains(&stage.name.as_str()));
        self.bytes
            .saturating_sub(own.filter_map(|stage| stage.bytes).sum())
    }

    /// The peak memory of the same stages, in bytes.
    pub(crate) fn comparable_memory(&self) -> Option<u64> {
        let stages = self
            .stages
            .iter()
            .filter(|stage| !OWN.contains(&stage.name.as_str()));
        stages
            .filter_map(|stage| stage.peak_memory)
            .max()
            .or(self.peak_memory)
    }
}

impl Site {
    /// Builds the tool.
    pub(crate) fn build(project: &Project, options: &BenchOptions) -> Result<Self, Failure> {
        let program = released(project)?;
        let left_out = [
            ("search", "--no-search"),
            ("pictures", "--no-cards"),
            ("compression", "--no-compression"),
        ];
        let is_measured = |name: &str| options.stages.iter().any(|stage| stage == name);
        let without = left_out
            .into_iter()
            .filter(|(stage, _)| !is_measured(stage))
            .map(|(_, option)| option)
            .collect();
        Ok(Self {
            program,
            root: project.root.clone(),
            without,
        })
    }

    /// Writes a bundle of the project's own style, files and scripts, with a program that does
    /// nothing. The size of the real one would only hide the cost of publishing.
    pub(crate) fn write_bundle(&self, bundle: &Path) -> Result<(), Failure> {
        write_bundle(&self.root, bundle)
    }

    /// Builds the site of the content in `place`.
    pub(crate) fn run(&self, place: &Path, out: &Path) -> Result<Run, Failure> {
        let mut command = Command::new(&self.program);
        command
            .args([
                "build",
                "--json",
                "--bundle",
                "bundle",
                "--content",
                "content",
                "--out",
            ])
            .arg(out);
        command.args(&self.without);
        let measured = measure::run(command.current_dir(place), &place.join("site.log"))?;
        let summary: Summary = serde_json::from_str(&measured.stdout).map_err(|error| {
            Failure::broken(format!(
                "`site build --json` said {}: {error}",
                measured.stdout
            ))
        })?;
        Ok(Run {
            seconds: measured.seconds,
            cpu: measured.cpu,
            peak_memory: measured.peak_memory,
            pages: summary.pages,
            bytes: summary.bytes,
            written: summary.written,
            stages: summary.stages,
        })
    }
}

/// Writes a bundle of the project's own style, files and scripts, with a program that does nothing.
pub(crate) fn write_bundle(root: &Path, bundle: &Path) -> Result<(), Failure> {
    make(bundle)?;
    for name in ["style", "public"] {
        copy(&root.join(name), &bundle.join(name))?;
    }
    copy(&root.join("src/lazy"), &bundle.join("lazy"))?;
    for name in ["boot.js", "early.js", "search.js"] {
        copy(&root.join("src").join(name), &bundle.join(name))?;
    }
    for (name, bytes) in [
        (
            "app-1.js",
            &b"let wasm_bindgen = () => Promise.resolve()"[..],
        ),
        ("app-1_bg.wasm", b"\0asm\x01\0\0\0"),
    ] {
        let file = bundle.join(name);
        fs::write(&file, bytes).map_err(|error| failed("write", &file, &error))?;
    }
    Ok(())
}

/// The tool that is measured: `given`, or the release build.
pub(crate) fn chosen(project: &Project, given: Option<&Path>) -> Result<PathBuf, Failure> {
    match given {
        Some(program) => fs::canonicalize(program).map_err(|error| failed("find", program, &error)),
        None => released(project),
    }
}

/// Builds the tool for release. Returns where it is.
fn released(project: &Project) -> Result<PathBuf, Failure> {
    process::run_in_view(&mut project.cargo(&[
        "build",
        "--release",
        "--quiet",
        "--package",
        "site",
    ]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| project.root.join("target"), PathBuf::from);
    Ok(project
        .root
        .join(target)
        .join("release")
        .join(format!("site{}", std::env::consts::EXE_SUFFIX)))
}

/// The output of `site build --json`.
#[derive(Deserialize)]
struct Summary {
    pages: usize,
    bytes: u64,
    written: usize,
    stages: Vec<Stage>,
}

/// Copies a file, or a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if !from.is_dir() {
        return fs::copy(from, to)
            .map(drop)
            .map_err(|error| failed("copy", from, &error));
    }
    make(to)?;
    let read = |error: std::io::Error| failed("read", from, &error);
    for entry in fs::read_dir(from).map_err(read)? {
        let entry = entry.map_err(read)?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
