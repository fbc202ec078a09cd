//! Other programs, run without a shell and without a terminal: what they say is kept, and one that
//! never ends is ended.

use editorial::diagnostics::{Message, why};
use editorial::message;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How much of what a program says is kept, in bytes: the end of it.
const MOST_OUTPUT: usize = 64 * 1024;

/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_millis(15);

/// What a program said.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Whether it says that it succeeded.
    pub(super) is_good: bool,
    /// What it printed.
    pub(super) output: Vec<u8>,
    /// What it said beside that.
    pub(super) remarks: String,
}

impl Said {
    /// What it printed, as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).trim_end().to_owned()
    }

    /// The same where it failed: its own words.
    pub(super) fn failed(&self) -> Message {
        Message::verbatim(self.everything())
    }

    /// Everything that it said, for a person.
    pub(super) fn everything(&self) -> String {
        let both = [self.text(), self.remarks.trim().to_owned()];
        let both: Vec<&str> = both
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        both.join("\n")
    }
}

/// Why a program was not run to its end.
#[derive(Debug)]
pub(super) enum NotRun {
    /// There is no such program.
    Missing,
    /// It does not start, does not end, or says that it failed.
    Failed(Message),
}

/// Runs a program. `input` is what it reads.
///
/// # Errors
/// Where it is not there, does not start, or has not ended after `patience`.
pub(super) fn run(mut command: Command, input: &[u8], patience: Duration) -> Result<Said, NotRun> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let started = command.spawn();
    let mut child = started.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => NotRun::Missing,
        _ => NotRun::Failed(why(&error)),
    })?;
    if let Some(mut pipe) = child.stdin.take() {
        // One that reads nothing has no need of it.
        let _ = pipe.write_all(input);
    }
    let output = child
        .stdout
        .take()
        .map(|pipe| thread::spawn(|| ending(pipe)));
    let remarks = child
        .stderr
        .take()
        .map(|pipe| thread::spawn(|| ending(pipe)));
    let is_good = wait(&mut child, patience)?;
    let taken = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
        reader
            .and_then(|reader| reader.join().ok())
            .unwrap_or_default()
    };
    Ok(Said {
        is_good,
        output: taken(output),
        remarks: String::from_utf8_lossy(&taken(remarks)).into_owned(),
    })
}

fn wait(child: &mut Child, patience: Duration) -> Result<bool, NotRun> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < patience => thread::sleep(LOOK),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                let seconds = patience.as_secs();
                return Err(NotRun::Failed(message!(
                    "it did not end within {seconds} s",
                    seconds
                )));
            }
            Err(error) => return Err(NotRun::Failed(why(&error))),
        }
    }
}

/// The end of what comes out of a pipe.
fn ending(mut pipe: impl Read) -> Vec<u8> {
    let (mut kept, mut piece) = (Vec::new(), vec![0; 8 * 1024]);
    while let Ok(length @ 1..) = pipe.read(&mut piece) {
        kept.extend_from_slice(&piece[..length]);
        if kept.len() > 2 * MOST_OUTPUT {
            kept.drain(..kept.len() - MOST_OUTPUT);
        }
    }
    kept.drain(..kept.len().saturating_sub(MOST_OUTPUT));
    kept
}

/// The words of a command line: apart by spaces, together within quotes.
///
/// # Errors
/// Where there is none, or a quote has no end.
pub(super) fn words(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if let Some(open) = quote {
        return Err(format!("a {open} in the command has no end"));
    }
    if words.is_empty() {
        return Err("the command is empty".to_owned());
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_words_and_no_shell_reads_them() {
        let words = |line| words(line).map(|words| words.join("|"));
        assert_eq!(
            words("rsync -a  dist/ host:/srv").unwrap(),
            "rsync|-a|dist/|host:/srv"
        );
        assert_eq!(words("'a b' \"c 'd'\" e\"f\" ''").unwrap(), "a b|c 'd'|ef|");
        assert_eq!(words("a;b $(c) `d` > e").unwrap(), "a;b|$(c)|`d`|>|e");
        assert!(words("a 'b").is_err() && words("  ").is_err());
    }

    #[test]
    fn a_program_that_is_not_there_or_does_not_end_is_no_catastrophe() {
        let missing = run(Command::new("no-such-program-of-ours"), b"", LOOK);
        assert!(matches!(missing, Err(NotRun::Missing)));
        let mut endless = Command::new("sleep");
        endless.arg("600");
        // Where there is no such program, that is said too.
        assert!(run(endless, b"", Duration::from_millis(50)).is_err());
    }
}
