//! Fetches tools that their makers have compiled, which saves minutes of compiling.
//!
//! An archive is used only if its published checksum fits, and its program only if that reports the
//! right version. In all other cases the tool is compiled.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::search_path;
use crate::toolchain;

/// The variable with the address of the archives, and its default. `none` means to compile without
/// a request.
const FROM: (&str, &str) = ("PORTAL_TOOLS_FROM", "https://github.com");

/// The published archives of a tool.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    /// The path of the archive for a version and a target triple; `None` where there is none.
    archive: fn(version: &str, host: &str) -> Option<String>,
    /// The suffix that turns the address of the archive into that of its checksum.
    checksum: &'static str,
}

/// Trunk's releases.
pub(crate) const TRUNK: Release = Release {
    archive: |version, host| {
        let known = [
            "x86_64-unknown-linux-gnu",
            "aarch64-unknown-linux-gnu",
            "x86_64-apple-darwin",
            "aarch64-apple-darwin",
        ];
        known
            .contains(&host)
            .then(|| format!("trunk-rs/trunk/releases/download/v{version}/trunk-{host}.tar.gz"))
    },
    checksum: ".sha256",
};

/// The releases of wasm-bindgen. Those for Linux need no libraries of the system.
pub(crate) const WASM_BINDGEN: Release = Release {
    archive: |version, host| {
        let host = host.replace("-unknown-linux-gnu", "-unknown-linux-musl");
        let known = [
            "x86_64-unknown-linux-musl",
            "aarch64-unknown-linux-musl",
            "x86_64-apple-darwin",
            "aarch64-apple-darwin",
        ];
        let name = format!("wasm-bindgen-{version}-{host}.tar.gz");
        known
            .contains(&&*host)
            .then(|| format!("wasm-bindgen/wasm-bindgen/releases/download/{version}/{name}"))
    },
    checksum: ".sha256sum",
};

/// Fetches a program to `file`. Temporary files go into `folder`.
///
/// # Errors
/// The reason, in a few words.
pub(crate) fn fetch(
    release: &Release,
    version: &str,
    file: &Path,
    folder: &Path,
) -> Result<(), String> {
    let (variable, usual) = FROM;
    let from = env::var(variable).unwrap_or_else(|_| usual.to_owned());
    if from == "none" {
        return Err(format!("{variable} says so"));
    }
    let host = toolchain::host().ok_or("rustc does not say what machine this is")?;
    let path = (release.archive)(version, &host)
        .ok_or_else(|| format!("there is no archive for {host}"))?;
    fetch_from(&format!("{from}/{path}"), release.checksum, file, folder)
}

/// Fetches an archive from an address, and extracts the program that is called like `file`.
fn fetch_from(address: &str, checksum: &str, file: &Path, folder: &Path) -> Result<(), String> {
    let archive = folder.join("archive.tar.gz");
    let sum = folder.join("archive.sum");
    download(address, &archive)?;
    download(&format!("{address}{checksum}"), &sum)?;
    let said = fs::read_to_string(&sum).map_err(|error| error.to_string())?;
    let bytes = fs::read(&archive).map_err(|error| error.to_string())?;
    let own: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if said.split_whitespace().next() != Some(&*own) {
        return Err(format!("the checksum of {address} is another one"));
    }
    let opened = folder.join("archive");
    let _ = fs::remove_dir_all(&opened);
    fs::create_dir_all(&opened).map_err(|error| error.to_string())?;
    run(Command::new("tar")
        .arg("-xzf")
        .arg(&archive)
        .arg("-C")
        .arg(&opened))
    .map_err(|why| format!("tar: {why}"))?;
    let name = file.file_name().ok_or("the program has no name")?;
    let found = find(&opened, name)
        .ok_or_else(|| format!("{address} holds no {}", name.to_string_lossy()))?;
    let place = file.parent().ok_or("the program has no folder")?;
    fs::create_dir_all(place)
        .and_then(|()| fs::copy(found, file))
        .map(drop)
        .map_err(|error| error.to_string())
}

/// Downloads a file. Gives up soon where nothing answers, because compiling is always possible.
fn download(address: &str, to: &Path) -> Result<(), String> {
    let curl = search_path::find(&["curl"]).ok_or("there is no curl")?;
    let mut command = Command::new(curl);
    command.args([
        "--silent",
        "--show-error",
        "--fail",
        "--location",
        "--connect-timeout",
        "10",
    ]);
    command
        .args(["--speed-limit", "1000", "--speed-time", "20", "--output"])
        .arg(to)
        .arg(address);
    run(&mut command)
}

