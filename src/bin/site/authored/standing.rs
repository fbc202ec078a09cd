//! `pages/<slug>/<lang>.json`: a standing page in one language.

use super::block::Block;
use serde::Deserialize;

/// A standing page in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Standing {
    /// Its title.
    pub(crate) title: String,
    /// The paragraph that says what the page says.
    pub(crate) lead: String,
    /// The text.
    pub(crate) body: Vec<Block>,
}
