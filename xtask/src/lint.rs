//! `cargo xtask lint`: formatting, clippy for both programs, scripts and style sheets.

use std::process::Command;

use crate::failure::Failure;
use crate::project::Project;
use crate::{cache, install, process, requirements, setup, toolchain, tools};

const FORMAT: &[&str] = &["fmt", "--all", "--check"];
const NATIVE: &[&str] = &[
    "clippy",
    "--workspace",
    "--all-targets",
    "--",
    "-D",
    "warnings",
];
const BROWSER: &[&str] = &[
    "clippy",
    "--package",
    "portal",
    "--lib",
    "--bin",
    "app",
    "--target",
    toolchain::WASM,
    "--",
    "-D",
    "warnings",
];

/// Runs every check, so that one run shows all faults. The exit code is that of the first check
/// that failed.
///
/// Where `tests_follow`, the native code is not checked here: clippy is the compiler of the tests
/// then (`RUSTC_WORKSPACE_WRAPPER`, see `.ci/run`), and no dependency is read a second time.
pub(crate) fn run(project: &Project, tests_follow: bool) -> Result<(), Failure> {
    prepare(project)?;
    let mut failures = [FORMAT, NATIVE, BROWSER]
        .into_iter()
        .filter(|check| !tests_follow || *check != NATIVE)
        .map(|check| process::run_in_view(&mut project.cargo(check)))
        .collect::<Vec<_>>()
        .into_iter()
        .chain([scripts_and_styles(project)])
        .filter_map(Result::err);
    let Some(first) = failures.next() else {
        return Ok(());
    };
    let message = failures.fold(first.message, |message, next| {
        format!("{message}\n       {}", next.message)
    });
    Err(Failure {
        code: first.code,
        message,
    })
}

/// Lints scripts and style sheets by the rules of `biome.json`.
fn scripts_and_styles(project: &Project) -> Result<(), Failure> {
    let mut command = Command::new(install::provide(&tools::biome())?);
    command.args(["lint", "--error-on-warnings"]);
    command
        .args([
            "src",
            "style",
            "crates/desk/ui",
            "tests/portal",
            "xtask/bench",
            "xtask/lighthouse",
        ])
        .current_dir(&project.root);
    process::run_in_view(&mut command)
}

/// Installs the parts of the toolchain that linting needs.
pub(crate) fn prepare(project: &Project) -> Result<(), Failure> {
    setup::require(&requirements::FOR_LINTING)?;
    let components = toolchain::missing_components(project);
    let wasm = toolchain::has_wasm(project);
    if components.is_empty() && wasm {
        return Ok(());
    }
    toolchain::can_add(&if wasm {
        components.join(" and ")
    } else {
        format!("target {}", toolchain::WASM)
    })?;
    let cache = cache::folder()?;
    if !components.is_empty() {
        toolchain::add_components(&components, &cache)?;
    }
    if wasm {
        Ok(())
    } else {
        toolchain::add_wasm(&cache)
    }
}
