//! `site live`, as an operator runs it: the same site as a built one, with what editors save meanwhile.

use crate::build::{build, project, text};
use crate::folder::copy;
use crate::http::{Response, Server, site_serve};
use crate::published::{content, published};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long something may take to happen, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(120);

/// Starts `site live` in a folder, and waits until it serves.
pub(crate) fn start(folder: &Path, further: &[&str]) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command
        .args([
            "live",
            "--bundle",
            "bundle",
            "--listen",
            "127.0.0.1:0",
            "--refresh",
            "1",
        ])
        .args(further)
        .current_dir(folder)
        .stderr(fs::File::create(folder.join("log")).unwrap());
    begin(folder, command)
}

fn begin(folder: &Path, mut command: Command) -> Server {
    let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.strip_prefix("serving at http://127.0.0.1:");
    let address = address.unwrap_or_else(|| panic!("it said {line:?} and {}", log(folder)));
    let port = address.split(' ').next().unwrap().parse().unwrap();
    Server {
        program,
        port,
        host: "localhost",
    }
}

pub(crate) fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}

/// Waits until something is so.
pub(crate) fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

pub(crate) fn body(response: &Response) -> String {
    text(&response.body)
}

pub(crate) fn health(server: &Server) -> Value {
    serde_json::from_slice(&server.get("/healthz", "").body).unwrap()
}

/// Changes a file of JSON.
pub(crate) fn change(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    change(&mut value);
    fs::write(file, serde_json::to_string_pretty(&value).unwrap()).unwrap();
}

const ARTICLE: &str = "articles/port/deep-water-port";

#[test]
fn every_file_of_a_built_site_is_served_alike_and_nothing_else() {
    let site = published();
    let place = tempfile::tempdir().unwrap();
    let built = content().parent().unwrap().to_owned();
    for folder in ["content", "bundle"] {
        copy(&built.join(folder), &place.path().join(folder));
    }
    let live = start(place.path(), &["--public-url", site.base]);
    let host = site_serve(site);
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (file, bytes) in &site.files {
        // What the tool keeps for itself.
        if file.starts_with('.') {
            continue;
        }
        let path = format!(
            "{}{}",
            site.base,
            file.strip_suffix("index.html").unwrap_or(file)
        );
        let (here, there) = (live.get(&path, ""), host.get(&path, ""));
        if here.status != there.status
            || here.body != there.body
            || (here.status == 200 && here.body != *bytes)
        {
            wrong.push(format!("{path}: {} {}", here.status, there.status));
        }
        let differing = here.headers.iter().filter(|(name, value)| {
            !["cache-control", "etag", "date", "vary"].contains(&name.as_str())
                && there.headers.get(*name) != Some(*value)
        });
        wrong.extend(differing.map(|(name, value)| format!("{path}: {name}: {value}")));
        compared += 1;
    }
    assert!(compared > 1_000, "{compared} files are no whole site");
    assert_eq!(wrong, Vec::<String>::new());
    for path in [
        "",
        "vi",
        "vi/port",
        "vi/port/deep-water-port",
        "vi/port/deep-water-port/index.html",
        "kr/",
        "kr/port/",
        "vi/port/lach-huyen/",
        "vi/nothing/",
        "vi/port/nothing/",
        "vi/port/page/9/",
        "vi/port/page/0/",
        "vi/tags/nothing/",
        "vi/tags/bridges/page/9/",
        "vi/archive/1999/",
        "vi/archive/2013/13/",
        "vi/archive/2013/05/page/9/",
        "fr/",
        "VI/",
        "vi//port/",
        "vi/pages/nothing/",
        "vi/index.htm",
        "vi/port/deep-water-port/qr.png",
        "cards/vi/nothing.png",
        "cards/fr/portal.png",
        "cards/vi/port/nothing.png",
        "assets/",
        "%2e%2e/",
        "../",
        "vi/404.html",
        "vi/404.json",
        "404.html",
        "vi/port/deep-water-port/index.json?x",
        "?x=1",
        "nothing",
    ] {
        let path = format!("{}{path}", site.base);
        let (here, there) = (live.get(&path, ""), host.get(&path, ""));
        let facts = |response: &Response| {
            let location = response.headers.get("location").cloned();
            (response.status, location, response.body.len())
        };
        assert_eq!(facts(&here), facts(&there), "{path}");
        assert!(here.body == there.body, "{path} has another page");
    }
    for path in ["/", "/portal", "/healthz", "/elsewhere"] {
        let (here, there) = (live.get(path, "").status, host.get(path, "").status);
        assert_eq!(here, if path == "/healthz" { 200 } else { there }, "{path}");
    }
}

