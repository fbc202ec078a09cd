use super::*;
use crate::patch::layout::literal;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::json;
use std::fs;
use std::path::Path;

fn at(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

fn set(place: &str, value: Value) -> Operation {
    Operation::Set {
        at: at(place),
        value,
    }
}

fn insert(place: &str, value: Value) -> Operation {
    Operation::Insert {
        at: at(place),
        value,
    }
}

fn remove(place: &str) -> Operation {
    Operation::Remove { at: at(place) }
}

fn shift(place: &str, to: usize) -> Operation {
    Operation::Move {
        from: at(place),
        to,
    }
}

fn changed(text: &str, operation: Operation) -> String {
    apply(text, &[operation], &|_| Vec::new()).unwrap()
}

#[test]
fn only_what_was_meant_changes() {
    let file = "{\n  \"$schema\": \"x\",\n  \"lead\":   \"\\u0111\" ,\n  \"body\": [\n    { \"paragraph\": \"a\" },\n    { \"heading\": \"b\" }\n  ]\n}\n";
    for (operation, from, to) in [
        (set("/lead", json!("đ")), "", ""),
        (set("/lead", json!("b")), "\"\\u0111\"", "\"b\""),
        (
            insert("/body/1", json!({ "list": ["x", "y"] })),
            "    { \"heading\"",
            "    { \"list\": [\"x\", \"y\"] },\n    { \"heading\"",
        ),
        (
            insert("/body/2", json!({ "heading": "c" })),
            "\"b\" }",
            "\"b\" },\n    { \"heading\": \"c\" }",
        ),
        (remove("/body/0"), "{ \"paragraph\": \"a\" },\n    ", ""),
        (remove("/body/1"), ",\n    { \"heading\": \"b\" }", ""),
        (
            set("/draft", json!(true)),
            "  ]\n}",
            "  ],\n  \"draft\": true\n}",
        ),
        (
            shift("/body/0", 1),
            "{ \"paragraph\": \"a\" },\n    { \"heading\": \"b\" }",
            "{ \"heading\": \"b\" },\n    { \"paragraph\": \"a\" }",
        ),
        (
            set("/body/0", json!({ "quote": { "text": "q" } })),
            "{ \"paragraph\": \"a\" }",
            "{ \"quote\": { \"text\": \"q\" } }",
        ),
    ] {
        let expected = if from.is_empty() {
            file.to_owned()
        } else {
            file.replacen(from, to, 1)
        };
        assert_eq!(changed(file, operation), expected);
    }
}

#[test]
fn what_is_new_looks_like_what_is_there() {
    for (file, operation, expected) in [
        ("{}", set("/a", json!([])), "{\n  \"a\": []\n}"),
        (
            "{\n\t\"a\": []\n}",
            insert("/a/0", json!({ "b": 1 })),
            "{\n\t\"a\": [\n\t\t{\n\t\t\t\"b\": 1\n\t\t}\n\t]\n}",
        ),
        (
            "{\r\n  \"a\": 1\r\n}\r\n",
            set("/b", json!({ "c": [1] })),
            "{\r\n  \"a\": 1,\r\n  \"b\": {\r\n    \"c\": [\r\n      1\r\n    ]\r\n  }\r\n}\r\n",
        ),
        (
            "{\"a\":1}",
            set("/b", json!({ "c": [1, 2] })),
            "{\"a\":1,\"b\":{\"c\":[1,2]}}",
        ),
        (
            "{ \"a\": 1 }",
            set("/b", json!(2)),
            "{ \"a\": 1, \"b\": 2 }",
        ),
        ("{\"a\": [1]}", insert("/a/1", json!(2)), "{\"a\": [1, 2]}"),
        ("{\"a\": [1]}", remove("/a/0"), "{\"a\": []}"),
        ("\u{feff}{ \"a\": 1 }", remove("/a"), "\u{feff}{}"),
        (
            "{\"a\": \"x\"}",
            set("/a", json!({ "b": "c" })),
            "{\"a\": { \"b\": \"c\" }}",
        ),
    ] {
        assert_eq!(changed(file, operation), expected, "{file}");
    }
}

#[test]
fn a_new_key_stands_where_people_write_it() {
    let order = |at: &Pointer| -> Vec<String> {
        let root = ["$schema", "published", "updated", "source"];
        if at.parts().is_empty() {
            root.map(str::to_owned).to_vec()
        } else {
            Vec::new()
        }
    };
    let file = "{\n  \"$schema\": \"x\",\n  \"published\": \"a\",\n  \"source\": {}\n}";
    let new = apply(file, &[set("/updated", json!("b"))], &order).unwrap();
    assert_eq!(
        new,
        file.replacen("\"a\",", "\"a\",\n  \"updated\": \"b\",", 1)
    );
    let unknown = apply(file, &[set("/other", json!(1))], &order).unwrap();
    assert!(unknown.ends_with("{},\n  \"other\": 1\n}"), "{unknown}");
}

#[test]
fn what_cannot_be_changed_so_is_refused() {
    for (file, operation) in [
        ("{", set("/a", json!(1))),
        ("{\"a\":1,\"a\":2}", set("/a", json!(1))),
        ("{}", set("/a/b", json!(1))),
        ("{\"a\":[]}", set("/a/b", json!(1))),
        ("{\"a\":[]}", insert("/a/1", json!(1))),
        ("{\"a\":[]}", insert("/a/-1", json!(1))),
        ("{\"a\":{}}", insert("/a/0", json!(1))),
        ("{\"a\":[1]}", shift("/a/0", 1)),
        ("{\"a\":[1]}", remove("/a/1")),
        ("{\"a\":1}", remove("/b")),
        ("{}", remove("")),
    ] {
        assert!(
            apply(file, std::slice::from_ref(&operation), &|_| Vec::new()).is_err(),
            "{file} {operation:?}"
        );
    }
}

/// How a generated file is laid out.
#[derive(Clone, Debug)]
struct Shape {
    step: &'static str,
    newline: &'static str,
    colon: &'static str,
    mark: &'static str,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let steps = prop_oneof![Just(""), Just("  "), Just("\t"), Just("    ")];
    (
        steps,
        prop_oneof![Just("\n"), Just("\r\n")],
        prop_oneof![Just(":"), Just(": ")],
        prop_oneof![4 => Just(""), 1 => Just("\u{feff}")],
    )
        .prop_map(|(step, newline, colon, mark)| Shape {
            step,
            newline,
            colon,
            mark,
        })
}

fn laid_out(value: &Value, shape: &Shape, depth: usize) -> String {
    let (parts, brackets): (Vec<String>, _) = match value {
        Value::Array(items) => (
            items
                .iter()
                .map(|item| laid_out(item, shape, depth + 1))
                .collect(),
            ["[", "]"],
        ),
        Value::Object(members) => (
            members
                .iter()
                .map(|(key, value)| {
                    format!(
                        "{}{}{}",
                        literal(key),
                        shape.colon,
                        laid_out(value, shape, depth + 1)
                    )
                })
                .collect(),
            ["{", "}"],
        ),
        other => return other.to_string(),
    };
    let line = |depth: usize| {
        if shape.step.is_empty() {
            String::new()
        } else {
            shape.newline.to_owned() + &shape.step.repeat(depth)
        }
    };
    if parts.is_empty() {
        return brackets.concat();
    }
    format!(
        "{}{}{}{}{}",
        brackets[0],
        line(depth + 1),
        parts.join(&format!(",{}", line(depth + 1))),
        line(depth),
        brackets[1]
    )
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<u32>().prop_map(Value::from),
        "[a-cđ港\"\\\\\n/ ]{0,6}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map("[a-d/~]{1,2}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn objects() -> impl Strategy<Value = Value> {
    proptest::collection::btree_map("[a-d/~]{1,2}", values(), 0..5)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// All places of a value.
fn places(value: &Value, here: &Pointer, all: &mut Vec<Pointer>) {
    all.push(here.clone());
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| places(item, &here.child(at), all)),
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| places(value, &here.child(key), all)),
        _ => {}
    }
}

