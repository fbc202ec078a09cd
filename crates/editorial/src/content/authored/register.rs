//! `documents/register.json` and `documents/<slug>/document.json`: the register of documents.

use super::form::{DayForm, FileName, LanguageTag, Marked, SlugForm, Words};
use super::site::{PerLang, PerSomeLang, Tag};
use super::words::Language;
use model::{Day, Slug};
use schemars::JsonSchema;
use serde::Deserialize;

/// What the documents of the register have in common.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Register {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// What the register holds, in a paragraph.
    #[schemars(with = "PerLang<Marked>")]
    pub leads: PerLang<String>,
    /// Who issues the documents, in the order in which readers choose.
    #[schemars(length(min = 1))]
    pub issuers: Vec<Tag>,
    /// The kinds of documents, in the order in which readers choose.
    #[schemars(length(min = 1))]
    pub kinds: Vec<Tag>,
}

/// A document of the register.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Document {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its number, with its signs.
    #[schemars(with = "Words")]
    pub number: String,
    /// The day on which it was issued.
    #[schemars(with = "DayForm")]
    pub issued: Day,
    /// Who issued it: an issuer of `register.json`.
    #[schemars(with = "SlugForm")]
    pub issuer: Slug,
    /// What it is: a kind of `register.json`.
    #[schemars(with = "SlugForm")]
    pub kind: Slug,
    /// What it is about, in the languages in which that is written.
    #[schemars(with = "PerSomeLang<Words>")]
    pub subjects: PerSomeLang<String>,
    /// The first day on which it is in force.
    #[schemars(with = "Option<DayForm>")]
    pub from: Option<Day>,
    /// The last day on which it is in force; without an end where it is left out.
    #[schemars(with = "Option<DayForm>")]
    pub until: Option<Day>,
    /// The documents of the register whose place it takes, by their folders.
    #[serde(default)]
    #[schemars(with = "Vec<SlugForm>")]
    pub replaces: Vec<Slug>,
    /// Its files, in the order in which they are offered.
    #[serde(default)]
    pub files: Vec<DocumentFile>,
    /// Whether it is not ready to be published.
    #[serde(default)]
    pub draft: bool,
}

/// A file of a document.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"file\": \"decision.pdf\" }"
)]
pub struct DocumentFile {
    /// The file beside this one.
    #[schemars(with = "FileName")]
    pub file: String,
    /// The language that it is written in.
    #[schemars(with = "Option<LanguageTag>")]
    pub lang: Option<Language>,
    /// What it holds, where that is not the document itself.
    #[schemars(with = "Option<PerLang<Words>>")]
    pub titles: Option<PerLang<String>>,
}
