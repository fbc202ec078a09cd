//! Whoever should not get in, and names that lead elsewhere.

use super::{Desk, VERSION, desk, read, text, wait};
use crate::http::Response;
use serde_json::json;
use std::fs;

/// What is asked for by a stranger: every kind of wish.
const WISHES: [(&str, &str); 13] = [
    ("GET", "/api/portal"),
    ("GET", "/api/check"),
    ("GET", "/api/publish"),
    ("GET", "/api/news/0/vi/"),
    ("GET", "/api/picture/port/deep-water-port/harbour.svg"),
    ("GET", "/api/history"),
    ("POST", "/api/record"),
    ("POST", "/api/unused"),
    ("POST", "/api/discard"),
    ("POST", "/api/upload/port/deep-water-port/plan.pdf"),
    ("POST", "/api/open"),
    ("POST", "/api/save"),
    ("POST", "/api/publish"),
];

fn is_open(answer: &Response) -> bool {
    answer
        .headers
        .keys()
        .any(|name| name.starts_with("access-control-"))
}

#[test]
fn nobody_gets_in_without_the_token_and_nobody_twice_with_it() {
    let folder = crate::build::project();
    let desk = Desk::start(
        folder.path(),
        &super::files(folder.path()),
        "bundle".as_ref(),
        0,
    );
    let host = desk.host();
    let known = |session: &str| {
        format!(
            "Host: {host}\r\nOrigin: http://{host}\r\nX-Desk-Session: {session}\r\nContent-Type: application/json\r\n"
        )
    };
    let guess = |token: &str| desk.post("session", &json!({ "token": token })).status;
    for token in [
        "",
        "0",
        &"0".repeat(64),
        &desk.token[..63],
        &desk.token.to_uppercase(),
        &format!("{} ", desk.token),
    ] {
        if token != desk.token {
            assert_eq!(guess(token), 401, "{token:?}");
        }
    }
    for (method, path) in WISHES {
        for session in ["", &desk.token, &"0".repeat(64)] {
            let answer = desk.raw(method, path, &known(session), "{}");
            assert_eq!(answer.status, 401, "{method} {path} with {session:?}");
        }
        let without =
            format!("Host: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\n");
        assert_eq!(desk.raw(method, path, &without, "{}").status, 401);
    }
    let session = read(&desk.post("session", &json!({ "token": desk.token })))["session"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(guess(&desk.token), 401, "an old token is good");
    assert_eq!(
        desk.raw("GET", "/api/portal", &known(&session), "").status,
        200
    );
    let twice = format!("{}X-Desk-Session: {session}\r\n", known("0"));
    assert_eq!(desk.raw("GET", "/api/portal", &twice, "").status, 401);
    let cookie = format!("Host: {host}\r\nCookie: session={session}\r\n");
    assert_eq!(desk.raw("GET", "/api/portal", &cookie, "").status, 401);
}

#[test]
fn no_other_page_gets_anything_whatever_it_knows() {
    let (_folder, desk) = desk();
    let (host, session) = (desk.host(), format!("X-Desk-Session: {}\r\n", desk.session));
    let json = "Content-Type: application/json\r\n";
    let port = desk.server.port;
    let rebound = [
        format!("evil.example:{port}"),
        "evil.example".to_owned(),
        format!("localhost:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1.evil.example:{port}"),
        format!("0.0.0.0:{port}"),
    ];
    for other in rebound {
        for path in ["/", "/desk.js", "/api/portal"] {
            let answer = desk.raw("GET", path, &format!("Host: {other}\r\n{session}"), "");
            assert_eq!(answer.status, 421, "{other} {path}");
            assert!(answer.body.is_empty());
        }
    }
    let origins = [
        "http://evil.example".to_owned(),
        "null".to_owned(),
        format!("http://localhost:{port}"),
        format!("https://{host}"),
        "http://127.0.0.1:1".to_owned(),
        format!("http://{host}/"),
    ];
    for origin in origins {
        for (method, path) in WISHES {
            let headers = format!("Host: {host}\r\nOrigin: {origin}\r\n{session}{json}");
            let answer = desk.raw(method, path, &headers, "{}");
            assert_eq!(answer.status, 403, "{method} {path} from {origin}");
            assert!(!is_open(&answer) && answer.body.is_empty());
        }
    }
    for from in ["cross-site", "same-site"] {
        let headers = format!("Host: {host}\r\nSec-Fetch-Site: {from}\r\n{session}");
        assert_eq!(desk.raw("GET", "/api/portal", &headers, "").status, 403);
    }
    // What a form or a script of another page can send without asking first.
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=utf-8",
    ] {
        let headers =
            format!("Host: {host}\r\nOrigin: http://{host}\r\n{session}Content-Type: {kind}\r\n");
        assert_eq!(
            desk.raw("POST", "/api/publish", &headers, "{}").status,
            405,
            "{kind}"
        );
    }
    let without_origin = format!("Host: {host}\r\n{session}{json}");
    assert_eq!(
        desk.raw("POST", "/api/publish", &without_origin, "{}")
            .status,
        403
    );
    let ahead = format!(
        "Host: {host}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-desk-session\r\n"
    );
    let answer = desk.raw("OPTIONS", "/api/open", &ahead, "");
    assert!(answer.status == 403 && !is_open(&answer));
}

