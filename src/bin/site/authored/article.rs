//! `article.json`: what is the same in every language.

use portal::model::{Lang, Moment, Slug};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is the same in every language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Article {
    /// When it was published.
    pub(crate) published: Moment,
    /// When its substance last changed.
    pub(crate) updated: Option<Moment>,
    /// Where the news comes from.
    pub(crate) source: Source,
    /// Who wrote it.
    pub(crate) author: Option<String>,
    /// How often it was read.
    #[serde(default)]
    pub(crate) views: u64,
    /// The name of the picture above the text.
    pub(crate) cover: Option<String>,
    /// The pictures by their names.
    #[serde(default)]
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// Its tags, by their slugs in `site.json`.
    #[serde(default)]
    pub(crate) tags: Vec<Slug>,
    /// Addresses that it had before: `section/slug`.
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// The language that it was written in; where it is left out, the first of the tabs' that it is there in.
    pub(crate) original: Option<Lang>,
    /// Whether it is not ready to be published.
    #[serde(default)]
    pub(crate) draft: bool,
}

/// Where the news comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Source {
    /// The name as it is shown.
    pub(crate) name: String,
    /// Its web address.
    pub(crate) address: String,
}

/// A picture's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Picture {
    /// The file beside `article.json`.
    pub(crate) file: String,
    /// Who made it.
    pub(crate) credit: Option<String>,
}
