//! Every page is valid HTML: the Nu Html Checker finds no error.

use crate::browser::environment;
use crate::published::published;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The errors that the checker finds in these files.
fn errors(files: &[PathBuf]) -> Vec<String> {
    let mut command = Command::new(environment::file("PORTAL_JAVA"));
    command
        .args(["-Xss1m", "-Xmx512m", "-jar"])
        .arg(environment::file("PORTAL_VNU"));
    let output = command
        .args(["--errors-only", "--format", "json", "--stdout"])
        .args(files)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let report: Value = serde_json::from_str(&said).unwrap_or_else(|_| {
        panic!(
            "the checker said: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    let messages = report["messages"].as_array().unwrap();
    messages
        .iter()
        // The checker of styles within it knows no `@container` and no `mask` of today.
        // `crates/site/src/build/assets.rs` refuses what is no CSS.
        .filter(|message| {
            !message["message"]
                .as_str()
                .is_some_and(|text| text.starts_with("CSS:"))
        })
        .map(|message| format!("{}: {}", message["url"], message["message"]))
        .collect()
}

#[test]
fn no_page_has_an_error_of_html() {
    let site = published();
    let pages: Vec<PathBuf> = site
        .texts(".html")
        .map(|(file, _)| site.folder.join(file))
        .collect();
    let errors = errors(&pages);
    assert!(
        errors.is_empty(),
        "{} errors, the first ones:\n{}",
        errors.len(),
        errors[..errors.len().min(20)].join("\n")
    );
    println!("{} pages are without an error", pages.len());
}

#[test]
fn an_error_of_html_is_noticed() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("with-an-error.html");
    std::fs::write(
        &file,
        "<!DOCTYPE html><html lang=vi><title>t</title><p><div id=a></div><div id=a></div></p>",
    )
    .unwrap();
    let errors = errors(&[file]);
    assert!(
        errors.iter().any(|error| error.contains("Duplicate ID")),
        "{errors:?}"
    );
}
