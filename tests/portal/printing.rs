//! A command fails if its output cannot be written, such as to a full disk. A closed pipe is a
//! success, because its reader wanted only the beginning.

use crate::build::{build, project, text};
use crate::folder::copy;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// Every command, with arguments that make it print something.
const COMMANDS: [&[&str]; 33] = [
    &["--help"],
    &["--version"],
    &["help", "build"],
    &[
        "build",
        "--bundle",
        "bundle",
        "--out",
        "site",
        "--no-cards",
        "--no-search",
        "--no-compression",
    ],
    &[
        "build",
        "--bundle",
        "bundle",
        "--out",
        "site",
        "--no-cards",
        "--no-search",
        "--no-compression",
        "--json",
    ],
    &[
        "build",
        "--bundle",
        "bundle",
        "--out",
        "site",
        "--content",
        "broken",
    ],
    &["check"],
    &["check", "--json"],
    &["check", "--content", "broken"],
    &["clean", "--out", "site"],
    &["clean", "--out", "nothing"],
    &["headers", "--format", "headers"],
    &["headers", "--format", "redirects"],
    &["headers", "--format", "nginx"],
    &["headers", "--format", "apache"],
    &["headers", "--format", "caddy", "--content", "broken"],
    &["translations"],
    &["translations", "--json"],
    &["translations", "done", "port/deep-water-port", "en"],
    &["schemas"],
    &["new", "article", "port", "new-bridge"],
    &["new", "page", "contact"],
    &["serve", "--dir", "served", "--port", "0"],
    &[
        "import",
        "html",
        "page.html",
        "--section",
        "port",
        "--slug",
        "page",
        "--lang",
        "vi",
        "--published",
        "2014-09-03T16:10+07:00",
        "--dry-run",
    ],
    &["import", "wordpress", "export.xml", "--dry-run"],
    &["views", "import", "--format", "umami", "pages.json"],
    &["accessibility", "--results", "axe.json"],
    &["views", "export", "--from", "views.sqlite"],
    &["sync", "--content", "broken"],
    &["live", "--content", "broken", "--listen", "127.0.0.1:0"],
    &["preview", "--content", "broken", "--port", "0"],
    &[
        "edit",
        "--content",
        "broken",
        "--port",
        "0",
        "--no-open",
        "--desk",
        "desk",
    ],
    &["sync", "--content", "broken", "--propose"],
];

/// A fresh folder with a portal, one with a mistake in it, a site, and something to import.
fn fixture() -> TempDir {
    static DESK: OnceLock<TempDir> = OnceLock::new();
    let folder = tempfile::tempdir().unwrap();
    copy(DESK.get_or_init(make_fixture).path(), folder.path());
    folder
}

fn make_fixture() -> TempDir {
    let folder = project();
    let path = folder.path();
    copy(&path.join("content"), &path.join("broken"));
    fs::write(path.join("broken/site.json"), "{").unwrap();
    assert!(
        build(
            path,
            &["--no-cards", "--no-compression", "--no-search", "--quiet"]
        )
        .status
        .success()
    );
    copy(&path.join("site"), &path.join("served"));
    let page = "<html><head><title>A page</title></head><body><article><h1>A page</h1><p>Words of it.</p></article></body></html>";
    fs::write(path.join("page.html"), page).unwrap();
    fs::write(path.join("pages.json"), "[]").unwrap();
    fs::create_dir(path.join("desk")).unwrap();
    for name in ["index.html", "desk.js", "desk.css", "icon.svg"] {
        fs::write(path.join("desk").join(name), "").unwrap();
    }
    let assessment = r#"{ "assessed": "2026-11-25", "standards": ["WCAG 2.2 AA"], "conformance": "none", "contact": "a@portal.example" }"#;
    fs::write(path.join("content/accessibility.json"), assessment).unwrap();
    fs::write(
        path.join("axe.json"),
        r#"{ "url": "https://portal.example/", "violations": [] }"#,
    )
    .unwrap();
    // A database without a table.
    fs::write(path.join("views.sqlite"), "").unwrap();
    let cases = Path::new(crate::ROOT).join("tests/cases/import");
    let mut exports: Vec<_> = fs::read_dir(cases)
        .unwrap()
        .map(|case| case.unwrap().path().join("export.xml"))
        .collect();
    exports.retain(|export| export.is_file());
    exports.sort();
    fs::copy(&exports[0], path.join("export.xml")).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

/// The commands that serve until somebody ends them, whatever the content is.
fn serves(arguments: &[&str]) -> bool {
    ["serve", "edit"].contains(&arguments[0])
}

/// Runs a command and returns its output. One that would never end is killed after its first line.
fn said(folder: &Path, arguments: &[&str]) -> Output {
    let mut child = command(folder, arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    if !serves(arguments) {
        return child.wait_with_output().unwrap();
    }
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    child.kill().unwrap();
    Output {
        stdout: line.into_bytes(),
        ..child.wait_with_output().unwrap()
    }
}

#[test]
fn where_standard_output_takes_no_more_every_command_fails_and_says_so() {
    for arguments in COMMANDS {
        let heard = said(fixture().path(), arguments);
        assert!(
            !heard.stdout.is_empty(),
            "{arguments:?} prints nothing: {}",
            text(&heard.stderr)
        );
        let folder = fixture();
        let output = command(folder.path(), arguments)
            .stdout(full())
            .output()
            .unwrap();
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(
            error.contains("site: could not write to standard output: "),
            "{arguments:?}: {error}"
        );
        assert!(!error.contains("panicked"), "{arguments:?}: {error}");
    }
}

#[test]
fn where_a_pipe_is_closed_or_nobody_hears_errors_every_command_ends_as_it_would() {
    for arguments in COMMANDS.iter().filter(|arguments| !serves(arguments)) {
        let expected = said(fixture().path(), arguments).status.code();
        let folder = fixture();
        // The reading end is closed before anything is printed.
        let mut other = Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
        let pipe = other.stdin.take().unwrap();
        other.wait().unwrap();
        let output = command(folder.path(), arguments)
            .stdout(pipe)
            .stderr(full())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), expected, "{arguments:?}");
    }
}

#[test]
fn the_table_of_commands_has_every_command() {
    let help = text(&said(Path::new("."), &["--help"]).stdout);
    let list = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    let names: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .collect();
    assert!(names.len() >= 9, "{help}");
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        assert!(
            COMMANDS.iter().any(|arguments| arguments[0] == name),
            "{name} is not in the table"
        );
    }
}
