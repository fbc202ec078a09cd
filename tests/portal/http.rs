//! Raw HTTP requests over TCP, and the responses. An HTTP client would normalise the addresses
//! first.

use crate::published::Published;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running server process; it is killed on drop.
pub(crate) struct Server {
    pub(crate) program: Child,
    pub(crate) port: u16,
    /// The value of the `Host` header.
    pub(crate) host: &'static str,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// An HTTP response. Header names are in lower case.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// Parses a response; `None` if its head or a chunk is incomplete.
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let mut headers = BTreeMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let before = headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
            assert!(before.is_none(), "{name} is there twice: {head}");
        }
        let body = &bytes[end + 4..];
        // A response to HEAD may announce chunks without sending any.
        let is_chunked = !body.is_empty()
            && headers
                .get("transfer-encoding")
                .is_some_and(|value| value == "chunked");
        Some(Self {
            status,
            headers,
            body: if is_chunked {
                decode_chunks(body)?
            } else {
                body.to_vec()
            },
        })
    }
}

/// Decodes a chunked body; `None` if it is incomplete.
fn decode_chunks(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        let chunk = &chunks[end + 2..];
        body.extend_from_slice(chunk.get(..length)?);
        chunks = chunk.get(length + 2..)?;
    }
    None
}

impl Server {
    /// Sends a GET request; `headers` holds additional header lines.
    pub(crate) fn get(&self, path: &str, headers: &str) -> Response {
        self.request("GET", path, headers)
    }

    /// Sends a request with any method.
    pub(crate) fn request(&self, method: &str, target: &str, headers: &str) -> Response {
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n",
            self.host
        );
        self.send(request.as_bytes())
            .unwrap_or_else(|| panic!("no response to {method} {target}"))
    }

    /// Sends raw bytes; `None` if no response can be parsed.
    pub(crate) fn send(&self, bytes: &[u8]) -> Option<Response> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        // A server may refuse a request and close before it has read all of it.
        let _ = stream.write_all(bytes);
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response);
        Response::read(&response)
    }
}

/// Starts `site serve` for a built site.
pub(crate) fn site_serve(site: &Published) -> Server {
    serve(
        &site.folder,
        site.base,
        Command::new(env!("CARGO_BIN_EXE_site")),
    )
}

/// Starts `site serve` for a folder. `command` is the program to which its arguments are added.
pub(crate) fn serve(folder: &Path, base: &str, mut command: Command) -> Server {
    command
        .args(["serve", "--port", "0", "--public-url", base, "--dir"])
        .arg(folder);
    let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let after = line
        .split("localhost:")
        .nth(1)
        .unwrap_or_else(|| panic!("it said: {line}"));
    let port = after.split('/').next().unwrap().parse().unwrap();
    Server {
        program,
        port,
        host: "localhost",
    }
}
