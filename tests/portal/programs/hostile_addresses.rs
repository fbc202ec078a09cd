//! Hostile addresses: attempts at open redirects, path traversal and hidden files. Every host gives
//! the same verdict, and redirects are resolved as browsers resolve them.

use super::hosts::{self, Host, OFFICIAL};
use crate::http::Response;
use crate::published::{Published, published, sample};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use url::Url;

/// A host's answer to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// This file, below the base.
    File(&'static str),
    /// A redirect to this address, from the host's root on.
    Redirect(String),
    /// The address is unknown.
    Nothing,
}
use Verdict::{File, Nothing, Redirect};

/// Addresses below the base that are known to every host.
fn known(base: &str) -> Vec<(String, Verdict)> {
    let leads = |to: &str| Redirect(format!("{base}{to}"));
    [
        ("", File("index.html")),
        ("vi/", File("vi/index.html")),
        ("vi/?q=a%20b", File("vi/index.html")),
        ("robots.txt", File("robots.txt")),
        ("vi", leads("vi/")),
        ("vi?x=//evil.example", leads("vi/?x=//evil.example")),
        ("vi/index.html", leads("vi/")),
        ("vi/index.html?", leads("vi/")),
        ("vi/index.html?a=b", leads("vi/?a=b")),
        ("kr", leads("ko/")),
        ("kr/", leads("ko/")),
        (
            "kr/port/deep-water-port/?with=vi",
            leads("ko/port/deep-water-port/?with=vi"),
        ),
        ("cn/port/", leads("zh-Hans/port/")),
        ("kr?a=%0d%0aX:%20y", leads("ko/?a=%0d%0aX:%20y")),
        (
            "kr?{env.HOME}{http.request.host}$host%{HTTP_HOST}",
            leads("ko/?{env.HOME}{http.request.host}$host%{HTTP_HOST}"),
        ),
        ("evil.example/index.html", leads("evil.example/")),
    ]
    .map(|(below, verdict)| (format!("{base}{below}"), verdict))
    .to_vec()
}

/// Addresses below the base that are unknown to every host.
const UNKNOWN: [&str; 78] = [
    // Redirects to another host.
    "/evil.example/index.html",
    "//evil.example/index.html",
    "/evil.example/",
    "/evil.example",
    "/evil.example/..",
    "/evil.example/%2e%2e",
    "/evil.example/%2f..",
    "\\evil.example/index.html",
    "\\/evil.example/index.html",
    "/\\evil.example/index.html",
    "%5cevil.example/index.html",
    "%5Cevil.example/index.html",
    "%5c/evil.example/index.html",
    "%2fevil.example/index.html",
    "%2F%2Fevil.example/index.html",
    "%09/evil.example/index.html",
    "%09%5cevil.example/index.html",
    "%0a/evil.example/index.html",
    "%0d%0aLocation:%20//evil.example/index.html",
    ".evil.example/index.html",
    "@evil.example/index.html",
    ":80@evil.example/index.html",
    ";@evil.example/index.html",
    "https:/evil.example/index.html",
    "https://evil.example/index.html",
    "javascript:alert(1)/index.html",
    "./evil.example/index.html",
    "..//evil.example/index.html",
    "vi//evil.example/index.html",
    "vi/..//evil.example/index.html",
    "vi/%2e%2e//evil.example/index.html",
    "vi/index.html/..//evil.example/",
    "kr//evil.example",
    "kr//evil.example/",
    "kr/\\evil.example",
    "kr/%5cevil.example",
    "kr/%2f/evil.example",
    "kr/..//evil.example",
    "kr/../..//evil.example",
    "kr/%2e%2e/%2e%2e//evil.example",
    "kr%2f%2fevil.example",
    "kr/%0d%0aX:y",
    "kr/{env.HOME}",
    "kr/$host",
    "cn//evil.example/index.html",
    "/vi",
    "/kr/",
    // Paths out of the folder.
    "../",
    "../../etc/passwd",
    "..%2f..%2fetc/passwd",
    "%2e%2e/%2e%2e/etc/passwd",
    ".%2e/etc/passwd",
    "/etc/passwd",
    "vi/../vi/",
    "vi/./",
    "vi//",
    "%252e%252e/etc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    // Hidden files, and addresses of a form that the portal does not use.
    ".htaccess",
    ".htpasswd",
    ".git/config",
    "vi/.DS_Store",
    ".well-known/nothing",
    "vi/p%6Frt/",
    "vi/port%2f",
    "vi/index.html%00",
    "%00",
    "%zz",
    "vi/%",
    "vi/caf\u{e9}/",
    "vi/caf%C3%A9/",
    "vi/$uri/",
    "vi/~root/",
    "vi/index.html;a=b",
    "vi/index.html/",
    "robots.txt/",
    "robots.txt/index.html/",
    "Thumbs.db",
];

