//! `pages/<slug>/<lang>.json`: a standing page in one language.

use super::block::Block;
use super::form::Words;
use schemars::JsonSchema;
use serde::Deserialize;

/// A standing page in one language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Standing {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    #[expect(dead_code, reason = "it is for the text editor alone")]
    pub(crate) schema: Option<String>,
    /// Its title.
    #[schemars(with = "Words")]
    pub(crate) title: String,
    /// The paragraph that says what the page says.
    #[schemars(with = "Words")]
    pub(crate) lead: String,
    /// The text.
    pub(crate) body: Vec<Block>,
    /// Whether it is not ready to be published. A page that `site.json` lists is not.
    #[serde(default)]
    pub(crate) draft: bool,
}
