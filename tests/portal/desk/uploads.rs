//! Pictures and files that come to an article, from friends and from others.

use super::{Desk, VERSION, desk, read, text};
use crate::http::Response;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The article of the smallest portal.
const ARTICLE: &str = "port/deep-water-port";

impl Desk {
    /// Brings a file to the article. `name` is what stands in the address.
    fn bring(&self, name: &str, bytes: &[u8]) -> Response {
        let headers = format!("{}Content-Type: application/octet-stream\r\n", self.own());
        self.bring_as(&format!("/api/upload/{ARTICLE}/{name}"), &headers, bytes)
    }

    fn bring_as(&self, path: &str, headers: &str, bytes: &[u8]) -> Response {
        let length = bytes.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        self.server
            .send(&[head.as_bytes(), bytes].concat())
            .unwrap_or_else(|| panic!("no response to {path}"))
    }

    /// The same, where it is taken. Returns the file's name.
    fn brought(&self, name: &str, bytes: &[u8]) -> Value {
        let answer = self.bring(name, bytes);
        assert_eq!(answer.status, 200, "{name}: {}", text(&answer));
        read(&answer)["kept"].take()
    }
}

/// All files below a folder, but for what the program keeps for itself.
fn all_files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.insert(path.display().to_string());
        }
    }
    found
}

fn photograph() -> Vec<u8> {
    ::synthetic::pictures::jpegs().remove(0).bytes
}

#[test]
fn a_picture_and_a_file_come_to_an_article_and_are_published() {
    let (folder, desk) = desk();
    let picture = desk.brought("B%E1%BA%BFn%20c%E1%BA%A3ng.JPG", &photograph());
    assert_eq!(
        picture,
        json!({ "kind": "picture", "name": "ben-cang", "file": "ben-cang.jpg", "is_named": false })
    );
    let plan = desk.brought("plan.pdf", b"%PDF-1.7\n");
    assert_eq!(plan["file"], "plan.pdf");
    assert_eq!(desk.brought("copy%20of%20plan.pdf", b"%PDF-1.7\n"), plan);
    let seen = desk.get(&format!("picture/{ARTICLE}/ben-cang.jpg"));
    assert_eq!(
        (seen.status, &seen.headers["content-type"][..]),
        (200, "image/jpeg")
    );
    let place = format!("articles/{ARTICLE}/article");
    let facts = desk.edit(&desk.show(&place), &json!([
        { "do": "set", "at": "/pictures/ben-cang", "value": { "file": "ben-cang.jpg", "credit": "Minh Hảo" } },
        { "do": "set", "at": "/files", "value": { "plan": "plan.pdf" } },
    ]));
    let added = json!([
        { "do": "insert", "at": "/body/0", "value": { "picture": "ben-cang" } },
        { "do": "insert", "at": "/body/1", "value": { "attachment": { "title": "Sơ đồ", "file": "plan" } } },
    ]);
    let words =
        json!({ "do": "set", "at": "/pictures/ben-cang", "value": { "alternative": "Bến cảng" } });
    for lang in ["vi", "en"] {
        let place = format!("articles/{ARTICLE}/{lang}");
        let mut edits = added.as_array().unwrap().clone();
        edits.push(words.clone());
        let version = desk.edit(&desk.show(&place), &json!(edits));
        desk.save(&version);
    }
    let unused = desk.wish("unused", &json!({ "article": ARTICLE }));
    assert_eq!(unused["unused"], json!([]));
    desk.save(&facts);
    desk.wish("publish", &json!({}));
    let outcome = super::wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then(|| progress["outcome"].clone())
    });
    assert_eq!(outcome["kind"], "published", "{outcome}");
    let files = all_files(&folder.path().join("site"));
    for part in ["/ben-cang-", "/plan-"] {
        assert!(
            files.iter().any(|file| file.contains(part)),
            "{part}: {files:?}"
        );
    }
}