/// Runs a command. Where it fails, the error is its last line.
fn run(command: &mut Command) -> Result<(), String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said
        .trim()
        .lines()
        .last()
        .unwrap_or("it failed and does not say why")
        .to_owned())
}

fn find(folder: &Path, name: &std::ffi::OsStr) -> Option<PathBuf> {
    let entries: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    let own = entries
        .iter()
        .find(|path| path.is_file() && path.file_name() == Some(name))
        .cloned();
    own.or_else(|| {
        entries
            .iter()
            .filter(|path| path.is_dir())
            .find_map(|path| find(path, name))
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::collections::BTreeMap;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::os::unix::fs::PermissionsExt;

    /// A release server for the tests: files by path, and 404 for all others. Returns its address.
    fn server(files: BTreeMap<String, Vec<u8>>) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap())
                    .lines()
                    .map_while(Result::ok);
                let asked = lines.next().unwrap_or_default();
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                let path = asked.split(' ').nth(1).unwrap_or_default();
                let (status, body) = files
                    .get(path)
                    .map_or(("404 Not Found", &[][..]), |file| ("200 OK", &file[..]));
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream
                    .write_all(head.as_bytes())
                    .and_then(|()| stream.write_all(body));
            }
        });
        address
    }

    fn archive() -> Vec<u8> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let text = b"#!/bin/sh\necho trunk 0.21.14\n";
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o755);
        tar.append_data(&mut header, "trunk-0.21.14/trunk", &text[..])
            .unwrap();
        tar.into_inner().unwrap().finish().unwrap()
    }

    fn sum(bytes: &[u8]) -> Vec<u8> {
        let sum: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{sum}  trunk.tar.gz\n").into_bytes()
    }

    #[test]
    fn a_program_is_taken_out_of_its_archive_and_runs() {
        let archive = archive();
        let files = [
            ("/a.tar.gz".to_owned(), archive.clone()),
            ("/a.tar.gz.sha256".to_owned(), sum(&archive)),
        ];
        let address = server(files.into());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root/bin/trunk");
        fetch_from(
            &format!("{address}/a.tar.gz"),
            ".sha256",
            &file,
            folder.path(),
        )
        .unwrap();
        let said = Command::new(&file).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&said.stdout), "trunk 0.21.14\n");
        assert!(file.metadata().unwrap().permissions().mode() & 0o100 != 0);
    }

    #[test]
    fn what_is_not_there_or_not_whole_is_not_taken() {
        let archive = archive();
        let files = [
            ("/alone.tar.gz".to_owned(), archive.clone()),
            ("/other.tar.gz".to_owned(), archive.clone()),
            ("/other.tar.gz.sha256".to_owned(), sum(b"other bytes")),
            ("/broken.tar.gz".to_owned(), b"no archive".to_vec()),
            ("/broken.tar.gz.sha256".to_owned(), sum(b"no archive")),
            ("/named.tar.gz".to_owned(), archive.clone()),
            ("/named.tar.gz.sha256".to_owned(), sum(&archive)),
        ];
        let address = server(files.into());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root/bin/trunk");
        for (name, program, why) in [
            ("missing", "trunk", "404"),
            ("alone", "trunk", "404"),
            ("other", "trunk", "the checksum of"),
            ("broken", "trunk", "tar: "),
            ("named", "wasm-bindgen", "holds no wasm-bindgen"),
        ] {
            let file = file.with_file_name(program);
            let said = fetch_from(
                &format!("{address}/{name}.tar.gz"),
                ".sha256",
                &file,
                folder.path(),
            )
            .unwrap_err();
            assert!(said.contains(why), "{name}: {said}");
            assert!(!file.exists(), "{name}");
        }
        let said = fetch_from(
            "http://127.0.0.1:1/a.tar.gz",
            ".sha256",
            &file,
            folder.path(),
        )
        .unwrap_err();
        assert!(said.contains("127.0.0.1"), "{said}");
    }

    #[test]
    fn every_machine_that_is_known_has_one_address() {
        let linux = "x86_64-unknown-linux-gnu";
        let trunk =
            "trunk-rs/trunk/releases/download/v0.21.14/trunk-x86_64-unknown-linux-gnu.tar.gz";
        assert_eq!((TRUNK.archive)("0.21.14", linux).as_deref(), Some(trunk));
        let bindgen = (WASM_BINDGEN.archive)("0.2.130", linux).unwrap();
        assert!(
            bindgen.ends_with(
                "/download/0.2.130/wasm-bindgen-0.2.130-x86_64-unknown-linux-musl.tar.gz"
            )
        );
        assert_eq!(
            (TRUNK.archive)("0.21.14", "riscv64gc-unknown-linux-gnu"),
            None
        );
    }
}
