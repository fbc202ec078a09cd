//! The report: every problem with its line of source, sorted by file and position, as text or as
//! JSON.

use crate::diagnostics::{Message, Problem, Severity};
use crate::message;
use model::Lang;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The whole report with its closing line, in a language. `files` is how many files were read.
pub fn report(problems: Vec<Problem>, files: usize, lang: Lang) -> String {
    let problems = in_order(problems);
    let mut text = String::new();
    for problem in &problems {
        text.push_str(&entry(problem, lang));
        text.push('\n');
    }
    text.push_str(&closing(&problems, files).in_lang(lang));
    text.push('\n');
    text
}

/// The whole report as one JSON document, with the same problems in the same order.
pub fn json(problems: Vec<Problem>, files: usize) -> String {
    let problems = in_order(problems);
    let [errors, warnings] = numbers(&problems);
    let report = Report {
        files,
        errors,
        warnings,
        problems: problems.iter().map(Entry::of).collect(),
    };
    // Serialising numbers and texts cannot fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

/// The report as JSON.
#[derive(Serialize)]
struct Report<'a> {
    files: usize,
    errors: usize,
    warnings: usize,
    problems: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    severity: &'static str,
    file: &'a str,
    /// From 1; `null` where the problem concerns the whole file.
    line: Option<usize>,
    /// In characters, from 1.
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            severity: problem.severity.word(),
            file: &problem.file,
            line: problem.location.as_ref().map(|place| place.line),
            column: problem.location.as_ref().map(|place| place.column),
            message: &problem.message,
            help: problem.help.as_deref(),
        }
    }
}

fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| a.order().cmp(&b.order()));
    problems.dedup();
    problems
}

/// How many errors and warnings there are.
fn numbers(problems: &[Problem]) -> [usize; 2] {
    [Severity::Error, Severity::Warning].map(|severity| {
        problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    })
}

/// One problem as it is printed.
fn entry(problem: &Problem, lang: Lang) -> String {
    let mut text = format!(
        "{}: {}\n",
        problem.severity.name().in_lang(lang),
        one_line(&problem.message.in_lang(lang))
    );
    let mut gutter = String::from(" ");
    if let Some(place) = &problem.location {
        let number = place.line.to_string();
        gutter = " ".repeat(number.len());
        let _ = writeln!(
            text,
            "{gutter}--> {}:{}:{}",
            one_line(&problem.file),
            place.line,
            place.column
        );
        let _ = writeln!(text, "{gutter} |");
        let _ = writeln!(
            text,
            "{}",
            format!("{number} | {}", place.excerpt).trim_end()
        );
        let _ = writeln!(text, "{gutter} | {}^", " ".repeat(place.caret));
    } else {
        let _ = writeln!(text, "{gutter}--> {}", one_line(&problem.file));
    }
    if let Some(help) = &problem.help {
        let what = message!("help").in_lang(lang);
        let _ = writeln!(text, "{gutter} = {what}: {}", one_line(&help.in_lang(lang)));
    }
    text
}

/// Replaces line breaks and unwanted characters, so that file names and texts cannot control the
/// terminal.
fn one_line(text: &str) -> String {
    let unwanted = crate::diagnostics::characters::unwanted(text);
    let is_odd = |at, c| c == '\n' || unwanted.binary_search(&(at, c)).is_ok();
    text.char_indices()
        .map(|(at, c)| if is_odd(at, c) { '\u{fffd}' } else { c })
        .collect()
}

fn closing(problems: &[Problem], files: usize) -> Message {
    let named: BTreeSet<&str> = problems
        .iter()
        .map(|problem| problem.file.as_str())
        .collect();
    let [errors, warnings] = numbers(problems);
    let checked = match files {
        1 => message!("1 file"),
        number => message!("{number} files", number),
    };
    let named = match named.len() {
        1 => message!("1 file"),
        number => message!("{number} files", number),
    };
    let problems = match errors {
        1 => message!("1 problem"),
        number => message!("{number} problems", number),
    };
    let warned = match warnings {
        1 => message!("1 warning"),
        number => message!("{number} warnings", number),
    };
    match (errors, warnings) {
        (0, 0) => message!("checked {files}: no problems", files = checked),
        (0, _) => message!(
            "checked {files}: no problems, {warnings}",
            files = checked,
            warnings = warned
        ),
        (_, 0) => message!("{problems} in {files}", problems, files = named),
        _ => message!(
            "{problems} and {warnings} in {files}",
            problems,
            warnings = warned,
            files = named
        ),
    }
}

/// A number with its noun: `1 file`, `2 files`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Location;

    #[test]
    fn a_problem_is_shown_with_its_place_and_remedy() {
        let text = "\n".repeat(18) + "  \"tittle\": 1";
        let problem = Problem::at(
            "vi.json",
            Location::new(&text, 20),
            Message::verbatim("unknown key"),
        )
        .help(Message::verbatim("write \"title\""));
        let expected = "error: unknown key\n  --> vi.json:19:3\n   |\n19 |   \"tittle\": 1\n   |   ^\n   = help: write \"title\"\n\n1 problem in 1 file\n";
        assert_eq!(
            report(vec![problem.clone(), problem], 4, Lang::En),
            expected
        );
    }

    #[test]
    fn problems_are_sorted_by_file_line_and_column() {
        let at = |file: &str, offset| {
            Problem::at(
                file,
                Location::new("ab\ncd", offset),
                Message::verbatim("x"),
            )
        };
        let text = report(
            vec![
                at("b", 4),
                at("b", 1),
                at("a", 3),
                Problem::with_file("b", Message::verbatim("y")),
            ],
            2,
            Lang::En,
        );
        let places: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_once("--> "))
            .map(|(_, at)| at)
            .collect();
        assert_eq!(places, ["a:2:1", "b", "b:1:2", "b:2:2"]);
        assert!(text.ends_with("4 problems in 2 files\n"));
    }

    #[test]
    fn a_clean_folder_is_reported_with_what_was_read() {
        assert_eq!(
            report(Vec::new(), 7, Lang::En),
            "checked 7 files: no problems\n"
        );
    }

    #[test]
    fn warnings_are_called_so_and_counted_apart() {
        let warning = Problem::with_file("b", Message::verbatim("y"))
            .help(Message::verbatim("z"))
            .warning();
        let text = report(vec![warning.clone()], 2, Lang::En);
        assert_eq!(
            text,
            "warning: y\n --> b\n  = help: z\n\nchecked 2 files: no problems, 1 warning\n"
        );
        let both = report(
            vec![warning, Problem::with_file("a", Message::verbatim("x"))],
            2,
            Lang::En,
        );
        assert!(
            both.ends_with("1 problem and 1 warning in 2 files\n"),
            "{both}"
        );
    }

    #[test]
    fn a_program_reads_the_same_problems() {
        let warning = Problem::with_file("b", Message::verbatim("y")).warning();
        let error = Problem::at("a", Location::new("ab\ncd", 4), Message::verbatim("x"))
            .help(Message::verbatim("z"));
        let read: serde_json::Value = serde_json::from_str(&json(vec![warning, error], 7)).unwrap();
        let expected = serde_json::json!({
            "files": 7, "errors": 1, "warnings": 1,
            "problems": [
                {"severity": "error", "file": "a", "line": 2, "column": 2, "message": "x", "help": "z"},
                {"severity": "warning", "file": "b", "line": null, "column": null, "message": "y", "help": null},
            ]
        });
        assert_eq!(read, expected);
    }
}
