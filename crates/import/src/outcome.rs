//! The report of an import: the articles that were made and left out, and the losses.

use super::loss::Loss;
use editorial::diagnostics::{Failure, Problem, report};
use model::Lang;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The entry for one article.
pub struct Entry {
    /// Its place, or its name in the export.
    pub heading: String,
    /// The losses, each with the text that it is about.
    pub losses: Vec<(String, Loss)>,
}

impl Entry {
    /// The heading, and what is to be looked at below it.
    fn text(&self) -> String {
        let mut text = format!("{}\n", self.heading);
        let mut subjects: Vec<&str> = Vec::new();
        for (subject, _) in &self.losses {
            if !subjects.contains(&subject.as_str()) {
                subjects.push(subject);
            }
        }
        for subject in subjects {
            if !subject.is_empty() {
                let _ = writeln!(text, "  {subject}");
            }
            for (_, loss) in self.losses.iter().filter(|(known, _)| known == subject) {
                let _ = writeln!(text, "  - {}", loss.what);
                if !loss.excerpt.is_empty() {
                    let _ = writeln!(text, "      {}", loss.excerpt);
                }
            }
        }
        text
    }
}

/// The report of an import.
#[derive(Default)]
pub struct Report {
    /// The entries: articles with losses, and articles that were left out.
    pub entries: Vec<Entry>,
    /// How many articles were made.
    pub articles: usize,
    /// How many texts they have.
    pub texts: usize,
    /// How many picture files they have.
    pub pictures: usize,
    /// How many articles were not made.
    pub left_out: usize,
    /// How many texts came in.
    pub received: usize,
    /// How many of them are written or named here.
    pub accounted: usize,
    /// How many words of the source were looked for, and whether that is to be said.
    pub proved: (usize, bool),
    /// What is said at the end, and is no loss.
    pub remarks: Vec<String>,
}

impl Report {
    /// Notes something about an article, or about the whole.
    pub fn note(&mut self, heading: impl Into<String>, losses: Vec<(String, Loss)>) {
        if !losses.is_empty() {
            self.entries.push(Entry {
                heading: heading.into(),
                losses,
            });
        }
    }

    /// Notes an article that was not made, with the names of its texts.
    pub fn leave_out(&mut self, subjects: &[String], why: &str) {
        self.left_out += 1;
        self.accounted += subjects.len();
        let heading = subjects.first().cloned().unwrap_or_default();
        let others = subjects
            .iter()
            .skip(1)
            .map(|other| Loss::new("left out with it: another language", other));
        let losses = std::iter::once(Loss::new(format!("left out: {why}"), "")).chain(others);
        self.note(heading, losses.map(|loss| (String::new(), loss)).collect());
    }

    /// Compares the number of texts that came in with those that are written or named here. A
    /// difference is a fault of the tool, and the report says so.
    pub fn reconcile(&mut self) {
        if self.received != self.accounted {
            let what = format!(
                "{} came in, and {} are written or named here: this is a fault of the tool, compare the two",
                count(self.received, "text"),
                self.accounted
            );
            self.note("the export", vec![(String::new(), Loss::new(what, ""))]);
        }
    }

    /// Whether everything was carried over.
    pub fn is_clean(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, each with what is to be looked at.
    pub fn entries_text(&self) -> String {
        let texts = self.entry_texts();
        texts.iter().map(|text| format!("{text}\n")).collect()
    }

    /// Likewise, one by one.
    pub fn entry_texts(&self) -> Vec<String> {
        self.entries.iter().map(Entry::text).collect()
    }

    /// The whole report. `dry` is whether nothing was written.
    pub fn text(&self, content: &str, dry: bool) -> String {
        let mut text = self.entries_text();
        let done = if dry { "would import" } else { "imported" };
        let made = format!(
            "{} ({}, {})",
            count(self.articles, "article"),
            count(self.texts, "text"),
            count(self.pictures, "picture")
        );
        let losses: usize = self.entries.iter().map(|entry| entry.losses.len()).sum();
        let _ = write!(text, "{done} {made} into {content}");
        if self.left_out > 0 {
            let _ = write!(text, "; {} left out", self.left_out);
        }
        let _ = match losses {
            0 if self.articles == 0 => writeln!(text, "; there was nothing to import"),
            0 => writeln!(text, "; everything was carried over"),
            _ => writeln!(text, "; {} to look at", count(losses, "thing")),
        };
        if self.proved.1 {
            let _ = writeln!(
                text,
                "{} of the source were looked for: each is in the articles or in this report",
                count(self.proved.0, "word")
            );
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "{remark}");
        }
        text
    }
}

/// The result of an import.
pub struct Imported {
    /// The report for the editor.
    pub report: String,
    /// Whether everything was carried over.
    pub complete: bool,
}

/// A failure with the report of what is wrong.
pub(crate) fn refuse(problems: Vec<Problem>, why: &str) -> Failure {
    Failure::new(why).details(report::report(problems, 1, Lang::En))
}

/// The report of an import, saved where that was asked for.
pub(crate) fn finish(
    report: &Report,
    content: &Path,
    dry_run: bool,
    file: Option<&Path>,
) -> Result<Imported, Failure> {
    let text = report.text(&content.display().to_string(), dry_run);
    if let Some(path) = file {
        fs::write(path, &text).map_err(|error| Failure::io("write", path, &error))?;
    }
    Ok(Imported {
        // An export without texts is no success.
        complete: report.is_clean() && report.articles > 0,
        report: text,
    })
}

/// A number of things, in words.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_each_thing_below_its_article() {
        let mut report = Report {
            articles: 1,
            texts: 2,
            ..Report::default()
        };
        assert!(report.is_clean());
        report.note(
            "port/a",
            vec![("vi, post 1".to_owned(), Loss::new("x", "y\n\u{202e}z"))],
        );
        report.leave_out(&["post 2 “b”".to_owned()], "why");
        assert_eq!(
            report.text("content", false),
            "port/a\n  vi, post 1\n  - x\n      y z\n\npost 2 “b”\n  - left out: why\n\nimported 1 article (2 texts, 0 pictures) into content; 1 left out; 2 things to look at\n"
        );
    }

    #[test]
    fn nothing_is_said_to_be_carried_over_that_was_lost_on_the_way() {
        let mut report = Report {
            received: 3,
            accounted: 2,
            ..Report::default()
        };
        report.leave_out(&["post 2 “b”".to_owned()], "why");
        report.reconcile();
        assert_eq!(report.entries.len(), 1);
        report.received += 1;
        report.reconcile();
        let text = report.text("content", false);
        assert!(
            text.contains("4 texts came in, and 3 are written or named here"),
            "{text}"
        );
        assert!(!text.contains("everything"), "{text}");
    }
}
