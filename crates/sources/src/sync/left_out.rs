//! Articles that were left out the last time. They are asked for again when something changed that
//! decides about them, and named in any case.

use super::Wanted;
use crate::record::{LeftOut, Record, hash};
use import::Report;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// How long, in seconds, it is believed that an article would be left out again. What is wrong may be
/// mended where no list shows it, for example in the rights of a token.
const PATIENCE: u64 = 15 * 60;

/// What was left out, and what is.
pub(super) struct LeftOuts {
    /// What decides about articles besides their texts.
    by: String,
    now: u64,
    /// The articles that are left out now, by their names in the CMS.
    pub(super) noted: BTreeMap<String, LeftOut>,
    /// How many of them were not asked for again.
    pub(super) believed: usize,
}

impl LeftOuts {
    /// Nothing yet. `config` is the hash of `source.json`.
    pub(super) fn new(content: &Path, config: &str) -> Self {
        let site = fs::read(content.join("site.json")).unwrap_or_default();
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            by: hash(format!("{config} {} {}", hash(&site), program()).as_bytes()),
            now: now.unwrap_or_default().as_secs(),
            noted: BTreeMap::new(),
            believed: 0,
        }
    }

    /// Takes out those that would be left out again, and names them.
    pub(super) fn take_out<'a, 'b>(
        &mut self,
        due: Vec<&'b Wanted<'a>>,
        record: &Record,
        content: &Path,
        report: &mut Report,
    ) -> Vec<&'b Wanted<'a>> {
        let mut left = Vec::new();
        for article in due {
            let before = record.left_out.get(article.id);
            match before.filter(|before| self.is_believed(before, article, record, content)) {
                None => left.push(article),
                Some(before) => {
                    report.leave_out(&article.subjects(), &before.why);
                    self.noted.insert(article.id.to_owned(), before.clone());
                    self.believed += 1;
                }
            }
        }
        left
    }

    fn is_believed(
        &self,
        before: &LeftOut,
        article: &Wanted<'_>,
        record: &Record,
        content: &Path,
    ) -> bool {
        let is_recent = before.asked <= self.now && self.now - before.asked < PATIENCE;
        let is_still_changed = || {
            let origin = record.articles.get(article.id);
            origin.is_some_and(|origin| origin.changed_by_hand(content).is_some())
        };
        is_recent
            && before.by == self.by
            && before.texts == article.listed()
            && (!before.changed_here || is_still_changed())
    }

    /// Notes an article that is left out.
    pub(super) fn note(
        &mut self,
        id: &str,
        texts: BTreeMap<String, String>,
        why: &str,
        changed_here: bool,
    ) {
        let left_out = LeftOut {
            why: why.to_owned(),
            texts,
            by: self.by.clone(),
            asked: self.now,
            changed_here,
        };
        self.noted.insert(id.to_owned(), left_out);
    }
}

/// What tells this program from another version of it.
fn program() -> String {
    let about = std::env::current_exe().and_then(fs::metadata);
    let facts = about.map(|about| (about.len(), about.modified().ok()));
    format!("{} {facts:?}", env!("CARGO_PKG_VERSION"))
}
