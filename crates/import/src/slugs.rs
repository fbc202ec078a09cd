//! Makes slugs of other names: of names in addresses, titles, and names of files.

use editorial::load::names;
use model::Slug;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// The nearest slug to a text in Latin letters: `Cảng Đình Vũ` gives `cang-dinh-vu`. `None` where
/// no word is left, or where most letters are in another script.
pub fn fold(text: &str) -> Option<Slug> {
    let plain = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    let plain: String = plain
        .map(|c| match c {
            'đ' | 'ð' => "d".to_owned(),
            'ł' => "l".to_owned(),
            'ø' => "o".to_owned(),
            'ß' => "ss".to_owned(),
            'æ' => "ae".to_owned(),
            '\'' | '’' => String::new(),
            c => c.to_string(),
        })
        .collect();
    let lost = plain
        .chars()
        .filter(|c| c.is_alphanumeric() && !c.is_ascii())
        .count();
    let kept = plain.chars().filter(char::is_ascii_alphanumeric).count();
    if lost > kept {
        return None;
    }
    let mut slug = String::new();
    for word in plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let longer = slug.len() + word.len() + usize::from(!slug.is_empty());
        if longer > Slug::MOST && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(Slug::MOST));
    }
    // A name that no folder can have is no slug either.
    names::slug(&slug).ok()
}

/// Decodes a name in an address of WordPress, which percent-encodes all but Latin letters.
pub fn decoded(name: &str) -> String {
    percent_encoding::percent_decode_str(name)
        .decode_utf8_lossy()
        .into_owned()
}

/// Decodes a name as often as it was encoded, in composed letters.
pub fn fully_decoded(name: &str) -> String {
    let mut name = name.to_owned();
    for _ in 0..3 {
        let once = decoded(&name);
        if once == name {
            break;
        }
        name = once;
    }
    name.nfc().collect()
}

/// Hands out slugs, each once.
#[derive(Default)]
pub struct UniqueSlugs {
    taken: HashSet<Slug>,
    /// The next suffix for slugs with the same prefix, so that thousands of equal names are not
    /// tried one by one.
    next_suffix: HashMap<String, usize>,
}

/// The length of the prefix that such slugs share, in bytes. Hardly any suffix reaches into it.
const SHARED_PREFIX: usize = Slug::MOST - 20;

impl UniqueSlugs {
    /// Takes the name, or the same with a number where the name is taken, here or according to
    /// `is_taken`.
    pub fn take(&mut self, wanted: &Slug, is_taken: impl Fn(&Slug) -> bool) -> Slug {
        let is_free = |slug: &Slug, taken: &HashSet<Slug>| !taken.contains(slug) && !is_taken(slug);
        if is_free(wanted, &self.taken) {
            self.taken.insert(wanted.clone());
            return wanted.clone();
        }
        let stem = wanted.as_str();
        let next = self
            .next_suffix
            .entry(stem[..stem.len().min(SHARED_PREFIX)].to_owned())
            .or_insert(2);
        loop {
            let slug = numbered(stem, *next);
            *next += 1;
            if let Some(slug) = slug.filter(|slug| is_free(slug, &self.taken)) {
                self.taken.insert(slug.clone());
                return slug;
            }
        }
    }
}

fn numbered(stem: &str, number: usize) -> Option<Slug> {
    let ending = format!("-{number}");
    let stem = &stem[..stem.len().min(Slug::MOST.saturating_sub(ending.len()))];
    Slug::new(&format!("{}{ending}", stem.trim_end_matches('-'))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    #[test]
    fn a_title_becomes_a_slug() {
        for (text, slug) in [
            ("Cảng Đình Vũ – 5 năm", Some("cang-dinh-vu-5-nam")),
            ("Hải Phòng's port", Some("hai-phongs-port")),
            ("ＡＢＣ ﬁsh", Some("abc-fish")),
            ("港", None),
            ("하이퐁 항만 2014", None),
            ("…", None),
            ("con", None),
            ("COM1", None),
        ] {
            assert_eq!(fold(text).as_ref().map(Slug::as_str), slug, "{text}");
        }
        assert_eq!(fold(&"word ".repeat(40)).unwrap().as_str().len(), 79);
    }

    #[test]
    fn no_slug_is_a_name_that_windows_keeps_for_a_device() {
        for device in ["con", "prn", "aux", "nul", "com0", "com1", "lpt9"] {
            for name in [
                device.to_owned(),
                device.to_uppercase(),
                format!("{device}!"),
                format!("-{device}-"),
            ] {
                assert_eq!(fold(&name), None, "{name}");
            }
            assert!(fold(&format!("{device} 2")).is_some());
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let slug = |text: &str| Slug::new(text).unwrap();
        let mut names = UniqueSlugs::default();
        let taken: Vec<String> = (0..4)
            .map(|_| {
                names
                    .take(&slug("a"), |slug| slug.as_str() == "a-3")
                    .to_string()
            })
            .collect();
        assert_eq!(taken, ["a", "a-2", "a-4", "a-5"]);
        assert_eq!(names.take(&slug("a-2"), |_| false), slug("a-2-2"));
        let long = slug(&"a".repeat(80));
        names.take(&long, |_| false);
        assert_eq!(
            names.take(&long, |_| false).as_str(),
            format!("{}-2", "a".repeat(78))
        );
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

        #[test]
        fn whatever_is_folded_is_a_slug_and_stays_one(text in "\\PC{0,100}|[a-zA-ZđĐếỘ0-9 ./\\\\-]{0,120}") {
            if let Some(slug) = fold(&text) {
                prop_assert!(Slug::new(slug.as_str()).is_ok());
                prop_assert_eq!(fold(slug.as_str()), Some(slug));
            }
        }

        #[test]
        fn no_name_is_given_away_twice(wanted in proptest::collection::vec("[ab]{1,2}|a{79}[ab]|a{58,62}(-[ab]{1,10})?", 0..40)) {
            let mut names = UniqueSlugs::default();
            let given: HashSet<Slug> = wanted.iter().map(|name| names.take(&Slug::new(name).unwrap(), |_| false)).collect();
            prop_assert_eq!(given.len(), wanted.len());
        }
    }
}
