//! Items that an export has more than once: the same post in two files that overlap, and different
//! posts with one number.
//!
//! Two items are one only where their sites, their numbers and their words agree. Different words
//! make a text of its own, so that a damaged number loses none.

use super::Plan;
use crate::loss::Loss;
use crate::outcome::Report;
use crate::wordpress::subjects::subject;
use crate::wxr::{Export, Item};
use std::collections::{BTreeMap, HashMap};

impl<'a> Plan<'a> {
    /// All items but attachments, each once. Of several that are one, the one that was changed last
    /// is kept.
    pub(super) fn without_repeats(&mut self, export: &'a Export) -> Vec<&'a Item> {
        let mut once: Vec<&Item> = Vec::new();
        let mut places = HashMap::new();
        for (at, item) in export
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.kind != "attachment")
        {
            let place = *places.entry(identity(item, at)).or_insert(once.len());
            match once.get_mut(place) {
                Some(known) => {
                    let (kept, other) = if changed(item) > changed(known) {
                        (item, *known)
                    } else {
                        (*known, item)
                    };
                    *known = kept;
                    if other.listed.is_some() {
                        self.wordless += 1;
                    } else {
                        self.repeated.push((kept, other));
                    }
                }
                None => once.push(item),
            }
        }
        let mut numbers: BTreeMap<(&str, u64), Vec<&Item>> = BTreeMap::new();
        for item in &once {
            if let Some(number) = item.number {
                numbers.entry((&item.site, number)).or_default().push(item);
            }
        }
        self.shared = numbers
            .into_values()
            // The languages of one text share its number.
            .filter(|items| items.iter().any(|item| item.place != items[0].place))
            .collect();
        once
    }

    /// Reports repeated items and shared numbers.
    pub(super) fn note_repeats(&self, report: &mut Report) {
        for (kept, other) in &self.repeated {
            let what = format!(
                "it is there twice, at {} and at {}: it was taken once",
                kept.place, other.place
            );
            report.note(
                subject(None, kept),
                vec![(String::new(), Loss::new(what, ""))],
            );
            report.accounted += 1;
        }
        for items in &self.shared {
            let what = "several texts have this number: each stands by itself, and a link to the number leads to none";
            let one = |item: &&Item| {
                (
                    String::new(),
                    Loss::new(what, &format!("{}: {}", item.place, item.title)),
                )
            };
            report.note(subject(None, items[0]), items.iter().map(one).collect());
        }
    }
}

/// The identity of an item. Its position stands in for a missing number.
fn identity(item: &Item, at: usize) -> (&str, Result<u64, usize>, [&str; 5]) {
    let words = [
        &item.kind,
        &item.name,
        &item.title,
        &item.content,
        &item.excerpt,
    ]
    .map(|text| text.trim());
    (&item.site, item.number.ok_or(at), words)
}

/// The time of the last change. As text it sorts by time.
fn changed(item: &Item) -> &str {
    if item.modified_gmt.is_empty() {
        &item.modified
    } else {
        &item.modified_gmt
    }
}
