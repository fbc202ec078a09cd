//! `cargo xtask lint`: formatting, and clippy for both programs.

use crate::failure::Failure;
use crate::project::Project;
use crate::{cache, needs, process, setup, toolchain};

/// What is run, in this order.
const CHECKS: [&[&str]; 3] = [
    &["fmt", "--all", "--check"],
    &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    &["clippy", "--lib", "--bin", "app", "--target", toolchain::WASM, "--", "-D", "warnings"],
];

/// Runs every check, so that one run shows all there is to mend; ends like the first one that failed.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    prepare(project)?;
    let results = CHECKS.map(|check| process::run_in_view(&mut project.cargo(check)));
    let mut failures = results.into_iter().filter_map(Result::err);
    let Some(first) = failures.next() else { return Ok(()) };
    let message = failures.fold(first.message, |message, next| format!("{message}\n       {}", next.message));
    Err(Failure { code: first.code, message })
}

/// Installs what the compilers of both programs need.
pub(crate) fn prepare(project: &Project) -> Result<(), Failure> {
    setup::require(&needs::FOR_LINTING)?;
    let components = toolchain::missing_components(project);
    let wasm = toolchain::has_wasm(project);
    if components.is_empty() && wasm {
        return Ok(());
    }
    toolchain::can_add(&if wasm { components.join(" and ") } else { format!("target {}", toolchain::WASM) })?;
    let cache = cache::folder()?;
    let _lock = cache::lock(&cache)?;
    if !components.is_empty() {
        toolchain::add_components(&components, &cache)?;
    }
    if wasm { Ok(()) } else { toolchain::add_wasm(&cache) }
}
