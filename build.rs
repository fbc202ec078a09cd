//! Turns `locales/<tag>.json` into constants, so that the browser program carries the words and no parser for them.
//!
//! The struct that they fill stands in `src/i18n/words.rs`; a key that it does not have, and one of its keys that is
//! missing, is an error of the compiler, which names the file and the key.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The languages: the constant's name and the file's.
const LOCALES: [(&str, &str); 5] = [("VI", "vi"), ("EN", "en"), ("KO", "ko"), ("JA", "ja"), ("ZH_HANS", "zh-Hans")];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let mut constants = String::new();
    for (name, tag) in LOCALES {
        let file = format!("locales/{tag}.json");
        let read = fs::read_to_string(&file).map_err(|error| error.to_string());
        let words: Value = match read.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string())) {
            Ok(words) => words,
            Err(error) => {
                println!("cargo::error={file}: {error}");
                return;
            }
        };
        let _ = writeln!(constants, "// {file}\nconst {name}: Words = {};", literal("", &words));
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("locales.rs"), constants).expect("OUT_DIR can be written to");
}

/// A value as a Rust literal. An object's type is known by its key.
fn literal(key: &str, value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let kind = match key {
                "" => "Words",
                "date_time" => "DateTime",
                _ => "Plural",
            };
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("r#{name}: {}", literal(name, value))).collect();
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
