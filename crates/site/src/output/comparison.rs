//! What the next site would have anew: its units against those of the last build. Nothing is written.

use super::mark;
use super::record::{Record, Unit, identity_of};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A comparison that is under way.
pub(crate) struct Comparison {
    /// How much is known of the site at the place.
    known: Known,
    /// Units with another key than in the last build, and whether the last build had them.
    differing: Mutex<Vec<(Box<str>, bool)>>,
}

/// How much is known of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// There is none yet.
    Nothing,
    /// There is one, and no record of what it was made of.
    Site,
    /// There is one with its record.
    Record,
}

/// In which units two sites differ, by their names.
#[derive(Debug)]
pub(crate) struct Differences {
    /// How much is known of the last one.
    pub(crate) known: Known,
    /// Units that only the next one has.
    pub(crate) new: Vec<Box<str>>,
    /// Units that are others in the next one.
    pub(crate) changed: Vec<Box<str>>,
    /// Units that only the last one has.
    pub(crate) gone: Vec<Box<str>>,
}

impl Comparison {
    /// A comparison with the site at `place`, and the units of that one.
    pub(super) fn with(place: &Path, state: &Path) -> (Self, HashMap<Box<str>, Unit>) {
        let record = Record::peek(state, place);
        let known = match record {
            Some(_) => Known::Record,
            None if place.join(mark::SITE).exists() => Known::Site,
            None => Known::Nothing,
        };
        let comparison = Self {
            known,
            differing: Mutex::default(),
        };
        let units = record.map(|record| record.units).unwrap_or_default();
        (comparison, units)
    }

    /// Notes a unit with another key. `had` is whether the last build had it.
    pub(super) fn note(&self, id: &str, had: bool) {
        let mut differing = self
            .differing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        differing.push((id.into(), had));
    }

    /// What was found; `left` are the units that nobody asked for.
    pub(super) fn end(self, mut left: Vec<Box<str>>) -> Differences {
        let differing = self.differing.into_inner();
        let mut differing = differing.unwrap_or_else(PoisonError::into_inner);
        differing.sort_unstable();
        left.sort_unstable();
        let (changed, new): (Vec<_>, Vec<_>) = differing.into_iter().partition(|(_, had)| *had);
        let names = |units: Vec<(Box<str>, bool)>| units.into_iter().map(|(id, _)| id).collect();
        Differences {
            known: self.known,
            new: names(new),
            changed: names(changed),
            gone: left,
        }
    }
}

/// What tells the site at a place from any other that stands there before or after it; `None` where
/// there is none.
pub(crate) fn stamp_of(place: &Path) -> Option<String> {
    let metadata = fs::symlink_metadata(place.join(mark::SITE)).ok()?;
    Some(format!("{:016x}", identity_of(mark::SITE, &metadata)))
}
