//! The sentences in the languages that are not English.

use model::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The files of the catalogue: each sentence with its translations.
const FILES: [&str; 9] = [
    include_str!("../../../messages/addresses.json"),
    include_str!("../../../messages/articles.json"),
    include_str!("../../../messages/desk.json"),
    include_str!("../../../messages/folders.json"),
    include_str!("../../../messages/json.json"),
    include_str!("../../../messages/pictures.json"),
    include_str!("../../../messages/portal.json"),
    include_str!("../../../messages/texts.json"),
    include_str!("../../../messages/tool.json"),
];

/// The translations of a sentence, by the tag of the language.
type Texts = HashMap<String, String>;

static CATALOGUE: LazyLock<HashMap<String, Texts>> = LazyLock::new(|| {
    let files = FILES.iter().map(|file| {
        // What is compiled in is read by the tests.
        serde_json::from_str::<HashMap<String, Texts>>(file).unwrap_or_default()
    });
    files.flatten().collect()
});

/// The sentence as the catalogue has it.
pub(super) fn sentence(text: &str) -> Option<&'static str> {
    CATALOGUE.get_key_value(text).map(|(key, _)| key.as_str())
}

/// The sentence in a language; `None` in English, and where it is missing.
pub(super) fn text(template: &str, lang: Lang) -> Option<&'static str> {
    if template.is_empty() || lang == Lang::En {
        return None;
    }
    let texts = CATALOGUE.get(template)?;
    texts.get(lang.tag()).map(String::as_str)
}
