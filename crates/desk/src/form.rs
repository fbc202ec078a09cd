//! The forms of documents, from the JSON Schemas of the types that read them: which keys there are,
//! in which order people write them, and which texts carry marks. A new key needs nothing here.

use crate::place::Kind;
use crate::pointer::{Pointer, index};
use editorial::content::authored;
use editorial::edit::schemas::in_order;
use serde_json::Value;
use std::sync::LazyLock;

/// What the schemas call a text with marks.
const MARKED: &str = "text/markdown";

/// What the schemas call texts that people read.
const WORDS: [&str; 3] = ["Words", "Marked", "Cell"];

static SCHEMAS: LazyLock<[Value; 9]> = LazyLock::new(|| {
    [
        in_order::<authored::site::Site>(),
        in_order::<authored::glossary::Glossary>(),
        in_order::<authored::article::Article>(),
        in_order::<authored::version::Version>(),
        in_order::<authored::standing::Standing>(),
        in_order::<authored::register::Register>(),
        in_order::<authored::register::Document>(),
        in_order::<authored::questions::Questions>(),
        in_order::<authored::assessment::Assessment>(),
    ]
});

/// The schema of a kind of document.
pub fn schema(kind: Kind) -> &'static Value {
    let [
        site,
        glossary,
        article,
        version,
        standing,
        register,
        document,
        questions,
        assessment,
    ] = &*SCHEMAS;
    match kind {
        Kind::Site => site,
        Kind::Glossary => glossary,
        Kind::Article => article,
        Kind::Version => version,
        Kind::Standing => standing,
        Kind::Register => register,
        Kind::Document => document,
        Kind::Questions => questions,
        Kind::Assessment => assessment,
    }
}

/// The keys that an object at a place can have, in the order in which people write them.
pub fn keys(kind: Kind, document: &Value, at: &Pointer) -> Vec<String> {
    let found = schema_at(schema(kind), document, at);
    let properties = found.and_then(|found| found["properties"].as_object());
    properties
        .into_iter()
        .flat_map(|properties| properties.keys().cloned())
        .collect()
}

/// The places of all texts with marks.
pub fn marked(kind: Kind, document: &Value) -> Vec<Pointer> {
    let root = schema(kind);
    let mut found = Vec::new();
    walk(root, root, document, &Pointer::default(), &mut found);
    found
}

fn walk(root: &Value, schema: &Value, value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    let Some(schema) = chosen(root, schema, value) else {
        return;
    };
    match value {
        Value::String(_) if schema["contentMediaType"] == MARKED => found.push(at.clone()),
        Value::Array(items) => items.iter().enumerate().for_each(|(number, item)| {
            walk(root, &schema["items"], item, &at.child(number), found);
        }),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            walk(root, part(schema, key), value, &at.child(key), found);
        }),
        _ => {}
    }
}

/// The places of all texts that people read, with or without marks: names, numbers and addresses are
/// none.
pub fn words(kind: Kind, document: &Value) -> Vec<Pointer> {
    let root = schema(kind);
    let mut found = Vec::new();
    walk_words(root, root, document, &Pointer::default(), &mut found);
    found
}

fn walk_words(root: &Value, schema: &Value, value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    let is_words = name_of(schema).is_some_and(|name| WORDS.contains(&name));
    let Some(schema) = chosen(root, schema, value) else {
        return;
    };
    match value {
        Value::String(_) if is_words => found.push(at.clone()),
        Value::Array(items) => items.iter().enumerate().for_each(|(number, item)| {
            walk_words(root, &schema["items"], item, &at.child(number), found);
        }),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            walk_words(root, part(schema, key), value, &at.child(key), found);
        }),
        _ => {}
    }
}

/// What a schema refers to.
fn name_of(schema: &Value) -> Option<&str> {
    let only = schema["allOf"].as_array().and_then(|all| all.first());
    only.unwrap_or(schema)["$ref"].as_str()?.rsplit('/').next()
}

/// The schema of the value at a place.
fn schema_at<'a>(root: &'a Value, document: &Value, at: &Pointer) -> Option<&'a Value> {
    let (mut schema, mut value) = (chosen(root, root, document)?, document);
    for step in at.parts() {
        let (next, inner) = match value {
            Value::Array(items) => (&schema["items"], items.get(index(step)?)?),
            _ => (part(schema, step), value.get(step)?),
        };
        schema = chosen(root, next, inner)?;
        value = inner;
    }
    Some(schema)
}

/// The schema of a key.
fn part<'a>(schema: &'a Value, key: &str) -> &'a Value {
    match &schema["properties"][key] {
        Value::Null => &schema["additionalProperties"],
        known => known,
    }
}

/// A schema without references, and of several choices the one that a value is.
fn chosen<'a>(root: &'a Value, schema: &'a Value, value: &Value) -> Option<&'a Value> {
    let mut schema = schema;
    // A schema of ours never refers to itself without a step into the value.
    for _ in 0..16 {
        if let Some(name) = schema["$ref"].as_str() {
            schema = &root["definitions"][name.rsplit('/').next()?];
        } else if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
            schema = only;
        } else if let Some(choices) = schema["oneOf"].as_array() {
            let key = value.as_object()?.keys().next()?;
            let has = |choice: &&Value| choice["properties"].get(key).is_some();
            schema = choices.iter().find(has)?;
        } else {
            return Some(schema);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_with_marks_are_found_and_plain_ones_are_not() {
        let version = json!({
            "headline": "a", "lead": "b",
            "body": [
                { "paragraph": "c" }, { "heading": "d" }, { "list": ["e", "f"] },
                { "quote": { "text": "g", "source": "h" } },
                { "table": { "caption": "i", "header": ["j"], "rows": [["k"], [""]] } },
                { "timeline": [{ "label": "l", "text": "m" }] },
                { "key_facts": { "title": "n", "facts": [{ "name": "o", "text": "p" }] } },
                { "event": { "name": "q", "begin": "2026-05-13", "text": "r" } },
                { "audio": { "title": "s", "file": "t", "transcript": ["u"] } },
                { "nothing": "of the kind" }, "v", { }
            ],
            "history": [{ "at": "2026-05-13T08:30+07:00", "text": "w" }]
        });
        let found: Vec<String> = marked(Kind::Version, &version)
            .iter()
            .map(|at| {
                version
                    .pointer(&at.to_string())
                    .unwrap()
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert_eq!(found.join(""), "bcefgkmpruw");
        let read: Vec<String> = words(Kind::Version, &version)
            .iter()
            .map(|at| version.pointer(&at.to_string()).unwrap().to_string())
            .collect();
        assert_eq!(
            read.join("").replace('"', ""),
            "abcdefghijklmnopqrsuw",
            "addresses and names of files are no words"
        );
    }

    #[test]
    fn keys_have_the_order_in_which_people_write_them() {
        let keys = |kind, value: Value, at: &str| keys(kind, &value, &Pointer::parse(at).unwrap());
        let facts = keys(Kind::Article, json!({}), "");
        assert_eq!(facts[..4], ["$schema", "published", "updated", "source"]);
        let version = json!({ "body": [{ "contact": {} }] });
        let contact = keys(Kind::Version, version, "/body/0/contact");
        assert_eq!(contact[..3], ["name", "post", "address"]);
        assert_eq!(
            keys(Kind::Article, json!({}), "/nothing"),
            Vec::<String>::new()
        );
    }
}
