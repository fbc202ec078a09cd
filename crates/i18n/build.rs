//! Turns `locales/<tag>.json` into constants, so that the browser program carries the words and no
//! parser for them.
//!
//! The constants fill `Words` of `crates/i18n/src/words.rs`. A top-level key that only some files
//! have is a build error with file and key. Any other difference from the struct is a compiler
//! error.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The languages: each constant's name, and its file's name without extension.
const LOCALES: [(&str, &str); 5] = [
    ("VI", "vi"),
    ("EN", "en"),
    ("KO", "ko"),
    ("JA", "ja"),
    ("ZH_HANS", "zh-Hans"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../locales");
    // Only scripts show these texts, which get them from the native tool, or pages that it makes.
    let browser = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    let mut constants = String::new();
    let mut first: Option<Value> = None;
    for (name, tag) in LOCALES {
        let file = format!("../../locales/{tag}.json");
        let read = fs::read_to_string(&file).map_err(|error| error.to_string());
        let words: Value = match read
            .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()))
        {
            Ok(words) => words,
            Err(error) => {
                println!("cargo::error={file}: {error}");
                return;
            }
        };
        let mut compiled = words.clone();
        if let (true, Some(fields)) = (browser, compiled.as_object_mut()) {
            fields.remove("choose_language");
            fields.remove("duties");
            fields.remove("finding");
            fields.remove("tools");
        }
        let known = first.get_or_insert_with(|| words.clone());
        for (what, one, other) in [("missing", &*known, &words), ("unknown", &words, &*known)] {
            for key in keys(one).filter(|key| other.get(key).is_none()) {
                println!("cargo::error={file}: key \"{key}\" is {what}");
            }
        }
        let _ = writeln!(
            constants,
            "// {file}\nconst {name}: Words = {};",
            literal("", &compiled)
        );
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("locales.rs"), constants).expect("OUT_DIR can be written to");
}

/// The keys of an object.
fn keys(value: &Value) -> impl Iterator<Item = &String> {
    value.as_object().into_iter().flatten().map(|(key, _)| key)
}

/// A value as a Rust literal. An object's type is known by its key.
fn literal(key: &str, value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let kind = match key {
                "" => "Words",
                "date_time" => "DateTime",
                "duties" => "Duties",
                "finding" => "Finding",
                "tools" => "Tools",
                _ => "Plural",
            };
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("r#{name}: {}", literal(name, value)))
                .collect();
            format!("{kind} {{ {} }}", fields.join(",\n"))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| literal("", item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => format!("{text:?}"),
        other => format!("{other}"),
    }
}
