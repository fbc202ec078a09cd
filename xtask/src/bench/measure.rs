//! Runs a program to its end, and measures its time, its CPU time and its peak memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::folder::failed;
use crate::failure::Failure;
use crate::process;

/// The interval at which the process is polled.
const POLL: Duration = Duration::from_millis(5);

/// The tick in which Linux counts CPU time. It is the same on all machines.
const TICK: Duration = Duration::from_millis(10);

/// The measurements of a run.
pub(crate) struct Measured {
    /// Wall-clock time.
    pub(crate) seconds: f64,
    /// CPU time in seconds of all threads, user and system; only on Linux. Where other programs are
    /// running, it says more than `seconds`.
    pub(crate) cpu: Option<f64>,
    /// The peak memory in bytes, as far as [`POLL`] can tell; only on Linux.
    pub(crate) peak_memory: Option<u64>,
    /// Its standard output.
    pub(crate) stdout: String,
}

/// Runs a program. Its output goes to `log`, and its errors to the file next to it that ends in
/// `.errors`.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Measured, Failure> {
    let line = process::line(command);
    let errors = log.with_extension("errors");
    let create = |path: &Path| File::create(path).map_err(|error| failed("write", path, &error));
    command
        .stdin(Stdio::null())
        .stdout(create(log)?)
        .stderr(create(&errors)?);
    let start = Instant::now();
    let mut child = command
        .spawn()
        .map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
    let (mut peak_memory, mut cpu) = (None, None);
    // The system keeps the figures of a process until it is waited for, so they are read once more
    // after its end.
    while let Some(stat) = ProcStat::of(child.id()) {
        peak_memory = peak_memory.max(peak_of(child.id()));
        cpu = Some(stat.cpu.as_secs_f64());
        if stat.ended {
            break;
        }
        sleep(POLL);
    }
    let status = child
        .wait()
        .map_err(|error| Failure::broken(format!("cannot wait for `{line}`: {error}")))?;
    let seconds = start.elapsed().as_secs_f64();
    let stdout = fs::read_to_string(log).unwrap_or_default();
    if status.success() {
        return Ok(Measured {
            seconds,
            cpu,
            peak_memory,
            stdout,
        });
    }
    let wrong = fs::read_to_string(&errors).unwrap_or_default();
    Err(Failure::broken(format!(
        "`{line}` failed: {status}\n{}{wrong}",
        tail(&stdout)
    )))
}

/// The last lines of the output, because reports of a large portal can be long.
fn tail(stdout: &str) -> String {
    let lines: Vec<&str> = stdout.lines().collect();
    lines[lines.len().saturating_sub(20)..]
        .iter()
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The figures of the system for a process.
struct ProcStat {
    /// Whether it has ended and has not been waited for.
    ended: bool,
    /// The CPU time of the process, and of the children that it has waited for.
    cpu: Duration,
}

impl ProcStat {
    fn of(process: u32) -> Option<Self> {
        Self::read(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
    }

    /// Reads `/proc/…/stat`: number, name in brackets, state, then many numbers.
    fn read(stat: &str) -> Option<Self> {
        let mut fields = stat.get(stat.rfind(')')? + 1..)?.split_whitespace();
        let ended = fields.next()? == "Z";
        let ticks = fields
            .skip(10)
            .take(4)
            .map(|ticks| ticks.parse::<u32>().ok());
        Some(Self {
            ended,
            cpu: TICK * ticks.sum::<Option<u32>>()?,
        })
    }
}

/// The processors' time of a process and of those below it, in seconds; only on Linux.
pub(crate) fn cpu_of_family(process: u32) -> f64 {
    let own = ProcStat::of(process).map_or(0.0, |stat| stat.cpu.as_secs_f64());
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    let children = children.unwrap_or_default();
    let numbers = children
        .split_whitespace()
        .filter_map(|number| number.parse().ok());
    own + numbers.map(cpu_of_family).sum::<f64>()
}

/// The memory of a process now, in bytes; only on Linux.
pub(crate) fn memory_of(process: u32) -> Option<u64> {
    status_of(process, "VmRSS:")
}

/// The peak memory of a process until now, in bytes.
fn peak_of(process: u32) -> Option<u64> {
    status_of(process, "VmHWM:")
}

fn status_of(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim()
        .trim_end_matches("kB")
        .trim()
        .parse()
        .ok()
        .map(|kilobytes: u64| kilobytes * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_processors_time_is_read_whatever_the_program_is_called() {
        let stat = "7 (a) R (b) Z 1 7 7 0 -1 4194560 9 0 0 0 150 25 20 5 20 0 1 0 99 0 0";
        let parsed = ProcStat::read(stat).unwrap();
        assert!(parsed.ended);
        assert_eq!(parsed.cpu, Duration::from_secs(2));
        assert!(
            ProcStat::read("7 (a) S 1")
                .is_some_and(|stat| stat.cpu == Duration::ZERO && !stat.ended)
        );
    }

    #[test]
    fn a_program_that_works_uses_the_processor_and_one_that_sleeps_does_not() {
        let log = std::env::temp_dir().join(format!("xtask-cpu-{}", std::process::id()));
        let cpu = |script: &str| {
            run(Command::new("sh").args(["-c", script]), &log)
                .unwrap()
                .cpu
                .unwrap()
        };
        let work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
        let (working, waited_for, asleep) = (
            cpu(work),
            cpu(&format!("sh -c '{work}'; true")),
            cpu("sleep 0.5"),
        );
        assert!(
            working > 0.03 && waited_for > 0.03,
            "{working} {waited_for}"
        );
        assert!(asleep < 0.1, "{asleep}");
        for file in [log.clone(), log.with_extension("errors")] {
            fs::remove_file(file).unwrap();
        }
    }

    #[test]
    fn a_programs_time_and_memory_are_those_of_the_program() {
        let log = std::env::temp_dir().join(format!("xtask-measure-{}", std::process::id()));
        // 20 MB of text in a variable.
        let script = "text=$(head -c 20000000 /dev/zero | tr '\\0' x); sleep 0.2; echo ${#text}";
        let measured = run(Command::new("sh").args(["-c", script]), &log).unwrap();
        assert_eq!(measured.stdout, "20000000\n");
        assert!(measured.seconds >= 0.2, "{}", measured.seconds);
        assert!(
            measured.peak_memory.is_some_and(|bytes| bytes > 20_000_000),
            "{:?}",
            measured.peak_memory
        );
        let Err(failure) = run(
            Command::new("sh").args(["-c", "echo no room >&2; exit 3"]),
            &log,
        ) else {
            panic!("a failure was measured")
        };
        assert!(failure.message.contains("no room"), "{}", failure.message);
        for file in [log.clone(), log.with_extension("errors")] {
            fs::remove_file(file).unwrap();
        }
    }
}
