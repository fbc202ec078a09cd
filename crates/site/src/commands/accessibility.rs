//! `site accessibility`: takes what programs for accessibility have found into the assessment.

use super::accessibility_results::{Outcome, read};
use crate::print;
use crate::views::file::today;
use ::desk::patch::{self, Operation};
use ::desk::pointer::Pointer;
use clap::Args;
use editorial::content::authored::assessment::Assessment;
use editorial::content::conformance::Conformance;
use editorial::diagnostics::{Failure, Refusal, Stop, shown};
use editorial::edit::article_folder::replace;
use editorial::json;
use editorial::load::ASSESSMENT;
use editorial::message;
use model::{Day, Lang};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// Which results.
#[derive(Args)]
pub(crate) struct AccessibilityArguments {
    /// What a program has written as JSON: axe-core (one page or a list of them), Lighthouse, or the Nu Html
    /// Checker (vnu --format json)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    results: Vec<PathBuf>,
    /// The day on which it ran; left out, the day that the results say, else today
    #[arg(long, value_name = "DAY", value_parser = day)]
    day: Option<Day>,
    /// The program with its version, where the results do not say it ("Nu Html Checker 26.1")
    #[arg(long, value_name = "NAME")]
    tool: Option<String>,
    /// How many pages it looked at, where the results do not say it: the Nu Html Checker names pages with
    /// problems alone
    #[arg(long, value_name = "N")]
    pages: Option<u32>,
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

/// Parses a day.
fn day(text: &str) -> Result<Day, String> {
    let day = Day::new(text).ok().filter(|day| day.is_whole());
    day.ok_or_else(|| "write a day of the calendar: 2026-05-13".to_owned())
}

/// What one program found, as `accessibility.json` has it.
struct Test {
    day: Day,
    tool: String,
    pages: u32,
    findings: u32,
}

impl Test {
    fn value(&self) -> Value {
        json!({ "day": self.day.to_string(), "tool": self.tool, "pages": self.pages, "findings": self.findings })
    }
}

/// Takes the results.
///
/// # Errors
/// Where a file has no results that are known, or there is no assessment that they could be written into.
pub(crate) fn run(arguments: &AccessibilityArguments) -> Result<bool, Stop> {
    let path = arguments.content.join(ASSESSMENT);
    if !path.is_file() {
        return Err(Stop::refused(message!(
            "there is no {path}: begin it in the desk, or write it as docs/content.md says",
            path = shown(&path)
        )));
    }
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let mut reading = json::read::<Assessment>(&shown(&path), &bytes);
    let Some(assessment) = reading.value.take().filter(|_| reading.problems.is_empty()) else {
        return Err(Stop::Refused(Refusal::Problems {
            problems: reading.problems,
            files: 1,
            closing: None,
            lang: Lang::En,
        }));
    };
    let text = String::from_utf8_lossy(&bytes);
    let tests = tests(arguments)?;
    let changed = changed(&text, &assessment, &tests)
        .map_err(|refused| Failure::new(format!("{}: {}", shown(&path), refused.message())))?;
    if *changed != *text {
        replace(&path, changed.as_bytes())?;
    }
    print::stdout(&said(&assessment, &tests, &shown(&path)))?;
    Ok(true)
}

/// What was found by each program, with all its pages.
fn tests(arguments: &AccessibilityArguments) -> Result<Vec<Test>, Stop> {
    let mut outcomes: Vec<(String, Vec<Outcome>)> = Vec::new();
    for file in &arguments.results {
        let bytes = fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
        let wrong =
            |why: &str| Stop::refused(message!("{file}: {why}", file = shown(file), why = why));
        let value: Value =
            serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
                .map_err(|_| wrong("it is not JSON: let the program write its results as JSON"))?;
        for outcome in read(&value).map_err(wrong)? {
            let tool = arguments
                .tool
                .clone()
                .unwrap_or_else(|| outcome.tool.clone());
            match outcomes.iter_mut().find(|(known, _)| *known == tool) {
                Some((_, known)) => known.push(outcome),
                None => outcomes.push((tool, vec![outcome])),
            }
        }
    }
    let tests = outcomes.into_iter().map(|(tool, outcomes)| {
        let addresses: BTreeSet<&str> = outcomes.iter().flat_map(|it| &it.pages).map(String::as_str).collect();
        let named = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
        let says_all = outcomes.iter().all(|outcome| outcome.has_all_pages);
        let pages = match arguments.pages {
            _ if says_all => named,
            Some(pages) => pages.max(named),
            None => {
                return Err(Stop::refused(message!(
                    "{tool} names the pages alone on which it found something: say how many it looked at, with --pages",
                    tool = tool
                )));
            }
        };
        let day = outcomes.iter().filter_map(|outcome| outcome.day).max();
        Ok(Test {
            day: arguments.day.or(day).unwrap_or_else(today),
            tool,
            pages,
            findings: outcomes.iter().fold(0, |all, outcome| all.saturating_add(outcome.findings)),
        })
    });
    tests.collect()
}

/// The name of a program without its version.
fn name(tool: &str) -> &str {
    let is_version = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match tool.rsplit_once(' ') {
        Some((name, version)) if is_version(version) => name,
        _ => tool,
    }
}

/// The file with the tests. What the same program found earlier is replaced; nothing else changes, but for the
/// day of the assessment where that was before the last test.
fn changed(text: &str, assessment: &Assessment, tests: &[Test]) -> Result<String, patch::Refused> {
    let place = Pointer::default().child("tests");
    let mut names: Vec<&str> = assessment
        .tests
        .iter()
        .map(|test| name(&test.tool))
        .collect();
    let mut operations = Vec::new();
    if text_has_no_tests(text) {
        operations.push(Operation::Set {
            at: place.clone(),
            value: json!([]),
        });
    }
    for test in tests {
        let own = name(&test.tool);
        let value = test.value();
        if let Some(at) = names.iter().position(|known| *known == own) {
            let at = place.child(at);
            operations.push(Operation::Set { at, value });
        } else {
            let at = place.child(names.len());
            operations.push(Operation::Insert { at, value });
            names.push(own);
        }
    }
    if let Some(last) = tests
        .iter()
        .map(|test| test.day)
        .max()
        .filter(|last| *last > assessment.assessed)
    {
        let at = Pointer::default().child("assessed");
        operations.push(Operation::Set {
            at,
            value: json!(last.to_string()),
        });
    }
    let order = |_: &Pointer| {
        [
            "$schema",
            "assessed",
            "standards",
            "conformance",
            "tests",
            "problems",
            "contact",
        ]
        .map(str::to_owned)
        .to_vec()
    };
    patch::apply(text, &operations, &order)
}

/// Whether a file has no list of tests yet.
fn text_has_no_tests(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    value.get("tests").is_none()
}

/// What was written, and what a person has to look at.
fn said(assessment: &Assessment, tests: &[Test], path: &str) -> String {
    let mut said = String::new();
    for Test {
        day,
        tool,
        pages,
        findings,
    } in tests
    {
        let _ = writeln!(said, "{day} {tool}: findings: {findings}, pages: {pages}");
    }
    let last = tests.iter().map(|test| test.day).max();
    if let Some(last) = last.filter(|last| *last > assessment.assessed) {
        let _ = writeln!(
            said,
            "the day of the assessment is {last} now: no test is later than it"
        );
    }
    let found = tests.iter().any(|test| test.findings > 0);
    if found && assessment.conformance.0 == Conformance::Full {
        said.push_str(
            "it says that the portal conforms in full: write \"partial\", or mend what was found\n",
        );
    }
    let _ = writeln!(
        said,
        "written into {path}; programs find a part of the barriers: the rest is for people to find"
    );
    said
}

#[cfg(test)]
mod tests_of_the_file {
    use super::*;