#[test]
fn no_name_leads_out_of_the_articles_folder() {
    let (folder, desk) = desk();
    let before = all_files(folder.path());
    let mut expected = BTreeSet::new();
    let names = [
        "..%2F..%2F..%2Fsite.json",
        "..%5C..%5Csite.json",
        "%2Fetc%2Fpasswd",
        "C%3A%5Cwindows%5Cwin.ini",
        "%252e%252e%252fx",
        "plan.pdf%00.exe",
        "exe%E2%80%AEfdp.nalp",
        "con.pdf",
        "NUL",
        "COM1.pdf",
        ".htaccess",
        "%FF%FE",
        "article.json",
        "vi.json",
        "",
        &"a".repeat(3_000),
        &"%C4%91".repeat(1_000),
    ];
    for (number, name) in names.into_iter().enumerate() {
        let bytes = format!("%PDF-1.7 {number}");
        let kept = desk.bring(&format!("{name}.pdf"), bytes.as_bytes());
        assert_eq!(kept.status, 200, "{name}: {}", text(&kept));
        let file = read(&kept)["kept"]["file"].as_str().unwrap().to_owned();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let stem = file.strip_suffix(".pdf").unwrap();
        assert!(
            stem.chars().all(is_plain) && stem.len() <= 80,
            "{name} became {file}"
        );
        let place = "content/.drafts/files/port+deep-water-port";
        expected.insert(folder.path().join(place).join(file).display().to_string());
    }
    let after = all_files(folder.path());
    let made: BTreeSet<_> = after.difference(&before).cloned().collect();
    let of_the_desk = |file: &String| !file.contains("/.edit/") && !file.ends_with("/list");
    let made: BTreeSet<_> = made.into_iter().filter(of_the_desk).collect();
    assert_eq!(made, expected);
    // What the address itself says leads to articles alone.
    for path in [
        "/api/upload/../../x/plan.pdf",
        "/api/upload/port/%2e%2e/plan.pdf",
        "/api/upload/port/nothing/plan.pdf",
        "/api/upload/plan.pdf",
        "/api/upload/",
        "/api/upload/port\\x/y/plan.pdf",
    ] {
        let headers = format!("{}Content-Type: application/octet-stream\r\n", desk.own());
        let answer = desk.bring_as(path, &headers, b"%PDF-1.7");
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
    }
    let of_articles = |files: &BTreeSet<String>| -> BTreeSet<String> {
        let own = files
            .iter()
            .filter(|file| file.contains("/content/articles/"));
        own.cloned().collect()
    };
    assert_eq!(of_articles(&after), of_articles(&before));
}

#[test]
fn what_cannot_be_published_is_named_for_what_it_is_and_leaves_nothing() {
    let (folder, desk) = desk();
    let before = all_files(&folder.path().join("content"));
    let svg = |inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\">{inside}</svg>")
    };
    let small = ::synthetic::pictures::png((3, 2), 2, 8, 0);
    let head = [0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 2, 0, 0, 0];
    let head = ::synthetic::pictures::chunk(b"IHDR", &head);
    let bomb = [&small[..8], &head, &small[8 + head.len()..]].concat();
    let script = svg("<script>alert(1)</script>");
    let load = svg("<rect width=\"1\" height=\"1\" onload=\"alert(1)\"/>");
    let cut = &photograph()[..60];
    let wrong: [(&str, &[u8], &str); 11] = [
        ("a.svg", script.as_bytes(), "script"),
        ("a.svg", load.as_bytes(), "onload"),
        ("a.png", &bomb, "65535 × 65535"),
        ("a.jpg", cut, "missing"),
        ("a.jpg", b"", "empty"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0", "HEIC"),
        ("a.avif", b"\0\0\0\x18ftypavis\0\0", "AVIF sequence"),
        (
            "a.jpg",
            b"<!doctype html><title>403</title>",
            "a page of the web",
        ),
        (
            "a.html",
            b"<script>alert(1)</script>",
            "no file that can be published",
        ),
        ("a.exe", b"MZ\x90\0", "no file that can be published"),
        ("a.pdf", b"<script>alert(1)</script>", "no .pdf file inside"),
    ];
    for (name, bytes, what) in wrong {
        let answer = desk.bring(name, bytes);
        assert_eq!(answer.status, 422, "{name}");
        let said = read(&answer);
        assert!(
            said["message"].as_str().unwrap().contains(what),
            "{name}: {said}"
        );
        assert!(said["now"]["help"].is_string(), "{name}: {said}");
    }
    let large = format!(
        "POST /api/upload/{ARTICLE}/a.pdf HTTP/1.1\r\n{}Content-Type: application/octet-stream\r\nContent-Length: 100000001\r\n\r\n",
        desk.own()
    );
    let answer = desk.server.send(large.as_bytes()).unwrap();
    assert_eq!(answer.status, 413);
    assert!(
        text(&answer).contains("more than 100 MB"),
        "{}",
        text(&answer)
    );
    assert_eq!(all_files(&folder.path().join("content")), before);
    // It goes on.
    desk.show(VERSION);
}

