//! JSON Feed 1.1 (jsonfeed.org).

use super::{Feed, FeedEntry};
use model::route::JSON_FEED;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    description: &'a str,
    language: &'static str,
    authors: [Author<'a>; 1],
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    authors: [Author<'a>; 1],
    tags: Vec<&'a str>,
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    /// The addresses of the other languages. JSON Feed lets the names of extensions begin with an
    /// underscore.
    #[serde(rename = "_alternates", skip_serializing_if = "BTreeMap::is_empty")]
    alternates: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// The feed in JSON Feed.
pub(crate) fn json(feed: &Feed) -> String {
    let (site, page) = (feed.site, feed.page());
    let entries: Vec<FeedEntry> = feed.entries().collect();
    let written = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title(),
        home_page_url: site.address(&page),
        feed_url: feed.below(&page.feed(JSON_FEED)),
        description: &site.slogan,
        language: site.lang.tag(),
        authors: [Author { name: &site.name }],
        items: entries
            .iter()
            .map(|entry| item(entry, site.lang.tag()))
            .collect(),
    };
    // Texts and lists of texts cannot fail to serialise.
    serde_json::to_string(&written).unwrap_or_default()
}

fn item<'a>(entry: &'a FeedEntry, language: &'static str) -> JsonItem<'a> {
    JsonItem {
        id: &entry.id,
        url: &entry.address,
        title: &entry.title,
        content_text: &entry.summary,
        date_published: entry.published.rfc3339(),
        date_modified: entry.updated.rfc3339(),
        authors: [Author { name: entry.author }],
        tags: entry
            .categories
            .iter()
            .map(|category| category.label)
            .collect(),
        language,
        image: entry.picture.as_deref(),
        alternates: entry
            .others
            .iter()
            .map(|(lang, address)| (lang.tag(), address.as_str()))
            .collect(),
    }
}
