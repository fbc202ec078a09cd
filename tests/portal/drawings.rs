//! Drawings in `site check`: `tests/cases/drawings` has a folder of SVG files that could load, run,
//! link or move something, and a folder of those that honest programs write.

use crate::check::text;
use crate::folder::copy;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The drawings of a folder.
fn drawings(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(
        Path::new(crate::ROOT)
            .join("tests/cases/drawings")
            .join(folder),
    )
    .unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Checks a portal whose article has these drawings in addition to its own.
fn check(drawings: &[PathBuf]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(crate::ROOT).join("tests/cases/base"),
        folder.path(),
    );
    let article = folder.path().join("content/articles/port/deep-water-port");
    let numbered = || drawings.iter().enumerate();
    let picture = |(number, file): (usize, &PathBuf)| {
        format!(", \"d{number}\": {{ \"file\": \"{}\" }}", name(file))
    };
    let pictures: String = numbered().map(picture).collect();
    let alternative = |(number, _): (usize, &PathBuf)| {
        format!(", \"d{number}\": {{ \"alternative\": \"A drawing\" }}")
    };
    let alternatives: String = numbered().map(alternative).collect();
    for file in drawings {
        fs::copy(file, article.join(name(file))).unwrap();
    }
    let add = |file: &str, after: &str, what: &str| {
        let text = fs::read_to_string(article.join(file)).unwrap();
        assert!(text.contains(after), "{file}");
        fs::write(
            article.join(file),
            text.replace(after, &format!("{after}{what}")),
        )
        .unwrap();
    };
    add(
        "article.json",
        "\"credit\": \"Portal drawing office\" }",
        &pictures,
    );
    add(
        "en.json",
        "\"harbour\": { \"alternative\": \"Drawing of a quay\" }",
        &alternatives,
    );
    add(
        "vi.json",
        "\"caption\": \"Bến cảng buổi sáng.\" }",
        &alternatives,
    );
    Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("check")
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[test]
fn every_drawing_that_could_do_something_is_named_by_the_check() {
    let drawings = drawings("refused");
    assert!(
        drawings.len() >= 250,
        "only {} drawings were found",
        drawings.len()
    );
    let output = check(&drawings);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    let report = text(&output.stdout);
    for file in drawings {
        assert!(
            report.contains(&format!("/{}", name(&file))),
            "{} passed",
            name(&file)
        );
    }
}

#[test]
fn every_drawing_that_honest_programs_write_passes_the_check() {
    let drawings = drawings("allowed");
    assert!(
        drawings.len() >= 25,
        "only {} drawings were found",
        drawings.len()
    );
    let output = check(&drawings);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}
