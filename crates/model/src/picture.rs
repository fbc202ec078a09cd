//! Pictures and their renditions.

use macros::Read;
use serde::{Deserialize, Serialize};

/// A picture with everything that it needs to be shown without moving the text around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The file, from the site's base on, without a leading slash.
    pub file: String,
    /// Its own width in CSS pixels.
    pub width: u32,
    /// Its own height in CSS pixels.
    pub height: u32,
    /// What it shows, for a reader who does not see it.
    pub alternative: String,
    /// The line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// The same picture in a modern format, narrowest first; none where the file itself is best, as a drawing is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modern: Vec<Rendition>,
    /// The same picture in the file's own format in other widths, narrowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renditions: Vec<Rendition>,
}

/// A picture in a certain width.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rendition {
    /// The file, from the site's base on, without a leading slash.
    pub file: String,
    /// Its width in pixels.
    pub width: u32,
}
