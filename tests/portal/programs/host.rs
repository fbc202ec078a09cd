//! Real web servers, configured by `site headers`, answer as `site serve` does.

use super::hosts::{self, Host};
use crate::http::Response;
use crate::published::{Published, published};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The headers that must be the same on every host. `ETag`, `Date` and the like may differ.
const COMPARED: [&str; 12] = [
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "content-type",
    "cross-origin-resource-policy",
    "cache-control",
    "content-length",
];

/// The number of [`COMPARED`], from its beginning, that every response has.
const COMMON: usize = 8;

/// Addresses below the base of every kind that the site has: files, redirects, unknown addresses.
fn addresses(site: &Published) -> Vec<String> {
    let asset = |ending: &str| {
        site.files
            .keys()
            .find(|file| file.starts_with("assets/") && file.ends_with(ending))
            .unwrap()
    };
    let mut files: Vec<String> = [
        "",
        "vi/",
        "index.html",
        "vi/port/",
        "ko/port/deep-water-port/",
        "ko/port/deep-water-port/index.json",
        "vi/feed.xml",
        "zh-Hans/port/feed.json",
        "sitemap.xml",
        "sitemaps/2014-09.xml",
        "robots.txt",
        ".well-known/security.txt",
        "favicon.svg",
        "ja/manifest.webmanifest",
        "ja/404.html",
        // These redirect to another address.
        "vi/index.html",
        "kr/",
        "kr",
        "kr/port/deep-water-port/",
        "cn/port/",
        "cn/port",
        "vi/port",
        "vi/port/index.html",
        "kr/index.html",
        "assets",
        "ko/port/lach-huyen/",
        "en/investment/deep-water-port/",
        // These are unknown.
        "nothing",
        "vi/nothing/",
        "vi/nothing",
        "ko/port/nothing/",
        "zh-Hans/nothing.html",
        "assets/",
        "assets/nothing.js",
        "vi/nothing/feed.xml",
        "vi/feed.xml/",
        "KR/",
        "vi/archive/2014/9/",
    ]
    .map(str::to_owned)
    .to_vec();
    files.extend([".wasm", ".js", ".css", ".png", ".svg"].map(|ending| asset(ending).clone()));
    files
}

fn compare(path: &str, host: &Host, ours: &Response) {
    let (name, theirs) = (host.name, host.server.get(path, ""));
    assert_eq!(theirs.status, ours.status, "{name}: {path}");
    assert_eq!(
        host.leads_to(&theirs).as_ref(),
        ours.headers.get("location"),
        "{name}: {path}"
    );
    // A redirect has no body, or one that nobody sees.
    let compared = if ours.status == 308 {
        &COMPARED[..COMMON]
    } else {
        &COMPARED[..]
    };
    for header in compared {
        assert!(
            ours.headers.contains_key(*header),
            "{path}: site serve sends no {header}"
        );
        assert_eq!(
            theirs.headers.get(*header),
            ours.headers.get(*header),
            "{name}: {path}: {header}"
        );
    }
    assert!(
        ours.status == 308 || theirs.body == ours.body,
        "{name}: {path}: other bytes"
    );
}

#[test]
fn every_host_answers_as_site_serve_does() {
    let site = published();
    let hosts = hosts::all(site);
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for file in addresses(site) {
        for query in ["", "?with=ko"] {
            let path = format!("{}{file}{query}", site.base);
            let ours = hosts[0].server.get(&path, "");
            *statuses.entry(ours.status).or_default() += 1;
            for host in &hosts[1..] {
                compare(&path, host, &ours);
            }
        }
    }
    assert!(
        [200, 308, 404].iter().all(|status| statuses[status] > 10),
        "{statuses:?}"
    );
}

#[test]
fn whom_to_tell_of_a_hole_is_said_at_the_root_of_the_host() {
    let site = published();
    for Host { name, server, .. } in hosts::all(site) {
        // Apache is configured only by the `.htaccess` of a folder, which has no effect above it.
        if name == "Apache" {
            continue;
        }
        let answer = server.get("/.well-known/security.txt", "");
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(
            answer.headers["content-type"], "text/plain; charset=utf-8",
            "{name}"
        );
        assert_eq!(
            answer.headers["x-content-type-options"], "nosniff",
            "{name}"
        );
        assert!(
            answer.body == site.files[".well-known/security.txt"],
            "{name}"
        );
    }
}

/// Writes a compressed copy beside a file, and returns its bytes.
fn compressed(page: &Path) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&fs::read(page).unwrap()).unwrap();
    let bytes = gzip.finish().unwrap();
    let mut name = page.as_os_str().to_owned();
    name.push(".gz");
    fs::write(name, &bytes).unwrap();
    bytes
}

#[test]
fn every_host_serves_the_compressed_file_beside_a_page() {
    let site = published();
    // Not `site serve`, whose folder all tests share: it has its own tests.
    for Host {
        name,
        server,
        site: files,
        ..
    } in &hosts::all(site)[1..]
    {
        let bytes = compressed(&files.join("vi/index.html"));
        let path = format!("{}vi/", site.base);
        let answer = server.get(&path, "Accept-Encoding: br, gzip\r\n");
        assert_eq!(
            answer.headers.get("content-encoding").map(String::as_str),
            Some("gzip"),
            "{name}"
        );
        assert_eq!(
            answer.headers["content-type"], "text/html; charset=utf-8",
            "{name}"
        );
        assert_eq!(answer.headers["vary"], "Accept-Encoding", "{name}");
        assert!(answer.body == bytes, "{name}");
        assert!(
            !server
                .get(&path, "")
                .headers
                .contains_key("content-encoding"),
            "{name}"
        );
    }
}

#[test]
fn a_root_with_anything_in_its_name_is_found() {
    let site = published();
    let path = format!("{}vi/", site.base);
    let page = &site.files["vi/index.html"];
    let roots = [
        (
            "nginx",
            hosts::nginx(
                site,
                "a root; of {ours} # `with` \"quotes\", an 'apostrophe' and a \\ in it",
            ),
        ),
        ("nginx", hosts::nginx(site, "cổng thông tin [*?]\\")),
        (
            "Caddy",
            hosts::caddy(
                site,
                "a root; of $ours # with \"quotes\", `backticks` and an 'apostrophe'",
            ),
        ),
        ("Caddy", hosts::caddy(site, "cổng thông tin \"")),
    ];
    for (name, host) in &roots {
        let answer = host.server.get(&path, "");
        assert_eq!(answer.status, 200, "{name}: {}", host.site.display());
        assert!(answer.body == *page, "{name}: {}", host.site.display());
    }
}

#[test]
fn a_host_that_was_asked_under_a_strange_name_says_so_itself_or_names_none() {
    let site = published();
    for Host { name, server, .. } in &hosts::all(site)[1..] {
        let request = format!(
            "GET {}kr/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            site.base
        );
        let answer = server.send(request.as_bytes()).unwrap();
        // Apache cannot leave the host name out; docs/hosting.md says which settings it needs.
        let expected = if *name == "Apache" {
            "http://evil.example/portal/ko/"
        } else {
            "/portal/ko/"
        };
        assert_eq!(answer.headers["location"], expected, "{name}");
    }
}
