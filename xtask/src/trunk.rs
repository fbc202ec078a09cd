//! Trunk: `cargo xtask watch`, and the last step of every build that Trunk makes (Trunk.toml).

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bundle::recipe::Recipe;
use crate::bundle::scripts;
use crate::failure::Failure;
use crate::process::run_in_view;
use crate::project::Project;
use crate::setup::Ready;
use crate::tools::Purpose;
use crate::{native, project, search_path, setup, tools};

/// Builds for the developer and serves, again after every change, until it is stopped.
///
/// # Errors
/// Where something is missing that only the person can supply, or Trunk ends with an error.
pub(crate) fn watch(project: &Project, public_url: Option<&str>, port: u16) -> Result<(), Failure> {
    let ready = setup::run(project, Purpose::Watch)?;
    let mut trunk = command(project, &ready)?;
    trunk.args(["serve", "--port"]).arg(port.to_string());
    if let Some(public_url) = public_url {
        trunk.args(["--public-url", public_url]);
    }
    run_in_view(trunk.current_dir(&project.root))
}

/// The last step: minifies the scripts of a release, and lets the native tool write the site.
///
/// # Errors
/// Where Trunk's variables are not set, the tool does not compile, or the site is refused.
pub(crate) fn hook(project: &Project) -> Result<(), Failure> {
    let variable = |name: &str| {
        let missing = || {
            Failure::unmet(format!(
                "{name} is not set: `trunk-hook` is for Trunk, see Trunk.toml"
            ))
        };
        env::var(name).map_err(|_| missing())
    };
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    if variable("TRUNK_PROFILE")? == "release" {
        scripts::minify(&staging, &Recipe::read(project)?)?;
    }
    native::compile(project)?;
    run_in_view(native::program(project).args(["build", "--trunk"]))
}

/// Trunk, with our tools in front of everything else on `PATH`.
///
/// # Errors
/// Where the setup did not install it, or Trunk.toml names other tools.
pub(crate) fn command(project: &Project, ready: &Ready) -> Result<Command, Failure> {
    check_wasm_opt_pin(project)?;
    let program = ready
        .file("trunk")
        .ok_or_else(|| Failure::broken("the setup did not provide trunk"))?;
    let mut command = Command::new(program);
    command.env(
        "PATH",
        search_path::prefixed(&ready.program_folders(), env::var_os("PATH").as_deref())?,
    );
    // TRUNK_OFFLINE stays unset: it makes cargo offline too, and a clean clone has no crates yet.
    command.env("TRUNK_SKIP_VERSION_CHECK", "true");
    project::without_clippy(&mut command);
    match no_color(env::var_os("NO_COLOR").as_deref()) {
        Some(value) => command.env("NO_COLOR", value),
        None => command.env_remove("NO_COLOR"),
    };
    Ok(command)
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
    let value = trunk_toml
        .lines()
        .find_map(|line| line.trim().strip_prefix("wasm_opt"))?;
    value
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .strip_prefix('"')?
        .split('"')
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

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
