//! Runs other programs. Long steps show that they are at work, and why they failed.

use std::fs::{self, File};
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How often a long step reports that it is at work, where there is no terminal.
const HEARTBEAT: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);
/// How many of the last lines a failed step shows.
const TAIL: usize = 25;

/// One long command of the setup.
pub(crate) struct Step {
    /// Its name, as in “building trunk 0.21.14”.
    pub(crate) doing: String,
    /// The command.
    pub(crate) command: Command,
    /// The file for its output, where there is no terminal.
    pub(crate) log: PathBuf,
    /// The advice for the person when it fails.
    pub(crate) advice: String,
}

/// Whether standard error is a terminal. The output of programs is then shown as it is.
pub(crate) fn is_watched() -> bool {
    stderr().is_terminal()
}

impl Step {
    /// Runs the command to its end. On a terminal its output is shown. Elsewhere it goes to the
    /// log, with a report at intervals, so that thousands of lines do not bury the one that
    /// matters.
    pub(crate) fn run(self) -> Result<(), Failure> {
        self.run_to_end(is_watched())
    }

    /// The same for a first attempt that may fail: its output goes to the log on a terminal too, so
    /// that nobody is alarmed by it.
    pub(crate) fn attempt(self) -> Result<(), Failure> {
        self.run_to_end(false)
    }

    fn run_to_end(mut self, watched: bool) -> Result<(), Failure> {
        self.command.stdin(Stdio::null());
        let ended = if watched { self.shown() } else { self.logged() };
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(self.failure(
                &status.to_string(),
                &if watched {
                    String::new()
                } else {
                    self.last_lines()
                },
            )),
            Err(error) => Err(self.failure(&error.to_string(), "")),
        }
    }

    fn shown(&mut self) -> std::io::Result<ExitStatus> {
        self.command.stdout(stderr()).stderr(stderr()).status()
    }

    fn logged(&mut self) -> std::io::Result<ExitStatus> {
        let log = File::create(&self.log)?;
        self.command.stdout(log.try_clone()?).stderr(log);
        wait(&mut self.command.spawn()?, &self.doing)
    }

    fn last_lines(&self) -> String {
        let output = fs::read(&self.log).unwrap_or_default();
        let output = String::from_utf8_lossy(&output);
        if output.trim().is_empty() {
            return String::new();
        }
        format!(
            "\n  its last lines (all of them are in {}):\n{}",
            self.log.display(),
            tail(&output, TAIL)
        )
    }

    fn failure(&self, why: &str, output: &str) -> Failure {
        let Self { doing, advice, .. } = self;
        let line = line(&self.command);
        Failure::broken(format!(
            "{doing} failed: {why}\n  command: {line}{output}\n  try: {advice}"
        ))
    }
}

/// Prints a command and runs it with its output shown, such as a build or the tests.
pub(crate) fn run_in_view(command: &mut Command) -> Result<(), Failure> {
    let line = line(command);
    eprintln!("running {line}");
    let status = command
        .status()
        .map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::of_command(&line, status.code()))
    }
}

/// A command in the background. It is stopped where nobody waits for it.
pub(crate) struct Background {
    child: Option<Child>,
    line: String,
}

impl Background {
    /// Starts the command.
    pub(crate) fn begin(mut command: Command) -> Result<Self, Failure> {
        let line = line(&command);
        eprintln!("running {line}, and going on meanwhile");
        let child = command.stdin(Stdio::null()).spawn();
        let child =
            child.map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
        Ok(Self {
            child: Some(child),
            line,
        })
    }

    /// Waits for its end, and says now and then that it is still at work. `what` is what it makes.
    pub(crate) fn finish(mut self, what: &str) -> Result<(), Failure> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        let ended = wait(&mut child, &format!("compiling {what}"));
        let ended = ended.map_err(|error| Failure::broken(format!("`{}`: {error}", self.line)))?;
        if ended.success() {
            Ok(())
        } else {
            Err(Failure::of_command(&self.line, ended.code()))
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Waits for the end of a child, with a sign of life now and then.
fn wait(child: &mut Child, doing: &str) -> std::io::Result<ExitStatus> {
    let start = Instant::now();
    let mut next = HEARTBEAT;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() >= next {
            eprintln!("  still {doing} ({})", spoken(next));
            next += HEARTBEAT;
        }
        sleep(POLL);
    }
}

/// The standard output of a program; `None` where the program fails or prints no UTF-8.
pub(crate) fn stdout_of(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// A command as a person would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program)
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()));
    words.collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains(char::is_whitespace) {
        format!("'{word}'")
    } else {
        word.to_owned()
    }
}

fn tail(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = &lines[lines.len().saturating_sub(count)..];
    last.iter()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A duration as a person would say it.
pub(crate) fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_the_unit_that_matters() {
        let table = [
            (300, "0.3 s"),
            (9_900, "9.9 s"),
            (42_000, "42 s"),
            (348_000, "5 min 48 s"),
        ];
        for (milliseconds, words) in table {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), words);
        }
    }

    #[test]
    fn a_command_is_shown_so_that_it_can_be_typed() {
        let mut command = Command::new("/usr/lib/cargo");
        command.args(["install", "--root", "/home/an binh/tools", ""]);
        assert_eq!(
            line(&command),
            "cargo install --root '/home/an binh/tools' ''"
        );
    }

    #[test]
    fn only_the_last_lines_are_kept() {
        assert_eq!(tail("one\ntwo\nthree\n", 2), "    two\n    three");
        assert_eq!(tail("one", 2), "    one");
    }

    #[cfg(unix)]
    #[test]
    fn a_failed_step_says_what_failed_the_command_its_output_and_what_to_try() {
        let log = std::env::temp_dir().join(format!("xtask-step-{}.log", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo no space left >&2; exit 3"]);
        let mut step = Step {
            doing: "building it".to_owned(),
            command,
            log: log.clone(),
            advice: "make room".to_owned(),
        };
        assert_eq!(step.logged().unwrap().code(), Some(3));
        let message = step.failure("exit status: 3", &step.last_lines()).message;
        fs::remove_file(log).unwrap();
        assert!(
            message.starts_with("building it failed: exit status: 3\n  command: sh -c "),
            "{message}"
        );
        assert!(
            message.contains("    no space left\n  try: make room"),
            "{message}"
        );
    }
}
