//! What a Wagtail has, for a proposal of `source.json`.

use super::{above, field, locale, names, titles};
use crate::adapter::Survey;
use crate::config::Fields;
use serde_json::Value;

/// What projects call their fields, by our names, the more usual first.
const USUAL: [(&str, &[&str]); 8] = [
    (
        "lead",
        &[
            "intro",
            "introduction",
            "lead",
            "summary",
            "excerpt",
            "standfirst",
            "subtitle",
            "description",
            "search_description",
        ],
    ),
    (
        "body",
        &["body", "content", "text", "article_body", "main_content"],
    ),
    (
        "published",
        &[
            "published",
            "date",
            "date_published",
            "publication_date",
            "publish_date",
            "published_at",
        ],
    ),
    (
        "section",
        &["section", "category", "categories", "topic", "rubric"],
    ),
    ("tags", &["tags", "keywords", "topics"]),
    (
        "cover",
        &[
            "cover",
            "cover_image",
            "image",
            "main_image",
            "header_image",
            "hero_image",
            "featured_image",
            "feed_image",
            "photo",
        ],
    ),
    ("author", &["author", "authors", "byline", "writer"]),
    ("views", &["views", "view_count", "hits"]),
];

/// The survey of whole texts.
pub(super) fn of(items: &[Value], fields: &Fields) -> Survey {
    let mut survey = Survey::default();
    let shown = |name: &str| items.iter().any(|item| field(item, name).is_some());
    for (ours, usual) in USUAL {
        if shown(configured(fields, ours)) {
            continue;
        }
        let found = usual.iter().find(|name| shown(name));
        // A section without a field is the page above; the date of publishing is always there.
        match found {
            Some(name) if *name != ours => {
                survey.fields.insert(ours, (*name).to_owned());
            }
            None if ours == "body" && !items.is_empty() => survey.remarks.push(
                "The API does not show the text of the articles: add its field to api_fields of the page type.".to_owned(),
            ),
            _ => {}
        }
    }
    let called = |ours: &str| match survey.fields.get(ours) {
        Some(name) => name.clone(),
        None => configured(fields, ours).to_owned(),
    };
    let (section, tags) = (called("section"), called("tags"));
    for item in items
        .iter()
        .filter(|item| item["meta"]["alias_of"].is_null())
    {
        *survey.locales.entry(locale(item).to_owned()).or_default() += 1;
        let own = field(item, &section).map(|value| (names(value), titles(value)));
        match own {
            Some((names, titles)) if !names.is_empty() => {
                survey.sections.extend(names.into_iter().zip(titles));
            }
            _ => {
                let slug = above(item).map(|slug| (slug.to_owned(), slug.to_owned()));
                survey.sections.extend(slug);
            }
        }
        if let Some(value) = field(item, &tags) {
            survey
                .tags
                .extend(names(value).into_iter().zip(titles(value)));
        }
    }
    for (name, why) in [
        (
            "translation_key",
            "its translations are asked for one by one",
        ),
        ("last_published_at", "every sync reads every text"),
    ] {
        if !items.is_empty() && !shown(name) {
            survey.remarks.push(format!(
                "The API does not show {name}, so {why}: add it to api_fields of the page type."
            ));
        }
    }
    survey
}

/// What `source.json` calls a field.
fn configured<'a>(fields: &'a Fields, ours: &str) -> &'a str {
    match ours {
        "lead" => &fields.lead,
        "body" => &fields.body,
        "published" => &fields.published,
        "section" => &fields.section,
        "tags" => &fields.tags,
        "cover" => &fields.cover,
        "author" => &fields.author,
        "views" => &fields.views,
        _ => "",
    }
}