/// A change somewhere in a value: which place, which kind, which numbers.
fn some_change(value: &Value, (place, kind, number): (usize, u8, usize), new: Value) -> Operation {
    let mut all = Vec::new();
    places(value, &Pointer::default(), &mut all);
    let place = all[place % all.len()].clone();
    match kind % 5 {
        0 => Operation::Set {
            at: place,
            value: new,
        },
        1 => Operation::Set {
            at: place.child("new"),
            value: new,
        },
        2 => Operation::Remove { at: place },
        3 => Operation::Insert {
            at: place.child(number % 4),
            value: new,
        },
        _ => Operation::Move {
            from: place.child(number % 4),
            to: number % 3,
        },
    }
}

/// The same change of a value without any layout; `None` where it is refused.
fn plainly(value: &Value, operation: &Operation) -> Option<Value> {
    let mut value = value.clone();
    match operation {
        Operation::Set { at, value: new } => {
            if let Some(there) = value.pointer_mut(&at.to_string()) {
                *there = new.clone();
            } else {
                let (above, key) = at.parent()?;
                value
                    .pointer_mut(&above.to_string())?
                    .as_object_mut()?
                    .insert(key.to_owned(), new.clone());
            }
        }
        Operation::Remove { at } => {
            let (above, part) = at.parent()?;
            match value.pointer_mut(&above.to_string())? {
                Value::Array(items) => drop(
                    index(part)
                        .filter(|at| *at < items.len())
                        .map(|at| items.remove(at))?,
                ),
                Value::Object(members) => drop(members.shift_remove(part)?),
                _ => return None,
            }
        }
        Operation::Insert { at, value: new } => {
            let (above, part) = at.parent()?;
            let items = value.pointer_mut(&above.to_string())?.as_array_mut()?;
            items.insert(index(part).filter(|at| *at <= items.len())?, new.clone());
        }
        Operation::Move { from, to } => {
            let (above, part) = from.parent()?;
            let items = value.pointer_mut(&above.to_string())?.as_array_mut()?;
            let at = index(part).filter(|at| *at < items.len() && *to < items.len())?;
            let item = items.remove(at);
            items.insert(*to, item);
        }
    }
    Some(value)
}

