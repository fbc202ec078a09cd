//! `cargo xtask screenshots`: pictures of every kind of page, in every language, narrow and wide,
//! light and dark.
//!
//! A test takes them, because it has the browser at hand: an ignored one in
//! `tests/portal/browser/screenshots.rs`.

use std::path::PathBuf;

use crate::arguments::{BuildOptions, ScreenshotOptions};
use crate::failure::Failure;
use crate::project::Project;
use crate::tools::Purpose;
use crate::{bundle, process, setup, suite};

/// Builds the site if anything changed, unless one is given, and writes the pictures to
/// `target/screenshots`.
pub(crate) fn run(project: &Project, options: &ScreenshotOptions) -> Result<(), Failure> {
    let site = if let Some(site) = &options.site {
        given(site)?
    } else {
        let build = BuildOptions::default();
        if bundle::is_due(project, &build, Purpose::Build) {
            bundle::make(project, &build, Purpose::Tests)?;
        }
        project.dist()
    };
    let ready = setup::run(project, Purpose::Tests)?;
    let folder = project.root.join("target").join("screenshots");
    let mut command = project.cargo(&["test", "--quiet", "--package", "site", "--test", "portal"]);
    command.args([
        "--",
        "--ignored",
        "--exact",
        "--nocapture",
        "browser::screenshots_of_every_kind_of_page",
    ]);
    command.envs(suite::environment(project, &ready));
    command
        .env("PORTAL_DIST", site)
        .env("PORTAL_SCREENSHOTS", &folder);
    command.envs(options.variables());
    process::run_in_view(&mut command)?;
    eprintln!(
        "the pictures are in {}, and sheets of them beside them: overview-….png",
        folder.display()
    );
    Ok(())
}

fn given(site: &str) -> Result<PathBuf, Failure> {
    let folder = PathBuf::from(site)
        .canonicalize()
        .ok()
        .filter(|folder| folder.join("404.html").is_file());
    folder.ok_or_else(|| {
        Failure::unmet(format!(
            "`--site {site}` is no folder with a built site in it"
        ))
    })
}
