//! Requests of every kind to a site of a few files. `tests/portal/serving.rs` tests a running
//! `site serve`.

use super::*;
use crate::hosting::policy;
use hyper::header::{CONTENT_TYPE, HOST};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::fs;
use tempfile::TempDir;

/// A site under `/portal/`, in a folder beside a secret.
struct Fixture {
    place: TempDir,
    site: Site,
}

const SECRET: &str = "nobody may read this";

fn fixture(files: &[(&str, &str)]) -> Fixture {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("secret.txt"), SECRET).unwrap();
    let folder = place.path().join("site");
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let site = Site::new(&folder, "/portal/");
    Fixture { place, site }
}

impl Fixture {
    fn ask(&self, target: &str, further: &[(&str, &str)]) -> FullResponse {
        let mut request = Request::builder()
            .uri(target)
            .header(HOST, "localhost:8080");
        for (name, value) in further {
            request = request.header(*name, *value);
        }
        self.site.respond(&request.body(()).unwrap())
    }
}

fn pages() -> Fixture {
    let files = [
        "index.html",
        "404.html",
        "vi/index.html",
        "vi/404.html",
        "ko/index.html",
        "ko/404.html",
        "kr/index.html",
    ];
    let mut files: Vec<(&str, &str)> = files.iter().map(|file| (*file, *file)).collect();
    files.push(("vi/port/index.html", "port"));
    files.push(("a.mp3", "0123456789"));
    files.push((".git/config", SECRET));
    files.push((
        ".well-known/security.txt",
        "Contact: mailto:a@portal.example",
    ));
    let moves = "/portal/vi/old/x/ /portal/vi/new/x/ 301\n/portal/kr/* /portal/ko/:splat 301\n";
    files.push(("_redirects", moves));
    fixture(&files)
}

#[test]
fn an_address_leads_to_its_file_to_the_right_address_or_to_the_lost_page_of_its_language() {
    let fixture = pages();
    let folder = Folder::open(&fixture.site.folder).unwrap();
    let file = |path: &str| Resolution::File(path.to_owned());
    let to = |path: &str| Resolution::Redirect(path.to_owned());
    let not_found = |path: &str| Resolution::NotFound(path.to_owned());
    for (path, place) in [
        ("/portal/", file("index.html")),
        ("/portal/index.html", file("index.html")),
        ("/portal", to("/portal/")),
        ("/portal/vi/", file("vi/index.html")),
        ("/portal/vi", to("/portal/vi/")),
        ("/portal/vi/index.html", to("/portal/vi/")),
        ("/portal/vi/port", to("/portal/vi/port/")),
        ("/portal/kr/", to("/portal/ko/")),
        ("/portal/kr", to("/portal/ko/")),
        ("/portal/vi/old/x/", to("/portal/vi/new/x/")),
        ("/portal/kr/port/x", to("/portal/ko/port/x")),
        ("/portal/kr/port/x/", to("/portal/ko/port/x/")),
        (
            "/portal/.well-known/security.txt",
            file(".well-known/security.txt"),
        ),
        (
            "/.well-known/security.txt",
            file(".well-known/security.txt"),
        ),
        ("/.well-known/other.txt", not_found("404.html")),
        ("/portal/ko/nothing/", not_found("ko/404.html")),
        ("/portal/ko/nothing", not_found("ko/404.html")),
        ("/portal/ja/nothing/", not_found("404.html")),
        ("/portal/nothing", not_found("404.html")),
        ("/portal/vi/index.html/", not_found("vi/404.html")),
        ("/elsewhere", not_found("404.html")),
        ("", not_found("404.html")),
        ("*", not_found("404.html")),
    ] {
        assert_eq!(fixture.site.find(&folder, path), place, "{path}");
    }
}

#[test]
fn what_is_no_address_of_ours_leads_to_nothing() {
    let fixture = pages();
    let folder = Folder::open(&fixture.site.folder).unwrap();
    let secret = fixture.place.path().join("secret.txt");
    let absolute = format!("/portal/{}", secret.display());
    for path in [
        "//etc/passwd",
        "///etc/passwd",
        "/portal//etc/hostname",
        &absolute,
        "/portal/../secret",
        "/portal/../../secret.txt",
        "/portal/%2e%2e/secret.txt",
        "/portal/..%2fsecret.txt",
        "/portal/vi/..",
        "/portal/vi//",
        "/portal//vi/",
        "//portal/vi/",
        "//evil.example/index.html",
        "/portal//evil.example/index.html",
        "/portal/\\evil.example/index.html",
        "/portal/%5cevil.example/index.html",
        "/portal/kr//evil.example",
        "/portal/kr/\\evil.example",
        "/portal/kr/../..//evil.example",
        "/portal/.git/config",
        "/portal/vi/index.html%00",
        "/portal/p%6Frt/",
    ] {
        let found = fixture.site.find(&folder, path);
        assert!(
            matches!(found, Resolution::NotFound(_)),
            "{path} led to {found:?}"
        );
    }
}

#[test]
fn a_move_keeps_the_query_and_never_leaves_the_host() {
    let fixture = pages();
    for (target, to) in [
        ("/portal/kr/port/?with=vi", "/portal/ko/port/?with=vi"),
        ("/portal/kr/?", "/portal/ko/"),
        ("/portal?//evil.example", "/portal/?//evil.example"),
        ("/portal/vi?%0d%0aX:y", "/portal/vi/?%0d%0aX:y"),
        ("/portal/vi?\u{e9}", "/portal/vi/"),
    ] {
        let answer = fixture.ask(target, &[]);
        assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT, "{target}");
        assert_eq!(answer.headers()[LOCATION], to, "{target}");
    }
}

