//! `cargo xtask package`: builds the content of the archive, and writes it to `target/package`.

use serde_json::Value;
use xtask::package::{self, Package};

use crate::arguments::{BuildOptions, PackageOptions};
use crate::failure::Failure;
use crate::process::{run_in_view, stdout_of};
use crate::project::Project;
use crate::tools::Purpose;
use crate::{bundle, desk, toolchain};

/// Builds the bundle where it is out of date, builds the program, and writes the archive.
pub(crate) fn run(project: &Project, options: &PackageOptions) -> Result<(), Failure> {
    let build = BuildOptions::default();
    let bundle = project.target().join("bundle");
    if bundle::is_due(project, &build, Purpose::Build) || !bundle.is_dir() {
        bundle::make(project, &build, Purpose::Build)?;
    }
    desk::make(project)?;
    let profile = if options.dev { "dev" } else { "release" };
    run_in_view(&mut project.cargo(&["build", "--package", "site", "--profile", profile]))?;
    let folder = if options.dev { "debug" } else { "release" };
    let site = project
        .target()
        .join(folder)
        .join(format!("site{}", std::env::consts::EXE_SUFFIX));
    let target = toolchain::host()
        .ok_or_else(|| Failure::broken("`rustc -vV` does not say for which machine it is"))?;
    let version = env!("CARGO_PKG_VERSION");
    let metadata = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        &target,
    ];
    let said = stdout_of(&mut project.cargo(&metadata))
        .ok_or_else(|| Failure::broken("`cargo metadata` failed"))?;
    let metadata: Value = serde_json::from_str(&said).map_err(|error| {
        Failure::broken(format!("`cargo metadata` said what is no JSON: {error}"))
    })?;
    let sbom = package::sbom(&metadata, "site", version);
    let package = Package {
        root: &project.root,
        site: &site,
        bundle: &bundle,
        desk: &desk::folder(project),
        version,
        target: &target,
        sbom,
    };
    let archive = package
        .write(&project.target().join("package"))
        .map_err(|error| Failure::broken(format!("could not write the archive: {error}")))?;
    println!("{}", archive.display());
    Ok(())
}
