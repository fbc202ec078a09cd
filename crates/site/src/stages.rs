//! The stages of a build: their progress on a terminal, and their timings for `--json`.

use crate::print;
use serde::Serialize;
use std::fs;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How often the progress on a terminal is updated.
const TICK: Duration = Duration::from_millis(250);

/// A finished stage.
#[derive(Debug, Serialize)]
pub(crate) struct Stage {
    /// Its name.
    name: &'static str,
    /// The time that it took, in seconds.
    seconds: f64,
    /// The CPU time of all threads, in seconds; `None` where the system does not tell.
    cpu_seconds: Option<f64>,
    /// How many things it processed: articles, pages, pictures, files.
    things: usize,
    /// The plural noun for these things.
    of: &'static str,
    /// How many of them were made anew.
    made: usize,
    /// The peak memory of the process during the stage, in bytes; `None` where the system does not
    /// tell.
    peak_memory: Option<u64>,
    /// The size of all files that it wrote or kept, in bytes; `None` where it makes no files.
    bytes: Option<u64>,
}

/// The counters of a running stage.
#[derive(Default)]
pub(crate) struct Count {
    /// Finished things.
    pub(crate) things: AtomicUsize,
    /// Things that were made anew.
    pub(crate) made: AtomicUsize,
    /// The size of their files, in bytes.
    pub(crate) bytes: AtomicU64,
}

impl Count {
    /// Counts one finished thing. `made` is whether it was made anew.
    pub(crate) fn one(&self, made: bool) {
        self.things.fetch_add(1, Ordering::Relaxed);
        self.made.fetch_add(usize::from(made), Ordering::Relaxed);
    }
}

/// All stages of a build.
pub(crate) struct Stages {
    /// Whether progress is printed.
    shown: bool,
    /// Who else hears of it.
    told: Option<Told>,
    done: Vec<Stage>,
}

/// Who hears of the progress: the stage, how many things it has done, and what they are.
pub(crate) type Told = Box<dyn Fn(&'static str, usize, &'static str) + Send + Sync>;

impl Stages {
    /// No stages yet. `shown` is whether progress is printed.
    pub(crate) fn new(shown: bool) -> Self {
        Self {
            shown,
            told: None,
            done: Vec::new(),
        }
    }

    /// No stages yet. Nothing is printed; `told` hears of the progress.
    pub(crate) fn telling(told: Told) -> Self {
        Self {
            told: Some(told),
            ..Self::new(false)
        }
    }

    /// Runs a stage. `of` is the plural noun for what it counts.
    ///
    /// # Errors
    /// The stage's own error.
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
            if let Some(told) = &self.told {
                told(name, 0, of);
            }
            if ticking || self.told.is_some() {
                let (count, told) = (&count, &self.told);
                scope.spawn(move || {
                    while stopped.recv_timeout(TICK) == Err(mpsc::RecvTimeoutError::Timeout) {
                        if let Some(told) = told {
                            told(name, count.things.load(Ordering::Relaxed), of);
                            continue;
                        }
                        print::stderr(format!(
                            "\r{name:<12} {:>9} {of}",
                            count.things.load(Ordering::Relaxed)
                        ));
                    }
                    if told.is_none() {
                        print::stderr("\r\u{1b}[K");
                    }
                });
            }
            let done = work(&count);
            drop(stop);
            done
        })?;
        let stage = Stage {
            name,
            seconds: begin.elapsed().as_secs_f64(),
            cpu_seconds: cpu
                .zip(self::cpu())
                .map(|(before, after)| after.saturating_sub(before).as_secs_f64()),
            things: count.things.into_inner(),
            of,
            made: count.made.into_inner(),
            peak_memory: peak(),
            bytes: Some(count.bytes.into_inner()).filter(|bytes| *bytes > 0),
        };
        if self.shown {
            print::stderr(line(&stage) + "\n");
        }
        self.done.push(stage);
        Ok(done)
    }

    /// The finished stages.
    pub(crate) fn done(&self) -> &[Stage] {
        &self.done
    }
}

/// A stage as a line of text.
fn line(stage: &Stage) -> String {
    let Stage {
        name,
        seconds,
        things,
        of,
        made,
        ..
    } = stage;
    let new = if made == things {
        String::new()
    } else {
        format!(", {made} new")
    };
    format!("{name:<12} {seconds:>7.2} s  {things} {of}{new}")
}

/// The CPU time of the process so far.
#[cfg(unix)]
fn cpu() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(
        time.tv_sec.try_into().ok()?,
        time.tv_nsec.try_into().ok()?,
    ))
}

#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// The peak memory of the process since [`forget_peak`], in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Resets the peak, where the system can.
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
