//! What is said while a CMS is followed: a line for each change, and each complaint once.

use crate::print;
use ::sources::Synced;
use editorial::diagnostics::{Failure, report};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The most changes of one sync that are said one by one.
const MOST_LINES: usize = 20;

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    /// Something changed, or has to be looked at.
    News,
    /// Something failed, and is tried again.
    Failure,
}

/// Says a text to the operator.
pub(crate) type Say = fn(Remark, &str) -> Result<(), Failure>;

/// Says what changed on standard output, and what failed on standard error.
///
/// # Errors
/// Where it cannot be printed.
pub(crate) fn aloud(remark: Remark, text: &str) -> Result<(), Failure> {
    match remark {
        Remark::News => print::stdout(text),
        Remark::Failure => {
            print::stderr(text);
            Ok(())
        }
    }
}

/// What was said last.
pub(super) struct Remarks {
    say: Say,
    complaints: BTreeSet<String>,
    failure: Option<String>,
    command: Option<String>,
    has_begun: bool,
}

impl Remarks {
    pub(super) fn new(say: Say) -> Self {
        Self {
            say,
            complaints: BTreeSet::new(),
            failure: None,
            command: None,
            has_begun: false,
        }
    }

    /// Says what a sync did.
    ///
    /// # Errors
    /// Where it cannot be printed.
    pub(super) fn on_sync(&mut self, synced: &Synced) -> Result<(), Failure> {
        let text = self.of_sync(synced);
        self.tell(Remark::News, &text)
    }

    fn of_sync(&mut self, synced: &Synced) -> String {
        let mut text = String::new();
        if self.failure.take().is_some() {
            text.push_str("the CMS is read again\n");
        }
        if !self.has_begun {
            self.has_begun = true;
            if synced.changes.is_empty() {
                text.push_str("everything is as before; now waiting for changes\n");
            }
        }
        for change in synced.changes.iter().take(MOST_LINES) {
            let _ = writeln!(text, "{change}");
        }
        let more = synced.changes.len().saturating_sub(MOST_LINES);
        if more > 0 {
            let _ = writeln!(text, "and {} more", report::count(more, "change"));
        }
        let complaints: BTreeSet<String> = synced.complaints.iter().cloned().collect();
        for complaint in complaints.difference(&self.complaints) {
            text.push_str(complaint);
        }
        self.complaints = complaints;
        text
    }

    /// Says why a sync failed, unless that was said last.
    ///
    /// # Errors
    /// Where it cannot be printed.
    pub(super) fn on_failure(&mut self, failure: &Failure) -> Result<(), Failure> {
        if is_news(&mut self.failure, failure) {
            self.tell(Remark::News, failure.shown_details())?;
            self.tell(Remark::Failure, &format!("site: {failure}\n"))?;
        }
        Ok(())
    }

    /// Says why the command after a change failed, unless that was said last.
    pub(super) fn on_failed_command(&mut self, failure: &Failure) {
        if is_news(&mut self.command, failure) {
            let _ = self.tell(
                Remark::Failure,
                &format!("site: {failure}; it is tried again\n"),
            );
        }
    }

    fn tell(&self, remark: Remark, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        (self.say)(remark, text)
    }

    /// Notes that the command did its work, so that its next failure is news.
    pub(super) fn on_command(&mut self) {
        self.command = None;
    }
}

/// Whether a failure is another one than that which was said last. It is then.
fn is_news(last: &mut Option<String>, failure: &Failure) -> bool {
    let text = format!("{}{failure}", failure.shown_details());
    let is_news = last.as_deref() != Some(text.as_str());
    *last = Some(text);
    is_news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synced(changes: &[String], complaints: &[&str]) -> Synced {
        Synced {
            report: String::new(),
            complete: complaints.is_empty(),
            changes: changes.to_vec(),
            complaints: complaints.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    #[test]
    fn a_complaint_is_said_once_and_again_when_it_comes_back() {
        let mut remarks = Remarks::new(aloud);
        let mut said = |complaints: &[&str]| remarks.of_sync(&synced(&[], complaints));
        assert_eq!(
            said(&["a\n"]),
            "everything is as before; now waiting for changes\na\n"
        );
        assert_eq!(said(&["a\n"]), "");
        assert_eq!(said(&["a\n", "b\n"]), "b\n");
        assert_eq!(said(&["b\n"]), "");
        assert_eq!(said(&["a\n", "b\n"]), "a\n");
    }

    #[test]
    fn a_failure_is_said_once_and_so_is_its_end() {
        let mut remarks = Remarks::new(aloud);
        let failure = |text: &str| Failure::new(text);
        assert!(is_news(&mut remarks.failure, &failure("x")));
        assert!(!is_news(&mut remarks.failure, &failure("x")));
        assert!(is_news(&mut remarks.failure, &failure("y")));
        let changes = ["port/a changed".to_owned()];
        assert_eq!(
            remarks.of_sync(&synced(&changes, &[])),
            "the CMS is read again\nport/a changed\n"
        );
        assert!(is_news(&mut remarks.failure, &failure("y")));
    }

    #[test]
    fn many_changes_are_counted() {
        let changes: Vec<String> = (0..25)
            .map(|number| format!("port/a{number} is new"))
            .collect();
        let text = Remarks::new(aloud).of_sync(&synced(&changes, &[]));
        assert!(
            text.ends_with("port/a19 is new\nand 5 changes more\n"),
            "{text}"
        );
    }
}