/// All addresses below the base, with their verdicts.
fn below(base: &str) -> Vec<(String, Verdict)> {
    let long = "a/".repeat(2000);
    let unknown = UNKNOWN
        .into_iter()
        .chain([long.as_str()])
        .map(|below| (format!("{base}{below}"), Nothing));
    known(base).into_iter().chain(unknown).collect()
}

/// Targets that are not below the base.
fn elsewhere() -> Vec<(String, Verdict)> {
    [
        "//evil.example/index.html",
        "/%5cevil.example/index.html",
        "/\\evil.example/",
        "//portal/vi",
        "//portal//vi/",
        "///",
    ]
    .map(|target| (target.to_owned(), Nothing))
    .to_vec()
}

/// Whether a host may refuse an address before it applies any rule, with its own status and page
/// and without our headers. It must then neither redirect nor show a file.
fn may_refuse_by_itself(name: &str, base: &str, target: &str) -> bool {
    let path = target
        .split('?')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let by_escapes = has_bad_escape(&path) || (name != "Caddy" && path.contains("%00"));
    let by_folder = match resolved(&path) {
        // Above the root; or, for Apache, outside the folder of the `.htaccess`.
        None => true,
        Some(path) => name == "Apache" && !format!("{path}/").starts_with(base),
    };
    match name {
        "site serve" => false,
        "Caddy" => by_escapes,
        "Apache" => by_escapes || by_folder || path.contains("%2f"),
        _ => by_escapes || by_folder,
    }
}

/// Whether a percent sign is not followed by two hexadecimal digits.
fn has_bad_escape(path: &str) -> bool {
    let digits = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
    path.split('%').skip(1).any(|rest| digits(rest) < 2)
}

/// Resolves a path as a host does: decoded, without dot segments and with single slashes. `None` if
/// it leads above the root.
fn resolved(path: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    let path = path.replace("%2e", ".").replace("%2f", "/");
    for segment in path
        .split('/')
        .filter(|segment| !segment.is_empty() && *segment != ".")
    {
        if segment == ".." {
            segments.pop()?;
        } else {
            segments.push(segment);
        }
    }
    Some(format!("/{}", segments.join("/")))
}

/// Asserts that a browser that follows a `Location` stays on the same host.
fn assert_same_host(name: &str, target: &str, location: &str) {
    let official = Url::parse(&format!("http://{OFFICIAL}/")).unwrap();
    let asked = official
        .join(target)
        .ok()
        .filter(|asked| asked.origin() == official.origin());
    for from in [Some(official.clone()), asked].into_iter().flatten() {
        let read = from
            .join(location)
            .unwrap_or_else(|error| panic!("{name}: {target} leads to {location}: {error}"));
        assert_eq!(
            read.origin(),
            official.origin(),
            "{name}: {target:?} leads to {location:?}, which is {read}"
        );
    }
    assert!(
        !location.contains(|c: char| c.is_control()),
        "{name}: {target:?} leads to {location:?}"
    );
}

/// Whether a response is a 404 page of the site.
fn is_not_found(site: &Published, answer: &Response) -> bool {
    let mut pages = site
        .files
        .iter()
        .filter(|(file, _)| file.ends_with("404.html"));
    answer.status == 404 && pages.any(|(_, page)| answer.body == *page)
}

fn judge(site: &Published, host: &Host, target: &str, verdict: &Verdict) {
    let (name, answer) = (host.name, host.server.get(target, ""));
    if let Some(location) = answer.headers.get("location") {
        assert_same_host(name, target, location);
    }
    if *verdict == Nothing && may_refuse_by_itself(name, site.base, target) {
        assert!(
            matches!(answer.status, 400 | 403 | 404),
            "{name}: {target:?} is answered with {}",
            answer.status
        );
        let shown = site
            .files
            .values()
            .any(|bytes| !bytes.is_empty() && answer.body == *bytes);
        assert!(
            !shown || is_not_found(site, &answer),
            "{name}: {target:?} shows a file"
        );
        return;
    }
    match verdict {
        File(file) => {
            assert_eq!(answer.status, 200, "{name}: {target:?}");
            assert!(
                answer.body == site.files[*file],
                "{name}: {target:?} is another file"
            );
        }
        Redirect(to) => {
            assert_eq!(
                (answer.status, host.leads_to(&answer).as_ref()),
                (308, Some(to)),
                "{name}: {target:?}"
            );
        }
        Nothing => {
            assert!(
                is_not_found(site, &answer),
                "{name}: {target:?} is answered with {} and other bytes",
                answer.status
            );
        }
    }
    assert_eq!(
        answer.headers["x-content-type-options"], "nosniff",
        "{name}: {target:?}"
    );
    assert!(
        answer.headers["content-security-policy"].contains("frame-ancestors 'none'"),
        "{name}: {target:?}"
    );
}

