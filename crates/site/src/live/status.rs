//! How things are, for operators and load balancers.

use crate::live::generation::Generation;
use crate::live::log::unix_seconds;
use serde_json::{Value, json};
use std::time::SystemTime;

/// Why content could not be taken over.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// What is wrong: the whole report.
    pub(super) why: String,
    /// Since when.
    pub(super) since: SystemTime,
}

/// The answer of `/healthz`: `ok`; `degraded` where the latest content could not be taken over, and
/// the one before is served, or views cannot be written; `starting` where there is none yet.
pub(super) fn health(
    generation: Option<&Generation>,
    trouble: Option<&Trouble>,
    views: Option<&Trouble>,
) -> Value {
    let state = match (generation, trouble.or(views)) {
        (None, _) => "starting",
        (Some(_), Some(_)) => "degraded",
        (Some(_), None) => "ok",
    };
    json!({
        "status": state,
        "content": generation.map(|generation| json!({
            "generation": generation.number,
            "since": unix_seconds(generation.since),
            "articles": generation.frame.articles,
            "warnings": generation.frame.warnings,
        })),
        "trouble": trouble.map(said),
        "views": views.map(said),
    })
}

fn said(trouble: &Trouble) -> Value {
    json!({ "since": unix_seconds(trouble.since), "why": trouble.why })
}
