//! Running a program to its end: how long it took, and how much memory it had at most.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::folder::failed;
use crate::failure::Failure;
use crate::process;

/// How often the program's memory is asked for.
const POLL: Duration = Duration::from_millis(5);

/// How a program did.
pub(crate) struct Measured {
    /// From its start to its end.
    pub(crate) seconds: f64,
    /// The most memory that it had in use, in bytes, as far as [`POLL`] can tell; only on Linux.
    pub(crate) peak_memory: Option<u64>,
    /// What it printed on standard output.
    pub(crate) said: String,
}

/// Runs a program whose output goes to `log` and `log`'s neighbour for errors.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Measured, Failure> {
    let line = process::line(command);
    let errors = log.with_extension("errors");
    let create = |path: &Path| File::create(path).map_err(|error| failed("write", path, &error));
    command.stdin(Stdio::null()).stdout(create(log)?).stderr(create(&errors)?);
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
    let mut peak_memory = None;
    let status = loop {
        peak_memory = peak_memory.max(peak_of(child.id()));
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => sleep(POLL),
            Err(error) => return Err(Failure::broken(format!("cannot wait for `{line}`: {error}"))),
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    let said = fs::read_to_string(log).unwrap_or_default();
    if status.success() {
        return Ok(Measured { seconds, peak_memory, said });
    }
    let wrong = fs::read_to_string(&errors).unwrap_or_default();
    Err(Failure::broken(format!("`{line}` failed: {status}\n{}{wrong}", tail(&said))))
}

/// The end of what was printed: reports of a large portal can be long.
fn tail(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(20)..].iter().map(|line| format!("{line}\n")).collect()
}

/// The most memory that a process had in use until now.
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok().map(|kilobytes: u64| kilobytes * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_programs_time_and_memory_are_those_of_the_program() {
        let log = std::env::temp_dir().join(format!("xtask-measure-{}", std::process::id()));
        // 20 MB of text in a variable.
        let script = "text=$(head -c 20000000 /dev/zero | tr '\\0' x); sleep 0.2; echo ${#text}";
        let measured = run(Command::new("sh").args(["-c", script]), &log).unwrap();
        assert_eq!(measured.said, "20000000\n");
        assert!(measured.seconds >= 0.2, "{}", measured.seconds);
        assert!(measured.peak_memory.is_some_and(|bytes| bytes > 20_000_000), "{:?}", measured.peak_memory);
        let Err(failure) = run(Command::new("sh").args(["-c", "echo no room >&2; exit 3"]), &log) else {
            panic!("a failure was measured")
        };
        assert!(failure.message.contains("no room"), "{}", failure.message);
        for file in [log.clone(), log.with_extension("errors")] {
            fs::remove_file(file).unwrap();
        }
    }
}
