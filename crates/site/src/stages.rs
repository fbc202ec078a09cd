//! The stages of a build: what a person sees while it goes on, and what a machine gets at its end.

use crate::print;
use serde::Serialize;
use std::fs;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How often a terminal is told how far a stage is.
const TICK: Duration = Duration::from_millis(250);

/// A stage that is done.
#[derive(Debug, Serialize)]
pub(crate) struct Stage {
    /// What it is called.
    name: &'static str,
    /// How long it took, in seconds.
    seconds: f64,
    /// How long the processors worked for it, all threads together, in seconds; where the system says it.
    cpu_seconds: Option<f64>,
    /// How many things it went through: articles, pages, pictures, files.
    things: usize,
    /// What these things are.
    of: &'static str,
    /// How many of them were made anew.
    made: usize,
    /// The most memory that the program had in use during the stage, in bytes; where the system says it.
    peak_memory: Option<u64>,
    /// How many bytes the files have that it wrote or kept; `None` where it makes no files.
    bytes: Option<u64>,
}

/// What a stage counts while it works.
#[derive(Default)]
pub(crate) struct Count {
    /// Things that are done.
    pub(crate) things: AtomicUsize,
    /// Things that were made anew.
    pub(crate) made: AtomicUsize,
    /// The bytes of all files of these things.
    pub(crate) bytes: AtomicU64,
}

impl Count {
    /// One thing is done; `made` says whether it was made anew.
    pub(crate) fn one(&self, made: bool) {
        self.things.fetch_add(1, Ordering::Relaxed);
        self.made.fetch_add(usize::from(made), Ordering::Relaxed);
    }
}

/// All stages of a build.
pub(crate) struct Stages {
    /// Whether a person wants to see them.
    shown: bool,
    done: Vec<Stage>,
}

impl Stages {
    /// Begins with none. `shown` is whether a person wants to see them.
    pub(crate) fn new(shown: bool) -> Self {
        Self { shown, done: Vec::new() }
    }

    /// Runs a stage. `of` is what it goes through.
    ///
    /// # Errors
    /// What the stage itself fails with.
    pub(crate) fn run<T, E>(
        &mut self,
        name: &'static str,
        of: &'static str,
        work: impl FnOnce(&Count) -> Result<T, E>,
    ) -> Result<T, E> {
        forget_peak();
        let (count, begin, cpu) = (Count::default(), Instant::now(), cpu());
        let ticking = self.shown && std::io::stderr().is_terminal();
        let done = std::thread::scope(|scope| {
            let (stop, stopped) = mpsc::channel::<()>();
            if ticking {
                let count = &count;
                scope.spawn(move || {
                    while stopped.recv_timeout(TICK) == Err(mpsc::RecvTimeoutError::Timeout) {
                        print::aside(format!("\r{name:<12} {:>9} {of}", count.things.load(Ordering::Relaxed)));
                    }
                    print::aside("\r\u{1b}[K");
                });
            }
            let done = work(&count);
            drop(stop);
            done
        })?;
        let stage = Stage {
            name,
            seconds: begin.elapsed().as_secs_f64(),
            cpu_seconds: cpu.zip(self::cpu()).map(|(before, after)| after.saturating_sub(before).as_secs_f64()),
            things: count.things.into_inner(),
            of,
            made: count.made.into_inner(),
            peak_memory: peak(),
            bytes: Some(count.bytes.into_inner()).filter(|bytes| *bytes > 0),
        };
        if self.shown {
            print::aside(line(&stage) + "\n");
        }
        self.done.push(stage);
        Ok(done)
    }

    /// The stages that are done.
    pub(crate) fn done(&self) -> &[Stage] {
        &self.done
    }
}

/// A stage as a person reads it.
fn line(stage: &Stage) -> String {
    let Stage { name, seconds, things, of, made, .. } = stage;
    let new = if made == things { String::new() } else { format!(", {made} new") };
    format!("{name:<12} {seconds:>7.2} s  {things} {of}{new}")
}

/// How long the processors have worked for the program until now.
#[cfg(unix)]
fn cpu() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.try_into().ok()?, time.tv_nsec.try_into().ok()?))
}

#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// The most memory that was in use since [`forget_peak`], in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Begins to measure anew, where the system can.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_says_what_it_went_through_and_what_was_new() {
        let mut stages = Stages::new(false);
        let done: Result<u8, ()> = stages.run("pages", "pages", |count| {
            count.one(true);
            count.one(false);
            Ok(7)
        });
        assert_eq!(done, Ok(7));
        let stage = &stages.done()[0];
        assert_eq!((stage.things, stage.made), (2, 1));
        assert_eq!(stage.cpu_seconds.is_some(), cfg!(unix));
        assert!(line(stage).ends_with("2 pages, 1 new"), "{}", line(stage));
    }
}
