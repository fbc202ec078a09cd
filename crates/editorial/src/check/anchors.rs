//! Anchors: the unique ids of a body's headings, which an address can end with.

use model::Slug;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// The longest name that is made of a heading's words, in bytes.
const MOST: usize = 50;

/// The names of the headings of one body so far.
#[derive(Default)]
pub(super) struct Anchors {
    given: BTreeSet<String>,
    /// The last number that was appended to each name.
    next: BTreeMap<String, usize>,
    headings: usize,
}

impl Anchors {
    /// The name of the next heading: its words in lower-case ASCII letters, or its number among the
    /// headings where it has other scripts. A duplicate name gets a number appended.
    pub(super) fn name(&mut self, text: &str) -> Option<Slug> {
        self.headings += 1;
        let name = folded(text).unwrap_or_else(|| self.headings.to_string());
        let next = self.next.entry(name.clone()).or_insert(1);
        let mut free = name.clone();
        while self.given.contains(&free) {
            *next += 1;
            free = format!("{name}-{next}");
        }
        self.given.insert(free.clone());
        Slug::new(&free).ok()
    }
}

/// `Cảng tiến ra cửa biển` gives `cang-tien-ra-cua-bien`; `None` where a letter or a digit has no
/// such form.
fn folded(text: &str) -> Option<String> {
    let plain = text
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase);
    let plain: String = plain.map(|c| if c == 'đ' { 'd' } else { c }).collect();
    if plain.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
    let mut name = String::new();
    for word in plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if name.len() + word.len() >= MOST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(texts: &[&str]) -> Vec<String> {
        let mut anchors = Anchors::default();
        texts
            .iter()
            .map(|text| anchors.name(text).unwrap().to_string())
            .collect()
    }

    #[test]
    fn a_heading_is_named_by_its_words_or_by_its_number() {
        assert_eq!(
            names(&[
                "Cảng tiến ra cửa biển",
                "Why 13 May?",
                "港の移転",
                "항만",
                "HICT とは",
                "…"
            ]),
            ["cang-tien-ra-cua-bien", "why-13-may", "3", "4", "5", "6"]
        );
        let long =
            "What is told in a heading that has very many more words than any heading should";
        assert_eq!(
            names(&[long]),
            ["what-is-told-in-a-heading-that-has-very-many-more"]
        );
        assert_eq!(names(&[&"a".repeat(300)]), ["1"]);
    }

    #[test]
    fn no_two_headings_have_one_name() {
        assert_eq!(
            names(&["A", "a!", "A 2", "港", "3", "a"]),
            ["a", "a-2", "a-2-2", "4", "3", "a-3"]
        );
    }

    proptest! {
        #[test]
        fn whatever_the_headings_say_each_has_a_name_of_its_own(texts in prop::collection::vec("\\PC{0,12}|[0-9]|[a-b]{1,2}(-2)?", 0..20)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let given = names(&texts);
            let different: BTreeSet<&String> = given.iter().collect();
            prop_assert_eq!(different.len(), texts.len());
        }
    }
}
