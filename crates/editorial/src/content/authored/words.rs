//! Words from a fixed list: a language, the level of a notice. They are read by hand, so that the
//! error for a wrong one lists the right ones.

use crate::content::conformance::Conformance;
use crate::content::views::ViewsFrom;
use model::{Lang, Level};
use serde::Deserialize;

/// A language, by its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Language(pub Lang);

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        if let Some(lang) = Lang::from_tag(&tag) {
            return Ok(Self(lang));
        }
        Err(match Lang::from_alias(&tag) {
            Some(lang) => format!(
                "\"{}\" is not this portal's code for {}: write \"{}\"",
                tag.escape_debug(),
                lang.native_name(),
                lang.tag()
            ),
            None => format!(
                "\"{}\" is not a language of this portal: write one of {}",
                tag.escape_debug(),
                Lang::ALL.map(Lang::tag).join(", ")
            ),
        })
    }
}

/// The level of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NoticeLevel(pub Level);

impl NoticeLevel {
    /// The words for the levels, from the least to the most severe.
    pub const WORDS: [(&'static str, Level); 3] = [
        ("information", Level::Information),
        ("warning", Level::Warning),
        ("emergency", Level::Emergency),
    ];
}

impl TryFrom<String> for NoticeLevel {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let known = Self::WORDS.into_iter().find(|(known, _)| *known == word);
        known.map(|(_, level)| Self(level)).ok_or_else(|| {
            let words = Self::WORDS.map(|(word, _)| word).join(", ");
            format!(
                "\"{}\" is not a level of notices: write one of {words}",
                word.escape_debug()
            )
        })
    }
}

/// Where view counts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ViewsWord(pub ViewsFrom);

impl ViewsWord {
    /// The words for the sources.
    pub const WORDS: [(&'static str, ViewsFrom); 2] = [
        ("content", ViewsFrom::Content),
        ("counter", ViewsFrom::Counter),
    ];
}

impl TryFrom<String> for ViewsWord {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let known = Self::WORDS.into_iter().find(|(known, _)| *known == word);
        known.map(|(_, from)| Self(from)).ok_or_else(|| {
            format!(
                "\"{}\" is not where view counts come from: write \"content\" for the numbers in the articles' \
                 files, or \"counter\"; leave \"views\" out to show none",
                word.escape_debug()
            )
        })
    }
}

/// How far the portal conforms to a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ConformanceWord(pub Conformance);

impl ConformanceWord {
    /// The words for it.
    pub const WORDS: [(&'static str, Conformance); 3] = [
        ("full", Conformance::Full),
        ("partial", Conformance::Partial),
        ("none", Conformance::None),
    ];
}

impl TryFrom<String> for ConformanceWord {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let known = Self::WORDS.into_iter().find(|(known, _)| *known == word);
        known.map(|(_, how_far)| Self(how_far)).ok_or_else(|| {
            let words = Self::WORDS.map(|(word, _)| word).join(", ");
            format!(
                "\"{}\" does not say how far the portal conforms: write one of {words}",
                word.escape_debug()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_word_is_answered_with_the_right_one() {
        assert_eq!(Language::try_from("ko".to_owned()), Ok(Language(Lang::Ko)));
        assert!(
            Language::try_from("kr".to_owned())
                .unwrap_err()
                .ends_with("write \"ko\"")
        );
        assert!(
            Language::try_from("fr".to_owned())
                .unwrap_err()
                .ends_with("vi, en, ko, ja, zh-Hans")
        );
        assert_eq!(
            NoticeLevel::try_from("warning".to_owned()),
            Ok(NoticeLevel(Level::Warning))
        );
        assert!(
            NoticeLevel::try_from("Warning".to_owned())
                .unwrap_err()
                .contains("information, warning, emergency")
        );
    }
}