#[test]
fn every_answer_carries_the_policy() {
    let fixture = pages();
    let tag = fixture.ask("/portal/vi/", &[]).headers()[ETAG]
        .to_str()
        .unwrap()
        .to_owned();
    let request = |method: Method, host: Option<&str>| {
        let request = Request::builder().uri("/portal/vi/").method(method);
        host.map_or_else(
            || Request::builder().uri("/portal/vi/"),
            |host| request.header(HOST, host),
        )
        .body(())
        .unwrap()
    };
    let answers = [
        (200, fixture.ask("/portal/vi/", &[])),
        (206, fixture.ask("/portal/a.mp3", &[("range", "bytes=2-4")])),
        (304, fixture.ask("/portal/vi/", &[("if-none-match", &tag)])),
        (308, fixture.ask("/portal/kr/", &[])),
        (404, fixture.ask("/portal/nothing", &[])),
        (404, fixture.ask("//etc/passwd", &[])),
        (
            405,
            fixture
                .site
                .respond(&request(Method::POST, Some("localhost"))),
        ),
        (
            421,
            fixture
                .site
                .respond(&request(Method::GET, Some("evil.example"))),
        ),
        (
            421,
            fixture
                .site
                .respond(&request(Method::POST, Some("evil.example"))),
        ),
        (400, fixture.site.respond(&request(Method::GET, None))),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status(), status);
        for (name, value) in policy::headers("") {
            assert_eq!(
                answer.headers()[name.to_ascii_lowercase()],
                value.as_str(),
                "{status}: {name}"
            );
        }
    }
}

#[test]
fn a_name_that_is_not_this_machines_gets_nothing_of_the_site() {
    let fixture = pages();
    for target in [
        "/portal/vi/",
        "/portal/nothing",
        "/portal/kr/",
        "/portal/.well-known/security.txt",
    ] {
        let request = Request::builder()
            .uri(target)
            .header(HOST, "evil.example:8080")
            .body(())
            .unwrap();
        let answer = fixture.site.respond(&request);
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{target}");
        assert!(
            !answer.headers().contains_key(LOCATION) && !answer.headers().contains_key(ETAG),
            "{target}"
        );
        assert_eq!(
            hyper::body::Body::size_hint(answer.body()).exact(),
            Some(0),
            "{target}"
        );
    }
}

#[test]
fn a_browser_gets_the_best_copy_that_it_takes() {
    let fixture = fixture(&["a.html", "a.html.br", "a.html.gz", "b.html"].map(|file| (file, file)));
    for (takes, file, encoding) in [
        ("gzip, deflate, br", "a.html", Some("br")),
        ("gzip;q=0.8, br;q=0", "a.html", Some("gzip")),
        ("", "a.html", None),
        ("gzip, br", "b.html", None),
    ] {
        let answer = fixture.ask(&format!("/portal/{file}"), &[("accept-encoding", takes)]);
        let got = answer
            .headers()
            .get(CONTENT_ENCODING)
            .map(|value| value.to_str().unwrap());
        assert_eq!(got, encoding, "{takes}");
        assert_eq!(answer.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    }
}

#[test]
fn a_player_gets_the_part_of_a_file_that_it_asks_for() {
    let fixture = pages();
    let answer = fixture.ask("/portal/a.mp3", &[("range", "bytes=2-4")]);
    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.headers()[CONTENT_RANGE], "bytes 2-4/10");
    assert_eq!(answer.headers()[CONTENT_TYPE], "audio/mpeg");
    let whole = fixture.ask("/portal/a.mp3", &[("range", "bytes=20-")]);
    assert_eq!(whole.status(), StatusCode::OK);
    assert!(!whole.headers().contains_key(CONTENT_RANGE));
}

/// Paths made of pieces that break careless code.
fn paths() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "/",
        "//",
        "\\",
        ".",
        "..",
        "%",
        "%2e",
        "%2f",
        "%5c",
        "%00",
        "portal",
        "vi",
        "kr",
        "port",
        "index.html",
        "secret.txt",
        "evil.example",
        "old",
        "x",
        ":",
        "@",
        "é",
        ".git",
        "config",
        "~",
        ";",
        "*",
        "{",
        "}",
        "$uri",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn no_path_leads_out_of_the_site() {
    let fixture = pages();
    let folder = Folder::open(&fixture.site.folder).unwrap();
    let config = ProptestConfig {
        cases: 5_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let tried = TestRunner::new(config).run(&(paths(), any::<bool>()), |(path, below)| {
        let path = if below {
            format!("/portal/{path}")
        } else {
            path
        };
        match fixture.site.find(&folder, &path) {
            Resolution::File(file) | Resolution::NotFound(file) => {
                prop_assert!(own_address::is_plain(&file), "{} led to {}", path, file);
                let bytes = folder.read(&file).unwrap_or_default();
                prop_assert!(
                    !String::from_utf8_lossy(&bytes).contains(SECRET),
                    "{}",
                    path
                );
            }
            Resolution::Redirect(to) => {
                let below = to.strip_prefix("/portal/");
                prop_assert!(
                    below.is_some_and(own_address::is_plain),
                    "{} led to {}",
                    path,
                    to
                );
            }
        }
        Ok(())
    });
    tried.unwrap();
}
