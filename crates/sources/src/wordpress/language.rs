//! The language of a post, and its translations. WordPress has neither: plugins add them, each in
//! its own way.

use super::identity::Tied;
use super::post;
use crate::config::Fields;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What plugins show of languages: Polylang itself, those that show what the free Polylang knows, and
/// the one for WPML.
pub(super) const SHOWN: [&str; 6] = [
    "lang",
    "polylang_current_lang",
    "wpml_current_locale",
    "translations",
    "polylang_translations",
    "wpml_translations",
];

/// Our languages, as WPML calls them.
pub(super) const WPML_CODES: [&str; 5] = ["vi", "en", "ko", "ja", "zh-hans"];

/// Whether WPML says the language of a post.
pub(super) fn is_of_wpml(item: &Value) -> bool {
    item["wpml_current_locale"].is_string()
}

/// Reads the languages of posts.
pub(super) struct Languages<'a> {
    pub(super) fields: &'a Fields,
    /// The names of languages by their numbers, where a taxonomy has them.
    pub(super) terms: BTreeMap<u64, String>,
}

impl Languages<'_> {
    /// What a post says about its language and its translations.
    pub(super) fn of(&self, id: u64, item: &Value) -> Tied {
        let [langs, translations] = [&SHOWN[..3], &SHOWN[3..]];
        let shown = langs.iter().find_map(|key| item[*key].as_str());
        let own = named(item, &self.fields.language, &self.terms);
        let locale = own.unwrap_or_else(|| shown.unwrap_or_default().to_owned());
        let mut ids: BTreeSet<u64> = translations
            .iter()
            .flat_map(|key| numbers(&item[*key]))
            .collect();
        ids.remove(&id);
        Tied {
            id,
            locale,
            ids,
            group: named(item, &self.fields.translation_group, &BTreeMap::new())
                .filter(|group| !group.is_empty()),
        }
    }
}

/// What a field of the configuration says about a post; `None` where there is no such field.
/// More than one term is no answer, but all of them are named.
fn named(item: &Value, name: &str, terms: &BTreeMap<u64, String>) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let Value::Array(ids) = &item[name] else {
        return Some(
            post::own(item, name)
                .and_then(post::text)
                .unwrap_or_default(),
        );
    };
    let names = ids.iter().filter_map(Value::as_u64).map(|id| {
        let name = terms.get(&id).cloned();
        name.unwrap_or_else(|| id.to_string())
    });
    Some(names.collect::<Vec<_>>().join(" and "))
}

/// The numbers of translations: `{"vi": 12, "en": 15}`, or a list with an `id` each. PHP writes what
/// is empty as a list.
fn numbers(value: &Value) -> Vec<u64> {
    let number = |value: &Value| {
        let text = || value.as_str()?.parse().ok();
        value.as_u64().or_else(text)
    };
    match value {
        Value::Object(all) => all.values().filter_map(number).collect(),
        Value::Array(all) => all.iter().filter_map(|one| number(&one["id"])).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(item: &Value, language: &str, group: &str) -> (String, Vec<u64>, Option<String>) {
        let fields = Fields {
            language: language.to_owned(),
            translation_group: group.to_owned(),
            ..Fields::default()
        };
        let terms = BTreeMap::from([(6, "vi".to_owned()), (7, "en".to_owned())]);
        let tied = Languages {
            fields: &fields,
            terms,
        }
        .of(12, item);
        (tied.locale, tied.ids.into_iter().collect(), tied.group)
    }

    #[test]
    fn polylang_and_wpml_say_the_language_and_the_translations() {
        let none: Option<String> = None;
        for (item, locale, ids) in [
            (
                json!({"lang": "vi", "translations": {"vi": 12, "en": 15}}),
                "vi",
                vec![15],
            ),
            (
                json!({"lang": "vi", "translations": {"en": "15"}}),
                "vi",
                vec![15],
            ),
            (json!({"lang": "vi", "translations": []}), "vi", vec![]),
            (
                json!({"polylang_current_lang": "ko_KR", "polylang_translations": [{"locale": "vi", "id": 15}]}),
                "ko_KR",
                vec![15],
            ),
            (
                json!({"wpml_current_locale": "en_US", "wpml_translations": [{"locale": "vi", "id": 15, "post_title": "x", "href": "y"}]}),
                "en_US",
                vec![15],
            ),
            (json!({"lang": false}), "", vec![]),
            (json!({}), "", vec![]),
        ] {
            assert_eq!(
                of(&item, "", ""),
                (locale.to_owned(), ids, none.clone()),
                "{item}"
            );
        }
    }

    #[test]
    fn a_taxonomy_or_a_field_says_it_where_the_configuration_names_one() {
        let group = || Some("berth".to_owned());
        for (item, locale) in [
            (json!({"languages": [6], "meta": {"group": "berth"}}), "vi"),
            (
                json!({"languages": [6, 7], "meta": {"group": "berth"}}),
                "vi and en",
            ),
            (json!({"languages": [], "acf": {"group": "berth"}}), ""),
            (json!({"meta": {"languages": "ko", "group": "berth"}}), "ko"),
            // What is named in the configuration counts, whatever else is there.
            (
                json!({"lang": "vi", "languages": [], "meta": {"group": "berth"}}),
                "",
            ),
        ] {
            assert_eq!(
                of(&item, "languages", "group"),
                (locale.to_owned(), vec![], group()),
                "{item}"
            );
        }
        let empty = json!({"languages": [6], "meta": []});
        assert_eq!(of(&empty, "languages", "group").2, None);
        let terms = json!({"languages": [6], "group": [31]});
        assert_eq!(of(&terms, "languages", "group").2.as_deref(), Some("31"));
    }
}