#[test]
fn every_host_gives_the_same_verdict_on_friends_and_strangers() {
    for site in [published(), sample()] {
        for host in hosts::all(site) {
            for (target, verdict) in below(site.base).into_iter().chain(elsewhere()) {
                judge(site, &host, &target, &verdict);
            }
        }
    }
}

/// Whether a file is hidden, such as the tool's own mark in a folder.
fn is_hidden(file: &str) -> bool {
    file.split('/')
        .any(|segment| segment.starts_with('.') && segment != ".well-known")
}

#[test]
fn every_published_file_has_an_address_that_every_host_knows() {
    let site = published();
    let hosts = hosts::all(site);
    let mut moved = 0;
    for (file, bytes) in site.files.iter().filter(|(file, _)| !is_hidden(file)) {
        let path = site.path_of(file);
        let ours = hosts[0].server.get(&path, "");
        moved += usize::from(ours.status == 308);
        assert!(
            ours.status == 308 || (ours.status == 200 && ours.body == *bytes),
            "{path}: {}",
            ours.status
        );
        for Host { name, server, .. } in &hosts[1..] {
            let theirs = server.get(&path, "");
            assert_eq!(theirs.status, ours.status, "{name}: {path}");
            assert!(
                ours.status == 308 || theirs.body == *bytes,
                "{name}: {path}: other bytes"
            );
        }
    }
    // Pages at guessed and earlier addresses exist for hosts without redirects.
    assert!(
        (1..50).contains(&moved),
        "{moved} files stand where another address is meant"
    );
}

#[test]
fn every_host_refuses_what_would_change_something() {
    let site = published();
    for Host { name, server, .. } in &hosts::all(site) {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"] {
            for target in [
                "vi/",
                "vi",
                "kr/",
                "nothing",
                "/evil.example/index.html",
                "assets/",
            ] {
                let target = format!("{}{target}", site.base);
                let answer = server.request(method, &target, "Content-Length: 0\r\n");
                assert_eq!(answer.status, 405, "{name}: {method} {target}");
                // Apache answers by itself here, with its own list of methods.
                let allowed = answer.headers.get("allow").map(String::as_str);
                assert!(
                    allowed == Some("GET, HEAD") || *name == "Apache",
                    "{name}: {method} {target}: {allowed:?}"
                );
                assert!(
                    !answer.headers.contains_key("location"),
                    "{name}: {method} {target}"
                );
                assert_eq!(
                    answer.headers["x-content-type-options"], "nosniff",
                    "{name}: {method} {target}"
                );
            }
        }
        let head = server.request("HEAD", &format!("{}vi/", site.base), "");
        assert_eq!((head.status, head.body.len()), (200, 0), "{name}");
    }
}

/// Pieces of random addresses.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "/",
        "/",
        "//",
        "\\",
        ".",
        "..",
        "/../",
        "/./",
        "%2e",
        "%2f",
        "%5c",
        "%09",
        "%00",
        "%25",
        "%",
        ";",
        ":",
        "@",
        "vi",
        "kr",
        "cn",
        "port",
        "portal",
        "index.html",
        "evil.example",
        "robots.txt",
        "feed.xml",
        "404.html",
        ".git",
        "a",
        "-",
        "_",
        "~",
        "$uri",
        "{path}",
        "é",
        "?",
        "?/",
        "x=1",
    ]);
    prop_oneof![12 => known.prop_map(str::to_owned), 1 => "[!-~]{0,3}"]
}

/// The comparable part of a response: the class of its status, and the target of its redirect.
fn outline(host: &Host, target: &str) -> (u16, Option<String>) {
    let answer = host.server.get(target, "");
    if let Some(location) = answer.headers.get("location") {
        assert_same_host(host.name, target, location);
    }
    (answer.status / 100, host.leads_to(&answer))
}

#[test]
fn every_host_gives_the_same_verdict_on_whatever_is_asked_for() {
    let site = published();
    let hosts = hosts::all(site);
    let config = ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let targets = (
        prop::collection::vec(piece(), 0..8),
        prop::bool::weighted(0.7),
    );
    // A fixed seed gives the same addresses in every run, so that only a change of a server can
    // change the result.
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let tried = TestRunner::new_with_rng(config, chance).run(&targets, |(pieces, below)| {
        let target = format!("{}{}", if below { site.base } else { "/" }, pieces.concat());
        // Hosts differ on fragments and bare quotation marks, which no browser sends.
        prop_assume!(!target.contains(['#', '"', '<', '>']));
        prop_assume!(
            target
                .split_once('?')
                .is_none_or(|(_, query)| query.is_ascii())
        );
        let ours = outline(&hosts[0], &target);
        for host in &hosts[1..] {
            prop_assert_eq!(
                outline(host, &target),
                ours.clone(),
                "{}: {:?}",
                host.name,
                &target
            );
        }
        Ok(())
    });
    tried.unwrap();
}
