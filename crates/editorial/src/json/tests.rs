//! Reading reports every mistake at once, each at its position.

use super::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only read, never used")]
struct Page {
    title: String,
    views: u64,
    when: model::Moment,
    note: Option<String>,
    parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only read, never used")]
enum Part {
    Text(String),
    Pair(Pair),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only read, never used")]
struct Pair {
    left: model::Slug,
    right: String,
}

fn problems(text: &str) -> Vec<String> {
    let reading = read::<Page>("page.json", text.as_bytes());
    assert!(reading.value.is_some() || !reading.problems.is_empty());
    let place = |problem: &Problem| {
        problem
            .location
            .as_ref()
            .map_or((0, 0), |place| (place.line, place.column))
    };
    reading
        .problems
        .iter()
        .map(|problem| format!("{:?} {}", place(problem), problem.message))
        .collect()
}

const GOOD: &str =
    r#"{"title": "x", "views": 1, "when": "2014-09-03T16:10Z", "parts": [{"text": "a"}]}"#;

#[test]
fn a_good_page_reads() {
    assert_eq!(problems(GOOD), [""; 0]);
}

#[test]
fn every_mistake_is_reported_at_once_and_none_that_comes_from_another() {
    let text = r#"{
  "tittle": "x",
  "views": "many",
  "when": "03/09/2014",
  "note": null,
  "parts": [
    { "text": 5 },
    { "txt": "a" },
    { "pair": ["a", "b"] },
    { "pair": { "left": "A b", "rihgt": "x" } },
    { "text": "a", "pair": "b" },
    "text alone",
    { "text": "fine" }
  ]
}"#;
    let found = problems(text);
    for expected in [
        "(2, 3) unknown key \"tittle\": did you mean \"title\"?",
        "(3, 12) \"views\" must be a whole number, 0 or more, not a text",
        "(5, 11) \"note\" is null, and null stands for nothing",
        "(7, 15) \"text\" must be a text, not 5",
        "(8, 7) \"txt\" is not a kind of block: did you mean \"text\"?",
        "(9, 15) \"pair\" must be an object, not a list",
        "(10, 32) unknown key \"rihgt\": did you mean \"right\"?",
        "(11, 5) entry 5 of \"parts\" has 2 keys, but needs exactly one that says what it is",
        "(12, 5) entry 6 of \"parts\" is a text alone",
    ] {
        assert!(
            found.iter().any(|problem| problem == expected),
            "{expected} is not in {found:#?}"
        );
    }
    assert!(
        found
            .iter()
            .any(|problem| problem.starts_with("(4, 11) \"03/09/2014\" is not a date"))
    );
    assert!(
        found
            .iter()
            .any(|problem| problem.starts_with("(10, 25) \"A b\" is not a slug"))
    );
    assert_eq!(found.len(), 11, "{found:#?}");
}

#[test]
fn what_is_no_json_is_one_problem_at_its_place() {
    for (text, expected) in [
        ("", "(1, 1) the file is empty"),
        (" \n", "(1, 1) the file is empty"),
        ("{\"a\": 1,}", "(1, 8) a comma too many: nothing follows it"),
        ("{\"a\": 1 \"b\": 2}", "(1, 8) a comma is missing here"),
        (
            "{\n  // x\n}",
            "(2, 3) a comment stands here, and JSON has no comments",
        ),
        ("{'a': 1}", "(1, 2) a text is in single quotation marks"),
        (
            "{\"a\": “x”}",
            "(1, 7) typographic quotation marks stand around a text",
        ),
        (
            "{\"a\": \"x,\n\"b\": 1}",
            "(1, 7) the text that begins here is not closed on its line",
        ),
        ("{\"a\": \"x\ty\"}", "(1, 9) a tab stands in a text"),
        ("{\"a\": 1", "(1, 1) the { that stands here is never closed"),
        ("{} {}", "(1, 4) the file goes on after its end"),
        ("<!doctype html>", "(1, 1) this is HTML, not JSON"),
        (
            "{\"a\": \"C:\\dir\"}",
            "(1, 10) an escape that JSON does not know",
        ),
        ("{\"a\": 01}", "(1, 7) 01 is not a number as JSON writes it"),
        (
            "{\"a\": \"\\ud800\"}",
            "(1, 8) an escape stands for no character",
        ),
        (
            "{\"a\": 0x1}",
            "(1, 7) 0x1 is not a number as JSON writes it",
        ),
        (&"[".repeat(100_000), "(1, 513) the file is nested too deep"),
    ] {
        assert_eq!(
            problems(text),
            [expected],
            "{}",
            &text[..text.len().min(40)]
        );
    }
}

#[test]
fn bytes_that_are_no_utf8_are_named() {
    let found = |bytes: &[u8]| read::<Page>("page.json", bytes).problems.remove(0);
    assert!(found(b"\xff\xfe{\0}\0").message.contains("UTF-16"));
    assert_eq!(
        found("\u{feff}{}".as_bytes()).message,
        "the file begins with a byte order mark, which nothing needs"
    );
    let broken = found(b"{\n  \"a\": \"Ph\xf2ng\"}");
    assert_eq!(
        broken.location.map(|place| (place.line, place.column)),
        Some((2, 11))
    );
    assert!(found(&vec![b' '; MOST_BYTES + 1]).message.contains("MiB"));
}

#[test]
fn a_key_that_stands_twice_is_refused_however_it_is_spelled() {
    let text = GOOD.replace("{\"title\"", "{\"\\u0074itle\": \"y\", \"title\"");
    assert_eq!(problems(&text), ["(1, 21) key \"title\" is there twice"]);
}

#[test]
fn many_mistakes_end_somewhere() {
    let keys: Vec<String> = (0..500).map(|number| format!("\"k{number}\": 1")).collect();
    let found = problems(&format!("{{{}}}", keys.join(", ")));
    assert_eq!(found.len(), MOST_PROBLEMS + 1);
    assert!(found.last().unwrap().contains("more than 100"));
}

#[test]
fn the_suite_of_odd_json_is_taken_and_refused_as_it_says() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpora/json-nst-testsuite.ndjson"
    );
    let Ok(rows) = std::fs::read_to_string(file) else {
        eprintln!("skipped: {file} is not there");
        return;
    };
    for row in rows
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap())
    {
        use base64::prelude::{BASE64_STANDARD, Engine};
        let bytes = BASE64_STANDARD
            .decode(row["base64"].as_str().unwrap())
            .unwrap();
        let taken = std::str::from_utf8(&bytes).is_ok_and(|text| syntax::parse(text).is_ok());
        match row["expect"].as_str().unwrap() {
            "accept" => assert!(taken, "{} was refused", row["name"]),
            "reject" => assert!(!taken, "{} was taken", row["name"]),
            _ => {}
        }
    }
}
