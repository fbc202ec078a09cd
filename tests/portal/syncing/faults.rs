//! What a CMS should never send, and does.

use super::cms::{Cms, Fault};
use super::{configure, newsroom, read, sync};
use crate::importing::{assert_checks, files};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Something that leads to itself, as far as the CMS fills it in.
fn endless(levels: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..levels).fold(Value::Null, |inside, _| wrap(inside))
}

/// Syncs. Returns the exit code, and everything that was said.
fn run(folder: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("sync")
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), said)
}

#[test]
fn relations_that_lead_to_themselves_and_nests_without_an_end_do_no_harm() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    let section = |inside| json!({"slug": "port", "articles": [{"title": "x", "section": inside}]});
    let tag = |inside| json!([{"slug": "port", "articles": [{"tags": inside}]}]);
    let list =
        |inside| json!([{"type": "list", "children": [{"type": "list-item", "children": inside}]}]);
    let component = |inside| json!([{"__component": "a.b", "title": "T", "body": inside}]);
    let quote =
        |inside| json!({"type": "quote", "children": [inside, {"type": "text", "text": "x"}]});
    for (number, changes) in [
        json!({"section": endless(40, section)}),
        json!({"author": endless(40, |inside| json!({"name": "An", "articles": [inside]}))}),
        json!({"tags": endless(25, tag)}),
        json!({"body": endless(25, list), "lead": "x"}),
        json!({"body": endless(50, component)}),
        json!({"body": [endless(50, quote)]}),
        json!({"lead": "> ".repeat(20_000) + "x"}),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("berth-{number}");
        cms.publish(&name, "vi", 1, changes);
        // What is lost with a nest is named, and then the exit code is 1.
        let (code, said) = run(folder);
        assert_eq!(
            code,
            i32::from(said.contains("see above")),
            "{number}: {said}"
        );
        assert!(
            said.contains("1 new") && !said.contains("left out:"),
            "{number}: {said}"
        );
        let text = read(folder, &format!("port/{name}/vi.json"));
        assert_eq!(text["headline"], format!("{name} in vi"));
    }
    // Nobody reads JSON of this depth; nothing is changed, and nothing falls over.
    let before = files(&folder.join("content"));
    for (open, close) in [("[", "]"), ("{\"data\":", "}")] {
        let nest = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        cms.fail(Fault::Answer(200, "", nest), 100);
        let said = sync(folder, 2, &[], &[]);
        assert!(said.contains("is no list of Strapi 5"), "{said}");
        assert!(before == files(&folder.join("content")));
    }
    // One that is too deep costs itself.
    cms.mend();
    cms.publish("deep", "vi", 1, json!({"body": endless(100, list)}));
    cms.publish("quay", "vi", 1, json!({}));
    let said = sync(folder, 1, &[], &[]);
    assert!(
        said.contains("left out: vi, deep “deep in vi”: something in it is nested deeper"),
        "{said}"
    );
    assert!(
        said.contains("1 new") && said.contains("1 left out"),
        "{said}"
    );
    assert!(folder.join("content/articles/port/quay/vi.json").exists());
}

#[test]
fn clocks_that_go_wrong_lose_nothing() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    // The CMS is years ahead, then years behind. Each difference is a change.
    for (number, (updated, published, expected)) in [
        (
            "2099-11-01T00:00:00.000Z",
            "2099-10-01T03:00:00.000Z",
            "2099-10-01T10:00+07:00",
        ),
        (
            "1999-11-01T00:00:00.000Z",
            "2026-10-01T23:30:00.000-05:00",
            "2026-10-02T11:30+07:00",
        ),
        (
            "2026-11-01T00:00:00.000Z",
            "1999-12-31T23:59:59.999Z",
            "2000-01-01T06:59+07:00",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let title = format!("T {number}");
        cms.publish(
            "berth",
            "vi",
            1,
            json!({"updatedAt": updated, "publishedAt": published, "title": title}),
        );
        sync(folder, 0, &[], &[]);
        assert_eq!(read(folder, "port/berth/vi.json")["headline"], title);
        assert_eq!(
            read(folder, "port/berth/article.json")["published"],
            expected
        );
        let said = sync(folder, 0, &[], &[]);
        assert!(said.contains("1 as before"), "{said}");
    }
    assert_checks(folder);
    // The moment until which the CMS wants patience is past.
    let past = "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    cms.fail(Fault::Answer(503, past, String::new()), 3);
    sync(folder, 0, &[], &[]);
}

