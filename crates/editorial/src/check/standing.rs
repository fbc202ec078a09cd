//! Checks standing pages.

use super::Findings;
use super::body::Beside;
use crate::content::StandingVersion;
use crate::content::article::BodyItem;
use crate::content::authored;
use crate::json::Cursor;

impl Findings {
    /// Checks a standing page in one language.
    pub fn standing(&mut self, cursor: Cursor<'_>, page: authored::standing::Standing) -> StandingVersion {
        let body = self.body(cursor.key("body"), page.body, &Beside::Nothing);
        let blocks = body.into_iter().filter_map(|part| match part {
            BodyItem::Block(block) => Some(block),
            _ => None,
        });
        StandingVersion {
            title: self.plain(cursor.key("title"), "\"title\"", &page.title),
            lead: self.marked(cursor.key("lead"), "\"lead\"", &page.lead),
            body: blocks.collect(),
        }
    }
}
