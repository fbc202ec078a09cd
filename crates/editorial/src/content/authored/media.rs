//! Blocks that name pictures and files of `article.json`. All texts but those of transcripts are plain.

use super::form::{LengthForm, Marked, WebAddress, Words};
use model::Length;
use schemars::JsonSchema;
use serde::Deserialize;

/// Several pictures that belong together.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"title\": \"…\", \"pictures\": [\"…\", \"…\"] }"
)]
pub struct Gallery {
    /// What they show together.
    #[schemars(with = "Option<Words>")]
    pub title: Option<String>,
    /// The pictures, by their names in `article.json`.
    #[schemars(length(min = 2))]
    pub pictures: Vec<String>,
}

/// A film: on a page elsewhere, in a file beside the article, or both.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"title\": \"…\", \"address\": \"https://…\" }"
)]
pub struct Video {
    /// What it shows.
    #[schemars(with = "Words")]
    pub title: String,
    /// The page that shows it.
    #[schemars(with = "Option<WebAddress>")]
    pub address: Option<String>,
    /// How long it is.
    #[schemars(with = "Option<LengthForm>")]
    pub length: Option<Length>,
    /// The picture that stands for it, by its name in `article.json`.
    pub poster: Option<String>,
    /// The film itself, by its name in `article.json`.
    pub file: Option<String>,
    /// What is said in it, in the language of the text: a `WebVTT` file, by its name in `article.json`.
    pub captions: Option<String>,
}

/// A recording.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"title\": \"…\", \"file\": \"…\" }"
)]
pub struct Audio {
    /// What is heard.
    #[schemars(with = "Words")]
    pub title: String,
    /// The recording itself, by its name in `article.json`.
    pub file: String,
    /// How long it is.
    #[schemars(with = "Option<LengthForm>")]
    pub length: Option<Length>,
    /// What is said in it, paragraph by paragraph.
    #[serde(default)]
    #[schemars(with = "Vec<Marked>")]
    pub transcript: Vec<String>,
}

/// A file to keep.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"title\": \"…\", \"file\": \"…\" }"
)]
pub struct Attachment {
    /// What it holds.
    #[schemars(with = "Words")]
    pub title: String,
    /// The file, by its name in `article.json`.
    pub file: String,
}
