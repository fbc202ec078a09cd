//! Attacks on a running `site serve`: a secret is outside its folder, and symbolic links in the
//! folder lead there.

use crate::http::{Response, Server, serve};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

const SECRET: &str = "nobody may read this";

/// The headers that every response has.
const POLICY: [&str; 9] = [
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cache-control",
];

/// A served site, and the secret outside its folder.
struct Fixture {
    server: Server,
    secret: PathBuf,
    _place: TempDir,
}

impl Fixture {
    fn new(base: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let (site, beside) = (place.path().join("site"), place.path().join("beside"));
        for folder in ["vi/port", "kr", "assets", ".git"] {
            fs::create_dir_all(site.join(folder)).unwrap();
        }
        fs::create_dir(&beside).unwrap();
        let secret = beside.join("secret.txt");
        fs::write(&secret, SECRET).unwrap();
        for file in [
            "index.html",
            "404.html",
            "vi/index.html",
            "vi/404.html",
            "vi/port/index.html",
            "kr/index.html",
        ] {
            fs::write(site.join(file), format!("the page {file}")).unwrap();
        }
        fs::write(site.join(".git/config"), SECRET).unwrap();
        let moves = format!("{base}kr/* {base}vi/:splat 301\n{base}a //evil.example/ 301\n");
        fs::write(site.join("_redirects"), moves).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(&secret, site.join("absolute.txt")).unwrap();
            symlink("../beside/secret.txt", site.join("relative.txt")).unwrap();
            symlink("../../beside", site.join("vi/folder")).unwrap();
            symlink("/", site.join("root")).unwrap();
            symlink(&secret, site.join("vi/index.html.gz")).unwrap();
            symlink(&beside, site.join("beside")).unwrap();
            symlink(&secret, beside.join("index.html")).unwrap();
        }
        let server = serve(&site, base, Command::new(env!("CARGO_BIN_EXE_site")));
        Self {
            server,
            secret,
            _place: place,
        }
    }
}

/// Asserts what holds for every response.
fn assert_safe(asked: &str, answer: &Response) {
    let body = String::from_utf8_lossy(&answer.body);
    assert!(
        !body.contains(SECRET) && !body.contains("root:"),
        "{asked:?} was answered with {body}"
    );
    for name in POLICY {
        assert!(
            answer.headers.contains_key(name),
            "{asked:?}: {} without {name}",
            answer.status
        );
    }
    if let Some(location) = answer.headers.get("location") {
        assert_eq!(answer.status, 308, "{asked:?}");
        assert_same_host(asked, location);
    }
}

/// Asserts that a browser that follows a `Location` stays on the same host.
fn assert_same_host(asked: &str, location: &str) {
    let official = url::Url::parse("https://official.example/").unwrap();
    let read = official
        .join(location)
        .unwrap_or_else(|error| panic!("{asked:?} leads to {location:?}: {error}"));
    assert_eq!(
        read.origin(),
        official.origin(),
        "{asked:?} leads to {location:?}"
    );
}

