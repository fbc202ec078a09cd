//! A browser on a slow machine: `PORTAL_SLOW=4` stops all its processes for three quarters of the time.
//!
//! Journeys wait for what happens, so they have to pass with it; what fails then is a race that somebody's old telephone
//! loses every day.

use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long the processes run at a time.
const RUN: Duration = Duration::from_millis(5);
/// After how many turns new processes are looked for.
const LOOK: usize = 20;

/// A brake on all processes below one, for as long as it is held.
pub(super) struct Brake {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Brake {
    /// Slows what is below this process as often as the environment says; nothing where it says nothing.
    pub(super) fn on(process: u32) -> Option<Self> {
        let times = std::env::var("PORTAL_SLOW").ok()?.parse().ok().filter(|times| (2..=100).contains(times))?;
        let over = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&over);
        let thread = thread::spawn(move || slow(process, times, &watched));
        Some(Self { over, thread: Some(thread) })
    }
}

impl Drop for Brake {
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
        if turn % LOOK == 0 {
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
            // It may be gone.
            let _ = kill_process(process, signal);
        }
    }
}

/// The processes that a process has started, and those that they have started. Linux says so in `/proc`.
fn descendants(process: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: BTreeMap<u32, u32> = numbers.filter_map(|number| Some((number, parent(number)?))).collect();
    let is_below = |mut number: u32| {
        while let Some(parent) = parents.get(&number) {
            if *parent == process {
                return true;
            }
            number = *parent;
        }
        false
    };
    parents.keys().copied().filter(|number| is_below(*number)).collect()
}

/// The second field after the name, which stands in brackets and may hold anything.
fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
