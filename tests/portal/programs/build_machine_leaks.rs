//! A published site has no trace of the machine that built it: no path, no host name, no user name.

use crate::browser::environment;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Parts of paths on machines that compile Rust or have home folders.
const ANYWHERE: [&str; 9] = [
    "/home/",
    "/Users/",
    "\\Users\\",
    "/root/",
    ".cargo",
    ".rustup",
    "registry/src",
    "rustlib",
    "/target/",
];

#[test]
fn no_file_of_the_site_names_the_machine_or_who_built_it() {
    let site = environment::file("PORTAL_DIST");
    let traces = traces();
    assert!(
        traces.len() >= ANYWHERE.len() + 2,
        "too little is known of this machine: {traces:?}"
    );
    let (mut found, mut read) = (BTreeSet::new(), 0);
    for file in files_below(&site) {
        let text = String::from_utf8_lossy(&plain(&file, fs::read(&file).unwrap())).into_owned();
        read += 1;
        let name = file.strip_prefix(&site).unwrap().display().to_string();
        assert!(!traces.iter().any(|trace| name.contains(trace)), "{name}");
        for trace in &traces {
            found.extend(
                around(&text, trace).map(|around| format!("{name} has {trace:?}: {around}")),
            );
        }
    }
    assert!(read > 500, "only {read} files were read");
    assert!(
        found.is_empty(),
        "{}",
        found.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_program_still_says_where_it_fails() {
    let site = environment::file("PORTAL_DIST");
    let program = files_below(&site.join("assets")).into_iter().find(|file| {
        let name = file.file_name().unwrap().to_string_lossy();
        name.starts_with("app-") && name.ends_with(".wasm")
    });
    let program = fs::read(program.expect("the site has a program")).unwrap();
    // Without file names in the program, the test of traces would prove nothing.
    assert!(around(&String::from_utf8_lossy(&program), "src/app/").is_some());
}

/// Texts that would identify this machine.
fn traces() -> Vec<String> {
    let folder = |path: PathBuf| format!("{}/", path.display().to_string().trim_end_matches('/'));
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let mut traces: Vec<String> = ANYWHERE.map(str::to_owned).to_vec();
    traces.push(folder(
        std::path::Path::new(crate::ROOT).canonicalize().unwrap(),
    ));
    traces.extend(env::home_dir().map(folder));
    traces.extend(variable("CARGO_HOME").map(|home| folder(home.into())));
    let names = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(variable);
    traces.extend(names.map(|name| format!("/{name}/")));
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    traces
        .extend(Some(host.trim().to_owned()).filter(|host| host.len() > 5 && host != "localhost"));
    traces.retain(|trace| trace.len() > 2);
    traces
}

/// The bytes of a file, decompressed if it is a compressed copy or a file of the search.
fn plain(file: &Path, bytes: Vec<u8>) -> Vec<u8> {
    let mut plain = Vec::new();
    let unpacked = if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(&bytes[..])
            .read_to_end(&mut plain)
            .is_ok()
    } else if file.extension().is_some_and(|ending| ending == "br") {
        brotli::Decompressor::new(&bytes[..], 4096)
            .read_to_end(&mut plain)
            .is_ok()
    } else {
        return bytes;
    };
    assert!(unpacked, "{} cannot be unpacked", file.display());
    plain
}

/// The text around the first place of a trace.
fn around(text: &str, trace: &str) -> Option<String> {
    let at = text.find(trace)?;
    let before = text[..at]
        .chars()
        .rev()
        .take(30)
        .collect::<Vec<_>>()
        .into_iter()
        .rev();
    let printable = |letter: char| if letter.is_control() { ' ' } else { letter };
    Some(
        before
            .chain(text[at..].chars().take(90))
            .map(printable)
            .collect(),
    )
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
