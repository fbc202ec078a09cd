//! What a long build has still to do, in one line for the person who waits.

use std::thread::available_parallelism;
use std::time::Duration;

use crate::process::spoken;

/// The steps that are left, with the work that each of them is: the time that one processor has for
/// it.
#[derive(Debug, Default)]
pub(crate) struct Remaining(Vec<(String, Duration)>);

impl Remaining {
    /// Adds a step.
    pub(crate) fn add(&mut self, step: impl Into<String>, work: Duration) {
        self.0.push((step.into(), work));
    }

    /// Removes steps, and says what is left.
    pub(crate) fn done(&mut self, steps: &[impl AsRef<str>]) {
        let before = self.0.len();
        self.0
            .retain(|(known, _)| steps.iter().all(|step| step.as_ref() != known));
        if self.0.len() < before {
            self.say();
        }
    }

    /// Says what is left, where that is worth a line.
    pub(crate) fn say(&self) {
        if let Some(line) = self.line(processors()) {
            eprintln!("{line}");
        }
    }

    fn line(&self, processors: usize) -> Option<String> {
        let work: Duration = self.0.iter().map(|(_, work)| work).sum();
        let time = about_on(work, processors);
        let steps: Vec<&str> = self.0.iter().map(|(step, _)| step.as_str()).collect();
        (!steps.is_empty()).then(|| format!("left: {}; {time}", steps.join(", ")))
    }
}

/// How long an amount of work takes on this machine, as a person would say it.
pub(crate) fn about(work: Duration) -> String {
    about_on(work, processors())
}

fn processors() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The same on this many processors.
fn about_on(work: Duration, processors: usize) -> String {
    let seconds = work.as_secs() / u64::try_from(processors.max(1)).unwrap_or(1);
    let rounded = if seconds < 60 {
        (seconds / 10).max(1) * 10
    } else {
        (seconds + 30) / 60 * 60
    };
    format!(
        "about {}",
        spoken(Duration::from_secs(rounded)).replace(" 0 s", "")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_in_one_line_with_the_time_that_it_takes_here() {
        let mut remaining = Remaining::default();
        assert_eq!(remaining.line(2), None);
        remaining.add("the native tool", Duration::from_secs(500));
        remaining.add("the pages", Duration::from_secs(40));
        assert_eq!(
            remaining.line(2).unwrap(),
            "left: the native tool, the pages; about 5 min"
        );
        assert_eq!(
            remaining.line(8).unwrap(),
            "left: the native tool, the pages; about 1 min"
        );
        remaining.done(&["the native tool"]);
        assert_eq!(remaining.line(2).unwrap(), "left: the pages; about 20 s");
    }
}
