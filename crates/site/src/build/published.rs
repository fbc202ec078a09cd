//! Which articles a site has, in which languages, and of what bytes: kept as a note beside the site's units, so
//! that somebody can say what the next site would have anew.

use crate::output::Output;
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use editorial::hash;
use model::{Lang, Slug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the unit. It has no files.
const UNIT: &str = "articles";

/// An article in a language.
pub(super) type Name = (Slug, Slug, Lang);

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// Its title.
    pub(super) title: String,
    /// The hashes of what all languages share, and of the language's own file.
    pub(super) hashes: (u64, u64),
}

/// The articles of a site.
pub(super) type Articles = BTreeMap<Name, Known>;

/// The articles of a catalogue.
pub(super) fn articles(items: &[Item]) -> Articles {
    let versions = items.iter().flat_map(|item| {
        item.versions.iter().map(|(lang, version)| {
            let known = Known {
                title: version.title.clone(),
                hashes: (item.hash, version.hash),
            };
            ((item.section.clone(), item.slug.clone(), *lang), known)
        })
    });
    versions.collect()
}

/// Records the articles of a site that is being written.
///
/// # Errors
/// Where they cannot be recorded.
pub(super) fn write(items: &[Item], output: &Output) -> Result<(), Failure> {
    let note = postcard::to_stdvec(&articles(items))
        .map_err(|error| Failure::new(format!("the articles cannot be recorded: {error}")))?;
    output.unit_with_note(UNIT, hash::of(&note), || Ok((Vec::new(), note)))?;
    Ok(())
}

/// The articles of the last site, where they were recorded.
pub(super) fn of_last(output: &Output) -> Option<Articles> {
    postcard::from_bytes(&output.last_note(UNIT)?).ok()
}