fn read(text: &str) -> Value {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap()
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(3_000) })]

    #[test]
    fn a_file_has_the_change_and_nothing_else_whatever_it_looks_like(
        value in objects(),
        shape in shapes(),
        changes in proptest::collection::vec(((any::<usize>(), any::<u8>(), any::<usize>()), values()), 1..6),
    ) {
        let mut text = format!("{}{}", shape.mark, laid_out(&value, &shape, 0));
        let mut value = value;
        prop_assert_eq!(apply(&text, &[], &|_| Vec::new()).unwrap(), text.clone());
        for (how, new) in changes {
            let operation = some_change(&value, how, new);
            let expected = plainly(&value, &operation);
            match apply(&text, std::slice::from_ref(&operation), &|_| Vec::new()) {
                Err(_) => prop_assert_eq!(expected, None),
                Ok(changed) => {
                    prop_assert_eq!(Some(read(&changed)), expected.clone(), "{} {:?}", text, operation);
                    value = expected.unwrap_or_default();
                    text = changed;
                }
            }
        }
    }

    #[test]
    fn what_is_set_to_what_it_is_stays_as_it_was_written(value in objects(), shape in shapes(), place in any::<usize>()) {
        let text = format!("{}{}", shape.mark, laid_out(&value, &shape, 0));
        let mut all = Vec::new();
        places(&value, &Pointer::default(), &mut all);
        let at = all[place % all.len()].clone();
        let same = value.pointer(&at.to_string()).unwrap().clone();
        prop_assert_eq!(apply(&text, &[Operation::Set { at, value: same }], &|_| Vec::new()).unwrap(), text);
    }
}

/// All JSON below a folder.
fn files(folder: &Path, all: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            all.push(path);
        }
    }
}

#[test]
fn every_file_of_the_sample_comes_back_byte_for_byte() {
    let mut all = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content"),
        &mut all,
    );
    assert!(all.len() > 50, "{}", all.len());
    for file in all {
        let text = fs::read_to_string(&file).unwrap();
        let value = read(&text);
        let mut everywhere = Vec::new();
        places(&value, &Pointer::default(), &mut everywhere);
        for at in everywhere.iter().step_by(7) {
            let same = value.pointer(&at.to_string()).unwrap().clone();
            let again = apply(
                &text,
                &[Operation::Set {
                    at: at.clone(),
                    value: same,
                }],
                &|_| Vec::new(),
            );
            assert!(again.unwrap() == text, "{} changes at {at}", file.display());
        }
        // An entry that is put in and taken out again leaves nothing behind.
        if value["body"]
            .as_array()
            .is_some_and(|body| !body.is_empty())
        {
            let there = apply(
                &text,
                &[insert("/body/0", json!({ "paragraph": "x" }))],
                &|_| Vec::new(),
            )
            .unwrap();
            let gone = apply(&there, &[remove("/body/0")], &|_| Vec::new()).unwrap();
            assert!(gone == text, "{}", file.display());
        }
    }
}
