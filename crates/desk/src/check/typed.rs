//! Whatever somebody types into every field of an article: it is there again as it was typed, and what
//! is said against it stands at a value that is there.

use super::*;
use crate::store::{Edit, Shown};
use crate::text::{Span, spans, written};
use editorial::diagnostics::characters::unwanted;
use serde_json::{Value, json};
use std::fs;
use unicode_normalization::UnicodeNormalization;

/// The folder of hostile and odd texts, next to the repository. Where it is missing, those of this file
/// are tried alone.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

/// How many texts stand in one article.
const AT_ONCE: usize = 16;

/// Every how many texts one is typed into every field, unless the variable `EVERY_TEXT` is set: all of
/// them take minutes, and thousands of them differ by a word.
const SAMPLE: usize = 10;

const OWN: [&str; 12] = [
    "",
    " ",
    "\u{0}\u{1}\u{7f}",
    "</script><script>alert(1)</script>",
    "**a* [b](javascript:alert(1)) <c> \\",
    "\"}, { \"paragraph\": \"x",
    "a\r\nb\tc\u{2028}d",
    "\u{202e}nóng\u{2066}",
    "Ha\u{309}i Pho\u{300}ng",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "2026-13-45T99:99+99:99",
    "../../../../etc/passwd",
];

/// All texts.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = OWN.map(str::to_owned).to_vec();
    let Ok(files) = fs::read_dir(CORPORA) else {
        println!("{CORPORA} is not there: only the texts of this file are tried");
        return texts;
    };
    for file in files.flatten().map(|entry| entry.path()) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if file.extension().is_some_and(|ending| ending == "json") {
            let list: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
            texts.extend(list);
            continue;
        }
        let rows = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        for row in rows {
            for key in ["payload", "json_text"] {
                texts.extend(row[key].as_str().map(str::to_owned));
            }
        }
    }
    texts.sort();
    texts.dedup();
    texts
}

/// The blocks with a text in every field: in those that take any words, or in all.
fn blocks(text: &str, is_everywhere: bool) -> Vec<Value> {
    let marked = as_typed(text);
    let mut blocks = vec![
        json!({ "paragraph": marked }),
        json!({ "heading": text }),
        json!({ "subheading": text }),
        json!({ "list": [marked, marked] }),
        json!({ "numbered": [marked] }),
        json!({ "quote": { "text": marked, "source": text } }),
        json!({ "table": { "caption": text, "header": [text], "rows": [[marked]] } }),
        json!({ "timeline": [{ "label": text, "text": marked }] }),
        json!({ "key_facts": { "title": text, "facts": [{ "name": text, "text": marked }] } }),
        json!({ "contact": { "name": text, "post": text, "address": text, "hours": text } }),
    ];
    if is_everywhere {
        blocks.extend([
            json!({ "quote": { "text": marked, "link": text } }),
            json!({ "picture": text }),
            json!({ "gallery": { "title": text, "pictures": [text, text] } }),
            json!({ "video": { "title": text, "address": text, "file": text, "length": text, "poster": text, "captions": text } }),
            json!({ "audio": { "title": text, "file": text, "length": text, "transcript": [marked] } }),
            json!({ "attachment": { "title": text, "file": text } }),
            json!({ "timeline": [{ "date": text, "text": marked }] }),
            json!({ "contact": { "name": text, "telephone": text, "fax": text, "email": text, "web": text } }),
            json!({ "event": { "name": text, "begin": text, "end": text, "place": text, "address": text, "text": marked } }),
        ]);
    }
    blocks
}

/// What stands in the file where somebody typed this into a field for words with marks.
fn as_typed(text: &str) -> String {
    let typed = Span {
        text: text.to_owned(),
        ..Span::default()
    };
    written(&[typed], None)
}

fn set(at: &str, value: &Value) -> Value {
    json!({ "do": "set", "at": at, "value": value })
}

