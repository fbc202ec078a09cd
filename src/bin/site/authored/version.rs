//! `<lang>.json`: an article as it is written in one language.

use super::block::Block;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An article as it is written in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Version {
    /// Its headline, if it has one.
    pub(crate) headline: Option<String>,
    /// The author's name in this language.
    pub(crate) author: Option<String>,
    /// The source's name in this language.
    pub(crate) source: Option<String>,
    /// The paragraph that says what the article says.
    pub(crate) lead: String,
    /// What each picture shows, by the pictures' names.
    #[serde(default)]
    pub(crate) pictures: BTreeMap<String, PictureText>,
    /// The text.
    pub(crate) body: Vec<Block>,
    /// Which version of the original this translation was made from: what `site translations` calls it.
    pub(crate) translated_from: Option<String>,
    /// Whether it is not ready to be published in this language.
    #[serde(default)]
    pub(crate) draft: bool,
}

/// What is written about a picture.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct PictureText {
    /// What it shows, for someone who cannot see it.
    pub(crate) alternative: String,
    /// The line below it.
    pub(crate) caption: Option<String>,
}
