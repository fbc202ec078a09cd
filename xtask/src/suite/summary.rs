//! The summary of a failing test run: which tests failed, where and why in a few words, and how to
//! run just them.
//!
//! A run prints thousands of lines. The summary fits a screen and holds no backtraces, so that
//! nobody has to scroll.

use std::fmt::Write;

/// How many failures are shown with their reason. The others are shown by name.
const SHOWN: usize = 4;
/// How many are shown by name at most.
const NAMED: usize = 8;
/// How many lines of a reason are shown.
const LINES: usize = 3;
/// How long a line is, in characters.
const WIDTH: usize = 110;

/// Reads what `cargo test` prints, line by line.
#[derive(Default)]
pub(crate) struct Summary {
    passed: usize,
    failed: Vec<Failed>,
    /// Whether the next lines are the output of the last test in `failed`.
    reading: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Failed {
    test: String,
    place: Option<String>,
    reason: Vec<String>,
    /// Whether the reason is complete.
    over: bool,
}

impl Summary {
    /// Takes one line of the output, without its end.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(test) = line
            .strip_prefix("---- ")
            .and_then(|rest| rest.strip_suffix(" stdout ----"))
        {
            self.failed.push(Failed {
                test: test.to_owned(),
                place: None,
                reason: Vec::new(),
                over: false,
            });
            self.reading = true;
        } else if line == "failures:" || line.starts_with("test result: ") {
            self.reading = false;
            self.passed += passed(line).unwrap_or_default();
        } else if let Some(failed) = self.failed.last_mut().filter(|_| self.reading) {
            failed.read(line);
        }
    }

    /// The summary; `None` where no test has failed.
    pub(crate) fn render(&self) -> Option<String> {
        if self.failed.is_empty() {
            return None;
        }
        let mut text = format!("{} passed, {} failed:\n", self.passed, self.failed.len());
        for failed in self.failed.iter().take(SHOWN) {
            let _ = write!(text, "\n{}", failed.render());
        }
        let others: Vec<&str> = self
            .failed
            .iter()
            .skip(SHOWN)
            .map(|failed| failed.test.as_str())
            .collect();
        if !others.is_empty() {
            let named = others
                .iter()
                .take(NAMED)
                .map(|name| format!("\n  {name}"))
                .collect::<String>();
            let _ = write!(text, "\nalso failed:{named}");
            if others.len() > NAMED {
                let _ = write!(text, "\n  and {} more", others.len() - NAMED);
            }
            text.push('\n');
        }
        text.push_str("\nRUST_BACKTRACE=1 before a command shows how the test came there");
        Some(text)
    }
}

/// The number of passed tests, where the line is the last line of a test program.
fn passed(line: &str) -> Option<usize> {
    let counted = line.strip_prefix("test result: ")?.split(". ").nth(1)?;
    counted.split(" passed").next()?.parse().ok()
}

impl Failed {
    /// A panic reads `thread '…' panicked at PLACE:`, with its message in the lines below.
    fn read(&mut self, line: &str) {
        if let Some(place) = line
            .split_once("panicked at ")
            .filter(|(before, _)| before.starts_with("thread '"))
        {
            if self.place.is_none() {
                self.place = Some(place.1.trim_end_matches(':').to_owned());
            }
        } else if self.place.is_some() {
            let ended = line.starts_with("note: ") || line.starts_with("stack backtrace:");
            self.over |= ended || (line.is_empty() && !self.reason.is_empty());
            if !self.over && !line.is_empty() && self.reason.len() < LINES {
                self.reason.push(shortened(line));
            }
        } else if line.starts_with("Error: ") && self.reason.is_empty() {
            self.reason.push(shortened(line));
        }
    }

    fn render(&self) -> String {
        let mut text = format!("  {}", self.test);
        if let Some(place) = &self.place {
            let _ = write!(text, "\n    at {}", shortened(place));
        }
        for line in &self.reason {
            let _ = write!(text, "\n    {line}");
        }
        let _ = writeln!(
            text,
            "\n    run it: cargo xtask test {} -- --exact",
            self.test
        );
        text
    }
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
running 3 tests
test browser::webkit::back ... FAILED
test fine ... ok

failures:

---- browser::webkit::back stdout ----
PORTAL_SEED=7 makes the same again

thread 'browser::webkit::back' (4242) panicked at tests/portal/browser/session.rs:144:13:
Webkit: waited in vain until the reader is at 360
page: [\"http://127.0.0.1:1/\"]
third
fourth

note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
stack backtrace:
   0: __rustc::rust_begin_unwind

---- gives_an_error stdout ----
Error: \"no such file\"


failures:
    browser::webkit::back
    gives_an_error

test result: FAILED. 437 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 100.00s

running 10 tests
test result: ok. 10 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s
";

    fn summary(output: &str) -> Summary {
        let mut summary = Summary::default();
        output.lines().for_each(|line| summary.read(line));
        summary
    }

    #[test]
    fn a_failure_is_told_with_its_place_its_reason_and_how_to_run_it_alone() {
        let text = summary(OUTPUT).render().unwrap();
        let expected = "\
447 passed, 2 failed:

  browser::webkit::back
    at tests/portal/browser/session.rs:144:13
    Webkit: waited in vain until the reader is at 360
    page: [\"http://127.0.0.1:1/\"]
    third
    run it: cargo xtask test browser::webkit::back -- --exact

  gives_an_error
    Error: \"no such file\"
    run it: cargo xtask test gives_an_error -- --exact

RUST_BACKTRACE=1 before a command shows how the test came there";
        assert_eq!(text, expected);
    }

    #[test]
    fn whatever_fails_fits_a_screen_without_a_backtrace() {
        let long = "x".repeat(5000);
        let blocks: String = (0..300)
            .map(|number| {
                let frames = "   0: frame\n".repeat(50);
                format!(
                    "---- test_{number} stdout ----\nthread 'a' panicked at b.rs:1:2:\n{long}\n{long}\n{long}\n{long}\n\
                     stack backtrace:\n{frames}\n"
                )
            })
            .collect();
        let text = summary(&blocks).render().unwrap();
        assert!(text.lines().count() <= 45, "{} lines", text.lines().count());
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH + 10));
        assert!(!text.contains("frame"), "{text}");
        assert!(text.starts_with("0 passed, 300 failed:\n"), "{text}");
        assert!(text.contains("  and 288 more\n"), "{text}");
    }

    #[test]
    fn where_nothing_failed_there_is_nothing_to_tell() {
        assert_eq!(
            summary("test result: ok. 10 passed; 0 failed; 0 ignored; finished in 0.02s").render(),
            None
        );
    }
}
