//! `cargo xtask test`: builds the site, then runs every test, those in browsers included.
//!
//! The tests learn from the environment where the site, the browsers, their drivers and other programs are; docs/developers.md lists
//! the variables. A browser or driver that the person has chosen with one of them is left as it is.

use std::env;
use std::path::PathBuf;

use crate::arguments::BuildOptions;
use crate::failure::Failure;
use crate::needs::Need;
use crate::project::Project;
use crate::setup::Ready;
use crate::{bundle, process, setup};

/// Stops at the first step that fails.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<(), Failure> {
    let ready = setup::run(project, true)?;
    let options = BuildOptions::default();
    if bundle::is_due(project, &options) {
        bundle::build(project, &ready, &options)?;
    }
    let mut command = project.cargo(&["test", "--workspace"]);
    command.args(arguments).envs(environment(project, &ready));
    process::run_in_view(&mut command)
}

/// Where the site, the browsers, their drivers and other programs are.
pub(crate) fn environment(project: &Project, ready: &Ready) -> Vec<(&'static str, PathBuf)> {
    let programs = [
        Need::Chromium,
        Need::ChromeDriver,
        Need::Firefox,
        Need::WebKitDriver,
        Need::MiniBrowser,
        Need::Java,
        Need::Nginx,
        Need::Valgrind,
    ];
    let mut variables: Vec<(&str, PathBuf)> =
        programs.into_iter().filter_map(|need| Some((need.variable()?, need.locate()?))).collect();
    variables.extend(ready.file("geckodriver").map(|file| ("PORTAL_GECKODRIVER", file)));
    variables.extend(ready.file("axe-core").map(|file| ("PORTAL_AXE", file)));
    variables.extend(ready.file("vnu-jar").map(|file| ("PORTAL_VNU", file)));
    variables.retain(|(name, _)| env::var_os(name).is_none_or(|value| value.is_empty()));
    // Not this one: it is the site that was just built.
    variables.push(("PORTAL_DIST", project.dist()));
    variables
}
