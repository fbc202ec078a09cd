//! The archive for machines without a compiler: unpacked in an empty folder, and used with an empty
//! `PATH`.

use crate::build::write_bundle;
use crate::http::serve;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use xtask::package::{Package, sbom};

/// Packs and unpacks an archive with the program under test. Returns the temporary folder and the
/// unpacked one.
fn unpacked() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(crate::ROOT);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--locked"];
    let metadata = Command::new(cargo)
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(
        metadata.status.success(),
        "{}",
        String::from_utf8_lossy(&metadata.stderr)
    );
    let sbom = sbom(
        &serde_json::from_slice(&metadata.stdout).unwrap(),
        "site",
        "0.0.0",
    );
    let site = Path::new(env!("CARGO_BIN_EXE_site"));
    let bundle = root.join("target/bundle");
    assert!(
        bundle.is_dir(),
        "there is no target/bundle: `cargo xtask build` makes it"
    );
    let desk = folder.path().join("desk-files");
    fs::create_dir(&desk).unwrap();
    fs::write(desk.join("index.html"), "<!doctype html>").unwrap();
    let package = Package {
        root,
        site,
        bundle: &bundle,
        desk: &desk,
        version: "0.0.0",
        target: "this-machine",
        sbom,
    };
    let archive = package.write(&folder.path().join("made")).unwrap();
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let tar = Command::new("tar")
        .arg("-xzf")
        .arg(&archive)
        .arg("-C")
        .arg(&empty)
        .output()
        .unwrap();
    assert!(
        tar.status.success(),
        "{}",
        String::from_utf8_lossy(&tar.stderr)
    );
    let place = empty.join(package.name());
    (folder, place)
}

/// Runs the archive's program with no other program and no environment.
fn run(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(place.join("site"));
    command
        .args(arguments)
        .current_dir(place)
        .env_clear()
        .env("PATH", "")
        .output()
        .unwrap()
}

#[test]
fn an_archive_checks_builds_and_serves_without_a_compiler() {
    let (_folder, place) = unpacked();
    let check = run(&place, &["check"]);
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
    let build = run(&place, &["build", "--no-cards", "--quiet"]);
    assert!(
        build.status.success(),
        "{}",
        String::from_utf8_lossy(&build.stderr)
    );
    let mut command = Command::new(place.join("site"));
    command.current_dir(&place).env_clear().env("PATH", "");
    let server = serve(&place.join("dist"), "/", command);
    assert_eq!(server.get("/vi/", "").status, 200);
    for guide in [
        "README.md",
        "desk/index.html",
        "docs/editors.md",
        "docs/hosting.md",
        "LICENSE",
    ] {
        assert!(place.join(guide).is_file(), "{guide} is not in the archive");
    }
    let sbom: serde_json::Value =
        serde_json::from_slice(&fs::read(place.join("sbom.cdx.json")).unwrap()).unwrap();
    let names: Vec<&str> = sbom["components"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|work| work["name"].as_str())
        .collect();
    assert!(
        ["leptos", "hyper", "serde"]
            .iter()
            .all(|name| names.contains(name)),
        "{names:?}"
    );
    assert!(
        !names.contains(&"thirtyfour"),
        "what only tests use is listed"
    );
}

#[test]
fn the_checksum_is_that_of_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("bundle");
    write_bundle(&bundle);
    let site = folder.path().join("site");
    fs::write(&site, "no program").unwrap();
    let desk = folder.path().join("desk-files");
    fs::create_dir(&desk).unwrap();
    let package = Package {
        root: Path::new(crate::ROOT),
        site: &site,
        bundle: &bundle,
        desk: &desk,
        version: "0.0.0",
        target: "this-machine",
        sbom: serde_json::Value::Null,
    };
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    let archive = package.write(&one).unwrap();
    let same = package.write(&other).unwrap();
    assert!(
        fs::read(&archive).unwrap() == fs::read(&same).unwrap(),
        "the same inputs give another archive"
    );
    let sum = archive.with_file_name(format!("{}.tar.gz.sha256", package.name()));
    let check = Command::new("sha256sum")
        .arg("--check")
        .arg(&sum)
        .current_dir(&one)
        .output()
        .unwrap();
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stderr)
    );
    assert_eq!(sum.extension(), Some(OsStr::new("sha256")));
}
