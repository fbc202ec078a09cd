//! `glossary.json`: names, and how each language writes them.

use super::form::Words;
use super::site::PerSomeLang;
use schemars::JsonSchema;
use serde::Deserialize;

/// Names, and how each language writes them. No site shows this file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"names\"")]
pub struct Glossary {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The names, in any order.
    pub names: Vec<Name>,
}

/// A name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"right\"")]
pub struct Name {
    /// How it is written, in each language that has a name for it.
    #[schemars(with = "PerSomeLang<Words>")]
    pub right: PerSomeLang<String>,
    /// Other spellings that are wrong.
    #[serde(default)]
    #[schemars(with = "PerSomeLang<Vec<Words>>")]
    pub wrong: PerSomeLang<Vec<String>>,
}
