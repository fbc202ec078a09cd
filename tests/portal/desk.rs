//! `site edit`, as a browser and as whoever else asks: through real sockets.

mod attacks;
mod owed;
mod publishing;
pub(crate) mod recording;
mod refusals;
mod translating;
mod uploads;
mod words;
mod writing;

use crate::build::project;
use crate::http::{Response, Server};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long something may take, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(120);

/// The article of the smallest portal, in Vietnamese.
const VERSION: &str = "articles/port/deep-water-port/vi";

/// A desk that is open.
pub(crate) struct Desk {
    pub(crate) server: Server,
    /// The token of the address that was printed.
    pub(crate) token: String,
    session: String,
}

impl Desk {
    /// Opens the desk in a folder with `content` and `bundle`, and comes in.
    fn open(folder: &Path) -> Self {
        Self::open_with(folder, &files(folder), &[])
    }

    /// The same, with further arguments.
    fn open_with(folder: &Path, files: &Path, further: &[&str]) -> Self {
        let mut desk = Self::start_with(folder, files, "bundle".as_ref(), 0, further);
        let token = desk.token.clone();
        let answer = desk.post("session", &json!({ "token": token }));
        read(&answer)["session"]
            .as_str()
            .unwrap()
            .clone_into(&mut desk.session);
        desk
    }

    /// Starts the program, and reads the address that it prints.
    pub(crate) fn start(folder: &Path, files: &Path, bundle: &Path, port: u16) -> Self {
        Self::start_with(folder, files, bundle, port, &[])
    }

    /// The same, with further arguments.
    pub(crate) fn start_with(
        folder: &Path,
        files: &Path,
        bundle: &Path,
        port: u16,
        further: &[&str],
    ) -> Self {
        Self::start_among(folder, files, bundle, port, further, None)
    }

    /// The same where other programs stand in a folder.
    pub(crate) fn start_among(
        folder: &Path,
        files: &Path,
        bundle: &Path,
        port: u16,
        further: &[&str],
        programs: Option<&Path>,
    ) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_site"));
        if let Some(programs) = programs {
            program.env("PATH", programs);
        }
        let mut program = program
            .args(["edit", "--no-open", "--out", "site"])
            .args(["--port", &port.to_string()])
            .arg("--bundle")
            .arg(bundle)
            .arg("--desk")
            .arg(files)
            .args(further)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.strip_prefix("the desk is open at http://127.0.0.1:");
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        let address = address.unwrap_or_else(|| panic!("it said {line:?} and {}", log()));
        let (port, rest) = address.split_once("/#").unwrap();
        Self {
            server: Server {
                program,
                port: port.parse().unwrap(),
                host: "127.0.0.1",
            },
            token: rest.split(' ').next().unwrap().to_owned(),
            session: String::new(),
        }
    }

    /// Its host name with its port.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.server.port)
    }

    /// The headers of the desk's own page.
    fn own(&self) -> String {
        let host = self.host();
        format!(
            "Host: {host}\r\nOrigin: http://{host}\r\nX-Desk-Session: {}\r\n",
            self.session
        )
    }

    /// Sends a request with these headers.
    fn raw(&self, method: &str, path: &str, headers: &str, body: &str) -> Response {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.server
            .send(request.as_bytes())
            .unwrap_or_else(|| panic!("no response to {method} {path}"))
    }

    fn post(&self, task: &str, wish: &Value) -> Response {
        let headers = format!("{}Content-Type: application/json\r\n", self.own());
        self.raw("POST", &format!("/api/{task}"), &headers, &wish.to_string())
    }

    fn get(&self, task: &str) -> Response {
        self.raw("GET", &format!("/api/{task}"), &self.own(), "")
    }

    /// What is answered to a wish that is granted.
    fn wish(&self, task: &str, wish: &Value) -> Value {
        let answer = self.post(task, wish);
        assert_eq!(answer.status, 200, "{task} {wish}: {}", text(&answer));
        read(&answer)
    }

    /// What is answered to a question.
    fn ask(&self, task: &str) -> Value {
        let answer = self.get(task);
        assert_eq!(answer.status, 200, "{task}: {}", text(&answer));
        read(&answer)
    }

    /// Changes a document that was opened or changed before. Returns it.
    fn edit(&self, document: &Value, edits: &Value) -> Value {
        let (place, known) = (&document["place"], &document["known"]);
        let wish = json!({ "place": place, "known": known, "edits": edits });
        self.wish("edit", &wish)["document"].take()
    }

    fn show(&self, place: &str) -> Value {
        self.wish("open", &json!({ "place": place }))["document"].take()
    }

    fn save(&self, document: &Value) -> Value {
        let wish = json!({ "place": document["place"], "known": document["known"] });
        self.wish("save", &wish)["document"].take()
    }
}

fn read(answer: &Response) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", text(answer)))
}

fn text(answer: &Response) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// Files in place of those that a browser needs.
fn files(folder: &Path) -> std::path::PathBuf {
    let files = folder.join("desk");
    fs::create_dir_all(&files).unwrap();
    for name in ["index.html", "desk.js", "desk.css", "icon.svg"] {
        fs::write(files.join(name), name).unwrap();
    }
    files
}

/// A folder with a portal, and its desk.
fn desk() -> (TempDir, Desk) {
    let folder = project();
    let desk = Desk::open(folder.path());
    (folder, desk)
}

/// Waits until something is so.
fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
