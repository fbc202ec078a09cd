//! The folders and files of this checkout.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;

/// The checkout that `cargo xtask` was called in.
pub(crate) struct Project {
    /// The folder of the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
}

impl Project {
    /// Finds the checkout from the place of this package, so that every folder inside it will do.
    pub(crate) fn find() -> Result<Self, Failure> {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = package
            .parent()
            .map(PathBuf::from)
            .filter(|root| root.join("Cargo.toml").is_file());
        root.map(|root| Self { root }).ok_or_else(|| {
            Failure::broken(format!(
                "{} is not inside a checkout of the project",
                package.display()
            ))
        })
    }

    /// The deployable site.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        let chosen = env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
        self.root.join(chosen.unwrap_or_else(|| "target".into()))
    }

    /// The stamp of the last build.
    pub(crate) fn stamp(&self) -> PathBuf {
        self.root.join("target").join("xtask-build.stamp")
    }

    /// The text of Cargo.lock.
    pub(crate) fn lockfile(&self) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        std::fs::read_to_string(&path)
            .map_err(|error| Failure::broken(format!("cannot read {}: {error}", path.display())))
    }

    /// The cargo that started this program, in the root of the checkout.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command.args(arguments).current_dir(&self.root);
        command
    }
}

/// The variable that names another compiler for the crates of the workspace.
const WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";

/// Lets the compiler itself make a program that readers get. Clippy, which `.ci/run` compiles the tests
/// with, optimises less.
pub(crate) fn without_clippy(command: &mut Command) {
    command.env_remove(WRAPPER);
}

/// The cargo that started this program.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
