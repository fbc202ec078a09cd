//! The parts of the Rust toolchain that the project needs: the WebAssembly target, and for linting
//! rustfmt and clippy.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::process::{Step, spoken};
use crate::project::Project;
use crate::{cache, process, search_path};

/// The target of the browser program.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The target triple of this machine, as rustc names it: `x86_64-unknown-linux-gnu`.
pub(crate) fn host() -> Option<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = process::stdout_of(Command::new(rustc).arg("-vV"))?;
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
}

/// Whether the toolchain can compile for the browser. Looks into rustc's sysroot, which works
/// without rustup as well.
pub(crate) fn has_wasm(project: &Project) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = process::stdout_of(
        Command::new(rustc)
            .args(["--print", "sysroot"])
            .current_dir(&project.root),
    );
    folder.is_some_and(|folder| {
        PathBuf::from(folder.trim())
            .join("lib/rustlib")
            .join(WASM)
            .join("lib")
            .is_dir()
    })
}

/// Those of rustfmt and clippy that cargo does not find.
pub(crate) fn missing_components(project: &Project) -> Vec<&'static str> {
    let components = [("fmt", "rustfmt"), ("clippy", "clippy")];
    let has = |task| process::stdout_of(&mut project.cargo(&[task, "--version"])).is_some();
    components
        .into_iter()
        .filter(|(task, _)| !has(task))
        .map(|(_, component)| component)
        .collect()
}

/// Checks that `what` can be added to the toolchain.
///
/// # Errors
/// The request to the person, where there is no rustup.
pub(crate) fn can_add(what: &str) -> Result<(), Failure> {
    if search_path::find(&["rustup"]).is_some() {
        return Ok(());
    }
    Err(Failure::unmet(format!(
        "this Rust has no {what}, and there is no rustup to add it with\n  \
         try: install Rust with rustup, or the package of your system that brings it (for the WebAssembly target: \
         libstd-rust-dev-wasm32 on Debian, rust-std-static-{WASM} on Fedora, rust-wasm on Arch)"
    )))
}

/// Adds the target of the browser program.
pub(crate) fn add_wasm(cache: &Path) -> Result<(), Failure> {
    add("target", &[WASM], cache)
}

/// Adds rustfmt or clippy.
pub(crate) fn add_components(components: &[&str], cache: &Path) -> Result<(), Failure> {
    add("component", components, cache)
}

/// One at a time: rustup has no lock of its own.
fn add(kind: &str, names: &[&str], cache: &Path) -> Result<(), Failure> {
    let _lock = cache::lock_of(cache, "toolchain")?;
    let start = Instant::now();
    let what = names.join(" and ");
    eprintln!("{what} is missing: adding it with rustup, about 20 seconds");
    let mut command = Command::new("rustup");
    command.args([kind, "add"]).args(names);
    let advice = "`rustup show` tells which toolchain is meant; without a network this cannot work"
        .to_owned();
    Step {
        doing: format!("adding {what}"),
        command,
        log: cache.join("rustup.log"),
        advice,
    }
    .run()?;
    eprintln!("  done in {}", spoken(start.elapsed()));
    Ok(())
}
