//! Slugs: names in addresses and folders.

use macros::Read;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A name that is safe in a URL, in a file system and in a shell: lower-case ASCII letters and digits, in words joined
/// by single hyphens, at most [`Slug::MOST`] characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Read)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// The error for a text that is no [`Slug`]. Its message states the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlugError(String);

impl Slug {
    /// The longest slug, in characters.
    pub const MOST: usize = 80;

    /// Reads a slug.
    ///
    /// # Errors
    /// Where `text` breaks the rule that the type states.
    pub fn new(text: &str) -> Result<Self, SlugError> {
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= Self::MOST && text.split('-').all(word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SlugError(text.to_owned()))
        }
    }

    /// The slug as it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::new(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is not a slug: use lower-case letters a-z and digits in words joined by single hyphens, at most {} characters",
            self.0.escape_debug(),
            Slug::MOST
        )
    }
}

impl std::error::Error for SlugError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_words_of_lower_case_letters_and_digits() {
        for good in ["a", "about", "deep-water-port", "2014", "a1-b2"] {
            assert_eq!(Slug::new(good).unwrap().as_str(), good);
        }
        let long = "a".repeat(81);
        for bad in [
            "", "-a", "a-", "a--b", "A", "đ", "a b", "../a", "a/b", "a.b", "con\0", &long,
        ] {
            assert!(Slug::new(bad).is_err(), "{bad:?} was taken for a slug");
        }
    }
}