#[test]
fn what_hides_in_a_picture_is_not_kept() {
    let (_folder, desk) = desk();
    let hidden = b"GIF89a<html><script>alert(1)</script>PK\x03\x04";
    for sample in ::synthetic::pictures::samples() {
        let name = sample.name.rsplit('/').next().unwrap();
        let behind = [&sample.bytes[..], hidden].concat();
        let answer = desk.bring(name, &behind);
        if answer.status == 422 {
            continue;
        }
        let kept = read(&answer)["kept"].take();
        let file = kept["file"].as_str().unwrap();
        let seen = desk.get(&format!("picture/{ARTICLE}/{file}"));
        assert_eq!(seen.status, 200, "{name}");
        let is_there = seen
            .body
            .windows(hidden.len())
            .any(|window| window == hidden);
        assert!(!is_there, "{name}");
        assert_eq!(seen.headers["x-content-type-options"], "nosniff");
    }
}

#[test]
fn nobody_else_brings_files() {
    let (folder, desk) = desk();
    let before = all_files(&folder.path().join("content"));
    let (host, session) = (desk.host(), desk.session.clone());
    let path = format!("/api/upload/{ARTICLE}/plan.pdf");
    let own = format!("Host: {host}\r\nOrigin: http://{host}\r\n");
    let known = format!("X-Desk-Session: {session}\r\n");
    let kind = "Content-Type: application/octet-stream\r\n";
    let refused = [
        (401, format!("{own}{kind}")),
        (
            401,
            format!("{own}X-Desk-Session: {}\r\n{kind}", desk.token),
        ),
        (
            401,
            format!("{own}X-Desk-Session: {}\r\n{kind}", "0".repeat(64)),
        ),
        (
            403,
            format!("Host: {host}\r\nOrigin: http://evil.example\r\n{known}{kind}"),
        ),
        (
            403,
            format!("Host: {host}\r\nOrigin: null\r\n{known}{kind}"),
        ),
        (403, format!("Host: {host}\r\n{known}{kind}")),
        (
            403,
            format!("{own}Sec-Fetch-Site: cross-site\r\n{known}{kind}"),
        ),
        (
            421,
            format!("Host: evil.example\r\nOrigin: http://{host}\r\n{known}{kind}"),
        ),
        (
            405,
            format!("{own}{known}Content-Type: multipart/form-data; boundary=x\r\n"),
        ),
        (405, format!("{own}{known}Content-Type: text/plain\r\n")),
        (
            405,
            format!("{own}{known}Content-Type: application/json\r\n"),
        ),
        (405, format!("{own}{known}")),
    ];
    for (status, headers) in refused {
        let answer = desk.bring_as(&path, &headers, b"%PDF-1.7");
        assert_eq!(answer.status, status, "{headers}");
    }
    assert_eq!(all_files(&folder.path().join("content")), before);
    let answer = desk.bring_as(&path, &format!("{own}{known}{kind}"), b"%PDF-1.7");
    assert_eq!(answer.status, 200);
}

