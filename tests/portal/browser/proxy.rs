//! The proxy between the browsers and `site serve`, which can inject faults.
//!
//! Each session has its own proxy, and so its own origin with empty storage. Requests and responses
//! pass with their headers. The proxy asks for no compression, and adds the recorder as the first
//! script of every page.

use super::gate::Gate;
use super::response::Response;
use super::upstream::Upstream;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The recorder: a script that reports errors on a page.
const RECORDER: &str = include_str!("recorder.js");

/// A script with errors that the recorder must report.
const MISTAKES: &str = include_str!("mistakes.js");

/// Rewrites the text of a body.
pub(super) type Change = fn(String) -> String;

/// The byte offsets at which a body is cut into pieces.
pub(super) type Cuts = fn(&str) -> Vec<usize>;

/// A fault to inject into a response.
#[derive(Clone)]
pub(super) enum Fault {
    /// An empty response with this status.
    Status(u16),
    /// A foreign page with status 200, as from a captive portal.
    Html,
    /// The connection closes after this many bytes of the body.
    Cut(usize),
    /// The connection closes without a response.
    Refuse,
    /// The response waits for the gate. It then has the fault that was set meanwhile.
    Held(Gate),
    /// The body is sent in pieces; each but the first waits for the gate.
    Pieces(Cuts, Gate),
    /// One byte in the middle of the body is wrong.
    WrongByte,
    /// The body is rewritten.
    Change(Change),
}

/// A request as received.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// The method, such as `GET`.
    pub(super) method: String,
    /// The path with its query.
    pub(super) path: String,
    /// The request line and all header lines, in lower case.
    pub(super) headers: String,
}

/// A proxy for one session.
pub(super) struct Proxy {
    state: Arc<State>,
    port: u16,
    /// The site's base path.
    pub(super) base: String,
}

struct State {
    upstream: Arc<Upstream>,
    /// By the suffix of the path.
    faults: Mutex<BTreeMap<String, Fault>>,
    requests: Mutex<Vec<Request>>,
    errors: Mutex<Vec<String>>,
    script: Mutex<String>,
}

/// The ports of all proxies so far.
static PORTS: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Listens on a port that no proxy had before: a browser that is used again would keep that origin's
/// storage and cache.
fn listen() -> (TcpListener, u16) {
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let port = listener.local_addr().expect("the port is bound").port();
        if PORTS.lock().unwrap().insert(port) {
            return (listener, port);
        }
    }
}

impl Proxy {
    /// Starts a proxy for a site.
    pub(super) fn new(upstream: Arc<Upstream>) -> Self {
        let (listener, port) = listen();
        let base = upstream.base.clone();
        let state = Arc::new(State {
            upstream,
            faults: Mutex::default(),
            requests: Mutex::default(),
            errors: Mutex::default(),
            script: Mutex::new(RECORDER.to_owned()),
        });
        let serving = Arc::clone(&state);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = Arc::clone(&serving);
                thread::spawn(move || state.serve(client));
            }
        });
        Self { state, port, base }
    }

    /// The full address of a path.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// Scheme, host and port.
    pub(super) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Injects a fault into every further response for paths with this suffix.
    pub(super) fn inject_fault(&self, end: &str, fault: Fault) {
        self.state
            .faults
            .lock()
            .unwrap()
            .insert(end.to_owned(), fault);
    }

    /// Holds every further response for paths with this suffix until the gate opens.
    pub(super) fn hold(&self, end: &str) -> Gate {
        let gate = Gate::default();
        self.inject_fault(end, Fault::Held(gate.clone()));
        gate
    }

    /// Adds a script that runs on every further page before the page's own scripts.
    pub(super) fn before_every_page(&self, script: &str) {
        self.state.script.lock().unwrap().push_str(script);
    }

    /// Removes all faults.
    pub(super) fn clear_faults(&self) {
        self.state.faults.lock().unwrap().clear();
    }

    /// The requests since the last call, except the recorder's own.
    pub(super) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.state.requests.lock().unwrap())
    }

    /// The requested paths with this suffix since the last call. Discards all other requests.
    pub(super) fn requested_paths(&self, end: &str) -> Vec<String> {
        self.requests()
            .into_iter()
            .map(|request| request.path)
            .filter(|path| path.ends_with(end))
            .collect()
    }

    /// The recorder's reports since the last call.
    pub(super) fn errors(&self) -> Vec<String> {
        std::mem::take(&mut self.state.errors.lock().unwrap())
    }
}

