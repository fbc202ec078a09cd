//! How long reading an article takes.
//!
//! English: 238 words a minute, the mean of 190 studies of silent reading of non-fiction (M.
//! Brysbaert, Journal of Memory and Language 109, 2019). By the same review, the rate of another
//! language follows from how many words it needs to say the same. So each other rate is 238 times
//! the number of units that our own articles need for one English word, rounded to five. The eight
//! articles that existed in all five languages had 3,603 words in English, 4,028 syllables in
//! Vietnamese, 2,132 words in Korean, 7,069 characters in Japanese and 5,211 in Chinese.

use model::Lang;

/// The unit of a language, and how many of it are read in a minute.
const fn rate(lang: Lang) -> (Unit, usize) {
    match lang {
        Lang::Vi => (Unit::Word, 265),
        Lang::En => (Unit::Word, 238),
        Lang::Ko => (Unit::Word, 140),
        Lang::Ja => (Unit::Character, 465),
        Lang::ZhHans => (Unit::Character, 345),
    }
}

/// A unit of text.
#[derive(Clone, Copy)]
enum Unit {
    /// A run between spaces: a word in English, a syllable in Vietnamese, an eojeol in Korean.
    Word,
    /// A letter, a digit, a character of Chinese or Japanese script; no punctuation.
    Character,
}

/// The minutes that a text takes, to the nearest, at least one.
pub(super) fn minutes(lines: &[String], lang: Lang) -> u32 {
    let (unit, rate) = rate(lang);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let count: usize = match unit {
        Unit::Word => lines
            .iter()
            .flat_map(|line| line.split_whitespace())
            .filter(|word| word.contains(char::is_alphanumeric))
            .count(),
        Unit::Character => lines.iter().map(|line| letters(line)).sum(),
    };
    u32::try_from((count + rate / 2) / rate)
        .unwrap_or(u32::MAX)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_counted_as_each_language_is_written_and_rounded() {
        let words = |count: usize| vec!["đường – ".repeat(count)];
        let characters = |count: usize| vec!["港".repeat(count), "、。「」 ".repeat(50)];
        for (lang, text, expected) in [
            (Lang::En, words(0), 1),
            (Lang::En, words(356), 1),
            (Lang::En, words(357), 2),
            (Lang::Vi, words(397), 1),
            (Lang::Vi, words(398), 2),
            (Lang::Ko, words(350), 3),
            (Lang::Ja, characters(697), 1),
            (Lang::Ja, characters(698), 2),
            (Lang::ZhHans, characters(3450), 10),
        ] {
            assert_eq!(minutes(&text, lang), expected, "{lang:?}");
        }
    }
}
