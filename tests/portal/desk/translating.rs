//! What a translator gets: the original beside the translation, names, and a machine's draft; and what
//! belongs to no article.

use super::{Desk, VERSION, desk, files, read, text, wait};
use crate::build::project;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const TRANSLATION: &str = "articles/port/deep-water-port/en";

fn rows(desk: &Desk, place: &str) -> Value {
    desk.wish("parallel", &json!({ "place": place }))
}

/// The changes of the rows that are about a part of the body, by their places in the original.
fn changes(answer: &Value) -> Vec<(String, String)> {
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let there = row["there"].as_str().unwrap_or("-").to_owned();
        (there, row["change"].as_str().unwrap().to_owned())
    })
    .collect()
}

/// Waits until everything was checked, and opens a document.
fn checked(desk: &Desk, place: &str) -> Value {
    wait("everything is checked", || {
        let answer = desk.wish("open", &json!({ "place": place }));
        answer["remarks"].is_array().then_some(answer)
    })
}

#[test]
fn what_changed_in_the_original_is_known_from_what_the_desk_kept() {
    let (_folder, desk) = desk();
    let before = rows(&desk, TRANSLATION);
    assert_eq!(before["original"], "vi");
    assert_eq!(before["is_recorded"], false);
    let article = json!({ "article": "port/deep-water-port", "lang": "en" });
    desk.wish("done", &article);
    let current = rows(&desk, TRANSLATION);
    assert_eq!(current["is_current"], true);
    assert!(changes(&current).iter().all(|(_, change)| change == "same"));
    let original = desk.show(VERSION);
    let edits = json!([
        { "do": "set", "at": "/headline", "value": "Cảng nước sâu đón hai tàu lớn" },
        { "do": "insert", "at": "/body/1", "value": { "paragraph": "Một đoạn mới hẳn." } },
        { "do": "remove", "at": "/body/3" },
    ]);
    let changed = desk.edit(&original, &edits);
    // What is not saved is nobody's original.
    assert_eq!(rows(&desk, TRANSLATION)["is_current"], true);
    desk.save(&changed);
    let stale = rows(&desk, TRANSLATION);
    assert_eq!(
        (&stale["is_current"], &stale["is_known"]),
        (&json!(false), &json!(true))
    );
    let found = changes(&stale);
    let has = |there: &str, change: &str| found.contains(&(there.to_owned(), change.to_owned()));
    assert!(
        has("/headline", "words") && has("/body/1", "new") && has("-", "gone"),
        "{found:?}"
    );
    assert!(has("/body/0", "same") && has("/lead", "same"), "{found:?}");
    let headline = stale["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["kind"] == "headline");
    let pieces = headline.unwrap()["pieces"].to_string();
    assert!(
        pieces.contains(r#"{"was":"added","text":"hai "}"#),
        "{pieces}"
    );
    let work = json!({ "work": true, "lang": "en" });
    let list = wait("the list has it", || {
        let list = desk.wish("list", &work);
        (list["rows"][0]["tasks"]["en"] == "stale").then_some(list)
    });
    assert_eq!(list["found"], 1);
    desk.wish("done", &article);
    assert_eq!(rows(&desk, TRANSLATION)["is_current"], true);
    let original = rows(&desk, VERSION);
    assert_eq!(original["original"], Value::Null);
}

#[test]
fn names_are_offered_and_wrong_spellings_stand_at_their_fields() {
    let (folder, desk) = desk();
    desk.wish("glossary", &json!({}));
    let glossary = desk.show("glossary");
    assert_eq!(glossary["value"]["names"], json!([]));
    let name = json!({ "right": { "vi": "Cảng nước sâu", "en": "Deep-Water Port" }, "wrong": { "en": ["Deep-water port"] } });
    let edits = json!([{ "do": "insert", "at": "/names/0", "value": name }]);
    desk.save(&desk.edit(&glossary, &edits));
    let answer = wait("the names are known", || {
        let answer = desk.wish("open", &json!({ "place": TRANSLATION }));
        let is_known = answer["names"] != json!([]) && answer["remarks"] != json!([]);
        is_known.then_some(answer)
    });
    let offer = &answer["names"][0];
    assert_eq!(offer["at"], "/headline");
    assert_eq!(offer["right"], "Deep-Water Port");
    let remarks = answer["remarks"].as_array().unwrap();
    let said = remarks.iter().any(|remark| {
        remark["at"] == "/headline"
            && remark["help"]
                .as_str()
                .unwrap_or_default()
                .contains("Deep-Water Port")
    });
    assert!(said, "{remarks:?}");
    let known = &answer["document"]["known"];
    let wish = json!({ "place": TRANSLATION, "known": known, "at": "/headline", "wrong": "Deep-water port" });
    let mended = desk.wish("mend", &wish);
    let headline = &mended["document"]["value"]["headline"];
    assert_eq!(headline, "Deep-Water Port receives its largest ship");
    assert!(!mended["names"].to_string().contains("/headline"));
    let wish = json!({ "place": TRANSLATION, "known": mended["document"]["known"], "at": "/body", "wrong": "x" });
    assert_eq!(desk.post("mend", &wish).status, 422);
    let beside = rows(&desk, TRANSLATION);
    let pair = json!([{ "there": "Cảng nước sâu", "here": "Deep-Water Port" }]);
    assert_eq!(beside["rows"][0]["names"], pair);
    let file = fs::read_to_string(folder.path().join("content/glossary.json")).unwrap();
    assert!(file.ends_with("}\n"), "{file}");
}

/// The program `translate` in a folder.
#[cfg(unix)]
fn translator(folder: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("translate");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
#[cfg(unix)]
fn a_draft_of_a_machine_is_labelled_and_published_by_nobody_before_somebody_says_so() {
    let folder = project();
    translator(
        folder.path(),
        r#"while read -r line; do echo "$2 $line"; done"#,
    );
    let further = ["--translate-command", "./translate"];
    let desk = Desk::open_with(folder.path(), &files(folder.path()), &further);
    assert_eq!(desk.ask("portal")["translates"], true);
    desk.wish(
        "translate",
        &json!({ "article": "port/deep-water-port", "lang": "ko" }),
    );
    let place = "articles/port/deep-water-port/ko";
    let before = desk.show(place);
    let wish = json!({ "place": place, "known": before["known"] });
    let draft = desk.wish("machine", &wish)["document"].take();
    let value = &draft["value"];
    assert_eq!(
        (&value["machine"], &value["draft"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(value["headline"], "ko Cảng nước sâu đón tàu lớn");
    assert_eq!(value["body"][3]["list"][0], "ko sâu 16 mét");
    assert_eq!(
        value["body"][2]["picture"], "harbour",
        "names of pictures are no words"
    );
    assert_eq!(
        value["pictures"]["harbour"]["alternative"],
        "ko Tranh vẽ bến cảng"
    );
    assert!(
        checked(&desk, place)["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .all(|remark| remark["severity"] == "warning")
    );
    // Whoever takes "draft" away has not said that it is right.
    let edits = json!([{ "do": "remove", "at": "/draft" }]);
    let saved = desk.save(&desk.edit(&draft, &edits));
    let page = folder
        .path()
        .join("site/ko/port/deep-water-port/index.html");
    let has = || fs::read_to_string(&page).is_ok_and(|page| page.contains("ko Cảng nước sâu"));
    publish(&desk);
    assert!(!has());
    let edits = json!([{ "do": "remove", "at": "/machine" }]);
    desk.save(&desk.edit(&saved, &edits));
    publish(&desk);
    assert!(has());
    // The former words are steps back.
    let steps = desk.show(place)["undo"].as_u64().unwrap();
    assert!(steps >= 3, "{steps}");
}

#[test]
fn without_a_program_nothing_is_sent_anywhere() {
    let (_folder, desk) = desk();
    assert_eq!(desk.ask("portal")["translates"], false);
    let known = desk.show(TRANSLATION)["known"].take();
    let answer = desk.post("machine", &json!({ "place": TRANSLATION, "known": known }));
    assert_eq!(answer.status, 422, "{}", text(&answer));
}

fn publish(desk: &Desk) {
    desk.wish("publish", &json!({}));
    let progress = wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then_some(progress)
    });
    assert_eq!(progress["outcome"]["kind"], "published", "{progress}");
}

#[test]
fn settings_have_their_messages_at_their_fields() {
    let (_folder, desk) = desk();
    let site = checked(&desk, "site")["document"].take();
    let edits = json!([
        { "do": "set", "at": "/lead", "value": "port/nowhere" },
        { "do": "set", "at": "/origin", "value": "http://portal.example/x" },
        { "do": "set", "at": "/sections/0/slug", "value": "harbour" },
    ]);
    let wish = json!({ "place": "site", "known": site["known"], "edits": edits });
    let answer = desk.wish("edit", &wish);
    let at: Vec<&str> = answer["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|remark| remark["place"] == "site" && remark["severity"] == "error")
        .map(|remark| remark["at"].as_str().unwrap())
        .collect();
    for field in ["/lead", "/origin", "/sections"] {
        assert!(at.contains(&field), "{field} of {at:?}");
    }
    let page = checked(&desk, "pages/about/en")["document"].take();
    let wish = json!({ "place": "pages/about/en", "known": page["known"], "edits": [{ "do": "set", "at": "/lead", "value": "**a" }] });
    let answer = desk.wish("edit", &wish);
    let said = answer["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .any(|remark| remark["place"] == "pages/about/en" && remark["at"] == "/lead");
    assert!(said, "{}", answer["remarks"]);
}

#[test]
fn a_standing_page_is_begun_in_every_language() {
    let (folder, desk) = desk();
    let pages = desk.ask("portal")["pages"].take();
    assert_eq!(pages[0]["slug"], "about");
    desk.wish("page", &json!({ "slug": "help" }));
    let pages = desk.ask("portal")["pages"].take();
    assert_eq!(
        (&pages[1]["slug"], &pages[1]["is_listed"]),
        (&json!("help"), &json!(false))
    );
    assert!(
        folder
            .path()
            .join("content/pages/help/zh-Hans.json")
            .is_file()
    );
    for wrong in ["../x", "help", "X", ""] {
        let answer = desk.post("page", &json!({ "slug": wrong }));
        assert_eq!(answer.status, 422, "{wrong}: {}", read(&answer));
    }
}
