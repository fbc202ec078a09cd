//! Checks `accessibility.json`.

use super::Findings;
use super::facts::read_mailbox;
use crate::content::authored::assessment as authored;
use crate::content::conformance::Conformance;
use crate::content::duties::{Assessment, AutomaticTest};
use crate::json::Cursor;
use crate::message;
use model::Day;

/// Checks the assessment of accessibility.
pub fn check_assessment(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    assessment: authored::Assessment,
) -> Assessment {
    require_day(findings, cursor.key("assessed"), assessment.assessed);
    let place = cursor.key("standards");
    if assessment.standards.is_empty() {
        let problem = place.problem(message!("no standard is named"));
        findings.add(problem.help(message!("name at least one, such as \"WCAG 2.2 AA\"")));
    }
    let standards = assessment.standards.iter().enumerate();
    let standards = standards
        .map(|(at, name)| findings.plain(place.item(at), &message!("the name of a standard"), name))
        .collect();
    let place = cursor.key("tests");
    let tests = assessment.tests.into_iter().enumerate();
    let tests: Vec<AutomaticTest> = tests
        .map(|(at, test)| check_test(findings, place.item(at), test, assessment.assessed))
        .collect();
    let place = cursor.key("problems");
    let problems = assessment.problems.into_iter().enumerate();
    let problems: Vec<_> = problems
        .map(|(at, problem)| {
            let place = place.item(at);
            if let Some(until) = problem.until {
                require_day(findings, place.key("until"), until);
            }
            let texts = problem.texts.map(|lang, text| {
                findings.marked(
                    place.key("texts").key(lang.tag()),
                    &message!("the known problem"),
                    &text,
                )
            });
            (texts, problem.until)
        })
        .collect();
    let conformance = assessment.conformance.0;
    let found = tests.iter().any(|test| test.findings > 0);
    if conformance == Conformance::Full && (found || !problems.is_empty()) {
        let message =
            message!("the portal is said to conform in full, and yet problems are listed");
        let help = message!("write \"partial\", or take out what is mended");
        findings.add(cursor.key("conformance").problem(message).help(help));
    }
    let contact = read_mailbox(findings, cursor.key("contact"), &assessment.contact);
    Assessment {
        assessed: assessment.assessed,
        standards,
        conformance,
        tests,
        problems,
        contact: contact.map(|line| line.text).unwrap_or_default(),
    }
}

fn check_test(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    test: authored::AutomaticTest,
    assessed: Day,
) -> AutomaticTest {
    require_day(findings, cursor.key("day"), test.day);
    if test.day.is_whole() && assessed.is_whole() && test.day > assessed {
        let problem = cursor
            .key("day")
            .problem(message!("the test ran after the day of the assessment"));
        findings.add(problem.help(message!(
            "correct one of the two: the assessment is about what was found"
        )));
    }
    AutomaticTest {
        day: test.day,
        tool: findings.plain(
            cursor.key("tool"),
            &message!("the program's name"),
            &test.tool,
        ),
        pages: test.pages,
        findings: test.findings,
    }
}

/// Reports a month or a year in the place of a day.
pub(super) fn require_day(findings: &mut Findings, cursor: Cursor<'_>, day: Day) {
    if !day.is_whole() {
        let problem = cursor.problem(message!("\"{day}\" is no day", day));
        findings.add(problem.help(message!("write year, month and day: 2026-05-13")));
    }
}
