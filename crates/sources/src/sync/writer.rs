//! Writes what was made, and removes what the CMS does not have any more. What somebody wrote by
//! hand stays.

use super::left_out::LeftOuts;
use super::{AT_ONCE, Counts, Staged, Wanted};
use crate::interrupt::Interrupt;
use crate::record::{Journal, Origin};
use editorial::diagnostics::Failure;
use import::{Loss, Report, Store};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Writes articles, and says what became of them.
pub(super) struct Writer<'a> {
    pub(super) content: &'a Path,
    /// `None` where nothing is written.
    pub(super) store: Option<&'a Store>,
    pub(super) journal: Journal,
    pub(super) report: &'a mut Report,
    pub(super) left_out: &'a mut LeftOuts,
    pub(super) counts: &'a mut Counts,
    /// What became of each article, a line each.
    pub(super) changes: Vec<String>,
    pub(super) interrupt: &'a Interrupt,
}

impl Writer<'_> {
    /// Removes what is not among the wanted articles.
    ///
    /// # Errors
    /// Where something cannot be written.
    pub(super) fn remove(&mut self, wanted: &[Wanted<'_>]) -> Result<(), Failure> {
        let there: BTreeSet<&str> = wanted.iter().map(|article| article.id).collect();
        let articles = &self.journal.record.articles;
        let gone: Vec<String> = articles
            .keys()
            .filter(|id| !there.contains(id.as_str()))
            .cloned()
            .collect();
        if self.store.is_some() && !gone.is_empty() {
            self.journal
                .announce(gone.iter().map(|id| (id.as_str(), None)))?;
        }
        for id in gone {
            let origin = &self.journal.record.articles[&id];
            if let Some(name) = origin.changed_by_hand(self.content) {
                let what = format!(
                    "the CMS does not have it any more, but {name} was changed here: it stays, and is yours from now on"
                );
                self.report
                    .note(origin.place(), vec![(String::new(), Loss::new(what, ""))]);
            } else {
                if let Some(store) = self.store {
                    store.remove(&origin.section, &origin.slug)?;
                }
                self.counts.removed += 1;
                self.changes.push(format!("{} is gone", origin.place()));
            }
            if self.store.is_some() {
                self.journal.record.replace(id, None);
            }
        }
        Ok(())
    }

    /// Puts what was made in its places. Returns whether it was not asked to stop before the end.
    ///
    /// # Errors
    /// Where something cannot be written. What was put there until then is noted.
    pub(super) fn write(&mut self, made: Vec<Staged>) -> Result<bool, Failure> {
        let mut made = made.into_iter();
        loop {
            let some: Vec<Staged> = made.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                return Ok(true);
            }
            let some: Vec<Staged> = some
                .into_iter()
                .filter(|staged| self.may_be_written(staged))
                .collect();
            if self.store.is_some() && !some.is_empty() {
                let announced = some.iter();
                self.journal
                    .announce(announced.map(|staged| (staged.id.as_str(), Some(&staged.origin))))?;
            }
            for staged in some {
                if self.interrupt.is_asked() {
                    return Ok(false);
                }
                self.put(staged)?;
            }
        }
    }

    /// Whether an article's place has nothing that somebody wrote. The report names what has.
    fn may_be_written(&mut self, staged: &Staged) -> bool {
        let before = self.journal.record.articles.get(&staged.id);
        let changed =
            before.and_then(|origin| Some((origin.place(), origin.changed_by_hand(self.content)?)));
        let why = if let Some((place, name)) = changed {
            let why = format!(
                "{place}: {name} was changed here since the last sync, so the CMS's text was not taken; make the change in the CMS, and delete the folder"
            );
            let listed = staged.listed.clone();
            self.left_out.note(&staged.id, listed, &why, true);
            why
        } else if before.is_none_or(|before| before.place() != staged.origin.place())
            && fs::symlink_metadata(staged.origin.folder(self.content)).is_ok()
        {
            let place = staged.origin.place();
            format!(
                "{place}: somebody wrote an article of this name meanwhile; the next sync gives it another one"
            )
        } else {
            return true;
        };
        self.report.leave_out(&staged.subjects, &why);
        false
    }

    /// Puts an article in its place.
    fn put(&mut self, staged: Staged) -> Result<(), Failure> {
        let before = self.journal.record.articles.get(&staged.id);
        self.report.articles += 1;
        self.report.texts += staged.subjects.len();
        self.report.accounted += staged.subjects.len();
        self.report.pictures += staged.pictures;
        let place = staged.origin.place();
        self.changes.push(match before {
            Some(before) if before.place() != place => {
                format!("{} is {place} now", before.place())
            }
            Some(_) => format!("{place} changed"),
            None => format!("{place} is new"),
        });
        match before {
            Some(_) => self.counts.changed += 1,
            None => self.counts.new += 1,
        }
        self.report.note(place, staged.losses);
        let (Some(store), Some(folder)) = (self.store, &staged.folder) else {
            return Ok(());
        };
        let Origin { section, slug, .. } = &staged.origin;
        store.put(folder, section, slug)?;
        if let Some(old) = before.filter(|old| old.place() != staged.origin.place()) {
            store.remove(&old.section, &old.slug)?;
        }
        self.journal.record.replace(staged.id, Some(staged.origin));
        Ok(())
    }
}
