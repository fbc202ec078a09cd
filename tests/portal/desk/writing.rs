//! What an editor does, and what must not be lost.

use super::{Desk, VERSION, desk, read, text, wait};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

fn file(folder: &Path, place: &str) -> String {
    fs::read_to_string(folder.join(format!("content/{place}.json"))).unwrap()
}

fn publish(desk: &Desk) -> Value {
    desk.wish("publish", &json!({}));
    wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then(|| progress["outcome"].clone())
    })
}

#[test]
fn an_article_is_written_in_two_languages_and_published() {
    let (folder, desk) = desk();
    let proposed = desk.wish(
        "slug",
        &json!({ "title": "Cầu mới", "lang": "vi", "section": "port" }),
    );
    assert_eq!(proposed["slug"], "cau-moi");
    let wish = json!({ "section": "port", "slug": "cau-moi", "lang": "vi", "title": "Cầu mới" });
    let document = desk.wish("new", &wish)["document"].take();
    assert_eq!(document["value"]["lead"], "");
    let document = desk.edit(&document, &json!([
        { "words": "/lead", "spans": [{ "text": "Cầu " }, { "text": "đã mở", "strong": true }, { "text": "." }] },
        { "words": "/body/0/paragraph", "spans": [{ "text": "Xem " }, { "text": "cảng", "link": "/port/deep-water-port/" }] },
        { "do": "insert", "at": "/body/1", "value": { "list": ["", ""] } },
        { "words": "/body/1/list/0", "spans": [{ "text": "một" }] },
        { "words": "/body/1/list/1", "spans": [{ "text": "hai * ba" }] },
    ]));
    desk.save(&document);
    let article = "articles/port/cau-moi";
    let written: Value =
        serde_json::from_str(&file(folder.path(), &format!("{article}/vi"))).unwrap();
    assert_eq!(
        written,
        json!({
            "headline": "Cầu mới", "lead": "Cầu **đã mở**.",
            "body": [{ "paragraph": "Xem [cảng](/port/deep-water-port/)" }, { "list": ["một", "hai * ba"] }],
        })
    );
    desk.wish(
        "translate",
        &json!({ "article": "port/cau-moi", "lang": "en" }),
    );
    let english = desk.show(&format!("{article}/en"));
    let english = desk.edit(
        &english,
        &json!([
            { "do": "set", "at": "/headline", "value": "A new bridge" },
            { "do": "remove", "at": "/draft" },
        ]),
    );
    desk.save(&english);
    let facts = desk.show(&format!("{article}/article"));
    let facts = desk.edit(&facts, &json!([{ "do": "remove", "at": "/draft" }]));
    desk.save(&facts);
    let outcome = publish(&desk);
    assert_eq!(outcome["kind"], "published", "{outcome}");
    for (page, words) in [("vi", "Cầu mới"), ("en", "A new bridge")] {
        let html = fs::read_to_string(
            folder
                .path()
                .join(format!("site/{page}/port/cau-moi/index.html")),
        )
        .unwrap();
        assert!(html.contains(words), "{page}");
    }
    let list = desk.wish("list", &json!({ "words": "bridge" }));
    assert_eq!(list["rows"][0]["slug"], "cau-moi");
    assert_eq!(list["rows"][0]["states"]["en"], "published", "{list}");
}

