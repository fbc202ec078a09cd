//! Questions and answers, which machines read as an FAQ.

use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use crate::publish::search::block_lines;
use editorial::content::StandingVersion;
use editorial::content::duties::{QUESTIONS, Questions};
use model::{Block, Lang};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// The page with all questions.
    pub(super) fn questions(&self, questions: &BTreeMap<Lang, Questions>) -> Option<MadePage> {
        self.page(QUESTIONS, true, |lang| {
            let Some(questions) = questions.get(&lang) else {
                return Made::default();
            };
            let Questions { title, lead, body } = questions;
            Made {
                version: StandingVersion {
                    title: title.clone(),
                    lead: lead.clone(),
                    body: body.clone(),
                },
                data: Some(json!({ "@type": "FAQPage", "mainEntity": entities(body, lang) })),
                files: Vec::new(),
            }
        })
    }
}

/// Every question with its answer in plain words.
fn entities(body: &[Block], lang: Lang) -> Vec<Value> {
    let mut entities: Vec<(&str, Vec<String>)> = Vec::new();
    for block in body {
        match block {
            Block::Heading(_) => {}
            Block::Subheading(question) => entities.push((&question.text, Vec::new())),
            block => {
                if let Some((_, answer)) = entities.last_mut() {
                    block_lines(block, lang, answer);
                }
            }
        }
    }
    let entities = entities.into_iter().map(|(question, answer)| {
        json!({
            "@type": "Question",
            "name": question,
            "acceptedAnswer": { "@type": "Answer", "text": answer.join("\n") },
        })
    });
    entities.collect()
}
