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
pub(super) struct ManagedChild {
    shell: Child,
    stdin: Option<ChildStdin>,
    output: Arc<Mutex<Vec<String>>>,
}

impl ManagedChild {
    /// Starts a program with arguments and additional environment variables.
    pub(super) fn start(
        program: &OsStr,
        arguments: &[&OsStr],
        environment: &[(&str, &OsStr)],
    ) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "managed-child"])
            .arg(program)
            .args(arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("cannot start {} in a shell: {error}", program.display())
            });
        let output = Arc::default();
        listen(shell.stdout.take(), &output);
        listen(shell.stderr.take(), &output);
        Self {
            stdin: shell.stdin.take(),
            shell,
            output,
        }
    }

    /// All lines that the program has written so far.
    pub(super) fn output_lines(&self) -> Vec<String> {
        self.output.lock().unwrap().clone()
    }

    /// Waits for the first line that contains this text.
    pub(super) fn wait_for_line(&self, with: &str) -> String {
        let begun = Instant::now();
        loop {
            if let Some(line) = self
                .output_lines()
                .into_iter()
                .find(|line| line.contains(with))
            {
                return line;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(180),
                "waited for a line with \"{with}\": {:?}",
                self.output_lines()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl ManagedChild {
    /// The id of the shell: all its descendants belong to the program.
    pub(super) fn id(&self) -> u32 {
        self.shell.id()
    }
}

impl Drop for ManagedChild {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.shell.wait();
    }
}

fn listen(stream: Option<impl Read + Send + 'static>, output: &Arc<Mutex<Vec<String>>>) {
    let (stream, output) = (stream.expect("the stream is piped"), Arc::clone(output));
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { break };
            output
                .lock()
                .unwrap()
                .push(String::from_utf8_lossy(&line).into_owned());
        }
    });
}
