//! The JSON Schemas for text editors. They are generated from the types, accept all content, and
//! are never stricter than `site check`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const NAMES: [&str; 10] = [
    "accessibility.schema.json",
    "article.schema.json",
    "document.schema.json",
    "glossary.schema.json",
    "questions.schema.json",
    "register.schema.json",
    "site.schema.json",
    "source.schema.json",
    "standing.schema.json",
    "version.schema.json",
];

/// The cases whose mistake is one of shape, so that a text editor can show it.
const KNOWN_TO_SCHEMAS: [&str; 86] = [
    "accessibility-with-mistakes",
    "accessibility-without-a-day",
    "agency-not-on-the-web",
    "agency-without-a-language",
    "alias-of-another-form",
    "alternative-empty",
    "api-without-a-slash",
    "api-without-https",
    "block-that-is-a-text",
    "block-with-two-keys",
    "contact-with-wrong-numbers",
    "correction-that-says-nothing",
    "date-of-another-form",
    "date-with-seconds",
    "draft-that-is-no-boolean",
    "duties-half-named",
    "entry-that-is-no-text",
    "event-without-a-day",
    "file-in-another-folder",
    "file-is-a-list",
    "file-name-is-no-slug",
    "file-of-another-kind",
    "former-origins-of-another-form",
    "gallery-of-one-picture",
    "glossary-that-contradicts-itself",
    "key-facts-without-facts",
    "languages-with-wrong-code",
    "list-empty",
    "list-for-an-object",
    "many-mistakes-at-once",
    "missing-key",
    "missing-key-inside",
    "monitoring-as-code",
    "monitoring-half-filled-in",
    "negative-number",
    "not-a-kind-of-block",
    "notice-of-unknown-level",
    "notice-without-a-language",
    "notice-without-a-moment",
    "null-for-nothing",
    "number-with-a-fraction",
    "number-written-as-text",
    "original-with-wrong-language-code",
    "picture-in-another-folder",
    "picture-name-is-no-slug",
    "picture-of-another-kind",
    "picture-with-upper-case-ending",
    "place-since-a-day-alone",
    "place-without-a-language",
    "place-without-its-former-name",
    "questions-with-mistakes",
    "quote-with-a-link-that-runs-a-script",
    "refresh-without-a-pause",
    "report-errors-to-nobody",
    "schema-that-is-no-text",
    "security-contacts-that-reach-nobody",
    "security-without-a-contact",
    "security-without-an-end",
    "share-in-an-unknown-language",
    "share-on-a-text",
    "share-on-an-unknown-network",
    "share-twice-on-the-same-network",
    "share-without-a-language",
    "site-banner-elsewhere",
    "site-origin-in-letters-of-its-own",
    "site-origin-with-path",
    "site-with-lead-of-another-form",
    "site-with-one-banner",
    "site-with-repeated-picks",
    "site-with-wrong-language-code",
    "site-without-a-language",
    "source-address-wrong",
    "source-not-on-the-web",
    "source-with-mistakes",
    "source-with-open-decisions",
    "table-without-rows",
    "tag-without-a-language",
    "text-empty",
    "text-for-a-list",
    "translated-from-another-form",
    "unknown-key",
    "unknown-key-of-nothing-known",
    "video-not-on-the-web",
    "video-with-wrong-length",
    "views-from-nowhere",
    "views-of-no-days",
];

#[test]
fn the_schemas_are_those_of_the_types() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("schemas");
    let made = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("schemas")
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let mut names: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, NAMES);
    for name in NAMES {
        let committed = fs::read_to_string(Path::new(crate::ROOT).join("schemas").join(name))
            .unwrap_or_default();
        let fresh = fs::read_to_string(out.join(name)).unwrap();
        assert!(
            committed == fresh,
            "schemas/{name} is not that of the types: `cargo site schemas` writes it anew"
        );
    }
}

#[test]
fn all_content_is_as_the_schemas_say_and_names_them() {
    let schemas = Schemas::new();
    let mut checked = 0;
    for content in ["content", "tests/cases/base/content"] {
        for file in json_files(&Path::new(crate::ROOT).join(content)) {
            let value: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            assert_eq!(
                schemas.mistakes(&file, &value),
                Vec::<String>::new(),
                "{}",
                file.display()
            );
            if content == "content" {
                let named = file
                    .parent()
                    .unwrap()
                    .join(value["$schema"].as_str().unwrap_or_default());
                let right = Path::new(crate::ROOT)
                    .join("schemas")
                    .join(schema_of(&file).unwrap());
                assert_eq!(
                    named.canonicalize().ok(),
                    right.canonicalize().ok(),
                    "{}",
                    file.display()
                );
            }
            checked += 1;
        }
    }
    assert!(checked > 80, "only {checked} files were found");
}

#[test]
fn schemas_refuse_the_mistakes_that_they_can_know_and_nothing_that_is_right() {
    let schemas = Schemas::new();
    let mut refused = Vec::new();
    let mut cases: Vec<PathBuf> = fs::read_dir(Path::new(crate::ROOT).join("tests/cases/check"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|case| case.join("content").is_dir())
        .collect();
    cases.sort();
    for case in cases {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let report = fs::read_to_string(case.join("expected.txt")).unwrap();
        for file in json_files(&case.join("content")) {
            let Ok(value) = serde_json::from_slice::<Value>(&fs::read(&file).unwrap()) else {
                continue;
            };
            let mistakes = schemas.mistakes(&file, &value);
            if !mistakes.is_empty() {
                assert!(
                    report.starts_with("error: "),
                    "{name}: {} is right: {mistakes:?}",
                    file.display()
                );
                refused.push(name.clone());
            }
        }
    }
    refused.dedup();
    assert_eq!(refused, KNOWN_TO_SCHEMAS);
}

/// The committed schemas, compiled.
struct Schemas(BTreeMap<&'static str, jsonschema::Validator>);

impl Schemas {
    fn new() -> Self {
        Self(NAMES.map(|name| (name, validator(name))).into())
    }

    /// The mistakes in a file; none if no schema applies to it.
    fn mistakes(&self, file: &Path, value: &Value) -> Vec<String> {
        let Some(schema) = schema_of(file) else {
            return Vec::new();
        };
        self.0[schema]
            .iter_errors(value)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect()
    }
}

fn validator(name: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(Path::new(crate::ROOT).join("schemas").join(name)).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft7::meta::validate(&schema)
        .unwrap_or_else(|error| panic!("{name} is no schema: {error}"));
    jsonschema::validator_for(&schema).unwrap()
}

/// The schema for a file, by its path.
fn schema_of(file: &Path) -> Option<&'static str> {
    let above = |levels: usize| file.ancestors().nth(levels)?.file_name()?.to_str();
    Some(match (above(0)?, above(1), above(2), above(3)) {
        ("site.json", ..) => "site.schema.json",
        ("article.json", ..) => "article.schema.json",
        ("source.json", ..) => "source.schema.json",
        ("glossary.json", ..) => "glossary.schema.json",
        ("accessibility.json", ..) => "accessibility.schema.json",
        ("register.json", ..) => "register.schema.json",
        ("document.json", ..) => "document.schema.json",
        (_, Some("questions"), ..) => "questions.schema.json",
        (_, _, _, Some("articles")) => "version.schema.json",
        (_, _, Some("pages"), _) => "standing.schema.json",
        _ => return None,
    })
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if path.is_dir() {
            files.extend(json_files(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}
