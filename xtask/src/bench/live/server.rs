//! The servers of the comparison, each pinned to processors.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::bench::folder::failed;
use crate::bench::measure;
use crate::failure::Failure;
use crate::process;

/// How long a server may take until it answers: the first look at 100,000 articles, with the search.
const PATIENCE: Duration = Duration::from_secs(3_600);
const POLL: Duration = Duration::from_millis(50);
/// How long a server may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(15);

/// A server that runs. It is stopped on drop.
pub(crate) struct Server {
    program: Child,
    /// Its address, without a slash at the end.
    pub(crate) address: String,
}

impl Server {
    /// Starts a program on these processors, as `taskset` names them, or on any, and waits until it
    /// answers at `path`. What it says goes to `log`.
    pub(crate) fn start<'a>(
        cores: impl Into<Option<&'a str>>,
        command: &Command,
        port: u16,
        path: &str,
        log: &Path,
    ) -> Result<Self, Failure> {
        let program = command.get_program();
        let mut pinned = match cores.into() {
            None => Command::new(program),
            Some(cores) => {
                let mut pinned = Command::new("taskset");
                pinned.args(["-c", cores]).arg(program);
                pinned
            }
        };
        pinned.args(command.get_args());
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                pinned.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            pinned.current_dir(folder);
        }
        let output = File::create(log).map_err(|error| failed("write", log, &error))?;
        let errors = output
            .try_clone()
            .map_err(|error| failed("write", log, &error))?;
        let line = process::line(&pinned);
        let program = pinned
            // Open as long as it shall run: some end with it.
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
        let mut server = Self {
            program,
            address: format!("http://127.0.0.1:{port}"),
        };
        let begin = Instant::now();
        loop {
            if get(port, path).is_some_and(|(status, _)| (200..300).contains(&status)) {
                return Ok(server);
            }
            let has_ended = server.program.try_wait().is_ok_and(|ended| ended.is_some());
            if has_ended || begin.elapsed() > PATIENCE {
                let said = fs::read_to_string(log).unwrap_or_default();
                return Err(Failure::broken(format!("`{line}` does not serve:\n{said}")));
            }
            sleep(POLL);
        }
    }

    /// The processors' time of the server and of the processes below it, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        measure::cpu_of_family(self.program.id())
    }

    /// The memory of the server itself, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        measure::memory_of(self.program.id()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // What has processes below it ends them when it is told to end.
        let told = Command::new("kill")
            .arg(self.program.id().to_string())
            .status();
        let begin = Instant::now();
        while told.as_ref().is_ok_and(std::process::ExitStatus::success)
            && begin.elapsed() < FAREWELL
            && matches!(self.program.try_wait(), Ok(None))
        {
            sleep(POLL);
        }
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A port that nobody listens at.
pub(crate) fn free_port() -> Result<u16, Failure> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    port.map(|address| address.port())
        .map_err(|error| Failure::broken(format!("there is no free port: {error}")))
}

/// The status and the body at a path; `None` where nobody answers.
pub(crate) fn get(port: u16, path: &str) -> Option<(u16, String)> {
    exchange(port, "GET", path, "", "")
}

/// The status and the body of the answer to a request, with further lines in its head; `None` where
/// nobody answers.
pub(crate) fn exchange(
    port: u16,
    method: &str,
    path: &str,
    head: &str,
    body: &str,
) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .ok()?;
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{head}Content-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some((status, body.to_owned()))
}
