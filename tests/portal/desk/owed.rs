//! The register of documents, questions and answers, the assessment of accessibility, and standing pages beside their
//! original.

use super::{desk, read, wait};
use serde_json::{Value, json};
use std::fs;

#[test]
fn what_public_bodies_owe_is_begun_written_and_published() {
    let (folder, desk) = desk();
    let duties = desk.ask("portal")["duties"].take();
    assert_eq!(
        duties,
        json!({ "register": false, "questions": false, "assessment": false, "documents": [] })
    );
    // A document needs a register.
    assert_eq!(
        desk.post("document", &json!({ "slug": "no-1" })).status,
        422
    );
    desk.wish("register", &json!({}));
    desk.wish("questions", &json!({}));
    desk.wish("assessment", &json!({ "contact": "access@portal.example" }));
    desk.wish("document", &json!({ "slug": "no-1" }));
    for (task, wish) in [
        ("register", json!({})),
        ("questions", json!({})),
        ("document", json!({ "slug": "no-1" })),
        ("document", json!({ "slug": "../x" })),
        ("assessment", json!({ "contact": "a@a.example" })),
    ] {
        let answer = desk.post(task, &wish);
        assert_eq!(answer.status, 422, "{task}: {}", read(&answer));
    }
    // What has begun has no mistake; a document is a draft.
    let document = desk.show("documents/no-1/document");
    assert_eq!(document["value"]["draft"], true);
    let document = desk.edit(
        &document,
        &json!([
            { "do": "set", "at": "/number", "value": "1/QĐ" },
            { "do": "set", "at": "/subjects/vi", "value": "Về cảng" },
            { "do": "remove", "at": "/draft" },
        ]),
    );
    desk.save(&document);
    let questions = desk.show("questions/vi");
    let answer = "/sections/0/questions/0/answer/0/paragraph";
    let questions = desk.edit(
        &questions,
        &json!([{ "words": answer, "spans": [{ "text": "Có.", "strong": true }] }]),
    );
    desk.save(&questions);
    assert_eq!(
        desk.ask("portal")["duties"]["documents"][0]["number"],
        "1/QĐ"
    );
    desk.wish("publish", &json!({}));
    let outcome = wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then(|| progress["outcome"].clone())
    });
    assert_eq!(outcome["kind"], "published", "{outcome}");
    let page = |name: &str| {
        let file = format!("site/vi/pages/{name}/index.html");
        fs::read_to_string(folder.path().join(file)).unwrap()
    };
    assert!(page("documents").contains("1/QĐ"));
    assert!(page("questions").contains("<strong>Có.</strong>"));
    assert!(page("accessibility-report").contains("access@portal.example"));
}

#[test]
fn a_standing_page_is_shown_beside_the_first_language() {
    let (_folder, desk) = desk();
    let beside = desk.wish("parallel", &json!({ "place": "pages/about/en" }));
    assert_eq!(beside["original"], "vi", "{beside}");
    let here: Vec<&Value> = beside["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["here"])
        .collect();
    for part in ["/title", "/lead", "/body/0"] {
        assert!(here.contains(&&json!(part)), "{part}: {beside}");
    }
    let original = desk.wish("parallel", &json!({ "place": "pages/about/vi" }));
    assert_eq!(original["original"], Value::Null);
    assert_eq!(
        desk.post("parallel", &json!({ "place": "site" })).status,
        422
    );
}
