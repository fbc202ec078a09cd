//! `security.txt` by RFC 9116: its lines, its required fields, and how often each may occur.

use crate::build::{build, project, text};
use crate::published::published;
use model::{Lang, Moment};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FILE: &str = ".well-known/security.txt";

/// The fields of RFC 9116 (section 2.5), and whether each may occur more than once.
const FIELDS: [(&str, bool); 8] = [
    ("Acknowledgments", true),
    ("Canonical", true),
    ("Contact", true),
    ("Encryption", true),
    ("Expires", false),
    ("Hiring", true),
    ("Policy", true),
    ("Preferred-Languages", false),
];

/// The violations of RFC 9116 in a text.
fn mistakes(text: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    if !text.ends_with('\n') {
        mistakes.push("the last line has no end".to_owned());
    }
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let Some((name, value)) = line.split_once(": ") else {
            mistakes.push(format!("no field: {line}"));
            continue;
        };
        match FIELDS.iter().find(|(field, _)| *field == name) {
            Some(_) => *seen.entry(name).or_default() += 1,
            None => mistakes.push(format!("unknown field: {line}")),
        }
        if !is_good(name, value) {
            mistakes.push(format!("not what the field can be: {line}"));
        }
    }
    for needed in ["Contact", "Expires"] {
        if !seen.contains_key(needed) {
            mistakes.push(format!("{needed} is missing"));
        }
    }
    let once = FIELDS
        .iter()
        .filter(|(_, often)| !often)
        .filter(|(name, _)| seen.get(name).is_some_and(|&times| times > 1));
    mistakes.extend(once.map(|(name, _)| format!("{name} is there twice")));
    mistakes
}

fn is_good(name: &str, value: &str) -> bool {
    match name {
        // With seconds, as RFC 3339 demands; ours are always whole minutes.
        "Expires" => value
            .split_once(":00+")
            .is_some_and(|(minute, offset)| Moment::new(&format!("{minute}+{offset}")).is_ok()),
        "Preferred-Languages" => value.split(", ").all(|tag| Lang::from_tag(tag).is_some()),
        // A web address must use `https`, and every address must be valid by RFC 3986.
        _ => {
            let known = ["https://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| value.starts_with(scheme));
            let is_plain = value.bytes().all(|byte| byte.is_ascii_graphic());
            known && is_plain && url::Url::parse(value).is_ok_and(|read| read.as_str() == value)
        }
    }
}

#[test]
fn whom_to_tell_of_a_hole_follows_rfc_9116() {
    let site = published();
    let file = std::str::from_utf8(&site.files[FILE]).unwrap();
    assert_eq!(mistakes(file), Vec::<String>::new());
    assert!(
        file.contains(&format!("Canonical: {}/{FILE}\n", site.origin)),
        "{file}"
    );
    assert!(
        file.contains("Contact: mailto:security@haiphong.example\nContact: https://"),
        "{file}"
    );
    assert!(file.contains("Preferred-Languages: vi, en\n"), "{file}");
    for (from, to) in [
        (
            "Contact: mailto:security@haiphong.example\nContact: https",
            "Policy: https",
        ),
        ("Expires: 9998", "Expires: 98"),
        ("Expires: ", "Expired: "),
        ("Preferred-Languages: vi", "Preferred-Languages: vn"),
        ("https://", "http://"),
        ("mailto:security@", "mailto:secu rity@"),
        (
            "Policy: https",
            "Expires: 9998-01-01T00:00:00+07:00\nPolicy: https",
        ),
    ] {
        let bad = file.replacen(from, to, 1);
        assert_ne!(bad, file, "nothing to replace: {from}");
        assert!(!mistakes(&bad).is_empty(), "nobody noticed {from} -> {to}");
    }
}

/// The smallest portal, with this value of `security`.
fn with(security: &Value) -> TempDir {
    let folder = project();
    let file = folder.path().join("content/site.json");
    let mut site: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    site["security"] = security.clone();
    fs::write(file, site.to_string()).unwrap();
    folder
}

fn build_messages(folder: &Path, as_of: &str) -> String {
    let output = build(folder, &["--as-of", as_of, "--quiet", "--no-cards"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_eq!(text(&output.stdout), "");
    text(&output.stderr)
}

#[test]
fn nobody_is_told_to_rely_on_a_contact_whose_time_is_over() {
    let folder = with(
        &json!({ "contacts": ["mailto:security@portal.example"], "expires": "2027-01-01T00:00+07:00" }),
    );
    let file = folder.path().join("site").join(FILE);
    assert_eq!(build_messages(folder.path(), "2026-11-01"), "");
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "Contact: mailto:security@portal.example\nExpires: 2027-01-01T00:00:00+07:00\nCanonical: https://portal.example/.well-known/security.txt\n"
    );
    let soon = build_messages(folder.path(), "2026-12-20");
    assert!(
        soon.contains("good until 2027-01-01T00:00+07:00 only") && soon.contains("\"expires\""),
        "{soon}"
    );
    assert!(file.is_file());
    let over = build_messages(folder.path(), "2027-01-01");
    assert!(
        over.contains("security.txt is left out") && over.contains("\"expires\""),
        "{over}"
    );
    assert!(!file.exists());
}

#[test]
fn a_portal_that_names_nobody_has_no_such_file() {
    let folder = project();
    assert_eq!(build_messages(folder.path(), "2026-11-01"), "");
    assert!(!folder.path().join("site").join(FILE).exists());
}
