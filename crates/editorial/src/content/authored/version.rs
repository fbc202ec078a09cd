//! `<lang>.json`: an article as it is written in one language.

use super::block::Block;
use super::form::{Marked, MomentForm, Stamp, Words};
use model::Moment;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An article as it is written in one language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Version {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its headline, if it has one.
    #[schemars(with = "Option<Words>")]
    pub headline: Option<String>,
    /// The author's name in this language.
    #[schemars(with = "Option<Words>")]
    pub author: Option<String>,
    /// The source's name in this language.
    #[schemars(with = "Option<Words>")]
    pub source: Option<String>,
    /// The paragraph that says what the article says.
    #[schemars(with = "Marked")]
    pub lead: String,
    /// What each picture shows, by the pictures' names.
    #[serde(default)]
    pub pictures: BTreeMap<String, PictureText>,
    /// The text.
    pub body: Vec<Block>,
    /// What was corrected in this language since it was published, newest first.
    #[serde(default)]
    pub history: Vec<Correction>,
    /// Which version of the original this translation was made from: what `site translations` calls it.
    #[schemars(with = "Option<Stamp>")]
    pub translated_from: Option<String>,
    /// Whether it is not ready to be published in this language.
    #[serde(default)]
    pub draft: bool,
    /// Whether a machine wrote it, and nobody has said yet that it is right. It is not published.
    #[serde(default)]
    pub machine: bool,
}

/// A correction, as readers are told of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"at\" and \"text\"")]
pub struct Correction {
    /// When it was made.
    #[schemars(with = "MomentForm")]
    pub at: Moment,
    /// What was corrected; may carry marks.
    #[schemars(with = "Marked")]
    pub text: String,
}

/// What is written about a picture.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct PictureText {
    /// What it shows, for someone who cannot see it.
    #[schemars(with = "Words")]
    pub alternative: String,
    /// The line below it.
    #[schemars(with = "Option<Words>")]
    pub caption: Option<String>,
}