impl State {
    fn serve(&self, mut client: TcpStream) {
        let _ = client.set_read_timeout(Some(Duration::from_secs(60)));
        let Some((head, body)) = read_request(&mut client) else {
            return;
        };
        let mut words = head.split(' ');
        let (method, path) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let _ = match path {
            "/recorder" => {
                self.errors.lock().unwrap().push(body);
                client.write_all(&Response::new(204, "text/plain", "").bytes())
            }
            "/mistakes.js" => {
                client.write_all(&Response::new(200, "text/javascript", MISTAKES).bytes())
            }
            "/recorder.js" => {
                let script = self.script.lock().unwrap().clone();
                client.write_all(&Response::new(200, "text/javascript", &script).bytes())
            }
            _ => {
                let headers = head.to_ascii_lowercase();
                let request = Request {
                    method: method.to_owned(),
                    path: path.to_owned(),
                    headers,
                };
                self.requests.lock().unwrap().push(request);
                self.respond(&mut client, &head, path)
            }
        };
        let _ = client.shutdown(Shutdown::Write);
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        let file = path.split('?').next().unwrap_or_default();
        self.faults
            .lock()
            .unwrap()
            .iter()
            .find(|(end, _)| file.ends_with(*end))
            .map(|(_, fault)| fault.clone())
    }

    fn respond(&self, client: &mut TcpStream, head: &str, path: &str) -> std::io::Result<()> {
        let mut fault = self.fault(path);
        let has_fault = fault.is_some();
        if let Some(Fault::Held(gate)) = fault {
            gate.pass(0);
            // A fault that was set meanwhile applies.
            fault = self
                .fault(path)
                .filter(|fault| !matches!(fault, Fault::Held(_)));
        }
        match fault {
            Some(Fault::Refuse) => return Ok(()),
            Some(Fault::Status(status)) => {
                return client.write_all(&Response::new(status, "text/plain", "").bytes());
            }
            Some(Fault::Html) => {
                let page = "<!doctype html><title>Hotel</title><p>Please log in.</p>";
                return client.write_all(&Response::new(200, "text/html", page).bytes());
            }
            _ => {}
        }
        // A response with a fault must not become a 304. A body that is changed here must not be
        // compressed.
        let passes = |line: &&str| {
            let line = line.to_ascii_lowercase();
            let stays_out = line.starts_with("accept-encoding:")
                || has_fault && line.starts_with("if-none-match:");
            !stays_out
        };
        let lines: Vec<&str> = head.split("\r\n").filter(passes).collect();
        let mut response = self.upstream.ask(&lines)?;
        if response.is("text/html") {
            response.change(|html| {
                html.replacen("<head>", "<head><script src=\"/recorder.js\"></script>", 1)
            });
        }
        match fault {
            Some(Fault::WrongByte) => {
                let middle = response.body.len() / 2;
                response.body[middle] ^= 1;
            }
            Some(Fault::Change(change)) => response.change(change),
            _ => {}
        }
        if let Some(Fault::Pieces(cuts, gate)) = fault {
            return send_in_pieces(
                client,
                &response,
                &cuts(&String::from_utf8_lossy(&response.body)),
                &gate,
            );
        }
        let mut bytes = response.bytes();
        if let Some(Fault::Cut(length)) = fault {
            bytes.truncate(bytes.len() - response.body.len() + length.min(response.body.len()));
        }
        client.write_all(&bytes)
    }
}

/// Sends a response piece by piece, and waits for the gate at each cut of its body.
fn send_in_pieces(
    client: &mut TcpStream,
    response: &Response,
    cuts: &[usize],
    gate: &Gate,
) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let bytes = response.bytes();
    let (mut sent, body) = (0, bytes.len() - response.body.len());
    for (piece, cut) in cuts.iter().enumerate() {
        client.write_all(&bytes[sent..body + cut])?;
        sent = body + cut;
        gate.pass(piece);
    }
    client.write_all(&bytes[sent..])
}

/// Reads the head and the body of a request; `None` if it is incomplete or exceeds 64 KiB.
fn read_request(client: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse::<usize>().ok());
            if bytes.len() >= end + 4 + length.unwrap_or_default() {
                return Some((
                    head,
                    String::from_utf8_lossy(&bytes[end + 4..]).into_owned(),
                ));
            }
        }
        match client.read(&mut piece) {
            Ok(length @ 1..) if bytes.len() < 1 << 16 => bytes.extend_from_slice(&piece[..length]),
            _ => return None,
        }
    }
}