#[test]
fn a_mistake_stands_at_its_field_and_is_not_published() {
    let (_folder, desk) = desk();
    let document = wait("everything was checked", || {
        let opened = desk.wish("open", &json!({ "place": VERSION }));
        opened["remarks"]
            .is_array()
            .then(|| opened["document"].clone())
    });
    let edits = json!([{ "do": "set", "at": "/lead", "value": "see [this](/port/nothing/)" }]);
    let wish = json!({ "place": VERSION, "known": document["known"], "edits": edits });
    let changed = desk.wish("edit", &wish);
    let remark = changed["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|remark| remark["severity"] == "error");
    let remark = remark.unwrap_or_else(|| panic!("nothing is wrong: {changed}"));
    assert_eq!(
        (&remark["place"], &remark["at"]),
        (&json!(VERSION), &json!("/lead"))
    );
    // What is not saved stops nothing.
    assert_eq!(publish(&desk)["kind"], "published");
    desk.save(&changed["document"]);
    let outcome = publish(&desk);
    assert_eq!(outcome["kind"], "refused", "{outcome}");
    assert!(outcome["remarks"].to_string().contains("/port/nothing/"));
    wait("the list knows", || {
        let list = desk.wish("list", &json!({ "state": "mistakes" }));
        (list["found"] == 1).then_some(())
    });
    // The same is said in the language that the page of the desk is in, wherever it stands.
    let said = |language: &str, task: &str, wish: &str| {
        let method = if wish.is_empty() { "GET" } else { "POST" };
        let kind = "Content-Type: application/json\r\n";
        let headers = format!("{}{kind}Accept-Language: {language}\r\n", desk.own());
        text(&desk.raw(method, &format!("/api/{task}"), &headers, wish))
    };
    let open = json!({ "place": VERSION }).to_string();
    for (task, wish) in [("open", open.as_str()), ("publish", ""), ("check", "")] {
        for (language, words) in [
            ("en", "no page of this portal stands at"),
            ("vi", "không có trang nào của cổng này ở"),
            ("zh-Hans", "没有本门户的页面"),
            ("xx, vi", "no page of this portal stands at"),
        ] {
            let answer = said(language, task, wish);
            assert!(answer.contains(words), "{language} {task}: {answer}");
        }
    }
}

#[test]
fn a_file_stays_as_it_was_but_for_what_was_changed() {
    let (folder, desk) = desk();
    let before = file(folder.path(), VERSION);
    let document = desk.show(VERSION);
    desk.save(&document);
    assert_eq!(file(folder.path(), VERSION), before);
    let words = document["words"]["/lead"].clone();
    let document = desk.edit(&document, &json!([{ "words": "/lead", "spans": words }]));
    assert_eq!(document["unsaved"], false);
    let document = desk.edit(
        &document,
        &json!([{ "do": "set", "at": "/headline", "value": "Mới" }]),
    );
    desk.save(&document);
    let after = file(folder.path(), VERSION);
    let changed: Vec<(&str, &str)> = before
        .lines()
        .zip(after.lines())
        .filter(|(one, other)| one != other)
        .collect();
    assert!(
        changed.len() <= 1 || !before.contains("headline"),
        "{changed:?}"
    );
    assert!(after.contains("\"headline\": \"Mới\""));
}

#[test]
fn a_program_that_is_killed_loses_nothing_that_it_has_answered() {
    let (folder, mut desk) = desk();
    let mut document = desk.show(VERSION);
    for number in 0..5 {
        document = desk.edit(
            &document,
            &json!([{ "do": "set", "at": "/lead", "value": format!("typed {number}") }]),
        );
    }
    // SIGKILL, as a power cut would.
    desk.server.program.kill().unwrap();
    desk.server.program.wait().unwrap();
    assert!(!file(folder.path(), VERSION).contains("typed"));
    let desk = Desk::open(folder.path());
    assert_eq!(desk.ask("portal")["unsaved"], json!([VERSION]));
    let again = desk.show(VERSION);
    assert_eq!(
        (&again["value"]["lead"], &again["undo"]),
        (&json!("typed 4"), &json!(5))
    );
    let step = json!({ "place": VERSION, "known": again["known"], "back": true });
    assert_eq!(
        desk.wish("step", &step)["document"]["value"]["lead"],
        "typed 3"
    );
}

#[test]
fn two_windows_and_another_program_are_noticed_and_nothing_is_overwritten() {
    let (folder, desk) = desk();
    let first = desk.show(VERSION);
    let mine = desk.edit(
        &first,
        &json!([{ "do": "set", "at": "/lead", "value": "mine" }]),
    );
    let late = json!({ "place": VERSION, "known": first["known"], "edits": [{ "do": "set", "at": "/lead", "value": "late" }] });
    let answer = desk.post("edit", &late);
    assert_eq!(answer.status, 409);
    let answer = read(&answer);
    assert_eq!(
        (&answer["kind"], &answer["now"]["document"]["value"]["lead"]),
        (&json!("elsewhere"), &json!("mine"))
    );
    let path = folder.path().join(format!("content/{VERSION}.json"));
    let theirs =
        fs::read_to_string(&path)
            .unwrap()
            .replacen("\"lead\": \"", "\"lead\": \"Theirs. ", 1);
    fs::write(&path, &theirs).unwrap();
    let saving = json!({ "place": VERSION, "known": mine["known"] });
    let answer = desk.post("save", &saving);
    assert_eq!(answer.status, 409, "{}", text(&answer));
    let conflict = read(&answer)["now"]["document"]["conflict"].take();
    assert_eq!(conflict["theirs"], json!(theirs));
    assert!(conflict["mine"].as_str().unwrap().contains("\"mine\""));
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    let over = json!({ "place": VERSION, "known": mine["known"], "over": conflict["hash"] });
    assert_eq!(desk.wish("save", &over)["document"]["unsaved"], false);
    assert!(fs::read_to_string(&path).unwrap().contains("\"mine\""));
}

#[test]
fn what_is_not_saved_is_no_content() {
    let (folder, desk) = desk();
    let document = desk.show(VERSION);
    desk.edit(
        &document,
        &json!([{ "do": "set", "at": "/lead", "value": "NOT SAVED" }]),
    );
    assert!(folder.path().join("content/.drafts").is_dir());
    let check = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("check")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
    let other = Command::new(env!("CARGO_BIN_EXE_site"))
        .args([
            "edit",
            "--port",
            "0",
            "--no-open",
            "--desk",
            "desk",
            "--bundle",
            "bundle",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let why = String::from_utf8_lossy(&other.stderr).into_owned();
    assert!(
        other.status.code() == Some(2) && why.contains("another `site edit`"),
        "{why}"
    );
}

#[test]
fn a_portal_begins_in_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    crate::build::write_bundle(&folder.path().join("bundle"));
    let desk = Desk::open(folder.path());
    let portal = desk.ask("portal");
    assert!(portal["begins"] == true && portal["offered"].as_array().unwrap().len() > 3);
    let refused = desk.post(
        "begin",
        &json!({ "names": {}, "origin": "portal", "sections": [] }),
    );
    assert_eq!(refused.status, 422);
    desk.wish("begin", &json!({ "names": { "vi": "Cổng" }, "origin": "https://portal.example", "sections": ["culture"] }));
    assert_eq!(desk.ask("portal")["begins"], false);
    assert_eq!(publish(&desk)["kind"], "published");
}

/// Texts that mean something to somebody: to browsers, to JSON, to marks, to terminals.
const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{constructor.constructor('x')()}}",
    "\\\"\\u0000",
    "**a** *b* [c](d) `e` <f>",
    "\u{202e}gnp.exe",
    "a\u{200b}b",
    "Ha\u{309}i Pho\u{300}ng",
    "${x} %s %n $(id) `id`",
    "'; DROP TABLE x; --",
    "🧧\u{1f1fb}\u{1f1f3}",
    "../../../etc/passwd",
];