#[test]
fn every_answer_has_a_strict_policy() {
    let (_folder, desk) = desk();
    for path in [
        "/",
        "/desk.js",
        "/desk.css",
        "/icon.svg",
        "/api/portal",
        "/nothing",
        "/api/nothing",
    ] {
        let answer = desk.raw("GET", path, &desk.own(), "");
        let policy = &answer.headers["content-security-policy"];
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe")
                && !policy.contains('*')
                && policy.contains("frame-ancestors 'none'")
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
        assert!(!is_open(&answer) && !answer.headers.contains_key("set-cookie"));
    }
    let shell = desk.raw("GET", "/", &desk.own(), "");
    let policy = &shell.headers["content-security-policy"];
    assert!(
        policy.contains("require-trusted-types-for 'script'; trusted-types 'none'"),
        "{policy}"
    );
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/site.json",
        "/desk.js/",
        "//desk.js",
        "/index.html/../desk.js",
        "/content/site.json",
    ] {
        assert_eq!(desk.raw("GET", path, &desk.own(), "").status, 404, "{path}");
    }
}

#[test]
fn the_preview_stands_in_the_desk_and_nowhere_else() {
    let (_folder, desk) = desk();
    let address = desk.ask("portal")["preview"].as_str().unwrap().to_owned();
    let (host, base) = address
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    wait("the page is there", || {
        let news = desk.ask("news//vi/port/deep-water-port/");
        news["has"].as_bool().filter(|has| *has)
    });
    let preview = crate::http::Server {
        program: std::process::Command::new("true").spawn().unwrap(),
        port: host.rsplit(':').next().unwrap().parse().unwrap(),
        host: "127.0.0.1",
    };
    let page = preview.get(&format!("/{base}vi/port/deep-water-port/"), "");
    assert_eq!(page.status, 200);
    let policy = &page.headers["content-security-policy"];
    assert!(
        policy.contains(&format!("frame-ancestors http://{}", desk.host())),
        "{policy}"
    );
    assert!(!page.headers.contains_key("x-frame-options"));
    for path in [
        "/",
        "/vi/port/deep-water-port/",
        "/healthz",
        "/readyz",
        "/.well-known/preview",
    ] {
        let answer = preview.get(path, "");
        assert_eq!(answer.status, 404, "{path}: {}", text(&answer));
    }
    assert!(base.len() > 60, "the path can be guessed: {base}");
    let request =
        format!("GET /{base}vi/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(preview.send(request.as_bytes()).unwrap().status, 421);
}

#[test]
fn no_name_leads_out_of_the_content_folder() {
    let (folder, desk) = desk();
    fs::write(folder.path().join("secret.svg"), "<svg/>").unwrap();
    fs::write(folder.path().join("secret.json"), "{}").unwrap();
    for place in [
        "../secret",
        "articles/../../secret/vi",
        "articles/port/../../../secret",
        "/etc/passwd",
        "site.json",
        "articles/port/deep-water-port/../../../site",
        "articles/port/deep-water-port/vi\0",
        "articles\\port\\x\\vi",
        ".drafts/lock",
        "",
    ] {
        for task in ["open", "theirs"] {
            let answer = desk.post(task, &json!({ "place": place }));
            assert_eq!(answer.status, 422, "{task} {place:?}: {}", text(&answer));
        }
    }
    assert_eq!(
        desk.get("picture/port/deep-water-port/harbour.svg").status,
        200
    );
    for path in [
        "port/deep-water-port/../../../../secret.svg",
        "../secret.svg",
        "port/deep-water-port/%2e%2e/x.svg",
        "port/deep-water-port/vi.json",
        "port/deep-water-port/",
        "port/deep-water-port/.svg",
        "port//harbour.svg",
        "port/deep-water-port/harbour.svg/x",
    ] {
        assert_eq!(desk.get(&format!("picture/{path}")).status, 404, "{path}");
    }
    for (section, slug) in [
        ("port", "../x"),
        ("..", "x"),
        ("port", "/tmp/x"),
        ("nowhere", "x"),
        ("port", "con"),
        ("port", ""),
        ("port", "deep-water-port"),
        ("port", "a/b"),
    ] {
        let wish = json!({ "section": section, "slug": slug, "lang": "vi", "title": "x" });
        let answer = desk.post("new", &wish);
        assert_eq!(answer.status, 422, "{section}/{slug}: {}", text(&answer));
    }
    for article in ["../x", "port/../port/deep-water-port", "port/nothing"] {
        assert_eq!(
            desk.post("translate", &json!({ "article": article, "lang": "ko" }))
                .status,
            422,
            "{article}"
        );
    }
    #[cfg(unix)]
    {
        let link = folder
            .path()
            .join("content/articles/port/deep-water-port/out.svg");
        std::os::unix::fs::symlink(folder.path().join("secret.svg"), link).unwrap();
        assert_eq!(desk.get("picture/port/deep-water-port/out.svg").status, 404);
    }
}

#[test]
fn nothing_that_is_sent_makes_it_fall_over() {
    let (_folder, desk) = desk();
    let known = desk.show(VERSION)["known"].clone();
    for task in [
        "open",
        "edit",
        "save",
        "step",
        "theirs",
        "rewrite",
        "new",
        "translate",
        "done",
        "begin",
        "paste",
        "link",
        "slug",
        "list",
        "session",
        "nothing",
    ] {
        for wish in [
            json!(null),
            json!([]),
            json!({}),
            json!("x"),
            json!({ "place": 1 }),
            json!({ "place": VERSION, "known": known, "edits": [{ "do": "nothing" }], "back": 1, "text": [], "html": {}, "to": 0 }),
        ] {
            let answer = desk.post(task, &wish);
            assert!(
                [200, 401, 404, 422].contains(&answer.status),
                "{task} {wish}: {} {}",
                answer.status,
                text(&answer)
            );
        }
    }
    for edits in [
        json!([{ "do": "set", "at": "lead", "value": 1 }]),
        json!([{ "do": "set", "at": "/body/99/x", "value": 1 }]),
        json!([{ "do": "remove", "at": "" }]),
        json!([{ "do": "move", "from": "/body/0", "to": 18_446_744_073_709_551_615_u64 }]),
        json!([{ "do": "insert", "at": "/body/-", "value": null }]),
    ] {
        let answer = desk.post(
            "edit",
            &json!({ "place": VERSION, "known": known, "edits": edits }),
        );
        assert_eq!(answer.status, 422, "{edits}: {}", text(&answer));
    }
    let deep = "[".repeat(200_000);
    let headers = format!("{}Content-Type: application/json\r\n", desk.own());
    assert_eq!(desk.raw("POST", "/api/edit", &headers, &deep).status, 400);
    let large = format!("\"{}\"", "a".repeat(9 * 1024 * 1024));
    assert!([413, 422].contains(&desk.raw("POST", "/api/paste", &headers, &large).status));
    assert_eq!(desk.show(VERSION)["known"], known, "something was changed");
}
