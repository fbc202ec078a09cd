//! Checks questions and answers. They become the body of a standing page: a heading for each section,
//! a subheading for each question.

use super::Findings;
use super::body::{Assets, check_body};
use crate::content::article::BodyItem;
use crate::content::authored::block::Block;
use crate::content::authored::questions as authored;
use crate::content::duties::Questions;
use crate::diagnostics::Message;
use crate::json::Cursor;
use crate::message;
use model::{Heading, Slug};

/// Checks questions and answers in one language. Section 2 leads to `2`, its third question to
/// `2-3`: in every language the same.
pub fn check_questions(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    questions: authored::Questions,
) -> Questions {
    let mut body = Vec::new();
    let place = cursor.key("sections");
    if questions.sections.is_empty() {
        let problem = place.problem(message!("there are no sections"));
        findings.add(problem.help(message!("write at least one, with its questions")));
    }
    for (at, section) in questions.sections.into_iter().enumerate() {
        let place = place.item(at);
        let text = findings.plain(
            place.key("title"),
            &message!("the section's title"),
            &section.title,
        );
        let id = Slug::new(&(at + 1).to_string());
        body.extend(id.map(|id| model::Block::Heading(Heading { id, text })));
        let place = place.key("questions");
        if section.questions.is_empty() {
            let problem = place.problem(message!("the section has no questions"));
            findings.add(problem.help(message!("write them, or delete the section")));
        }
        for (number, question) in section.questions.into_iter().enumerate() {
            let place = place.item(number);
            let asked = place.key("question");
            let text = findings.plain(asked, &message!("the question"), &question.question);
            let id = Slug::new(&format!("{}-{}", at + 1, number + 1));
            body.extend(id.map(|id| model::Block::Subheading(Heading { id, text })));
            body.extend(check_answer(findings, place.key("answer"), question.answer));
        }
    }
    Questions {
        title: findings.plain(
            cursor.key("title"),
            &Message::key("title"),
            &questions.title,
        ),
        lead: findings.marked(cursor.key("lead"), &Message::key("lead"), &questions.lead),
        body,
    }
}

fn check_answer(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    answer: Vec<Block>,
) -> Vec<model::Block> {
    if answer.is_empty() {
        let problem = cursor.problem(message!("the question has no answer"));
        findings.add(problem.help(message!("write it, or delete the question")));
    }
    for (at, block) in answer.iter().enumerate() {
        if matches!(block, Block::Heading(_) | Block::Subheading(_)) {
            let problem = cursor
                .item(at)
                .item(0)
                .problem(message!("an answer has no headings"));
            findings.add(problem.help(message!("write a paragraph, or ask another question")));
        }
    }
    let checked = check_body(findings, cursor, answer, &Assets::Nothing);
    let blocks = checked.into_iter().filter_map(|part| match part {
        BodyItem::Block(block) => Some(block),
        _ => None,
    });
    blocks.collect()
}
