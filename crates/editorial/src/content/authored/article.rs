//! `article.json`: what is the same in every language.

use super::form::{
    FileName, LanguageTag, MomentForm, PictureName, SlugForm, Story, WebAddress, Words,
};
use super::words::Language;
use model::{Moment, Slug};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is the same in every language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Article {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// When it was published.
    #[schemars(with = "MomentForm")]
    pub published: Moment,
    /// When its substance last changed.
    #[schemars(with = "Option<MomentForm>")]
    pub updated: Option<Moment>,
    /// Where the news comes from.
    pub source: Source,
    /// Who wrote it.
    #[schemars(with = "Option<Words>")]
    pub author: Option<String>,
    /// How often it was read.
    #[serde(default)]
    pub views: u64,
    /// The name of the picture above the text.
    pub cover: Option<String>,
    /// The pictures by their names.
    #[serde(default)]
    pub pictures: BTreeMap<String, Picture>,
    /// Films, recordings, captions and files to keep, by their names: each the name of a file beside `article.json`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, FileName>")]
    pub files: BTreeMap<String, String>,
    /// Its tags, by their slugs in `site.json`.
    #[serde(default)]
    #[schemars(with = "Vec<SlugForm>")]
    pub tags: Vec<Slug>,
    /// Addresses that it had before: `section/slug`.
    #[serde(default)]
    #[schemars(with = "Vec<Story>")]
    pub aliases: Vec<String>,
    /// The language that it was written in; where it is left out, the first of the tabs' that it is there in.
    #[schemars(with = "Option<LanguageTag>")]
    pub original: Option<Language>,
    /// Whether it is not ready to be published.
    #[serde(default)]
    pub draft: bool,
}

/// Where the news comes from.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Source {
    /// The name as it is shown.
    #[schemars(with = "Words")]
    pub name: String,
    /// Its web address.
    #[schemars(with = "WebAddress")]
    pub address: String,
}

/// A picture's file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Picture {
    /// The file beside `article.json`.
    #[schemars(with = "PictureName")]
    pub file: String,
    /// Who made it.
    #[schemars(with = "Option<Words>")]
    pub credit: Option<String>,
}