#[test]
fn what_an_editor_saves_is_there_and_the_rest_stays_as_it_was() {
    let project = project();
    let folder = project.path();
    let live = start(folder, &["--status", "127.0.0.1:0"]);
    let (page, list, other) = ("/en/port/deep-water-port/", "/en/port/", "/en/pages/about/");
    let first = live.get(page, "Accept-Encoding: br\r\n");
    assert_eq!(
        (first.status, first.headers["content-encoding"].as_str()),
        (200, "br")
    );
    let tag = first.headers["etag"].clone();
    let known = format!("Accept-Encoding: br\r\nIf-None-Match: {tag}\r\n");
    assert_eq!(live.get(page, &known).status, 304);
    assert!(first.headers["cache-control"].contains("stale-while-revalidate"));
    let (before, other_before) = (live.get(list, ""), live.get(other, ""));

    change(
        &folder.join("content").join(ARTICLE).join("en.json"),
        |version| {
            version["headline"] = json!("A title of this morning");
        },
    );
    wait("the new title", || {
        body(&live.get(page, ""))
            .contains("A title of this morning")
            .then_some(())
    });
    assert_eq!(live.get(page, &known).status, 200);
    let after = live.get(list, "");
    assert!(body(&after).contains("A title of this morning") && after.body != before.body);
    assert_eq!(
        live.get(other, "").headers["etag"],
        other_before.headers["etag"]
    );

    // A new article, then none.
    let (new, old) = (
        folder.join("content/articles/port/new-quay"),
        folder.join("content").join(ARTICLE),
    );
    assert_eq!(live.get("/en/port/new-quay/", "").status, 404);
    copy(&old, &new);
    wait("the new article", || {
        (live.get("/en/port/new-quay/", "").status == 200).then_some(())
    });
    assert!(body(&live.get("/en/feed.xml", "")).contains("/en/port/new-quay/"));
    fs::remove_dir_all(&new).unwrap();
    wait("the article to go", || {
        (live.get("/en/port/new-quay/", "").status == 404).then_some(())
    });
}

#[test]
fn a_page_that_is_asked_for_often_becomes_lighter_and_says_the_same() {
    let project = project();
    let folder = project.path();
    let live = start(folder, &[]);
    let page = "/en/port/deep-water-port/";
    let ask = |server: &Server| {
        let response = server.get(page, "Accept-Encoding: br\r\n");
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut &response.body[..], &mut text).unwrap();
        (response.body.len(), response.headers["etag"].clone(), text)
    };
    let first = ask(&live);
    let best = wait("a lighter copy", || {
        Some(ask(&live)).filter(|now| now.1 != first.1)
    });
    assert!(best.0 < first.0 && best.2 == first.2);
}

#[test]
fn content_with_a_mistake_never_takes_the_place_of_content_without() {
    let project = project();
    let folder = project.path();
    let live = start(folder, &[]);
    let file = folder.join("content").join(ARTICLE).join("en.json");
    let good = fs::read(&file).unwrap();
    let page = "/en/port/deep-water-port/";
    let before = live.get(page, "").body;
    fs::write(&file, "{ \"headline\": ").unwrap();
    let said = wait("the mistake to be noticed", || {
        let health = health(&live);
        (health["status"] == "degraded").then_some(health)
    });
    let why = said["trouble"]["why"].as_str().unwrap();
    assert!(why.contains("en.json") && why.contains("help"), "{why}");
    assert!(log(folder).contains("content not taken over"));
    assert_eq!(live.get(page, "").body, before);
    // A page that nobody asked for before comes from the former content too.
    assert_eq!(live.get("/vi/port/", "").status, 200);
    // So does the article in another language: it was read in all of them.
    let other = live.get("/vi/port/deep-water-port/", "");
    assert_eq!(other.status, 200, "{}", body(&other));
    assert_eq!(live.get("/readyz", "").status, 200);
    drop(live);

    // Started again with the mistake: what was served before is served, the rest comes later.
    let live = start(folder, &[]);
    assert_eq!(health(&live)["status"], "degraded");
    assert_eq!(live.get(page, "").body, before);
    assert_eq!(live.get("/robots.txt", "").status, 200);
    let later = live.get("/ja/search/", "");
    assert_eq!(
        (later.status, later.headers["retry-after"].as_str()),
        (503, "2")
    );
    assert!(
        body(&later).contains("Xin thử lại")
            && later.headers.contains_key("content-security-policy")
    );
    fs::write(&file, good).unwrap();
    wait("the content to be mended", || {
        (health(&live)["status"] == "ok").then_some(())
    });
    assert_eq!(live.get("/ja/search/", "").status, 200);
    assert_eq!(live.get(page, "").body, before);
}

