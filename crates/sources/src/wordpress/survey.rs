//! What a WordPress has that has to be mapped.

use super::{WordPress, language, post};
use crate::adapter::Survey;
use crate::client::{Client, SourceError};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names that taxonomies and fields for these things often have.
const LANGUAGES: [&str; 4] = ["languages", "language", "langs", "locale"];
const GROUPS: [&str; 3] = ["translation_group", "translations_group", "translation"];
const VIEWS: [&str; 4] = ["post_views_count", "views", "post_views", "hits"];

/// What a WordPress has.
///
/// # Errors
/// Where it does not answer.
pub(super) fn survey(cms: &WordPress<'_>, client: &Client) -> Result<Survey, SourceError> {
    let names: Vec<&str> = [&language::SHOWN[..], &LANGUAGES, &GROUPS].concat();
    let query = format!(
        "status=publish&orderby=id&order=asc&_fields=id,content.protected,meta,acf,{}",
        names.join(",")
    );
    let items = cms.all(client, &cms.config.articles, &query)?.items;
    let mut survey = Survey::default();
    let first = items.values().next();
    let shows =
        |name: &str| first.is_some_and(|item| item[name].is_array() || post_has(item, name));
    let found = |names: &[&str]| {
        names
            .iter()
            .find(|name| shows(name))
            .map(|name| (*name).to_owned())
    };
    let by_plugin = items
        .values()
        .any(|item| language::SHOWN.iter().any(|name| !item[*name].is_null()));
    let language = found(&LANGUAGES).filter(|_| !by_plugin);
    if let Some(name) = &language {
        survey.fields.insert("language", name.clone());
        if let Some(group) = found(&GROUPS) {
            survey.fields.insert("translation_group", group);
        } else {
            survey.remarks.push(
                "Nothing says which posts are translations of each other: every post becomes an article of its own.".to_owned(),
            );
        }
    }
    if let Some(name) = found(&VIEWS).filter(|name| name != "views") {
        survey.fields.insert("views", name);
    }
    survey.locales = locales(cms, client, &items, language.as_deref())?;
    if survey.locales.contains_key("") {
        survey.remarks.push(
            "Some posts do not say their language: give it in WordPress, or say with \"language\" which one they have.".to_owned(),
        );
    }
    survey.sections = titles(cms, client, "categories")?;
    survey.tags = titles(cms, client, "tags")?;
    let protected = items
        .values()
        .filter(|item| item["content"]["protected"] == true)
        .count();
    if protected > 0 {
        survey.remarks.push(format!(
            "{protected} posts with a password are not brought over."
        ));
    }
    Ok(survey)
}

/// Whether a post has a field of this name, even an empty one.
fn post_has(item: &Value, name: &str) -> bool {
    ["meta", "acf"]
        .iter()
        .any(|place| item[*place].get(name).is_some())
}

/// The locales of posts, and how many posts each has.
fn locales(
    cms: &WordPress<'_>,
    client: &Client,
    items: &BTreeMap<u64, Value>,
    field: Option<&str>,
) -> Result<BTreeMap<String, usize>, SourceError> {
    let terms = match field {
        Some(name) if items.values().any(|item| item[name].is_array()) => {
            cms.terms(client, name)?
        }
        _ => BTreeMap::new(),
    };
    let fields = crate::config::Fields {
        language: field.unwrap_or(&cms.config.fields.language).to_owned(),
        ..cms.config.fields.clone()
    };
    let languages = language::Languages {
        fields: &fields,
        terms,
    };
    let mut locales = BTreeMap::new();
    for (id, item) in items {
        *locales.entry(languages.of(*id, item).locale).or_default() += 1;
    }
    Ok(locales)
}

/// The terms of a taxonomy that posts have: their names in addresses, with their titles.
fn titles(
    cms: &WordPress<'_>,
    client: &Client,
    route: &str,
) -> Result<BTreeMap<String, String>, SourceError> {
    let items = cms.all(client, route, "_fields=id,slug,name,count")?.items;
    Ok(items
        .values()
        .filter(|item| item["count"].as_u64() != Some(0))
        .map(|item| {
            let name = item["name"].as_str().unwrap_or_default();
            (post::slug(item), import::words(name))
        })
        .collect())
}