/// What is changed where one of the texts is typed into every other field.
fn elsewhere(text: &str, is_everywhere: bool) -> (Vec<Value>, Vec<Value>) {
    let mut version = vec![
        set("/headline", &json!(text)),
        set("/author", &json!(text)),
        set("/source", &json!(text)),
        set("/lead", &json!(as_typed(text))),
        set(
            "/pictures/harbour",
            &json!({ "alternative": text, "caption": text }),
        ),
    ];
    let mut facts = vec![
        set("/source/name", &json!(text)),
        set("/author", &json!(text)),
        set("/pictures/harbour/credit", &json!(text)),
    ];
    if is_everywhere {
        version.push(set(
            "/history",
            &json!([{ "at": text, "text": as_typed(text) }]),
        ));
        version.push(set("/translated_from", &json!(text)));
        for key in ["published", "updated", "original", "cover"] {
            facts.push(set(&format!("/{key}"), &json!(text)));
        }
        for key in ["tags", "aliases"] {
            facts.push(set(&format!("/{key}"), &json!([text])));
        }
        facts.push(set("/source/address", &json!(text)));
        facts.push(set("/files", &json!({ text: text })));
    }
    (version, facts)
}

fn edit(store: &mut Store, place: &Place, edits: Vec<Value>) -> Shown {
    let known = store.show(place).unwrap().known;
    let edits: Vec<Edit> = serde_json::from_value(Value::Array(edits)).unwrap();
    store.edit(place, &known, &edits).unwrap()
}

#[test]
fn texts_in_every_field_come_back_or_are_spoken_of_at_a_field() {
    let by = if std::env::var_os("EVERY_TEXT").is_some() {
        1
    } else {
        SAMPLE
    };
    let own = OWN.map(str::to_owned).into_iter();
    let texts: Vec<String> = own.chain(texts().into_iter().step_by(by)).collect();
    let portal = super::tests::portal();
    let mut store = Store::open(portal.path()).unwrap();
    let mut checked = Checked::all(portal.path(), None).unwrap();
    let place =
        |name: &str| Place::parse(&format!("articles/port/deep-water-port/{name}")).unwrap();
    let (version, facts) = (place("vi"), place("article"));
    for (number, some) in texts.chunks(AT_ONCE).enumerate() {
        let is_everywhere = number % 2 == 0;
        let body: Vec<Value> = some
            .iter()
            .flat_map(|text| blocks(text, is_everywhere))
            .collect();
        let (mut edits, further) = elsewhere(&some[number % some.len()], is_everywhere);
        edits.push(set("/body", &json!(body)));
        let wanted: Vec<Value> = edits.iter().chain(&further).cloned().collect();
        let shown = [
            edit(&mut store, &version, edits),
            edit(&mut store, &facts, further),
        ];
        for one in &wanted {
            let at = one["at"].as_str().unwrap();
            let there = shown.iter().any(|shown| {
                let value = shown.value.as_ref().and_then(|value| value.pointer(at));
                value == Some(&one["value"])
            });
            assert!(there, "{one} is not there");
        }
        let remarks = checked
            .article(&mut store, version.article().unwrap())
            .unwrap();
        for remark in remarks.iter().filter(|remark| remark.severity == "error") {
            let of = shown
                .iter()
                .find(|shown| Some(&shown.place) == remark.place.as_ref());
            let Some(value) = of.and_then(|shown| shown.value.as_ref()) else {
                // The other language speaks of what it shares.
                assert!(remark.place.is_some(), "{remark:?}");
                continue;
            };
            assert!(
                value.pointer(&remark.at.to_string()).is_some(),
                "{remark:?}"
            );
        }
    }
}

#[test]
fn every_text_with_marks_has_the_words_that_were_typed() {
    let words = |text: &str| {
        let text: String = text.nfc().collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // What nobody sees no text may hold; it is left out when it is typed.
    let seen = |text: &str| -> String {
        let hidden: Vec<usize> = unwanted(text).into_iter().map(|(at, _)| at).collect();
        let kept = text
            .char_indices()
            .filter(|(at, c)| c.is_whitespace() || !hidden.contains(at));
        kept.map(|(_, c)| c).collect()
    };
    for text in texts() {
        let file = as_typed(&text);
        let back = spans(&file).unwrap_or_else(|| panic!("{text:?} became {file:?}"));
        let back: String = back.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(words(&back), words(&seen(&text)), "{file:?}");
    }
}