#[test]
fn without_content_that_was_ever_served_it_says_what_is_wrong_and_ends() {
    let project = project();
    let folder = project.path();
    fs::write(folder.join("content/site.json"), "{").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["live", "--bundle", "bundle", "--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = text(&[output.stdout, output.stderr].concat());
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("site.json"), "{said}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["live", "--bundle", "bundle", "--listen", &address])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = text(&output.stderr);
    assert!(
        output.status.code() == Some(2) && said.contains(&address) && said.contains("help"),
        "{said}"
    );
}

#[test]
fn what_is_due_comes_without_a_change() {
    let project = project();
    let folder = project.path();
    let now = || {
        let output = Command::new("date")
            .args(["-u", "+%Y-%m-%dT%H:%MZ", "-d", "1 minute"])
            .output()
            .unwrap();
        text(&output.stdout).trim().to_owned()
    };
    let due = now();
    change(
        &folder.join("content").join(ARTICLE).join("article.json"),
        |facts| {
            facts["published"] = json!(due);
            facts.as_object_mut().unwrap().remove("updated");
        },
    );
    let site = folder.join("content/site.json");
    change(&site, |site| {
        let site = site.as_object_mut().unwrap();
        site.remove("lead");
        site.remove("picks");
    });
    let live = start(folder, &[]);
    let page = "/en/port/deep-water-port/";
    let is_there = || live.get(page, "").status == 200;
    assert!(!is_there() || now() > due, "it is there before its minute");
    wait("its minute", || is_there().then_some(()));
}

#[test]
fn articles_that_change_all_the_time_never_cost_a_reader_a_page() {
    let project = project();
    let folder = project.path();
    // Without memory every request looks at the content.
    let live = start(folder, &["--memory", "0"]);
    let page = "/en/port/deep-water-port/";
    let file = folder.join("content").join(ARTICLE).join("en.json");
    let good: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let title = |number: usize| format!("Headline {number}");
    let ask = || {
        let response = live.get(page, "");
        assert_eq!(response.status, 200, "{}", log(folder));
        body(&response)
    };
    ask();
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let mut asked = 0;
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                ask();
                asked += 1;
            }
            asked
        });
        let last = 40;
        for number in 0..=last {
            let mut version = good.clone();
            version["headline"] = json!(title(number));
            let new = file.with_extension("new.tmp");
            fs::write(&new, version.to_string()).unwrap();
            fs::rename(&new, &file).unwrap();
            thread::sleep(Duration::from_millis(50));
        }
        wait("the last headline", || {
            ask().contains(&title(last)).then_some(())
        });
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(asking.join().unwrap() > 10);
    });
}

#[test]
fn it_is_told_how_things_are_and_goes_when_it_is_told_to() {
    let project = project();
    let folder = project.path();
    let status = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut live = start(folder, &["--status", &status.to_string(), "--log-requests"]);
    assert_eq!(
        live.get("/metrics", "").status,
        404,
        "readers see no counts"
    );
    live.get(
        "/vi/?who=somebody",
        "User-Agent: a-browser\r\nX-Forwarded-For: 203.0.113.9\r\n",
    );
    live.get("/vi/", "");
    let operators = Server {
        program: Command::new("true").spawn().unwrap(),
        port: status.port(),
        host: "localhost",
    };
    let metrics = body(&operators.get("/metrics", ""));
    assert!(
        metrics.contains("portal_requests_total{status=\"200\",from=\"made\"} 1"),
        "{metrics}"
    );
    assert!(
        metrics.contains("portal_requests_total{status=\"200\",from=\"memory\"} 1"),
        "{metrics}"
    );
    assert_eq!(health(&live)["content"]["generation"], 1);
    let said = log(folder);
    for secret in ["203.0.113.9", "a-browser", "somebody"] {
        assert!(!said.contains(secret), "{said}");
    }
    for line in said.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    // A connection that is open and idle keeps nobody.
    let idle = TcpStream::connect(("127.0.0.1", live.port)).unwrap();
    let process = rustix::process::Pid::from_child(&live.program);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    let ended = wait("its end", || live.program.try_wait().unwrap());
    assert_eq!(ended.code(), Some(0), "{}", log(folder));
    drop(idle);
}

