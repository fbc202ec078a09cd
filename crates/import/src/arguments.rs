//! Parsers for command-line values that both imports share.

use editorial::load::names;
use model::{Lang, Slug};

/// Reads a slug.
pub(crate) fn slug(text: &str) -> Result<Slug, String> {
    names::slug(text).map_err(|(message, help)| format!("{message}: {help}"))
}

/// Reads a language's tag.
pub(crate) fn language(text: &str) -> Result<Lang, String> {
    let tags = || Lang::ALL.map(Lang::tag).join(", ");
    Lang::from_tag(text).ok_or_else(|| format!("the languages are {}", tags()))
}