/// Targets that would lead out of the folder of a careless server.
fn targets(base: &str, secret: &str) -> Vec<String> {
    let mut targets: Vec<String> = [
        "//etc/passwd",
        "///etc/passwd",
        "/etc/passwd",
        "http://localhost//etc/passwd",
        "http://localhost/etc/passwd",
        "//proc/self/environ",
        "/proc/self/environ",
        "//dev/zero",
        "/./etc/passwd",
        "/..//..//etc/passwd",
        "/../beside/secret.txt",
        "/%2e%2e/beside/secret.txt",
        "/..%2fbeside%2fsecret.txt",
        "/..\\beside\\secret.txt",
        "/%2fetc/passwd",
        "/%00",
        "/vi/index.html%00.png",
        "/vi/../../beside/secret.txt",
        "/.git/config",
        "/vi//index.html",
        "/absolute.txt",
        "/relative.txt",
        "/vi/folder/secret.txt",
        "/vi/folder/",
        "/vi/folder",
        "/root/etc/passwd",
        "/root",
        "/root/",
        "/beside/",
        "/beside",
        "/beside/secret.txt",
        "/kr//evil.example",
        "/kr/\\evil.example",
        "/kr/../..//evil.example/",
        "//evil.example/index.html",
        "/\\evil.example/index.html",
        "/%5cevil.example/index.html",
        "/\tevil.example/index.html",
        "/a",
        "//evil.example/..",
        "//evil.example/%2e%2e",
        "/@evil.example",
        "/;evil",
        "/vi?//evil.example",
        "/vi?\\\\evil.example",
        "*",
        "vi/",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    targets.extend([
        format!("/{secret}"),
        secret.to_owned(),
        format!("{base}{secret}"),
        format!("//{secret}"),
    ]);
    let below: Vec<String> = targets
        .iter()
        .filter_map(|target| Some(format!("{base}{}", target.strip_prefix('/')?)))
        .collect();
    targets.extend(below);
    targets
}

#[test]
fn no_target_brings_out_what_lies_beside_the_site() {
    for base in ["/", "/portal/"] {
        let fixture = Fixture::new(base);
        for target in targets(base, &fixture.secret.to_string_lossy()) {
            for further in ["", "Accept-Encoding: gzip, br\r\n", "Range: bytes=0-9\r\n"] {
                let answer = fixture.server.get(&target, further);
                assert_safe(&target, &answer);
            }
        }
        assert_eq!(
            fixture.server.get(&format!("{base}vi/"), "").body,
            b"the page vi/index.html"
        );
        assert_eq!(
            fixture
                .server
                .get(&format!("{base}vi/"), "Accept-Encoding: gzip\r\n")
                .body,
            b"the page vi/index.html"
        );
    }
}

#[test]
fn a_name_that_leads_here_from_the_web_gets_nothing() {
    let fixture = Fixture::new("/");
    let port = fixture.server.port;
    let ask = |target: &str, hosts: &[String]| {
        let hosts: String = hosts
            .iter()
            .map(|host| format!("Host: {host}\r\n"))
            .collect();
        let request = format!("GET {target} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        fixture.server.send(request.as_bytes()).unwrap()
    };
    for host in [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "0.0.0.0",
        "192.168.1.1",
        "[::]",
    ] {
        for host in [host.to_owned(), format!("{host}:{port}")] {
            for target in ["/", "/vi/", "/nothing", "/vi", "//etc/passwd"] {
                let answer = ask(target, std::slice::from_ref(&host));
                assert_safe(target, &answer);
                assert_eq!(
                    (answer.status, answer.body.len()),
                    (421, 0),
                    "{host} {target}"
                );
            }
        }
    }
    for ours in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(
            ask("/vi/", &[format!("{ours}:{port}")]).status,
            200,
            "{ours}"
        );
    }
    let local = || "localhost".to_owned();
    for (target, hosts, status) in [
        ("http://evil.example/vi/", vec![local()], 421),
        ("http://localhost/vi/", vec!["evil.example".to_owned()], 421),
        ("/vi/", vec![], 400),
        ("/vi/", vec![local(), local()], 400),
        ("/vi/", vec![local(), "evil.example".to_owned()], 400),
    ] {
        let answer = ask(target, &hosts);
        assert_safe(target, &answer);
        assert_eq!(
            (answer.status, answer.body.len()),
            (status, 0),
            "{target} {hosts:?}"
        );
    }
}

#[test]
fn what_is_no_request_is_refused_with_the_policy() {
    let fixture = Fixture::new("/");
    let long = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a".repeat(100_000)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
        "X: y\r\n".repeat(500)
    );
    for bytes in [
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /<x> HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / index.html HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /\u{1}x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "nonsense\r\n\r\n",
        " / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        &long,
        &many,
    ] {
        // hyper sends no response to some, which reveals nothing either.
        let Some(answer) = fixture.server.send(bytes.as_bytes()) else {
            continue;
        };
        assert_safe(bytes, &answer);
        assert!(
            (400..500).contains(&answer.status),
            "{bytes:?}: {}",
            answer.status
        );
    }
    let answer = fixture
        .server
        .send(b"GET /<x> HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("an answer");
    assert_eq!(answer.status, 400);
}

#[test]
fn a_refusal_after_an_answer_on_the_same_connection_has_the_policy_too() {
    use std::io::{Read, Write};
    let fixture = Fixture::new("/");
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", fixture.server.port)).unwrap();
    stream
        .write_all(b"HEAD /vi/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut first = [0; 4096];
    let mut got = Vec::new();
    while !got.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut first).unwrap();
        assert!(
            length > 0,
            "it hung up after {}",
            String::from_utf8_lossy(&got)
        );
        got.extend_from_slice(&first[..length]);
    }
    stream
        .write_all(b"GET /<x> HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.starts_with("HTTP/1.1 400 "), "{rest}");
    assert!(
        rest.to_ascii_lowercase()
            .contains("content-security-policy: font-src 'self'; "),
        "{rest}"
    );
}

#[test]
fn methods_that_change_things_are_refused_with_the_policy() {
    let fixture = Fixture::new("/");
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get",
    ] {
        for target in ["/vi/", "/nothing", "/kr/", "//etc/passwd"] {
            let answer = fixture
                .server
                .request(method, target, "Content-Length: 0\r\n");
            assert_safe(target, &answer);
            assert_eq!(answer.status, 405, "{method} {target}");
            assert_eq!(answer.headers["allow"], "GET, HEAD");
        }
    }
    let head = fixture.server.request("HEAD", "/vi/", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

/// Pieces of random targets.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "/",
        "//",
        "\\",
        ".",
        "..",
        "/../",
        "/./",
        "%2e%2e",
        "%2f",
        "%5c",
        "%00",
        "%25",
        "%",
        "?",
        "#",
        ";",
        ":",
        "@",
        "&",
        "vi",
        "kr",
        "port",
        "portal",
        "index.html",
        "absolute.txt",
        "relative.txt",
        "folder",
        "root",
        "etc/passwd",
        "beside",
        "secret.txt",
        ".git/config",
        "evil.example",
        "http://localhost",
        "http://evil.example",
        "*",
        "~",
        "é",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "[ -~]{0,4}", 1 => "\\PC{0,2}"]
}