    const FILE: &str = "{\n  \"assessed\": \"2026-11-25\",\n  \"standards\": [\"WCAG 2.2 AA\"],\n  \"conformance\": \"partial\",\n  \"contact\": \"a@portal.example\"\n}\n";

    fn with(text: &str, tool: &str, day: &str, findings: u32) -> String {
        let assessment: Assessment = serde_json::from_str(text).unwrap();
        let test = Test {
            day: Day::new(day).unwrap(),
            tool: tool.to_owned(),
            pages: 2,
            findings,
        };
        changed(text, &assessment, &[test]).unwrap()
    }

    #[test]
    fn a_test_is_written_and_replaces_what_the_same_program_found_and_nothing_else_changes() {
        let first = with(FILE, "axe-core 4.11.0", "2026-11-24", 3);
        assert!(
            first.contains("\"2026-11-25\"") && first.contains("\"axe-core 4.11.0\""),
            "{first}"
        );
        let without = first.replace(
            &first[first.find("  \"tests\"").unwrap()..first.find("  \"contact\"").unwrap()],
            "",
        );
        assert_eq!(without, FILE);
        let second = with(&first, "Lighthouse 12.0.0", "2026-11-26", 1);
        let third = with(&second, "axe-core 4.12.1", "2026-11-27", 0);
        let value: Value = serde_json::from_str(&third).unwrap();
        assert_eq!(value["assessed"], "2026-11-27");
        let tools: Vec<&Value> = value["tests"]
            .as_array()
            .unwrap()
            .iter()
            .map(|test| &test["tool"])
            .collect();
        assert_eq!(tools, ["axe-core 4.12.1", "Lighthouse 12.0.0"]);
        assert_eq!(with(&third, "axe-core 4.12.1", "2026-11-27", 0), third);
    }
}
