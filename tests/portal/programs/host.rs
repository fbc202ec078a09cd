//! A real host, told by `site headers` what to do, answers as `site serve` does.

use crate::browser::environment;
use crate::build::copy;
use crate::published::{Published, content, published};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A program that serves, and is stopped at the end of the test.
struct Server {
    program: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// An answer: its status, its headers with names in lower case, and its body.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Server {
    fn ask(&self, path: &str, further: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: portal.example\r\nConnection: close\r\n{further}\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("the answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = BTreeMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            let before = headers.insert(name.to_ascii_lowercase(), value.to_owned());
            assert!(before.is_none(), "{path}: {name} is there twice");
        }
        Answer { status, headers, body: bytes[end + 4..].to_vec() }
    }
}

fn site_serve(site: &Published) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command.args(["serve", "--port", "0", "--public-url", site.base, "--dir"]).arg(&site.folder);
    let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let after = line.split("localhost:").nth(1).unwrap_or_else(|| panic!("it said: {line}"));
    let port = after.split('/').next().unwrap().parse().unwrap();
    Server { program, port }
}

/// nginx with the file that `site headers` prints, changed in nothing but the port.
fn nginx(site: &Published, folder: &Path) -> Server {
    copy(&site.folder, &folder.join("www").join(site.base.trim_matches('/')));
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command.args(["headers", "--format", "nginx", "--public-url", site.base, "--content"]).arg(content());
    let told = command.arg("--root").arg(folder.join("www")).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let told = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.matches("listen 80;").count(), 1);
    fs::write(folder.join("portal.conf"), told.replace("listen 80;", &format!("listen 127.0.0.1:{port};"))).unwrap();
    let temporary =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {name};"));
    let main = format!(
        "daemon off;\nmaster_process off;\npid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{}\ninclude portal.conf;\n}}\n",
        temporary.join("\n")
    );
    fs::write(folder.join("nginx.conf"), main).unwrap();
    let mut command = Command::new(environment::file("PORTAL_NGINX"));
    command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "error.log"]);
    let mut program = command.stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let ended = program.try_wait().unwrap();
        if ended.is_some() || start.elapsed() > Duration::from_secs(20) {
            let _ = program.kill();
            let mut said = String::new();
            program.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("nginx does not serve: {said}");
        }
        sleep(Duration::from_millis(20));
    }
    Server { program, port }
}

/// What must be the same everywhere. `ETag`, `Date` and the like are a host's own.
const COMPARED: [&str; 12] = [
    "content-type",
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cross-origin-resource-policy",
    "cache-control",
    "content-length",
];

#[test]
fn nginx_answers_as_site_serve_does() {
    let (site, folder) = (published(), TempDir::new().unwrap());
    let (ours, theirs) = (site_serve(site), nginx(site, folder.path()));
    let asset =
        |ending: &str| site.files.keys().find(|file| file.starts_with("assets/") && file.ends_with(ending)).unwrap();
    let mut files = vec![
        "",
        "vi/",
        "vi/index.html",
        "vi/port/",
        "ko/port/deep-water-port/",
        "ko/port/deep-water-port/index.json",
        "vi/feed.xml",
        "zh-Hans/port/feed.json",
        "sitemap.xml",
        "sitemaps/2014-09.xml",
        "robots.txt",
        "favicon.svg",
        "ja/manifest.webmanifest",
        "ja/404.html",
        // Another address leads to these.
        "kr/",
        "kr",
        "kr/port/deep-water-port/",
        "cn/port/",
        "vi/port",
        "vi/port/index.html",
        "ko/port/lach-huyen/",
        "en/investment/deep-water-port/",
        // Nothing is at these.
        "nothing",
        "vi/nothing/",
        "ko/port/nothing/",
        "zh-Hans/nothing.html",
        "assets/nothing.js",
        "vi/nothing/feed.xml",
    ];
    files.extend([".wasm", ".js", ".css", ".png", ".svg"].map(|ending| asset(ending).as_str()));
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for file in files {
        let path = format!("{}{file}", site.base);
        let (ours, theirs) = (ours.ask(&path, ""), theirs.ask(&path, ""));
        assert_eq!(theirs.status, ours.status, "{path}");
        *statuses.entry(ours.status).or_default() += 1;
        if ours.status == 308 {
            assert_eq!(theirs.headers["location"], ours.headers["location"], "{path}");
            continue;
        }
        for name in COMPARED {
            assert!(ours.headers.contains_key(name), "{path}: site serve sends no {name}");
            assert_eq!(theirs.headers.get(name), ours.headers.get(name), "{path}: {name}");
        }
        assert!(theirs.body == ours.body, "{path}: other bytes");
    }
    assert!([200, 308, 404].iter().all(|status| statuses[status] > 5), "{statuses:?}");
}

#[test]
fn nginx_serves_the_compressed_file_beside_a_page() {
    let (site, folder) = (published(), TempDir::new().unwrap());
    let theirs = nginx(site, folder.path());
    let page = folder.path().join("www").join(site.base.trim_matches('/')).join("vi/index.html");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&fs::read(&page).unwrap()).unwrap();
    let compressed = gzip.finish().unwrap();
    fs::write(page.with_extension("html.gz"), &compressed).unwrap();
    let path = format!("{}vi/", site.base);
    let answer = theirs.ask(&path, "Accept-Encoding: br, gzip\r\n");
    assert_eq!(answer.headers.get("content-encoding").map(String::as_str), Some("gzip"));
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.headers["vary"], "Accept-Encoding");
    assert!(answer.body == compressed);
    assert!(!theirs.ask(&path, "").headers.contains_key("content-encoding"));
}
