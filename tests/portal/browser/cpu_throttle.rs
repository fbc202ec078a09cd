//! Slows a browser down: `PORTAL_SLOW=4` stops all its processes for three quarters of the time.
//!
//! Journeys wait for conditions and not for times, so they must pass with it. A failure is a race
//! condition that occurs on slow devices.

use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long the processes run between two stops.
const RUN: Duration = Duration::from_millis(5);
/// The number of turns between two searches for new processes.
const TURNS_PER_SEARCH: usize = 20;

/// Slows all descendants of a process until it is dropped.
pub(super) struct CpuThrottle {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl CpuThrottle {
    /// Slows the descendants of a process by the factor in `PORTAL_SLOW`; `None` without a factor
    /// from 2 to 100.
    pub(super) fn on(process: u32) -> Option<Self> {
        let times = std::env::var("PORTAL_SLOW")
            .ok()?
            .parse()
            .ok()
            .filter(|times| (2..=100).contains(times))?;
        let over = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&over);
        let thread = thread::spawn(move || slow(process, times, &watched));
        Some(Self {
            over,
            thread: Some(thread),
        })
    }
}

impl Drop for CpuThrottle {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn slow(process: u32, times: u32, over: &AtomicBool) {
    let mut below = Vec::new();
    for turn in 0.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        if turn % TURNS_PER_SEARCH == 0 {
            below = descendants(process);
        }
        signal(&below, Signal::STOP);
        thread::sleep(RUN * (times - 1));
        signal(&below, Signal::CONT);
        thread::sleep(RUN);
    }
}

fn signal(processes: &[u32], signal: Signal) {
    for process in processes {
        if let Some(process) = i32::try_from(*process).ok().and_then(Pid::from_raw) {
            // The process may have exited.
            let _ = kill_process(process, signal);
        }
    }
}

/// All descendants of a process, from Linux's `/proc`.
fn descendants(process: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: BTreeMap<u32, u32> = numbers
        .filter_map(|number| Some((number, parent(number)?)))
        .collect();
    let is_below = |mut number: u32| {
        while let Some(parent) = parents.get(&number) {
            if *parent == process {
                return true;
            }
            number = *parent;
        }
        false
    };
    parents
        .keys()
        .copied()
        .filter(|number| is_below(*number))
        .collect()
}

/// The parent's id: the second field after the name, which is in brackets and may contain anything.
fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
