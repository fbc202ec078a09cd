//! Blocks that name pictures and files of `article.json`. All texts but those of transcripts are plain.

use super::form::{LengthForm, WebAddress, Words};
use portal::model::Length;
use schemars::JsonSchema;
use serde::Deserialize;

/// Several pictures that belong together.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"title\": \"…\", \"pictures\": [\"…\", \"…\"] }")]
pub(crate) struct Gallery {
    /// What they show together.
    #[schemars(with = "Option<Words>")]
    pub(crate) title: Option<String>,
    /// The pictures, by their names in `article.json`.
    #[schemars(length(min = 2))]
    pub(crate) pictures: Vec<String>,
}

/// A film: on a page elsewhere, in a file beside the article, or both.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"title\": \"…\", \"address\": \"https://…\" }")]
pub(crate) struct Video {
    /// What it shows.
    #[schemars(with = "Words")]
    pub(crate) title: String,
    /// The page that shows it.
    #[schemars(with = "Option<WebAddress>")]
    pub(crate) address: Option<String>,
    /// How long it is.
    #[schemars(with = "Option<LengthForm>")]
    pub(crate) length: Option<Length>,
    /// The picture that stands for it, by its name in `article.json`.
    pub(crate) poster: Option<String>,
    /// The film itself, by its name in `article.json`.
    pub(crate) file: Option<String>,
    /// What is said in it, in the language of the text: a `WebVTT` file, by its name in `article.json`.
    pub(crate) captions: Option<String>,
}

/// A recording.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"title\": \"…\", \"file\": \"…\" }")]
pub(crate) struct Audio {
    /// What is heard.
    #[schemars(with = "Words")]
    pub(crate) title: String,
    /// The recording itself, by its name in `article.json`.
    pub(crate) file: String,
    /// How long it is.
    #[schemars(with = "Option<LengthForm>")]
    pub(crate) length: Option<Length>,
    /// What is said in it, paragraph by paragraph.
    #[serde(default)]
    #[schemars(with = "Vec<Words>")]
    pub(crate) transcript: Vec<String>,
}

/// A file to keep.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"title\": \"…\", \"file\": \"…\" }")]
pub(crate) struct Attachment {
    /// What it holds.
    #[schemars(with = "Words")]
    pub(crate) title: String,
    /// The file, by its name in `article.json`.
    pub(crate) file: String,
}