#[test]
fn what_is_no_request_of_a_reader_costs_nothing() {
    let project = project();
    let live = start(project.path(), &[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let refused = live.request(method, "/vi/", "");
        assert_eq!(refused.status, 405, "{method}");
        assert!(refused.headers.contains_key("content-security-policy"));
    }
    let huge = format!("X-Huge: {}\r\n", "a".repeat(100_000));
    assert_eq!(live.request("GET", "/vi/", &huge).status, 431);
    for raw in [
        "GET / HTTP/1.1\r\n\r\n\0\0",
        "nonsense\r\n\r\n",
        "GET /vi/ HTTP/9.9\r\n\r\n",
    ] {
        let _ = live.send(raw.as_bytes());
    }
    // A head that never ends is not waited for, and takes nobody's place.
    let mut slow = TcpStream::connect(("127.0.0.1", live.port)).unwrap();
    slow.write_all(b"GET /vi/ HTTP/1.1\r\nX-Slow:").unwrap();
    assert_eq!(live.get("/vi/", "").status, 200);
    slow.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut said = Vec::new();
    let _ = slow.read_to_end(&mut said);
    assert!(!text(&said).contains("200 OK"), "{}", text(&said));
    assert_eq!(live.get("/vi/", "").status, 200);
}

#[test]
fn a_new_bundle_is_taken_over_too() {
    let project = project();
    let folder = project.path();
    let live = start(folder, &[]);
    let style = |page: &Response| {
        let body = body(page);
        let after = body.split("/assets/style-").nth(1).unwrap();
        after.split('.').next().unwrap().to_owned()
    };
    let before = style(&live.get("/vi/", ""));
    fs::write(
        folder.join("bundle/style/base.css"),
        "body { color : blue }",
    )
    .unwrap();
    let now = wait("the new style", || {
        Some(style(&live.get("/vi/", ""))).filter(|now| *now != before)
    });
    assert_eq!(
        live.get(&format!("/assets/style-{now}.css"), "").status,
        200
    );
    // The state of it is that of a build: a build of the same gives the same files.
    assert!(build(folder, &["--quiet"]).status.success());
    let built = fs::read(folder.join("site/vi/index.html")).unwrap();
    assert_eq!(live.get("/vi/", "").body, built);
}

/// Starts `site preview` in a folder, and waits until it serves.
fn preview(folder: &Path) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command
        .args(["preview", "--bundle", "bundle", "--port", "0"])
        .current_dir(folder)
        .stderr(fs::File::create(folder.join("log")).unwrap());
    begin(folder, command)
}

#[test]
fn a_preview_shows_drafts_and_tells_pages_of_changes_and_of_mistakes() {
    let project = project();
    let folder = project.path();
    let file = folder.join("content").join(ARTICLE).join("en.json");
    change(&file, |version| version["draft"] = json!(true));
    let server = preview(folder);
    let page = "/en/port/deep-water-port/";
    let first = server.get(page, "");
    assert_eq!(first.status, 200, "a draft is shown");
    let script = body(&first);
    let script = script.split("src=\"/assets/app-").nth(1).unwrap();
    let script = format!("/assets/app-{}", script.split('"').next().unwrap());
    assert!(body(&server.get(&script, "")).contains(".well-known/preview"));
    let ask = |state: &str| -> Value {
        let answer = server.get(&format!("/.well-known/preview?{state}"), "");
        assert_eq!(answer.headers["cache-control"], "no-store");
        serde_json::from_slice(&answer.body).unwrap()
    };
    let now = ask("");
    assert_eq!(
        (&now["generation"], &now["trouble"]),
        (&json!(1), &Value::Null)
    );

    // Who knows the present state waits for the next one.
    let good = fs::read(&file).unwrap();
    let waiting = thread::scope(|scope| {
        let waiting = scope.spawn(|| ask(&now["state"].to_string()));
        fs::write(&file, "{ \"headline\": ").unwrap();
        waiting.join().unwrap()
    });
    assert_eq!(waiting["generation"], 1, "the last good page stays");
    let trouble = waiting["trouble"].as_str().unwrap();
    assert!(trouble.contains("en.json:1:"), "{trouble}");
    assert_eq!(server.get(page, "").body, first.body);
    fs::write(&file, good).unwrap();
    change(&file, |version| version["headline"] = json!("Mended"));
    let mended = wait("the mended article", || {
        Some(ask("")).filter(|now| now["generation"] != 1)
    });
    assert_eq!(mended["trouble"], Value::Null);
    assert!(body(&server.get(page, "")).contains("Mended"));

    // Drafts are for this machine alone, whatever name leads here.
    let stranger = Server {
        program: Command::new("true").spawn().unwrap(),
        port: server.port,
        host: "evil.example",
    };
    for path in [page, "/.well-known/preview?", "/healthz"] {
        assert_eq!(stranger.get(path, "").status, 421, "{path}");
    }
}
