//! The self-assessment of accessibility.

use super::writing::{heading, link, paragraph, plain, table, text};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::conformance::Conformance;
use editorial::content::duties::{ASSESSMENT, Assessment};
use i18n::{Words, day, number, words};
use model::{Block, Inline, Lang};
use std::path::Path;

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// The page of the assessment.
    pub(super) fn assessment(&self, assessment: &Assessment) -> Option<MadePage> {
        self.page(ASSESSMENT, true, |lang| {
            let words = &words(lang).duties;
            let lead = Words::fill(
                words.assessment_lead,
                &[
                    ("day", &day(assessment.assessed, lang)),
                    ("standards", &assessment.standards.join(", ")),
                ],
            );
            Made {
                version: StandingVersion {
                    title: words.assessment.to_owned(),
                    lead: plain(lead),
                    body: body(assessment, lang),
                },
                ..Made::default()
            }
        })
    }
}

fn body(assessment: &Assessment, lang: Lang) -> Vec<Block> {
    let words = &words(lang).duties;
    let [full, partial, none] = words.conformance;
    let mut body = vec![paragraph(match assessment.conformance {
        Conformance::Full => full,
        Conformance::Partial => partial,
        Conformance::None => none,
    })];
    let rows = assessment.tests.iter().map(|test| {
        vec![
            plain(day(test.day, lang)),
            plain(test.tool.clone()),
            plain(number(test.pages.into(), lang)),
            plain(number(test.findings.into(), lang)),
        ]
    });
    let header = [
        words.test_day,
        words.test_tool,
        words.test_pages,
        words.test_findings,
    ];
    if let Some(tests) = table(words.automatic_tests, &header, rows.collect()) {
        body.extend(heading("tests", words.automatic_tests));
        body.extend([tests, paragraph(words.tests_limit)]);
    }
    body.extend(heading("problems", words.known_problems));
    let problems = assessment.problems.iter().map(|(texts, until)| {
        let mut runs: Vec<Inline> = texts.get(lang).clone();
        runs.extend(until.map(|until| {
            let until = day(until, lang);
            text(Words::fill(words.mended_by, &[("day", &until)]))
        }));
        runs
    });
    let problems: Vec<Vec<Inline>> = problems.collect();
    body.push(if problems.is_empty() {
        paragraph(words.no_known_problems)
    } else {
        Block::List(problems)
    });
    body.extend(heading("contact", words.report_barrier));
    let mailbox = &assessment.contact;
    body.push(Block::Paragraph(vec![
        text(words.report_barrier_text),
        link(&format!("mailto:{mailbox}"), mailbox.clone()),
    ]));
    body
}
