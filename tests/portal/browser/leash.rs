//! Child processes that never outlive the tests.
//!
//! A shell starts the program and then reads from a pipe that the tests hold. When the pipe closes,
//! because the test is over or because the whole test run was killed, the shell kills the program
//! and all its descendants.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Starts the program, waits for the pipe to close, and kills the program's descendants and itself.
const SCRIPT: &str = r#"
"$@" &
program=$!
end() {
  for child in $(pgrep -P "$1"); do end "$child"; done
  kill -KILL "$1" 2>/dev/null
}
read -r _
end "$program"
"#;

/// A running program.
pub(super) struct Leash {
    shell: Child,
    held: Option<ChildStdin>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Leash {
    /// Starts a program with arguments and additional environment variables.
    pub(super) fn start(program: &OsStr, arguments: &[&OsStr], environment: &[(&str, &OsStr)]) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "leash"])
            .arg(program)
            .args(arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {} in a shell: {error}", program.display()));
        let said = Arc::default();
        listen(shell.stdout.take(), &said);
        listen(shell.stderr.take(), &said);
        Self { held: shell.stdin.take(), shell, said }
    }

    /// All lines that the program has written so far.
    pub(super) fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// Waits for the first line that contains this text.
    pub(super) fn line(&self, with: &str) -> String {
        let begun = Instant::now();
        loop {
            if let Some(line) = self.said().into_iter().find(|line| line.contains(with)) {
                return line;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "waited for a line with \"{with}\": {:?}", self.said());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Leash {
    /// The id of the shell: all its descendants belong to the program.
    pub(super) fn process(&self) -> u32 {
        self.shell.id()
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.held.take());
        let _ = self.shell.wait();
    }
}

fn listen(stream: Option<impl Read + Send + 'static>, said: &Arc<Mutex<Vec<String>>>) {
    let (stream, said) = (stream.expect("the stream is piped"), Arc::clone(said));
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { break };
            said.lock().unwrap().push(String::from_utf8_lossy(&line).into_owned());
        }
    });
}