#[test]
fn hostile_texts_come_back_as_they_went_in_and_are_said_to_be_wrong_where_they_are() {
    let (folder, desk) = desk();
    let mut document = desk.show(VERSION);
    for hostile in HOSTILE {
        let edits = json!([
            { "do": "set", "at": "/headline", "value": hostile },
            { "do": "insert", "at": "/body/0", "value": { "heading": hostile } },
            { "do": "insert", "at": "/body/1", "value": { "table": { "caption": hostile, "header": [hostile], "rows": [[hostile]] } } },
            { "do": "insert", "at": "/body/2", "value": { "paragraph": "" } },
            { "words": "/body/2/paragraph", "spans": [{ "text": hostile, "strong": true }, { "text": hostile, "link": hostile }] },
        ]);
        document = desk.edit(&document, &edits);
        assert_eq!(document["value"]["headline"], hostile);
        assert_eq!(document["value"]["body"][1]["table"]["rows"][0][0], hostile);
        let words = document["value"]["body"][2]["paragraph"].as_str().unwrap();
        assert!(!words.contains("](javascript"), "{words}");
    }
    let saved = desk.save(&document);
    assert_eq!(saved["unsaved"], false);
    let on_disk: Value = serde_json::from_str(&file(folder.path(), VERSION)).unwrap();
    assert_eq!(on_disk, saved["value"]);
}

#[test]
fn the_page_beside_the_form_shows_what_is_typed_and_readers_have_what_is_saved() {
    let (folder, desk) = desk();
    let address = desk.ask("portal")["preview"].as_str().unwrap().to_owned();
    let page = "vi/port/deep-water-port/";
    let (host, base) = address
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let preview = crate::http::Server {
        program: Command::new("true").spawn().unwrap(),
        port: host.rsplit(':').next().unwrap().parse().unwrap(),
        host: "127.0.0.1",
    };
    let shows = |words: &str| {
        let answer = preview.get(&format!("/{base}{page}"), "");
        text(&answer).contains(words)
    };
    // Links lead nowhere before everything was checked.
    let document = wait("everything was checked", || {
        let opened = desk.wish("open", &json!({ "place": VERSION }));
        opened["remarks"]
            .is_array()
            .then(|| opened["document"].clone())
    });
    let change = |document: &Value, words: &str| {
        desk.edit(
            document,
            &json!([{ "do": "set", "at": "/lead", "value": words }]),
        )
    };
    let document = change(&document, "Chưa lưu");
    wait("it shows what is typed", || shows("Chưa lưu").then_some(()));
    assert!(!file(folder.path(), VERSION).contains("Chưa lưu"));
    // With a mistake in it, the last state without one stays.
    let document = change(&document, "**Chưa xong");
    let document = change(&document, "Đã xong");
    wait("it shows what is typed next", || {
        shows("Đã xong").then_some(())
    });
    assert_eq!(publish(&desk)["kind"], "published");
    let built = folder.path().join("site").join(page).join("index.html");
    assert!(!fs::read_to_string(&built).unwrap().contains("xong"));
    desk.save(&document);
    publish(&desk);
    let published = || fs::read_to_string(&built).unwrap().contains("Đã xong");
    assert!(published() && desk.ask("publish")["has_former"] == true);
    desk.wish("back", &json!({}));
    assert!(!published(), "the former site is not there");
    desk.wish("back", &json!({}));
    assert!(published());
}
