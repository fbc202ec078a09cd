//! `site sync --watch` and `--listen`, as an operator lets them run, with a CMS that changes, fails
//! and calls, and with callers who should not.

use super::cms::{Cms, Fault};
use super::{newsroom, read, sync};
use hmac::{Hmac, KeyInit, Mac};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(60);
const SECRET: &str = "a secret of these tests alone";

/// A `site sync` that stays. It is killed on drop.
pub(super) struct Following {
    child: Child,
    lines: Receiver<String>,
    /// What was said until now.
    pub(super) said: Vec<String>,
}

impl Following {
    pub(super) fn start(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_site"))
            .arg("sync")
            .args(arguments)
            .env("SYNC_SECRET", SECRET)
            .envs(variables.iter().copied())
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().unwrap()),
            Box::new(child.stderr.take().unwrap()),
        ];
        for stream in streams {
            let send = send.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = send.send(line);
                }
            });
        }
        Self {
            child,
            lines,
            said: Vec::new(),
        }
    }

    /// Waits for a line with these words.
    pub(super) fn wait_for(&mut self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                panic!("\"{words}\" is not said: {:#?}", self.said);
            });
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// How many lines have these words.
    fn count(&mut self, words: &str) -> usize {
        self.said.extend(self.lines.try_iter());
        self.said.iter().filter(|line| line.contains(words)).count()
    }

    /// Where webhooks are taken.
    pub(super) fn address(&mut self) -> String {
        let line = self.wait_for("webhooks are taken at ");
        line.split("http://")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .to_owned()
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for its end, which is not a failure.
    fn ends(mut self) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(status.code(), Some(0), "{:#?}", self.said);
    }

    pub(super) fn stop(self) {
        self.signal(Signal::TERM);
        self.ends();
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Waits until the CMS was asked so many times more.
fn until_asked(cms: &Cms, times: usize) {
    let mut asked = 0;
    until("the CMS is not asked", || {
        asked += cms.requests().len();
        asked >= times
    });
}

#[test]
fn a_watch_says_each_change_and_each_complaint_once_and_outlives_failures() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    let then = "echo >> built; test ! -e broken";
    let mut following = Following::start(folder, &["--watch", "1s", "--then", then], &[]);
    let built = || fs::read_to_string(folder.join("built")).map_or(0, |text| text.len());
    following.wait_for("port/berth is new");
    until("the command does not run", || built() == 1);

    cms.publish("berth", "vi", 2, json!({"title": "New"}));
    following.wait_for("port/berth changed");
    assert_eq!(read(folder, "port/berth/vi.json")["headline"], "New");
    until("the command does not run again", || built() == 2);
    cms.publish("berth", "vi", 3, json!({"slug": "quay"}));
    following.wait_for("port/berth is port/quay now");

    // An entry that stays bad is named once, a CMS that stays away likewise.
    cms.publish("tide", "vi", 1, json!({}));
    cms.fail(Fault::Shape("tide", json!({"title": 3})), 1_000_000);
    following.wait_for("\"title\" is empty");
    cms.requests();
    until_asked(&cms, 9);
    cms.fail(
        Fault::Answer(500, "Retry-After: 0\r\n", String::new()),
        1_000_000,
    );
    following.wait_for("fails (HTTP 500)");
    cms.requests();
    until_asked(&cms, 9);
    cms.mend();
    following.wait_for("the CMS is read again");
    following.wait_for("port/tide is new");
    for once in [
        "\"title\" is empty",
        "fails (HTTP 500)",
        "read again",
        "port/tide is new",
    ] {
        assert_eq!(following.count(once), 1, "{once}: {:#?}", following.said);
    }

    // A command that fails is tried again until it does its work.
    fs::write(folder.join("broken"), "").unwrap();
    cms.publish("tide", "vi", 2, json!({}));
    following.wait_for("ended with 1; it is tried again");
    let before = built();
    until("the command is not tried again", || built() > before + 1);
    assert_eq!(following.count("ended with 1"), 1);
    fs::remove_file(folder.join("broken")).unwrap();
    following.stop();
    for file in [".sync.journal", ".import"] {
        assert!(!folder.join("content").join(file).exists(), "{file}");
    }
}

