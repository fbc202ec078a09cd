//! `article.json`: what is the same in every language.

use super::form::{FileName, LanguageTag, MomentForm, PictureName, SlugForm, Story, WebAddress, Words};
use super::words::Language;
use portal::model::{Moment, Slug};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is the same in every language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Article {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    #[expect(dead_code, reason = "it is for the text editor alone")]
    pub(crate) schema: Option<String>,
    /// When it was published.
    #[schemars(with = "MomentForm")]
    pub(crate) published: Moment,
    /// When its substance last changed.
    #[schemars(with = "Option<MomentForm>")]
    pub(crate) updated: Option<Moment>,
    /// Where the news comes from.
    pub(crate) source: Source,
    /// Who wrote it.
    #[schemars(with = "Option<Words>")]
    pub(crate) author: Option<String>,
    /// How often it was read.
    #[serde(default)]
    pub(crate) views: u64,
    /// The name of the picture above the text.
    pub(crate) cover: Option<String>,
    /// The pictures by their names.
    #[serde(default)]
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// Films, recordings, captions and files to keep, by their names: each the name of a file beside `article.json`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, FileName>")]
    pub(crate) files: BTreeMap<String, String>,
    /// Its tags, by their slugs in `site.json`.
    #[serde(default)]
    #[schemars(with = "Vec<SlugForm>")]
    pub(crate) tags: Vec<Slug>,
    /// Addresses that it had before: `section/slug`.
    #[serde(default)]
    #[schemars(with = "Vec<Story>")]
    pub(crate) aliases: Vec<String>,
    /// The language that it was written in; where it is left out, the first of the tabs' that it is there in.
    #[schemars(with = "Option<LanguageTag>")]
    pub(crate) original: Option<Language>,
    /// Whether it is not ready to be published.
    #[serde(default)]
    pub(crate) draft: bool,
}

/// Where the news comes from.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Source {
    /// The name as it is shown.
    #[schemars(with = "Words")]
    pub(crate) name: String,
    /// Its web address.
    #[schemars(with = "WebAddress")]
    pub(crate) address: String,
}

/// A picture's file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Picture {
    /// The file beside `article.json`.
    #[schemars(with = "PictureName")]
    pub(crate) file: String,
    /// Who made it.
    #[schemars(with = "Option<Words>")]
    pub(crate) credit: Option<String>,
}