#[test]
fn files_come_to_a_document_of_the_register_and_are_published() {
    let (folder, desk) = desk();
    desk.wish("register", &json!({}));
    desk.wish("document", &json!({ "slug": "no-1" }));
    let headers = format!("{}Content-Type: application/octet-stream\r\n", desk.own());
    let enclose =
        |path: &str, bytes: &[u8]| desk.bring_as(&format!("/api/enclose/{path}"), &headers, bytes);
    let content = folder.path().join("content");
    let before = all_files(&content);
    // What is no file to keep, and what leads elsewhere, leaves nothing.
    let png = ::synthetic::pictures::png((3, 2), 2, 8, 0);
    for (path, bytes, status) in [
        ("no-1/a.png", &png[..], 422),
        ("no-1/a.exe", b"MZ\x90\0", 422),
        ("no-1/a.html", b"<script>alert(1)</script>", 422),
        ("no-1/a.pdf", b"<script>alert(1)</script>", 422),
        ("no-1/a.odt", b"%PDF-1.7", 422),
        ("no-1/a.pdf", b"", 422),
        ("no-2/a.pdf", b"%PDF-1.7", 404),
        ("../no-1/a.pdf", b"%PDF-1.7", 404),
        ("%2e%2e/a.pdf", b"%PDF-1.7", 404),
        ("No-1/a.pdf", b"%PDF-1.7", 404),
        ("a.pdf", b"%PDF-1.7", 404),
        ("", b"%PDF-1.7", 404),
    ] {
        let answer = enclose(path, bytes);
        assert_eq!(answer.status, status, "{path}: {}", text(&answer));
    }
    assert_eq!(all_files(&content), before);
    let packed = |inside: &[u8]| [b"PK\x03\x04", inside].concat();
    let odt = packed(b"mimetypeapplication/vnd.oasis.opendocument.text");
    for (name, bytes, file) in [
        (
            "Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.PDF",
            &b"%PDF-1.7\n"[..],
            "quyet-dinh.pdf",
        ),
        ("a.odt", &odt, "a.odt"),
        ("b.docx", &packed(b"word/document.xml"), "b.docx"),
        ("..%2F..%2F..%2Fsite.json.pdf", b"%PDF-1.4", "site-json.pdf"),
        ("con.pdf", b"%PDF-1.3", "no-1.pdf"),
    ] {
        let answer = enclose(&format!("no-1/{name}"), bytes);
        assert_eq!(answer.status, 200, "{name}: {}", text(&answer));
        assert_eq!(read(&answer)["kept"]["file"], file, "{name}");
    }
    // They wait beside the content until the document names them and is saved.
    let made: BTreeSet<String> = all_files(&content).difference(&before).cloned().collect();
    assert!(
        made.len() == 5
            && made
                .iter()
                .all(|file| file.contains("/.drafts/files/no-1/")),
        "{made:?}"
    );
    let document = desk.edit(
        &desk.show("documents/no-1/document"),
        &json!([
            { "do": "set", "at": "/number", "value": "1/QĐ" },
            { "do": "set", "at": "/subjects/vi", "value": "Về cảng" },
            { "do": "set", "at": "/files", "value": [{ "file": "quyet-dinh.pdf" }, { "file": "a.odt", "lang": "en" }] },
            { "do": "remove", "at": "/draft" },
        ]),
    );
    desk.save(&document);
    let unused = desk.wish("unused", &json!({ "document": "no-1" }));
    let unused: Vec<&Value> = unused["unused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["file"])
        .collect();
    assert_eq!(unused.len(), 3, "{unused:?}");
    let gone = json!({ "document": "no-1", "file": "b.docx" });
    let now = desk.wish("discard", &gone)["now"].take();
    assert!(
        now.as_str()
            .unwrap()
            .ends_with(".drafts/removed/no-1+b.docx"),
        "{now}"
    );
    let used = json!({ "document": "no-1", "file": "quyet-dinh.pdf" });
    assert_eq!(desk.post("discard", &used).status, 500);
    desk.wish("publish", &json!({}));
    let outcome = super::wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then(|| progress["outcome"].clone())
    });
    assert_eq!(outcome["kind"], "published", "{outcome}");
    let files = all_files(&folder.path().join("site"));
    for part in ["/quyet-dinh-", "/a-"] {
        assert!(files.iter().any(|file| file.contains(part)), "{part}");
    }
    assert!(!files.iter().any(|file| file.contains("site-json")));
}
