//! `site schemas`: JSON Schemas of the authored form, made from its types. Text editors complete
//! and check files with them. A schema knows the shape of a file; only `site check` looks up
//! references to other files.

use crate::content::authored;
use crate::diagnostics::Failure;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes every schema into a folder, and returns the files. `others` are those of files that other
/// crates read, with their names.
///
/// # Errors
/// Where the folder or a file cannot be written. Where something else has the name of a schema,
/// nothing is written.
pub fn write(
    out: &Path,
    others: impl IntoIterator<Item = (&'static str, Value)>,
) -> Result<Vec<PathBuf>, Failure> {
    let all: Vec<(&str, Value)> = own().into_iter().chain(others).collect();
    all.iter()
        .try_for_each(|(name, schema)| refuse_what_is_no_schema(&out.join(name), schema))?;
    fs::create_dir_all(out).map_err(|error| Failure::io("make", out, &error))?;
    let mut written = Vec::new();
    for (name, schema) in all {
        let file = out.join(name);
        let text = serde_json::to_string_pretty(&schema)
            .map_err(|error| Failure::new(error.to_string()))?
            + "\n";
        fs::write(&file, text).map_err(|error| Failure::io("write", &file, &error))?;
        written.push(file);
    }
    Ok(written)
}

/// Refuses to overwrite anything but an earlier schema with the same title.
fn refuse_what_is_no_schema(file: &Path, schema: &Value) -> Result<(), Failure> {
    let Ok(about) = fs::symlink_metadata(file) else {
        return Ok(());
    };
    let there = || serde_json::from_slice::<Value>(&fs::read(file).ok()?).ok();
    if about.is_file() && there().is_some_and(|there| there.get("title") == schema.get("title")) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} is there already, and is no schema that this tool wrote",
        file.display()
    ))
    .help("nothing was written; choose another folder with --out, or move the file away"))
}

/// The schemas of the authored form with their files' names.
fn own() -> [(&'static str, Value); 9] {
    [
        (
            "site.schema.json",
            of::<authored::site::Site>("site.json: the portal itself"),
        ),
        (
            "article.schema.json",
            of::<authored::article::Article>("article.json: what is the same in every language"),
        ),
        (
            "version.schema.json",
            of::<authored::version::Version>("An article as it is written in one language"),
        ),
        (
            "standing.schema.json",
            of::<authored::standing::Standing>("A standing page in one language"),
        ),
        (
            "glossary.schema.json",
            of::<authored::glossary::Glossary>("glossary.json: names in every language"),
        ),
        (
            "register.schema.json",
            of::<authored::register::Register>("What the documents of the register have in common"),
        ),
        (
            "document.schema.json",
            of::<authored::register::Document>("A document of the register"),
        ),
        (
            "questions.schema.json",
            of::<authored::questions::Questions>("Questions and answers in one language"),
        ),
        (
            "accessibility.schema.json",
            of::<authored::assessment::Assessment>("An assessment of the portal's accessibility"),
        ),
    ]
}

/// The schema of a file, in draft 7, which text editors know best.
pub fn of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = in_order::<T>();
    if let Value::Object(keys) = &mut schema {
        keys.insert("title".to_owned(), title.into());
    }
    // Cargo's feature unification decides whether objects keep their order; sorted, they are the
    // same in every build.
    schema.sort_all_objects();
    schema
}

/// The schema of a file, with keys in the order in which people write them, where the program is
/// compiled so that objects keep their order.
pub fn in_order<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let schema: Schema = generator.into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    without_null(&mut schema);
    schema
}

/// Removes `null` from a schema: an optional key may be left out, but may not be `null`.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            keys.values_mut().for_each(without_null);
            if keys.get("default").is_some_and(Value::is_null) {
                keys.remove("default");
            }
            if let Some(Value::Array(kinds)) = keys.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [kind] = &kinds[..] {
                    let kind = kind.clone();
                    keys.insert("type".to_owned(), kind);
                }
            }
            only_choice(keys);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// Replaces an `anyOf` by its only choice, where `null` was the other one.
fn only_choice(keys: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = keys.get_mut("anyOf") else {
        return;
    };
    choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
    if let [choice] = &choices[..] {
        let choice = choice.clone();
        keys.remove("anyOf");
        if keys.is_empty() {
            keys.extend(choice.as_object().cloned().unwrap_or_default());
        } else {
            // Draft 7 ignores the keys next to `$ref`, so that the description has to stay outside.
            keys.insert("allOf".to_owned(), Value::Array(vec![choice]));
        }
    }
}
