//! `site check`, as an editor runs it: each folder of `tests/cases/check` is one mistake with its
//! report.
//!
//! A case holds the files that differ from `tests/cases/base`, the paths to remove (`remove.txt`),
//! and the report (`expected.txt`). `UPDATE_CASES=1` rewrites the reports; read them before you
//! commit them.

use crate::folder::copy;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Hostile JSON files, one a row. The folder is outside the repository and may be missing.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

#[test]
fn the_base_has_no_problems() {
    let folder = base();
    let output = check(folder.path());
    assert_eq!(text(&output.stdout), "checked 14 files: no problems\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn every_mistake_is_reported_as_its_case_expects() {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let cases = folders(&Path::new(crate::ROOT).join("tests/cases/check"));
    assert!(cases.len() >= 30, "only {} cases were found", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| run(case, update).err())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cases differ; UPDATE_CASES=1 writes them anew\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Runs one case. The error is the difference between its report and the expected one.
fn run(case: &Path, update: bool) -> Result<(), String> {
    let folder = base();
    overlay(case, folder.path());
    let output = check(folder.path());
    let (report, expected_file) = (text(&output.stdout), case.join("expected.txt"));
    if update {
        fs::write(&expected_file, &report).unwrap();
    }
    let expected = fs::read_to_string(&expected_file).unwrap_or_default();
    let errors = text(&output.stderr);
    let code = i32::from(report.starts_with("error: ") || report.contains("\nerror: "));
    if output.status.code() == Some(code) && errors.is_empty() && report == expected {
        return Ok(());
    }
    Err(format!(
        "{} gave {}\n--- expected\n{expected}--- reported\n{report}{errors}",
        case.display(),
        output.status
    ))
}

#[test]
#[cfg(target_os = "linux")]
fn links_and_names_that_not_every_machine_can_hold_are_refused() {
    let folder = base();
    let article = folder.path().join("content/articles/port/deep-water-port");
    std::os::unix::fs::symlink("vi.json", article.join("ko.json")).unwrap();
    std::os::unix::fs::symlink("/etc", folder.path().join("content/articles/port/secrets"))
        .unwrap();
    copy(&article, &article.with_file_name("Deep-Water-Port"));
    let expected = "\
error: \"Deep-Water-Port\" is not a slug
 --> content/articles/port/Deep-Water-Port
  = help: rename it to deep-water-port; use lower-case letters a-z and digits in words joined by single hyphens, at most 80 characters

error: \"deep-water-port\" and \"Deep-Water-Port\" differ by upper and lower case only
 --> content/articles/port/deep-water-port
  = help: not every machine can keep them apart: keep the one in lower case

error: \"ko.json\" is a symbolic link
 --> content/articles/port/deep-water-port/ko.json
  = help: put the file itself here

error: \"secrets\" is a symbolic link
 --> content/articles/port/secrets
  = help: put the file itself here

4 problems in 4 files
";
    assert_eq!(text(&check(folder.path()).stdout), expected);
}

#[test]
#[cfg(target_os = "linux")]
fn links_are_refused_by_name_wherever_they_stand() {
    let folder = base();
    copy(
        &Path::new(crate::ROOT).join("locales"),
        &folder.path().join("locales"),
    );
    let links = [
        "content/notes",
        "content/articles/harbour",
        "content/articles/port/other",
        "content/articles/port/deep-water-port/ja.json",
        "content/banners/flag.svg",
        "content/pages/terms",
        "content/pages/about/fr.json",
        "locales/fr.json",
    ];
    for link in links {
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join(link)).unwrap();
    }
    let report = text(&check(folder.path()).stdout);
    for link in links {
        let name = link.rsplit('/').next().unwrap();
        let expected = format!("error: \"{name}\" is a symbolic link\n --> {link}\n");
        assert!(report.contains(&expected), "{link}: {report}");
    }
    assert!(report.ends_with("8 problems in 8 files\n"), "{report}");
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_some_machines_take_for_one_are_named() {
    let folder = base();
    let article = folder.path().join("content/articles/port/deep-water-port");
    for name in [
        "bến.txt",
        "be\u{302}\u{301}n.txt",
        "BẾN.TXT",
        "tàu",
        "tàu. ",
    ] {
        fs::write(article.join(name), "").unwrap();
    }
    let report = text(&check(folder.path()).stdout);
    for words in [
        "\"bến.txt\" and \"be\u{302}\u{301}n.txt\" are one name where marks are written otherwise, or ends cut",
        "\"tàu. \" and \"tàu\" are one name where marks are written otherwise, or ends cut",
    ] {
        assert!(report.contains(words), "{report}");
    }
    assert_eq!(
        report
            .matches("not every machine can keep them apart")
            .count(),
        3,
        "{report}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_the_tools_failure_not_the_contents() {
    let folder = tempfile::tempdir().unwrap();
    let output = check(folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("site: could not read content: "));
    assert_eq!(text(&output.stdout), "");
}

#[test]
fn a_wrong_command_line_is_the_tools_failure_too() {
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("chekc")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn whatever_stands_in_a_file_ends_in_a_report() {
    for name in ["content-json-shapes.ndjson", "json-nst-testsuite.ndjson"] {
        let Ok(rows) = fs::read_to_string(Path::new(CORPORA).join(name)) else {
            eprintln!("skipped: {CORPORA}/{name} is not there");
            continue;
        };
        let folder = base();
        let articles = folder.path().join("content/articles/port");
        let rows: Vec<Vec<u8>> = rows
            .lines()
            .filter_map(|row| bytes(&serde_json::from_str(row).unwrap()))
            .collect();
        assert!(rows.len() > 20, "{name} has only {} rows", rows.len());
        for (number, row) in rows.iter().enumerate() {
            let article = articles.join(format!("row-{number}"));
            copy(&articles.join("deep-water-port"), &article);
            fs::write(article.join("vi.json"), row).unwrap();
        }
        let output = check(folder.path());
        assert_eq!(
            output.status.code(),
            Some(1),
            "{name}: {}",
            text(&output.stderr)
        );
        let report = text(&output.stdout);
        for number in 0..rows.len() {
            assert!(
                report.contains(&format!("/row-{number}/vi.json")),
                "row {number} of {name} was taken for an article"
            );
        }
    }
}

/// The bytes of a row's file; `None` for the few rows that are too large.
fn bytes(row: &serde_json::Value) -> Option<Vec<u8>> {
    if let Some(encoded) = row["base64"].as_str() {
        return Some(decode(encoded));
    }
    if let Some(text) = row["json_text"].as_str() {
        return Some(text.as_bytes().to_vec());
    }
    let repeat = |make: &serde_json::Value| {
        let times = usize::try_from(make["times"].as_u64()?)
            .ok()
            .filter(|&times| times < 10_000_000)?;
        Some(make["repeat"].as_str()?.repeat(times))
    };
    let make = &row["make"];
    let start = repeat(make)?;
    Some(
        [start, repeat(&make["then"]).unwrap_or_default()]
            .concat()
            .into_bytes(),
    )
}

fn decode(encoded: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = encoded.bytes().filter(|&c| c != b'=').map(digit).collect();
    let bits = |group: &[u8]| {
        group
            .iter()
            .enumerate()
            .map(|(at, digit)| u32::from(*digit) << (18 - 6 * at))
            .sum::<u32>()
    };
    digits
        .chunks(4)
        .flat_map(|group| bits(group).to_be_bytes()[1..group.len()].to_vec())
        .collect()
}

fn check(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("check")
        .current_dir(folder)
        .output()
        .unwrap()
}

/// A temporary copy of `tests/cases/base`.
fn base() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(crate::ROOT).join("tests/cases/base"),
        folder.path(),
    );
    folder
}

/// Copies a case's files over the base, and removes the paths of its `remove.txt`.
pub(crate) fn overlay(case: &Path, folder: &Path) {
    if case.join("content").is_dir() {
        copy(&case.join("content"), &folder.join("content"));
    }
    for path in fs::read_to_string(case.join("remove.txt"))
        .unwrap_or_default()
        .lines()
    {
        let path = folder.join(path);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.unwrap_or_else(|error| panic!("{}: {}: {error}", case.display(), path.display()));
    }
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

/// A program's output as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_law_that_has_ended_is_a_warning_where_a_time_is_given() {
    let folder = base();
    let path = folder.path().join("content/site.json");
    let mut site: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    site["duties"]["basis"] =
        serde_json::json!([{ "name": "Decree 1", "until": "2026-07-01T00:00+07:00" }]);
    fs::write(&path, site.to_string()).unwrap();
    let said = |day: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_site"))
            .args(["check", "--as-of", day])
            .current_dir(folder.path())
            .output()
            .unwrap();
        text(&output.stdout)
    };
    assert!(
        said("2026-06-30").contains("no problems\n"),
        "{}",
        said("2026-06-30")
    );
    let after = said("2026-07-02");
    assert!(
        after.contains("no law that is named here is in force now; the last is Decree 1"),
        "{after}"
    );
}
