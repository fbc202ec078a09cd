//! Reads names of files and folders, and suggests right ones for wrong ones.

use crate::check::windows_names::{self, is_reserved};
use crate::diagnostics::Message;
use crate::message;
use model::{Lang, Slug};
use unicode_normalization::UnicodeNormalization;

/// The language that a file's name stands for.
///
/// # Errors
/// The message and the help for a wrong name.
pub fn language(name: &str) -> Result<Lang, (Message, Message)> {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    if let Some(lang) = Lang::from_tag(stem) {
        return Ok(lang);
    }
    Err(match meant(stem) {
        Some(lang) => (
            message!(
                "\"{stem}\" is not this portal's code for {language}",
                stem,
                language = lang.native_name()
            ),
            message!("rename the file to {lang}.json", lang = lang.tag()),
        ),
        None => (
            message!("\"{stem}\" is not a language of this portal", stem),
            message!("the languages are {tags}", tags = tags()),
        ),
    })
}

/// The language that somebody seems to mean who calls a file so.
pub(super) fn meant(stem: &str) -> Option<Lang> {
    let first = stem.split(['-', '_', ' ', '.', '~', '(']).next();
    Lang::from_alias(stem).or_else(|| Lang::from_alias(first.unwrap_or_default()))
}

/// Whether a file is JSON by its name.
pub fn is_json(name: &str) -> bool {
    name.strip_suffix(".json").is_some()
}

/// The languages' tags, separated by commas.
pub fn tags() -> String {
    Lang::ALL.map(Lang::tag).join(", ")
}

/// A folder's name as a slug.
///
/// # Errors
/// The message and the help for a wrong name.
pub fn slug(name: &str) -> Result<Slug, (Message, Message)> {
    if is_reserved(name) {
        return Err(windows_names::refusal(
            name.split('.').next().unwrap_or(name),
        ));
    }
    Slug::new(name).map_err(|_| {
        let rule = message!(
            "use lower-case letters a-z and digits in words joined by single hyphens, at most {most} characters",
            most = Slug::MOST
        );
        let help = match suggestion(name) {
            Some(slug) => message!("rename it to {slug}; {rule}", slug, rule),
            None => rule,
        };
        let text = name.escape_debug();
        (message!("\"{text}\" is not a slug", text), help)
    })
}

/// The nearest right name to that of a file: a slug with its ending.
pub fn file(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    suggestion(stem).map_or_else(|| name.to_owned(), |slug| format!("{slug}.{ending}"))
}

/// The nearest slug to a name: `Cảng Đình Vũ` gives `cang-dinh-vu`.
fn suggestion(name: &str) -> Option<Slug> {
    let plain = name
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase);
    let plain: String = plain.map(|c| if c == 'đ' { 'd' } else { c }).collect();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let short: String = words.join("-").chars().take(Slug::MOST).collect();
    Slug::new(short.trim_end_matches('-')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_code_is_answered_with_the_right_one() {
        for (name, right) in [
            ("kr.json", "ko.json"),
            ("cn.json", "zh-Hans.json"),
            ("zh-CN.json", "zh-Hans.json"),
            ("jp.json", "ja.json"),
            ("VI.json", "vi.json"),
            ("zh-hans.json", "zh-Hans.json"),
            ("en_GB.json", "en.json"),
        ] {
            let (_, help) = language(name).unwrap_err();
            assert_eq!(&*help, format!("rename the file to {right}"), "{name}");
        }
        assert!(
            language("fr.json")
                .unwrap_err()
                .1
                .contains("vi, en, ko, ja, zh-Hans")
        );
        assert_eq!(language("zh-Hans.json"), Ok(Lang::ZhHans));
    }

    #[test]
    fn a_name_that_is_no_slug_is_answered_with_one() {
        for (name, right) in [
            ("Cảng Đình Vũ", "cang-dinh-vu"),
            ("Deep_Port", "deep-port"),
            ("a--b", "a-b"),
        ] {
            assert!(
                slug(name)
                    .unwrap_err()
                    .1
                    .starts_with(&format!("rename it to {right};")),
                "{name}"
            );
        }
        assert!(
            slug("港")
                .unwrap_err()
                .1
                .starts_with("use lower-case letters")
        );
        assert!(slug(&"a".repeat(300)).is_err());
    }
}
