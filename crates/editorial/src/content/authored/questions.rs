//! `questions/<lang>.json`: questions and answers in one language.

use super::block::Block;
use super::form::{Marked, Words};
use schemars::JsonSchema;
use serde::Deserialize;

/// Questions and answers in one language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Questions {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The page's title.
    #[schemars(with = "Words")]
    pub title: String,
    /// The paragraph that says what the page says.
    #[schemars(with = "Marked")]
    pub lead: String,
    /// The sections, in their order.
    #[schemars(length(min = 1))]
    pub sections: Vec<QuestionSection>,
}

/// Questions that belong together.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"title\": \"…\", \"questions\": […] }"
)]
pub struct QuestionSection {
    /// What they are about.
    #[schemars(with = "Words")]
    pub title: String,
    /// The questions, in their order.
    #[schemars(length(min = 1))]
    pub questions: Vec<Question>,
}

/// A question with its answer.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"question\": \"…\", \"answer\": [{ \"paragraph\": \"…\" }] }"
)]
pub struct Question {
    /// The question.
    #[schemars(with = "Words")]
    pub question: String,
    /// The answer, in the blocks of standing pages but for headings.
    #[schemars(length(min = 1))]
    pub answer: Vec<Block>,
}
