//! `cargo xtask build`: Trunk makes `dist`, with our tools in front of everything else on `PATH`.
//!
//! Trunk.toml defines the steps: the browser program, and the native tool that writes the pages.

pub(crate) mod remap;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::process::Command;
use std::time::Instant;

use crate::arguments::BuildOptions;
use crate::failure::Failure;
use crate::freshness::{self, Inputs, Stamp};
use crate::native::Native;
use crate::process::{run_in_view, spoken};
use crate::project::Project;
use crate::setup::Ready;
use crate::{search_path, setup, tools};

/// Whether `dist` has to be built. Prints the reason.
pub(crate) fn is_due(project: &Project, options: &BuildOptions) -> bool {
    let reason = freshness::reason_to_rebuild(&project.root, &project.stamp(), &project.dist(), options);
    match &reason {
        Some(reason) => eprintln!("dist has to be built: {reason}"),
        None => eprintln!("dist is up to date"),
    }
    reason.is_some()
}

/// Installs what is missing, and makes `dist`. The native tool is compiled in the background,
/// because Trunk calls it at the end.
pub(crate) fn make(project: &Project, options: &BuildOptions, native: Native) -> Result<(), Failure> {
    setup::check(project, native == Native::Tests)?;
    let compiling = native.begin(project)?;
    let ready = setup::run(project, native == Native::Tests)?;
    build(project, &ready, options, native)?;
    compiling.finish()
}

/// Makes `dist`.
fn build(project: &Project, ready: &Ready, options: &BuildOptions, native: Native) -> Result<(), Failure> {
    check_wasm_opt_pin(project)?;
    let start = Instant::now();
    // Taken before the build, so that changes during it are not in the stamp. A failed build leaves
    // no stamp.
    let inputs = Inputs::of(&project.root);
    let _ = fs::remove_file(project.stamp());
    let mut trunk = trunk(project, ready, options)?;
    native.tell(&mut trunk);
    run_in_view(&mut trunk)?;
    let stamp = Stamp::new(options, &inputs, &project.dist());
    freshness::write(&project.stamp(), &stamp)?;
    eprintln!("dist is ready ({})", spoken(start.elapsed()));
    Ok(())
}

fn trunk(project: &Project, ready: &Ready, options: &BuildOptions) -> Result<Command, Failure> {
    let program = ready.file("trunk").ok_or_else(|| Failure::broken("the setup did not provide trunk"))?;
    let mut command = Command::new(program);
    command.args(arguments(options)).current_dir(&project.root);
    command.env("PATH", search_path::prefixed(&ready.program_folders(), env::var_os("PATH").as_deref())?);
    // TRUNK_OFFLINE stays unset: it makes cargo offline too, and a clean clone has no crates yet.
    command.env("TRUNK_SKIP_VERSION_CHECK", "true");
    match no_color(env::var_os("NO_COLOR").as_deref()) {
        Some(value) => command.env("NO_COLOR", value),
        None => command.env_remove("NO_COLOR"),
    };
    // A development build may name the folders of its sources.
    if !options.dev {
        run_in_view(&mut project.cargo(&remap::FETCH))?;
        remap::Place::of(project)?.hide(&mut command);
    }
    Ok(command)
}

fn arguments(options: &BuildOptions) -> Vec<&str> {
    let mut arguments = vec!["build"];
    if !options.dev {
        arguments.push("--release");
    }
    if let Some(public_url) = &options.public_url {
        arguments.extend(["--public-url", public_url]);
    }
    arguments
}

/// By convention any text in `NO_COLOR` means yes. This Trunk refuses everything but `true` and
/// `false`.
fn no_color(value: Option<&OsStr>) -> Option<&'static str> {
    value.filter(|value| !value.is_empty()).map(|_| "true")
}

/// Otherwise Trunk would try to download the wasm-opt that Trunk.toml names, and fail late with an
/// unclear message.
fn check_wasm_opt_pin(project: &Project) -> Result<(), Failure> {
    let text = fs::read_to_string(project.root.join("Trunk.toml")).unwrap_or_default();
    match wasm_opt_pin(&text) {
        Some(pin) if pin != tools::WASM_OPT => Err(Failure::unmet(format!(
            "Trunk.toml wants wasm-opt {pin}, but the setup installs {}\n  \
             try: make `wasm_opt` in Trunk.toml and the constants in xtask/src/tools.rs agree",
            tools::WASM_OPT
        ))),
        _ => Ok(()),
    }
}

fn wasm_opt_pin(trunk_toml: &str) -> Option<&str> {
    let value = trunk_toml.lines().find_map(|line| line.trim().strip_prefix("wasm_opt"))?;
    value.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_a_release_unless_told_otherwise() {
        assert_eq!(arguments(&BuildOptions::default()), ["build", "--release"]);
        assert_eq!(arguments(&BuildOptions { dev: true, public_url: None }), ["build"]);
    }

    #[test]
    fn the_public_address_reaches_trunk() {
        let options = BuildOptions { dev: true, public_url: Some("/a/".to_owned()) };
        assert_eq!(arguments(&options), ["build", "--public-url", "/a/"]);
    }

    #[test]
    fn trunk_gets_a_no_color_that_it_understands() {
        assert_eq!(no_color(Some(OsStr::new("1"))), Some("true"));
        assert_eq!(no_color(Some(OsStr::new(""))), None);
        assert_eq!(no_color(None), None);
    }

    #[test]
    fn the_pin_is_read_from_trunk_toml() {
        let text = "[tools]\nwasm_bindgen = \"0.2.130\"\nwasm_opt = \"version_131\" # see xtask\n";
        assert_eq!(wasm_opt_pin(text), Some("version_131"));
        assert_eq!(wasm_opt_pin("[tools]\n"), None);
    }
}
