//! The words and the scripts of the desk.

use ::desk::form::schema;
use ::desk::place::Kind;
use model::Lang;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> PathBuf {
    Path::new(crate::ROOT).join("crates/desk/ui")
}

fn words(lang: Lang) -> BTreeMap<String, String> {
    let file = sources().join("words").join(format!("{}.json", lang.tag()));
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// The scripts, by their names.
pub(super) fn scripts() -> Vec<(String, String)> {
    let entries = fs::read_dir(sources()).unwrap().map(|entry| entry.unwrap());
    let scripts = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "js"));
    scripts
        .map(|script| {
            let name = script.file_name().to_string_lossy().into_owned();
            (name, fs::read_to_string(script.path()).unwrap())
        })
        .collect()
}

/// The names in braces in a text.
fn parts(text: &str) -> BTreeSet<&str> {
    let after = text.split('{').skip(1);
    after
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

#[test]
fn every_language_has_every_word_with_everything_that_stands_in_it() {
    let english = words(Lang::En);
    for lang in Lang::ALL {
        let own = words(lang);
        let keys = |words: &BTreeMap<String, String>| words.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&own), keys(&english), "{}", lang.tag());
        for (key, text) in &own {
            assert!(
                !text.trim().is_empty(),
                "{} has nothing for {key}",
                lang.tag()
            );
            assert_eq!(parts(text), parts(&english[key]), "{} {key}", lang.tag());
        }
    }
}

#[test]
fn every_word_that_a_script_asks_for_is_there() {
    let english = words(Lang::En);
    let mut asked = 0;
    for (name, script) in scripts() {
        for (at, call) in script.match_indices("t(\"") {
            // The end of another name is another function.
            let is_other = script[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
            let key = script[at + call.len()..].split('"').next().unwrap();
            if !is_other {
                assert!(english.contains_key(key), "{name} asks for {key}");
                asked += 1;
            }
        }
    }
    assert!(asked > 80, "{asked}");
}

/// The names of all keys in a schema.
fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        found.extend(properties.keys().cloned());
    }
    match schema {
        Value::Object(inner) => inner.values().for_each(|value| keys(value, found)),
        Value::Array(inner) => inner.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

/// All kinds of documents that have forms.
const KINDS: [Kind; 9] = [
    Kind::Site,
    Kind::Glossary,
    Kind::Article,
    Kind::Version,
    Kind::Standing,
    Kind::Register,
    Kind::Document,
    Kind::Questions,
    Kind::Assessment,
];

/// What the keys of a schema are for.
fn descriptions(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        let texts = properties.values();
        let texts = texts.filter_map(|property| property["description"].as_str());
        found.extend(texts.map(str::to_owned));
    }
    match schema {
        Value::Object(inner) => inner.values().for_each(|value| descriptions(value, found)),
        Value::Array(inner) => inner.iter().for_each(|value| descriptions(value, found)),
        _ => {}
    }
}

/// Each key is explained in five languages, or its name says everything.
#[test]
fn every_key_is_explained_in_every_language() {
    let file = fs::read(sources().join("explanations.json")).unwrap();
    let all: BTreeMap<String, Option<BTreeMap<String, String>>> =
        serde_json::from_slice(&file).unwrap();
    let mut found = BTreeSet::new();
    for kind in KINDS {
        descriptions(schema(kind), &mut found);
    }
    let known: BTreeSet<String> = all.keys().cloned().collect();
    assert_eq!(known, found, "explanations.json has what the schemas say");
    let tags: BTreeSet<&str> = Lang::ALL.into_iter().map(Lang::tag).collect();
    for (key, explained) in &all {
        if let Some(explained) = explained {
            let own: BTreeSet<&str> = explained.keys().map(String::as_str).collect();
            assert_eq!(own, tags, "{key}");
            assert!(
                explained.values().all(|text| !text.trim().is_empty()),
                "{key}"
            );
        }
    }
    assert!(all.values().flatten().count() > 60);
}

#[test]
fn every_key_has_a_name() {
    let english = words(Lang::En);
    let mut found = BTreeSet::new();
    for kind in KINDS {
        keys(schema(kind), &mut found);
    }
    found.remove("$schema");
    // What the desk calls itself, and languages have their own names.
    found.remove("machine");
    found.retain(|key| Lang::from_tag(key).is_none());
    let missing: Vec<&String> = found
        .iter()
        .filter(|key| !english.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_script_makes_markup_or_code_of_a_text() {
    for (name, script) in scripts() {
        for forbidden in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            ".style",
            "setAttribute(\"style",
            "http://",
            "createContextualFragment",
            "DOMParser",
        ] {
            let is_known = name == "link.js" && forbidden == "http://";
            assert!(
                is_known || !script.contains(forbidden),
                "{name} has {forbidden}"
            );
        }
    }
}