#[test]
fn a_signal_ends_it_after_the_article_that_is_written_and_at_once_where_the_cms_is_silent() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    for number in 0..300 {
        cms.publish(&format!("a{number}"), "vi", 1, json!({}));
    }
    let following = Following::start(folder, &["--watch", "1h"], &[]);
    let journal = folder.join("content/.sync.journal");
    until("nothing is written", || journal.exists());
    following.signal(Signal::INT);
    following.ends();
    assert!(!journal.exists() && !folder.join("content/.import").exists());
    let there = fs::read_dir(folder.join("content/articles/port")).map_or(0, Iterator::count);
    let said = sync(folder, 0, &[], &[]);
    let expected = format!(
        "{} new, 0 changed, 0 removed, {there} as before",
        300 - there
    );
    assert!(said.contains(&expected), "{expected}: {said}");

    cms.requests();
    cms.fail(Fault::Silent(Duration::from_secs(600)), 1);
    let following = Following::start(folder, &["--watch", "1h"], &[]);
    until_asked(&cms, 1);
    following.stop();
    sync(folder, 0, &[], &[]);
}

/// The signature of a body.
fn signature(body: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().fold("sha256=".to_owned(), |text, byte| {
        format!("{text}{byte:02x}")
    })
}

/// Sends a request as it is. Returns the status of the answer; 0 where there is none.
fn send(address: &str, request: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // A refusal may come before all was sent.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status.parse().unwrap_or_default()
}

fn post(address: &str, path: &str, headers: &str, body: &[u8]) -> u16 {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    send(address, &[head.as_bytes(), body].concat())
}

/// A call that is right.
fn call(address: &str) -> u16 {
    let signed = format!("X-Signature-256: {}\r\n", signature(b"{}", SECRET));
    post(address, "/sync", &signed, b"{}")
}

#[test]
fn a_call_with_the_secret_starts_a_sync_and_no_other_does() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    let mut following = Following::start(folder, &["--listen", "127.0.0.1:0"], &[]);
    let address = following.address();
    following.wait_for("port/berth is new");
    cms.requests();

    let large = vec![b'x'; 1024 * 1024 + 1];
    let bearer = format!("Authorization: Bearer {SECRET}\r\n");
    let signed = |name: &str, body: &[u8]| format!("{name}: {}\r\n", signature(body, SECRET));
    let wrong = format!(
        "X-Signature-256: {}\r\n",
        signature(b"{}", "another secret of nobody")
    );
    for (path, headers, body, status) in [
        ("/sync", String::new(), &b"{}"[..], 401),
        ("/sync", wrong, b"{}", 401),
        ("/sync", signed("X-Signature-256", b"{}"), b"{ }", 401),
        (
            "/sync",
            "X-Signature-256: sha256=\r\n".to_owned(),
            b"{}",
            401,
        ),
        (
            "/sync",
            "Authorization: Bearer guess\r\n".to_owned(),
            b"{}",
            401,
        ),
        ("/sync", bearer.clone(), &large, 413),
        ("/sync", signed("X-Signature-256", &large), &large, 413),
        ("/", bearer.clone(), b"{}", 404),
        ("/sync/", bearer.clone(), b"{}", 404),
    ] {
        assert_eq!(
            post(&address, path, &headers, body),
            status,
            "{path} {headers}"
        );
    }
    for (request, status) in [
        (
            format!("GET /sync HTTP/1.1\r\nHost: a\r\n{bearer}\r\n"),
            405,
        ),
        (
            format!("PUT /sync HTTP/1.1\r\nHost: a\r\n{bearer}Content-Length: 0\r\n\r\n"),
            405,
        ),
        ("nonsense\r\n\r\n".to_owned(), 400),
        (
            format!("POST /sync HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(100_000)),
            431,
        ),
        // More than it says, in pieces.
        (
            format!(
                "POST /sync HTTP/1.1\r\nHost: a\r\n{}Transfer-Encoding: chunked\r\n\r\n200000\r\n{}\r\n0\r\n\r\n",
                signed("X-Signature-256", b"{}"),
                "x".repeat(0x20_0000)
            ),
            413,
        ),
    ] {
        assert_eq!(
            send(&address, request.as_bytes()),
            status,
            "{}",
            &request[..40.min(request.len())]
        );
    }

    // None of these asked the CMS anything: the next question follows the first right call.
    cms.publish("berth", "vi", 2, json!({}));
    assert_eq!(cms.requests().len(), 0);
    assert_eq!(
        post(
            &address,
            "/sync",
            &bearer,
            b"{\"event\": \"entry.publish\"}"
        ),
        202
    );
    following.wait_for("port/berth changed");
    cms.publish("berth", "vi", 3, json!({}));
    let hub = signed("X-Hub-Signature-256", b"x=1");
    assert_eq!(post(&address, "/sync", &hub, b"x=1"), 202);
    following.wait_for("port/berth changed");
    assert!(following.said.iter().all(|line| !line.contains("panicked")));
    following.stop();
}

