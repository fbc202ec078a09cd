//! Tests over all documents of a content: what is opened and written back as it was stays as it was, and
//! whatever is edited has its messages at its fields.

use crate::check::Checked;
use crate::form;
use crate::place::Place;
use crate::pointer::Pointer;
use crate::remark::{self, Remark};
use crate::store::{Edit, Store};
use crate::text;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use synthetic::{Portal, authored};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of a content of the repository, with a glossary.
fn content(name: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    copy(&root.join(name), place.path());
    let glossary = "{\"names\": [\n\t{ \"right\": {\"vi\": \"Hải Phòng\"},\"wrong\": { \"vi\": [ \"Hải phòng\" ] }}]}";
    fs::write(place.path().join("glossary.json"), glossary).unwrap();
    place
}

/// All documents of a content.
fn places(content: &Path) -> Vec<Place> {
    fn walk(folder: &Path, name: &str, found: &mut Vec<Place>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let file = entry.file_name().into_string().unwrap();
            let name = format!("{name}{file}");
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if let Some(name) = name.strip_suffix(".json") {
                found.extend(Place::parse(name));
            }
        }
    }
    let mut found = Vec::new();
    walk(content, "", &mut found);
    found
}

/// Every value of a document with its place.
fn values(value: &Value, at: &Pointer, found: &mut Vec<(Pointer, Value)>) {
    found.push((at.clone(), value.clone()));
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(number, item)| values(item, &at.child(number), found)),
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| values(value, &at.child(key), found)),
        _ => {}
    }
}

/// Writes every value and every text with marks back as a form has it, saves, and compares the bytes.
fn is_unchanged(content: &Path) -> usize {
    let mut store = Store::open(content).unwrap();
    let places = places(content);
    for place in &places {
        let before = fs::read(place.file(content)).unwrap();
        let shown = store.show(place).unwrap();
        let document = shown.value.unwrap();
        let mut all = Vec::new();
        values(&document, &Pointer::default(), &mut all);
        let mut edits: Vec<Edit> = all
            .iter()
            .map(|(at, value)| {
                serde_json::from_value(json!({ "do": "set", "at": at, "value": value })).unwrap()
            })
            .collect();
        for at in form::marked(place.kind(), &document) {
            let text = document.pointer(&at.to_string()).unwrap().as_str().unwrap();
            let spans = text::spans(text).unwrap_or_else(|| panic!("{place} {at}"));
            edits.push(Edit::Words { words: at, spans });
        }
        let edited = store.edit(place, &shown.known, &edits).unwrap();
        assert!(!edited.unsaved, "{place}");
        store.save(place, &edited.known, None).unwrap();
        assert_eq!(fs::read(place.file(content)).unwrap(), before, "{place}");
    }
    places.len()
}

#[test]
fn every_document_that_is_opened_and_saved_is_byte_for_byte_the_same() {
    for (name, least) in [("content", 80), ("tests/cases/base/content", 8)] {
        let place = content(name);
        let found = is_unchanged(place.path());
        assert!(found > least, "{found} documents of {name}");
        assert!(places(place.path()).contains(&Place::Glossary));
    }
    let place = tempfile::tempdir().unwrap();
    authored::write(&Portal::new(12, 2), place.path()).unwrap();
    assert!(is_unchanged(place.path()) > 24);
}

/// A value as it may come from a form, right or wrong.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[a-cđ港*_`<>&\\[\\]()\\\\ /:.-]{0,8}".prop_map(Value::from),
        Just(json!("port/nothing")),
        Just(json!("https://a.example/")),
        Just(json!("2026-05-13T08:30+07:00")),
        Just(json!("")),
        Just(json!(null)),
        Just(json!(-7)),
        Just(json!(true)),
        Just(json!([])),
        Just(json!({})),
        Just(json!({ "vi": "a", "en": "b", "ko": "c", "ja": "d", "zh-Hans": "e" })),
        Just(json!({ "right": { "vi": "x" }, "wrong": { "vi": ["x"] } })),
        Just(json!({ "paragraph": "**a" })),
    ]
}

/// An edit of one of the values of a document.
fn change() -> impl Strategy<Value = (prop::sample::Index, u8, Value)> {
    (any::<prop::sample::Index>(), 0..4_u8, value())
}

fn edit(document: &Value, (at, kind, value): (prop::sample::Index, u8, Value)) -> Edit {
    let mut all = Vec::new();
    values(document, &Pointer::default(), &mut all);
    let (at, _) = at.get(&all);
    let operation = match kind {
        0 => json!({ "do": "remove", "at": at }),
        1 => json!({ "do": "insert", "at": at, "value": value }),
        2 => json!({ "do": "move", "from": at, "to": 0 }),
        _ => json!({ "do": "set", "at": at, "value": value }),
    };
    serde_json::from_value(operation).unwrap()
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(60) })]

    /// Whatever is edited in the settings, the glossary or a standing page, the check has nothing against
    /// it, or says so at a value that is there.
    #[test]
    fn every_message_about_the_portal_stands_at_a_field(
        name in prop_oneof![Just("site"), Just("glossary"), Just("pages/about/vi")],
        changes in proptest::collection::vec(change(), 1..6),
    ) {
        let folder = content("tests/cases/base/content");
        let mut store = Store::open(folder.path()).unwrap();
        let checked = Checked::all(folder.path(), None).unwrap();
        let place = Place::parse(name).unwrap();
        let mut shown = store.show(&place).unwrap();
        for change in changes {
            let Some(document) = &shown.value else { break };
            // One that does not fit is refused, and changes nothing.
            if let Ok(now) = store.edit(&place, &shown.known, &[edit(document, change)]) {
                shown = now;
            }
        }
        let remarks = checked.portal(&mut store).unwrap();
        for remark in remarks.iter().filter(|remark| remark.place.as_ref() == Some(&place)) {
            let there = shown.value.as_ref().and_then(|value| value.pointer(&remark.at.to_string()));
            prop_assert!(there.is_some(), "{:?} of {:?}", remark, shown.value);
        }
        // The whole check has errors exactly where the desk has some.
        store.save(&place, &shown.known, None).unwrap();
        let all = Checked::all(folder.path(), None).unwrap();
        let said: Vec<Remark> = all.problems.iter().map(|problem| remark::of(problem, folder.path(), &mut |_| None)).collect();
        let has_error = |remarks: &[Remark]| remarks.iter().any(|remark| remark.severity == "error");
        prop_assert_eq!(has_error(&remarks), has_error(&said), "{:?}\n{:?}\n{:?}", shown.value, remarks, said);
    }
}
