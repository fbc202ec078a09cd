//! The choices of `cargo xtask screenshots`. The test that takes the pictures uses the same lists.

/// The kinds of pages, in the order in which a person would look at them.
pub const KINDS: [&str; 19] = [
    "home",
    "section",
    "part",
    "archive",
    "year",
    "month",
    "tags",
    "tag",
    "search",
    "search-results",
    "search-none",
    "article",
    "article-without-headline",
    "article-with-blocks",
    "untranslated",
    "standing",
    "not-found",
    "chooser",
    "lost",
];

/// The languages.
pub const LANGS: [&str; 5] = ["vi", "en", "ko", "ja", "zh-Hans"];

/// The widths of the window, in pixels, unless others are given.
pub const WIDTHS: [&str; 3] = ["360", "768", "1280"];

/// The themes; the first two are taken unless others are given.
pub const THEMES: [&str; 5] = ["light", "dark", "contrast", "forced", "print"];

/// The environment variable for an option. Its values are separated by commas.
pub fn variable(option: &str) -> String {
    format!(
        "PORTAL_SCREENSHOTS_{}",
        option.trim_start_matches('-').to_ascii_uppercase()
    )
}
