//! Blocks that show or offer files: galleries, films, recordings, attachments.

use super::{Address, Inline, Length, Picture};
use macros::Read;
use serde::{Deserialize, Serialize};

/// Several pictures that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Gallery {
    /// What they show together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The pictures, at least two.
    pub pictures: Vec<Picture>,
}

/// A film: on a page elsewhere, in a file of ours, or both. A page loads nothing of either before its reader asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// What it shows.
    pub title: String,
    /// The page that shows it; always `https:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// How long it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// The picture that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<Picture>,
    /// The film itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
    /// What is said in it, as `WebVTT` in the language of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<File>,
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Audio {
    /// What is heard.
    pub title: String,
    /// The recording itself.
    pub file: File,
    /// How long it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// What is said in it, paragraph by paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transcript: Vec<Vec<Inline>>,
}

/// A file to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// What it holds.
    pub title: String,
    /// The file.
    pub file: File,
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The file, from the site's base on, without a leading slash.
    pub file: String,
    /// What it is called where it is kept: its name in the content.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

impl File {
    /// The file name's extension, which tells its kind: `pdf`. Empty where there is none.
    pub fn ending(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, ending)| ending)
    }
}