#[test]
fn no_target_made_of_anything_brings_out_a_secret() {
    let fixture = Fixture::new("/portal/");
    let config = ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let targets = (
        prop::collection::vec(piece(), 0..10),
        prop::bool::weighted(0.9),
    );
    let asked = TestRunner::new(config).run(&targets, |(pieces, rooted)| {
        let target = if rooted {
            format!("/{}", pieces.concat())
        } else {
            pieces.concat()
        };
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if let Some(answer) = fixture.server.send(request.as_bytes()) {
            assert_safe(&target, &answer);
        }
        Ok(())
    });
    asked.unwrap();
}

#[cfg(target_os = "linux")]
mod crowded {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::thread::sleep;
    use std::time::Duration;

    /// The number of files that a crowded server may open.
    const FILES: usize = 40;
    /// The number of readers that connect.
    const READERS: usize = 60;

    /// Starts `site serve` with a limit on open files.
    fn crowded(site: &std::path::Path) -> Server {
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            &format!("ulimit -n {FILES} && exec \"$@\""),
            "sh",
            env!("CARGO_BIN_EXE_site"),
        ]);
        serve(site, "/", shell)
    }

    /// The number of open files of a server, once it has been stable for a while.
    fn open_files(server: &Server) -> usize {
        let now = || {
            fs::read_dir(format!("/proc/{}/fd", server.program.id()))
                .unwrap()
                .count()
        };
        let (mut last, mut same) = (now(), 0);
        while same < 10 {
            sleep(Duration::from_millis(50));
            let next = now();
            same = if next == last { same + 1 } else { 0 };
            last = next;
        }
        last
    }

    #[test]
    fn readers_beyond_what_the_system_allows_wait_at_the_door_and_are_let_in_later() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("index.html"), "the page").unwrap();
        let server = crowded(place.path());
        let mut readers: Vec<TcpStream> = (0..READERS)
            .map(|_| TcpStream::connect(("127.0.0.1", server.port)).unwrap())
            .collect();
        let request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for reader in &mut readers {
            reader.write_all(request).unwrap();
        }
        let mut begin = [0; 15];
        readers[0].read_exact(&mut begin).unwrap();
        assert_eq!(&begin, b"HTTP/1.1 200 OK");
        let open = open_files(&server);
        assert!(
            open < FILES,
            "all {FILES} files that it may open are open: it cannot take another reader"
        );
        // The last reader has not been accepted yet. Once the others have disconnected, it is, and
        // so is a new one.
        let mut last = readers.pop().unwrap();
        drop(readers);
        last.set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        last.read_exact(&mut begin).unwrap();
        assert_eq!(&begin, b"HTTP/1.1 200 OK");
        drop(last);
        let answer = server.get("/", "");
        assert_eq!((answer.status, answer.body), (200, b"the page".to_vec()));
    }
}
