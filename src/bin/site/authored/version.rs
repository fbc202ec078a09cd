//! `<lang>.json`: an article as it is written in one language.

use super::block::Block;
use super::form::{MomentForm, Stamp, Words};
use portal::model::Moment;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An article as it is written in one language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Version {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    #[expect(dead_code, reason = "it is for the text editor alone")]
    pub(crate) schema: Option<String>,
    /// Its headline, if it has one.
    #[schemars(with = "Option<Words>")]
    pub(crate) headline: Option<String>,
    /// The author's name in this language.
    #[schemars(with = "Option<Words>")]
    pub(crate) author: Option<String>,
    /// The source's name in this language.
    #[schemars(with = "Option<Words>")]
    pub(crate) source: Option<String>,
    /// The paragraph that says what the article says.
    #[schemars(with = "Words")]
    pub(crate) lead: String,
    /// What each picture shows, by the pictures' names.
    #[serde(default)]
    pub(crate) pictures: BTreeMap<String, PictureText>,
    /// The text.
    pub(crate) body: Vec<Block>,
    /// What was corrected in this language since it was published, newest first.
    #[serde(default)]
    pub(crate) history: Vec<Correction>,
    /// Which version of the original this translation was made from: what `site translations` calls it.
    #[schemars(with = "Option<Stamp>")]
    pub(crate) translated_from: Option<String>,
    /// Whether it is not ready to be published in this language.
    #[serde(default)]
    pub(crate) draft: bool,
}

/// A correction, as readers are told of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"at\" and \"text\"")]
pub(crate) struct Correction {
    /// When it was made.
    #[schemars(with = "MomentForm")]
    pub(crate) at: Moment,
    /// What was corrected; may carry marks.
    #[schemars(with = "Words")]
    pub(crate) text: String,
}

/// What is written about a picture.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct PictureText {
    /// What it shows, for someone who cannot see it.
    #[schemars(with = "Words")]
    pub(crate) alternative: String,
    /// The line below it.
    #[schemars(with = "Option<Words>")]
    pub(crate) caption: Option<String>,
}
