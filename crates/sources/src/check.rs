//! The mistakes in `source.json`, for `site check`, and its JSON Schema.

use crate::config::Config;
use editorial::diagnostics::{Failure, Problem, shown};
use editorial::edit::schemas;
use editorial::load::SOURCE;
use import::Portal;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What is wrong with the `source.json` of a content folder; `None` where there is none. The CMS is
/// not asked.
///
/// # Errors
/// Where the file cannot be read.
pub fn check(content: &Path) -> Result<Option<Vec<Problem>>, Failure> {
    let path = content.join(SOURCE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound || path.is_dir() => return Ok(None),
        Err(error) => return Err(Failure::io("read", &path, &error)),
    };
    // A site.json with mistakes has a report of its own.
    let site = Portal::open(content).ok().and_then(|portal| portal.site);
    Ok(Some(
        Config::read(&shown(&path), &bytes, site.as_ref())
            .err()
            .unwrap_or_default(),
    ))
}

/// The JSON Schema of `source.json`, with its file's name.
pub fn schema() -> (&'static str, serde_json::Value) {
    (
        "source.schema.json",
        schemas::of::<Config>("source.json: where the CMS is, and what its names mean here"),
    )
}
