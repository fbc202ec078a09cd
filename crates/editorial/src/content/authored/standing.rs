//! `pages/<slug>/<lang>.json`: a standing page in one language.

use super::block::Block;
use super::form::{Marked, Words};
use schemars::JsonSchema;
use serde::Deserialize;

/// A standing page in one language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Standing {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its title.
    #[schemars(with = "Words")]
    pub title: String,
    /// The paragraph that says what the page says.
    #[schemars(with = "Marked")]
    pub lead: String,
    /// The text.
    pub body: Vec<Block>,
    /// Whether it is not ready to be published. A page that `site.json` lists is not.
    #[serde(default)]
    pub draft: bool,
}
