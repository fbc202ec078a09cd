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
            "Posts with a password are not brought over: {protected}."
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Timeouts;
    use crate::config::Config;
    use crate::record::Record;
    use import::Portal;
    use serde_json::json;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::thread;

    /// A server that answers each route with a list. Returns its address.
    fn serve(lists: BTreeMap<&'static str, Value>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for mut stream in listener.incoming().filter_map(Result::ok) {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().unwrap().unwrap();
                while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
                let route = first.split(['?', ' ']).nth(1).unwrap();
                let list = lists[route.rsplit('/').next().unwrap()].to_string();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nX-WP-TotalPages: 1\r\nConnection: close",
                    list.len()
                );
                stream
                    .write_all(format!("{head}\r\n\r\n{list}").as_bytes())
                    .unwrap();
            }
        });
        address
    }

    fn found(posts: Value) -> Survey {
        let categories = json!([{"id": 3, "slug": "port", "name": "Cảng &amp; biển", "count": 2}, {"id": 1, "slug": "uncategorized", "name": "x", "count": 0}]);
        let address = serve(BTreeMap::from([
            ("posts", posts),
            ("categories", categories),
            (
                "tags",
                json!([{"id": 8, "slug": "bi%e1%bb%83n", "name": "Biển", "count": 1}]),
            ),
            (
                "languages",
                json!([{"id": 6, "slug": "vi"}, {"id": 7, "slug": "en"}]),
            ),
        ]));
        let text = json!({"system": "wordpress", "address": address, "source": {"name": "A", "address": "https://a.example/"}});
        let config = Config::read("source.json", text.to_string().as_bytes(), None).unwrap();
        let portal = Portal { site: None };
        let cms = WordPress::new(&config, &portal, &Record::default());
        survey(&cms, &Client::new(&address, None, Timeouts::of(60))).unwrap()
    }

    #[test]
    fn a_taxonomy_of_languages_and_other_fields_are_found() {
        let post = |id: u64, languages: Value| json!({"id": id, "languages": languages, "meta": {"translation_group": "", "post_views_count": 3}, "content": {"protected": id == 3}});
        let survey = found(json!([
            post(1, json!([6])),
            post(2, json!([7])),
            post(3, json!([6]))
        ]));
        let count = |locale: &str, number: usize| (locale.to_owned(), number);
        assert_eq!(
            survey.locales,
            BTreeMap::from([count("en", 1), count("vi", 2)])
        );
        let named = |name: &str, title: &str| BTreeMap::from([(name.to_owned(), title.to_owned())]);
        assert_eq!(survey.sections, named("port", "Cảng & biển"));
        assert_eq!(survey.tags, named("biển", "Biển"));
        let fields: Vec<_> = survey
            .fields
            .iter()
            .map(|(ours, theirs)| (*ours, theirs.as_str()))
            .collect();
        assert_eq!(
            fields,
            [
                ("language", "languages"),
                ("translation_group", "translation_group"),
                ("views", "post_views_count")
            ]
        );
        assert_eq!(
            survey.remarks,
            ["Posts with a password are not brought over: 1."]
        );
    }

    #[test]
    fn the_languages_of_polylang_need_no_field_and_posts_without_one_are_said() {
        let survey = found(
            json!([{"id": 1, "lang": "vi", "meta": []}, {"id": 2, "lang": false, "meta": []}]),
        );
        assert_eq!(survey.fields, BTreeMap::new());
        assert_eq!(survey.locales.get(""), Some(&1));
        assert!(
            survey.remarks[0].contains("do not say their language"),
            "{:?}",
            survey.remarks
        );
    }
}