/// A paragraph that is a link to a file.
fn link(address: &str) -> Value {
    json!([
        {"type": "paragraph", "children": [{"type": "text", "text": "Before."}]},
        {"type": "paragraph", "children": [{"type": "link", "url": address, "children": [{"type": "text", "text": "The plan"}]}]},
    ])
}

#[test]
fn a_file_comes_along_or_is_named() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.put(
        "/uploads/plan.pdf",
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec(),
    );
    cms.publish("berth", "vi", 1, json!({"body": link("/uploads/plan.pdf")}));
    sync(folder, 0, &[], &[]);
    assert_eq!(
        read(folder, "port/berth/article.json")["files"],
        json!({"plan": "plan.pdf"})
    );
    for (address, why) in [
        ("/uploads/gone.pdf", "the CMS does not have it"),
        (
            "/uploads/page.pdf",
            "it is too large, or not what its name says",
        ),
    ] {
        cms.put("/uploads/page.pdf", b"<!doctype html>".to_vec());
        cms.publish("berth", "vi", 2, json!({"body": link(address)}));
        let said = sync(folder, 1, &["--all"], &[]);
        assert!(
            said.contains(&format!("a file was not attached: {why}")),
            "{said}"
        );
        assert!(said.contains(address), "{said}");
        assert!(said.contains("1 changed"), "{said}");
    }
}

#[test]
fn whatever_is_asked_for_is_asked_for_four_times() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    configure(folder, &cms.address, json!({"timeout": 2}));
    let cover = json!({"url": "/uploads/a.png", "alternativeText": "A"});
    cms.publish(
        "berth",
        "vi",
        1,
        json!({"cover": cover, "body": link("/uploads/plan.pdf")}),
    );
    let before = files(&folder.join("content"));
    for part in [
        "fields[0]=documentId",
        "populate[section]",
        "/uploads/a.png",
        "/uploads/plan.pdf",
    ] {
        cms.requests();
        cms.fail(Fault::At(part, 503), 1_000_000);
        let said = sync(folder, 2, &[], &[]);
        assert!(
            said.contains("fails (HTTP 503): nothing was changed"),
            "{part}: {said}"
        );
        let asked = cms.requests();
        let times = asked.iter().filter(|target| target.contains(part)).count();
        assert_eq!(times, 4, "{part}: {asked:#?}");
        assert!(before == files(&folder.join("content")), "{part}");
    }
}

#[test]
fn what_is_too_large_is_named_and_what_is_large_comes_along() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    cms.fail(Fault::Bytes(50 * 1024 * 1024), 1);
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("is larger than 32 MB") && said.contains("nothing was changed"),
        "{said}"
    );
    cms.mend();
    // A picture of 50 MB that is none, and one that is beyond any picture.
    for (size, why) in [(50, "left out"), (65, "the CMS does not have its file")] {
        cms.put("/uploads/a.png", vec![0; size * 1024 * 1024]);
        let cover = json!({"url": "/uploads/a.png", "alternativeText": "A"});
        cms.publish("berth", "vi", 2, json!({"cover": cover}));
        let said = sync(folder, 1, &["--all"], &[]);
        assert!(said.contains(why), "{size}: {said}");
        assert_eq!(
            read(folder, "port/berth/vi.json")["headline"],
            "berth in vi"
        );
    }
    // One that is too large among others costs itself, however many are asked for at once.
    let words = |times| json!([{"type": "paragraph", "children": [{"type": "text", "text": "Words. ".repeat(times)}]}]);
    cms.publish("huge", "vi", 1, json!({"body": words(5_000_000)}));
    cms.publish("quay", "vi", 1, json!({}));
    cms.list_without_texts();
    let said = sync(folder, 1, &["--all"], &[]);
    assert!(
        said.contains("huge in vi") && said.contains("is larger than 32 MB"),
        "{said}"
    );
    assert!(folder.join("content/articles/port/quay/vi.json").exists());
    cms.unpublish("huge", None);
    let text = words(100_000);
    cms.publish("tide", "vi", 1, json!({"body": text}));
    sync(folder, 1, &["--all"], &[]);
    let body = read(folder, "port/tide/vi.json")["body"].to_string();
    assert!(body.len() > 690_000, "{}", body.len());
}
