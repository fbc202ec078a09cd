//! The browser program reads documents as `serde` does: the same documents, and no others.

use crate::browser::environment;
use model::Document;
use model::json::{Value as Parsed, parse};
use portal::content::read;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The documents of the sample site: the largest of each folder of a language, which have every kind
/// of page, list and block.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![environment::file("PORTAL_DIST").join("vi")];
    while let Some(folder) = open.pop() {
        let paths = fs::read_dir(&folder).unwrap();
        for path in paths.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("index.json") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// Fails where the two do not agree on a text.
fn compare(text: &str, what: &dyn Fn() -> String) {
    let ours = read(text.as_bytes()).ok();
    let of_serde: Option<Document> = serde_json::from_str(text).ok();
    assert_eq!(ours, of_serde, "{}: {text}", what());
}

#[test]
fn every_document_is_read_as_serde_reads_it() {
    let documents = documents();
    assert!(documents.len() > 40, "{}", documents.len());
    for (path, text) in documents {
        assert!(read(text.as_bytes()).is_ok(), "{}", path.display());
        compare(&text, &|| path.display().to_string());
    }
}

/// Documents as a build before the footer's note published them, one of each kind of page. They are never
/// written anew: programs of today meet them at hosts and in caches.
fn earlier() -> Vec<(PathBuf, String)> {
    let folder = Path::new(crate::ROOT).join("tests/cases/documents");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn what_an_earlier_build_published_is_read_by_the_tool_and_by_the_browser_program() {
    let mut kinds = std::collections::BTreeSet::new();
    for (path, text) in earlier() {
        compare(&text, &|| path.display().to_string());
        let document =
            read(text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(document.site.note, "", "{}", path.display());
        let page = serde_json::to_value(&document.page).unwrap();
        kinds.insert(match page {
            Value::String(kind) => kind,
            page => page.as_object().unwrap().keys().next().unwrap().clone(),
        });
    }
    let all = [
        "archive",
        "article",
        "home",
        "listing",
        "not_found",
        "search",
        "standing",
        "tags",
        "untranslated",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn what_a_later_build_publishes_is_refused_as_a_whole_so_that_the_page_is_opened_in_full() {
    for (path, text) in earlier() {
        // A key of the portal, of the page, and of the document that nobody knows yet.
        for (before, key) in [
            ("\"lang\":", "\"later\":1,"),
            ("\"languages\":[\"", "\"form\":2,"),
        ] {
            let later = text.replacen(before, &format!("{key}{before}"), 1);
            assert_ne!(later, text);
            assert_eq!(
                read(later.as_bytes()),
                Err(portal::content::ContentError::Answer),
                "{}",
                path.display()
            );
        }
    }
}

/// The pointers to all values in a value.
fn pointers(value: &Value, to: &str, found: &mut Vec<String>) {
    found.push(to.to_owned());
    match value {
        Value::Array(list) => {
            // What is true of the first two entries of a list is true of all.
            for (at, entry) in list.iter().enumerate().take(2) {
                pointers(entry, &format!("{to}/{at}"), found);
            }
        }
        Value::Object(map) => {
            for (name, entry) in map {
                pointers(entry, &format!("{to}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Values that a place may have instead of its own.
fn others() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(256),
        json!(65_536),
        json!(4_294_967_296_u64),
        json!(""),
        json!("vi"),
        json!("not_found"),
        json!("2026-02-30T00:00+07:00"),
        json!("javascript:alert(1)"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"text": "x"}),
        json!({"vi": null}),
        json!({"day": "2014-09"}),
        json!({"strong": [{"text": "x"}]}),
    ]
}

#[test]
fn a_document_with_something_else_in_any_place_is_read_as_serde_reads_it() {
    let mut kinds = std::collections::BTreeSet::new();
    let mut compared = 0;
    for (path, text) in documents() {
        let document: Value = serde_json::from_str(&text).unwrap();
        let mut found = Vec::new();
        pointers(&document, "", &mut found);
        for pointer in found {
            // One place of each kind, whichever document has it.
            let kind: String = pointer
                .split('/')
                .map(|part| {
                    if part.bytes().all(|byte| byte.is_ascii_digit()) {
                        "0"
                    } else {
                        part
                    }
                })
                .collect::<Vec<_>>()
                .join("/");
            if !kinds.insert(kind) {
                continue;
            }
            for other in others() {
                let mut changed = document.clone();
                let place = changed.pointer_mut(&pointer).unwrap();
                let is_list_for_object = other.is_array() && place.is_object();
                *place = other.clone();
                if is_list_for_object {
                    // `serde` reads a struct from a list of its fields as well. No document has that.
                    assert!(read(changed.to_string().as_bytes()).is_err(), "{pointer}");
                    continue;
                }
                compare(&changed.to_string(), &|| {
                    format!("{} with {other} at {pointer}", path.display())
                });
                compared += 1;
            }
            if let Some(Value::Object(map)) = document.pointer(&pointer) {
                for name in map.keys() {
                    let mut changed = document.clone();
                    let object = changed
                        .pointer_mut(&pointer)
                        .unwrap()
                        .as_object_mut()
                        .unwrap();
                    object.remove(name);
                    compare(&changed.to_string(), &|| {
                        format!("{} without {name} at {pointer}", path.display())
                    });
                    compared += 1;
                }
                let mut changed = document.clone();
                let object = changed
                    .pointer_mut(&pointer)
                    .unwrap()
                    .as_object_mut()
                    .unwrap();
                object.insert("unknown".to_owned(), json!(1));
                compare(&changed.to_string(), &|| {
                    format!("{} with more at {pointer}", path.display())
                });
            }
        }
    }
    assert!(
        kinds.len() > 150 && compared > 3000,
        "{} kinds, {compared} compared",
        kinds.len()
    );
}

#[test]
fn a_key_that_is_there_twice_is_refused_as_serde_refuses_it() {
    let (path, text) = documents().swap_remove(0);
    let name = "\"languages\":";
    let at = text.find(name).unwrap();
    let twice = format!("{}{name}[\"vi\"],{}", &text[..at], &text[at..]);
    assert!(read(twice.as_bytes()).is_err());
    compare(&twice, &|| path.display().to_string());
}

/// Texts around the borders of JSON.
const TEXTS: [&str; 72] = [
    "",
    " ",
    "null",
    " null\n",
    "nul",
    "nulll",
    "true",
    "false",
    "True",
    "[]",
    "[ ]",
    "[,]",
    "[1,]",
    "[1 2]",
    "[1,2]",
    "[",
    "]",
    "[[]",
    "{}",
    "{ }",
    "{,}",
    "{\"a\":1}",
    "{\"a\" : 1 , \"b\":2}",
    "{\"a\":1,}",
    "{\"a\"}",
    "{\"a\":}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{\"a\":1 \"b\":2}",
    "0",
    "-0",
    "00",
    "01",
    "-",
    "-01",
    "1.",
    ".5",
    "1.5",
    "1e5",
    "1E+5",
    "1e-5",
    "1e",
    "1e+",
    "+1",
    "0x1",
    "NaN",
    "Infinity",
    "1_000",
    "18446744073709551615",
    "18446744073709551616",
    "\"\"",
    "\"a",
    "a\"",
    "\"\\n\\r\\t\\b\\f\\/\\\\\\\"\"",
    "\"\\x\"",
    "\"\\u0041\"",
    "\"\\u004\"",
    "\"\\u004g\"",
    "\"\\u+041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\ud83d\\u0041\"",
    "\"\\ud83dx\"",
    "\"\t\"",
    "\"\n\"",
    "\"\u{7f}\u{2028}\"",
    "\u{feff}1",
    "1 1",
    "// 1",
    "\u{c}1",
];

#[test]
fn texts_are_json_or_not_as_serde_json_says() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let deep = [126, 127, 128, 129, 10_000].map(|depth| [nested(depth), objects(depth)]);
    let texts = TEXTS
        .into_iter()
        .map(str::to_owned)
        .chain(deep.into_iter().flatten());
    for text in texts {
        let of_serde = serde_json::from_str::<Value>(&text).ok();
        let ours = parse(&text);
        let beginning = text.get(..30).unwrap_or(&text);
        assert_eq!(ours.is_some(), of_serde.is_some(), "{beginning:?}");
        if let (Some(Parsed::Text(ours)), Some(Value::String(of_serde))) = (ours, of_serde) {
            assert_eq!(ours, of_serde, "{beginning:?}");
        }
    }
}

#[test]
fn what_is_no_text_is_no_document() {
    assert!(read(b"\"\xff\"").is_err());
    let home = Path::new("index.json");
    let (_, text) = documents()
        .into_iter()
        .find(|(path, _)| path.ends_with(Path::new("vi").join(home)))
        .unwrap();
    assert!(read(&text.as_bytes()[..text.len() - 1]).is_err());
    assert!(read(format!("{text} ").as_bytes()).is_ok());
    assert!(read(format!("{text},").as_bytes()).is_err());
}
