//! An article between reading and writing: its texts in all languages.

use crate::html::{self, Body};
use crate::serialised::Source;
use crate::slugs;
use model::{Lang, Moment};

/// An article in all its languages.
pub struct ImportedArticle {
    /// The source of the news.
    pub source: Source,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its former addresses.
    pub aliases: Vec<String>,
    /// Its texts, the original first.
    pub texts: Vec<Text>,
    /// The hosts that it stood on. What links lead to there is carried along, or listed.
    pub former_hosts: Vec<String>,
}

/// An article in one language.
pub struct Text {
    /// The language.
    pub lang: Lang,
    /// The name of the text in the report.
    pub subject: String,
    /// Its title, with whatever markup it has.
    pub title: String,
    /// Its excerpt.
    pub excerpt: Body,
    /// Its text.
    pub body: Body,
    /// Its cover.
    pub cover: Option<html::Picture>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Moment,
    /// When it was changed last.
    pub modified: Option<Moment>,
    /// How often it was read.
    pub views: u64,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether a machine wrote it or a part of it, and nobody has looked at that.
    pub machine: bool,
}

/// Whether a title describes a picture, and is not only the file's name or a camera's number.
pub fn describes(title: &str, stem: &str) -> bool {
    let folded = |text: &str| {
        slugs::fold(text)
            .map(|slug| slug.to_string())
            .unwrap_or_default()
    };
    let is_name = !folded(title).is_empty() && folded(stem).starts_with(&folded(title));
    let words = title
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 1)
        .count();
    let wide = title
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .count();
    !is_name && (words >= 2 || wide >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_describes_a_picture_where_it_is_more_than_a_name() {
        for (title, stem, says) in [
            ("Toàn cảnh cảng Lạch Huyện", "IMG_1", true),
            ("深水港", "a", true),
            ("IMG_2034", "IMG_2034", false),
            ("cang-nuoc-sau", "cang-nuoc-sau-scaled", false),
            ("DSC 0001", "x", false),
            ("1", "2", false),
        ] {
            assert_eq!(describes(title, stem), says, "{title}");
        }
    }
}
