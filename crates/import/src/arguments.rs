//! Parsers for command-line values that both imports share.

use editorial::load::names;
use encoding_rs::Encoding;
use model::{Lang, Slug};
use std::path::PathBuf;

/// Reads a slug.
pub(crate) fn slug(text: &str) -> Result<Slug, String> {
    names::slug(text).map_err(|(message, help)| format!("{message}: {help}"))
}

/// Reads a language's tag.
pub(crate) fn language(text: &str) -> Result<Lang, String> {
    let tags = || Lang::ALL.map(Lang::tag).join(", ");
    Lang::from_tag(text).ok_or_else(|| format!("the languages are {}", tags()))
}

/// Reads the name of an encoding.
pub(crate) fn encoding(text: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(text.as_bytes()).ok_or_else(|| {
        "the encodings are euc-kr, shift_jis, gb18030, big5, windows-1258 and others of the web"
            .to_owned()
    })
}

/// Reads the language of a list, and its file: `ko=dictionary.sql`.
pub(crate) fn translations(text: &str) -> Result<(Lang, PathBuf), String> {
    let parts = text.split_once('=').filter(|(_, file)| !file.is_empty());
    let (lang, file) = parts.ok_or("write the language and the list: ko=translations.csv")?;
    Ok((language(lang)?, PathBuf::from(file)))
}

/// Reads the language of a site: `https://en.old.example=en`.
pub(crate) fn site_language(text: &str) -> Result<(String, Lang), String> {
    let parts = text
        .rsplit_once('=')
        .filter(|(site, _)| site.contains("://"));
    let (site, lang) =
        parts.ok_or("write the site's address and its language: https://en.old.example=en")?;
    Ok((site.to_owned(), language(lang)?))
}
