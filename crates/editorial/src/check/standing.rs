//! Checks standing pages.

use super::Findings;
use super::body::{Assets, check_body};
use crate::content::StandingVersion;
use crate::content::article::BodyItem;
use crate::content::authored;
use crate::diagnostics::Message;
use crate::json::Cursor;

/// Checks a standing page in one language.
pub fn check_standing(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    page: authored::standing::Standing,
) -> StandingVersion {
    let body = check_body(findings, cursor.key("body"), page.body, &Assets::Nothing);
    let blocks = body.into_iter().filter_map(|part| match part {
        BodyItem::Block(block) => Some(block),
        _ => None,
    });
    StandingVersion {
        title: findings.plain(cursor.key("title"), &Message::key("title"), &page.title),
        lead: findings.marked(cursor.key("lead"), &Message::key("lead"), &page.lead),
        body: blocks.collect(),
    }
}
