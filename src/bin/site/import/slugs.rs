//! Slugs for what was called otherwise: from a name in an address, a title, or a file's name.

use portal::model::Slug;
use unicode_normalization::UnicodeNormalization;

/// Names that some systems keep for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The nearest slug to a text in Latin letters: `Cảng Đình Vũ` gives `cang-dinh-vu`. `None` where no word is left, or
/// where too much of a text in another script would be lost.
pub(crate) fn fold(text: &str) -> Option<Slug> {
    let plain =
        text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase);
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
    let lost = plain.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii()).count();
    let kept = plain.chars().filter(char::is_ascii_alphanumeric).count();
    if lost > kept {
        return None;
    }
    let mut slug = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let longer = slug.len() + word.len() + usize::from(!slug.is_empty());
        if longer > Slug::MOST && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(Slug::MOST));
    }
    let is_device = DEVICES.contains(&slug.as_str())
        || (slug.len() == 4
            && ["com", "lpt"].iter().any(|name| slug.starts_with(name))
            && slug.ends_with(|c: char| c.is_ascii_digit()));
    Slug::new(&slug).ok().filter(|_| !is_device)
}

/// A name in an address of WordPress: percent-encoded where it is not in Latin letters.
pub(crate) fn decoded(name: &str) -> String {
    percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned()
}

/// The slug, or the same with a number that is not taken.
pub(crate) fn free(wanted: &Slug, is_taken: impl Fn(&Slug) -> bool) -> Slug {
    let numbered = |number: usize| {
        let ending = format!("-{number}");
        let stem = &wanted.as_str()[..wanted.as_str().len().min(Slug::MOST - ending.len())];
        Slug::new(&format!("{}{ending}", stem.trim_end_matches('-'))).ok()
    };
    let mut names = std::iter::once(Some(wanted.clone())).chain((2..).map(numbered)).flatten();
    names.find(|slug| !is_taken(slug)).unwrap_or_else(|| wanted.clone())
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
    fn a_slug_that_is_taken_gets_a_number() {
        let slug = |text: &str| Slug::new(text).unwrap();
        assert_eq!(free(&slug("a"), |slug| ["a", "a-2"].contains(&slug.as_str())), slug("a-3"));
        let long = slug(&"a".repeat(80));
        assert_eq!(free(&long, |slug| *slug == long).as_str(), format!("{}-2", "a".repeat(78)));
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
    }
}