#[test]
fn many_calls_are_few_syncs_and_one_that_comes_meanwhile_is_not_lost() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    let mut following = Following::start(folder, &["--listen", "127.0.0.1:0"], &[]);
    let address = following.address();
    following.wait_for("port/berth is new");
    cms.requests();
    // The same call, as somebody may send it again who overheard it.
    let start = Instant::now();
    for _ in 0..100 {
        assert_eq!(call(&address), 202);
    }
    let seconds = usize::try_from(start.elapsed().as_secs()).unwrap();
    cms.publish("berth", "vi", 2, json!({}));
    assert_eq!(call(&address), 202);
    following.wait_for("port/berth changed");
    // A sync without changes is one question, one with a change three.
    let asked = cms.requests().len();
    assert!(asked <= 7 + seconds, "{asked} questions in {seconds} s");

    // The CMS answers the list, then nothing for a while; meanwhile an article is published.
    cms.publish("berth", "vi", 3, json!({}));
    cms.fail(Fault::Silent(Duration::from_secs(2)), 1);
    assert_eq!(call(&address), 202);
    until_asked(&cms, 1);
    assert_eq!(call(&address), 202);
    cms.publish("tide", "vi", 1, json!({}));
    following.wait_for("port/tide is new");
    following.stop();
}

#[test]
fn slow_callers_keep_nobody_out() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let mut following = Following::start(newsroom.path(), &["--listen", "127.0.0.1:0"], &[]);
    let address = following.address();
    // Heads and bodies that never end.
    let signed = signature(b"{}", SECRET);
    let begun: Vec<TcpStream> = (0..80)
        .map(|number| {
            let mut stream = TcpStream::connect(&address).unwrap();
            let head = "POST /sync HTTP/1.1\r\nHost: a\r\n";
            let rest = if number % 2 == 0 {
                format!("X-Signature-256: {signed}\r\nContent-Length: 2\r\n\r\n{{")
            } else {
                String::new()
            };
            stream
                .write_all(format!("{head}{rest}").as_bytes())
                .unwrap();
            stream
        })
        .collect();
    assert_eq!(call(&address), 202);
    drop(begun);
    following.stop();
}

#[test]
fn what_cannot_work_is_said_at_the_start() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (arguments, variable, part) in [
        (
            &["--listen", "127.0.0.1:0"][..],
            "short",
            "has to hold the secret of the webhooks",
        ),
        (&["--listen", &taken], SECRET, "cannot take webhooks at"),
        (&["--watch", "60"], SECRET, "60s, 5m or 1h"),
        (
            &["--then", "true"],
            SECRET,
            "--then needs --watch or --listen",
        ),
        (
            &["--watch", "60s", "--dry-run"],
            SECRET,
            "cannot be used with",
        ),
    ] {
        let said = sync(folder, 2, arguments, &[("SYNC_SECRET", variable)]);
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
}

#[test]
fn a_server_brings_over_what_is_published_and_keeps_it_when_the_cms_is_away() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    crate::build::write_bundle(&folder.join("bundle"));
    let mut live = crate::live::start(folder, &["--sync", "1s"]);
    let page = "/vi/port/berth/";
    let shows = |words: &str| {
        let answer = live.get(page, "");
        answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(words)
    };
    assert_eq!(live.get(page, "").status, 404);
    cms.publish("berth", "vi", 1, json!({"title": "Bến mới"}));
    until("the article is not there", || shows("Bến mới"));
    cms.publish("berth", "vi", 2, json!({"title": "Bến mới đón tàu"}));
    until("the change is not there", || shows("Bến mới đón tàu"));
    cms.fail(
        Fault::Answer(500, "Retry-After: 0\r\n", String::new()),
        1_000_000,
    );
    until("nobody is told", || {
        crate::live::log(folder).contains("fails (HTTP 500)")
    });
    assert!(shows("Bến mới đón tàu"));
    let log = crate::live::log(folder);
    for said in ["port/berth is new", "\"event\":\"the CMS is not read\""] {
        assert!(log.contains(said), "{said}: {log}");
    }
    kill_process(Pid::from_child(&live.program), Signal::TERM).unwrap();
    let start = Instant::now();
    while live.program.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "it does not end");
        thread::sleep(Duration::from_millis(5));
    }
}
