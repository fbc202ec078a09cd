//! Inline text: runs with marks and links.

use super::{Address, Lang};
use macros::Read;
use serde::{Deserialize, Serialize};

/// A run of text within a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Words as they are.
    Text(String),
    /// Words of importance.
    Strong(Vec<Inline>),
    /// Words that are stressed.
    Emphasis(Vec<Inline>),
    /// Words that lead somewhere.
    Link(Link),
}

/// Words that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where to.
    pub to: Address,
    /// The words.
    pub text: Vec<Inline>,
    /// The language of the page it leads to, where that is known and differs from the text's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}

/// The text without marks and links.
pub fn plain_text(runs: &[Inline]) -> String {
    fn collect(runs: &[Inline], plain: &mut String) {
        for run in runs {
            match run {
                Inline::Text(text) => plain.push_str(text),
                Inline::Strong(runs) | Inline::Emphasis(runs) => collect(runs, plain),
                Inline::Link(link) => collect(&link.text, plain),
            }
        }
    }
    let mut plain = String::new();
    collect(runs, &mut plain);
    plain
}
