//! What a Strapi has that has to be mapped.

use super::{PAGE, Strapi, media, no_list, related};
use crate::adapter::Survey;
use crate::client::{Client, SourceError};
use import::dates;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A field of ours, and the names that Strapis often have for it.
struct Wanted {
    ours: &'static str,
    often: &'static [&'static str],
    fits: fn(&Value) -> bool,
}

/// Our fields.
const FIELDS: [Wanted; 10] = [
    Wanted {
        ours: "title",
        often: &["title", "headline", "heading", "name", "tieude", "ten"],
        fits: is_text,
    },
    Wanted {
        ours: "slug",
        often: &["slug", "uid", "permalink", "urlslug", "path", "duongdan"],
        fits: is_text,
    },
    Wanted {
        ours: "lead",
        often: &[
            "lead",
            "excerpt",
            "description",
            "summary",
            "intro",
            "introduction",
            "standfirst",
            "teaser",
            "abstract",
            "sapo",
            "tomtat",
            "mota",
        ],
        fits: is_rich,
    },
    Wanted {
        ours: "body",
        often: &[
            "body", "content", "blocks", "text", "richtext", "article", "noidung",
        ],
        fits: is_rich,
    },
    Wanted {
        ours: "published",
        often: &[
            "published",
            "publishdate",
            "publisheddate",
            "datepublished",
            "publishedon",
            "publicationdate",
            "date",
            "ngaydang",
        ],
        fits: is_date,
    },
    Wanted {
        ours: "section",
        often: &[
            "section",
            "category",
            "categories",
            "rubric",
            "channel",
            "chuyenmuc",
        ],
        fits: is_named,
    },
    Wanted {
        ours: "tags",
        often: &["tags", "tag", "keywords", "labels", "topics"],
        fits: is_named,
    },
    Wanted {
        ours: "cover",
        often: &[
            "cover",
            "image",
            "picture",
            "thumbnail",
            "featuredimage",
            "coverimage",
            "hero",
            "photo",
            "anhbia",
            "hinhanh",
        ],
        fits: |value| media(value).is_some(),
    },
    Wanted {
        ours: "author",
        often: &["author", "writer", "byline", "authors", "tacgia"],
        fits: |value| is_text(value) || is_text(&value["name"]),
    },
    Wanted {
        ours: "views",
        often: &["views", "viewcount", "hits", "luotxem"],
        fits: Value::is_u64,
    },
];

/// What Strapi itself keeps with an entry.
const OWN: [&str; 9] = [
    "id",
    "documentId",
    "createdAt",
    "updatedAt",
    "publishedAt",
    "locale",
    "localizations",
    "createdBy",
    "updatedBy",
];

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn is_rich(value: &Value) -> bool {
    is_text(value) || value.as_array().is_some_and(|parts| !parts.is_empty())
}

fn is_date(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| dates::moment(text, 0).is_some())
}

fn is_named(value: &Value) -> bool {
    !related(value).is_empty() && media(value).is_none()
}

/// Asks for what has to be mapped.
pub(super) fn of(strapi: &Strapi<'_>, client: &Client) -> Result<Survey, SourceError> {
    let path = format!(
        "/api/{}?locale=*&status=published&sort=id&populate=*&pagination[page]=1&pagination[pageSize]={PAGE}",
        strapi.articles
    );
    let answer = client.json(&path)?;
    let Some(sample) = answer["data"].as_array() else {
        return Err(no_list(client, &path));
    };
    let mut survey = Survey::default();
    let mut used: BTreeMap<&str, String> = BTreeMap::new();
    for wanted in &FIELDS {
        let configured = strapi.fields.named(wanted.ours);
        if let Some(found) = find(wanted, configured, sample) {
            if found != configured {
                survey.fields.insert(wanted.ours, found.clone());
            }
            used.insert(wanted.ours, found);
        }
    }
    remark(&used, sample, &mut survey.remarks);
    count(strapi, client, sample, &used, &mut survey)?;
    Ok(survey)
}

/// The field of the entries that is meant: the configured one where it fits, or else the first with
/// a usual name that does.
fn find(wanted: &Wanted, configured: &str, sample: &[Value]) -> Option<String> {
    let fits = |name: &str| sample.iter().any(|entry| (wanted.fits)(&entry[name]));
    if !configured.is_empty() && fits(configured) {
        return Some(configured.to_owned());
    }
    let names = || {
        let objects = sample.iter().filter_map(Value::as_object);
        objects.flat_map(serde_json::Map::keys)
    };
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    wanted.often.iter().find_map(|often| {
        names()
            .find(|name| plain(name) == *often && fits(name))
            .cloned()
    })
}

/// Says what was not found, and what is not carried over.
fn remark(used: &BTreeMap<&str, String>, sample: &[Value], remarks: &mut Vec<String>) {
    if sample.is_empty() {
        remarks.push(
            "no article is published yet, so the names of its fields are not known".to_owned(),
        );
        return;
    }
    for (ours, without) in [
        ("title", "articles without a title are not brought over"),
        ("slug", "addresses are made of the titles"),
        ("body", "articles have no text"),
        ("section", "every article becomes one of \"others\""),
        (
            "published",
            "the date is the moment of Strapi's own publish",
        ),
    ] {
        if !used.contains_key(ours) {
            remarks.push(format!(
                "no field was found that is \"{ours}\": {without}, unless you name one in \"fields\""
            ));
        }
    }
    let mut others: Vec<&str> = sample
        .iter()
        .filter_map(Value::as_object)
        .flatten()
        .filter(|(key, value)| !value.is_null() && !OWN.contains(&key.as_str()))
        .map(|(key, _)| key.as_str())
        .filter(|key| used.values().all(|known| known != key))
        .collect();
    others.sort_unstable();
    others.dedup();
    if !others.is_empty() {
        remarks.push(format!(
            "these fields of the CMS are not carried over: {}",
            others.join(", ")
        ));
    }
}

/// Counts the locales of all entries, and names their sections and tags.
fn count(
    strapi: &Strapi<'_>,
    client: &Client,
    sample: &[Value],
    used: &BTreeMap<&str, String>,
    survey: &mut Survey,
) -> Result<(), SourceError> {
    let mut query =
        "locale=*&status=published&sort=id&fields[0]=documentId&fields[1]=locale".to_owned();
    for (number, ours) in ["section", "tags"].into_iter().enumerate() {
        let Some(name) = used.get(ours) else { continue };
        let is_plain = sample.iter().any(|entry| entry[name].is_string());
        let _ = if is_plain {
            write!(query, "&fields[{}]={name}", number + 2)
        } else {
            write!(query, "&populate[{name}]=true")
        };
    }
    let mut without = 0;
    for entry in strapi.all(client, &query)? {
        let locale = entry["locale"].as_str().unwrap_or_default();
        *survey.locales.entry(locale.to_owned()).or_default() += 1;
        let mut has_section = false;
        for (ours, into) in [
            ("section", &mut survey.sections),
            ("tags", &mut survey.tags),
        ] {
            let Some(name) = used.get(ours) else { continue };
            for (slug, title) in titled(&entry[name]) {
                has_section |= ours == "section";
                into.entry(slug).or_insert(title);
            }
        }
        without += usize::from(!has_section);
    }
    if without > 0 {
        survey
            .sections
            .insert(String::new(), format!("{without} texts without one"));
    }
    Ok(())
}

/// The names of related entries, as [`related`] has them, each with its title.
fn titled(value: &Value) -> Vec<(String, String)> {
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut found = Vec::new();
    for one in all {
        let title = ["name", "title", "slug"]
            .into_iter()
            .find_map(|key| one[key].as_str())
            .or(one.as_str());
        found.extend(
            related(one)
                .into_iter()
                .next()
                .zip(title.map(str::to_owned)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_found_by_usual_names_whose_values_fit() {
        let sample = [
            json!({"title": "A", "description": "D", "content": null, "publish_date": "2026-10-01", "image": {"url": "/a.png"}}),
            json!({"title": "B", "content": [{"type": "paragraph"}], "category": {"slug": "port", "name": "Cảng"},
                "writer": {"name": "An"}, "date": 3, "picture": "a.png", "View-Count": 12}),
        ];
        let found = |ours: &str, configured: &str| {
            let wanted = FIELDS.iter().find(|wanted| wanted.ours == ours).unwrap();
            find(wanted, configured, &sample)
        };
        for (ours, name) in [
            ("title", Some("title")),
            ("slug", None),
            ("lead", Some("description")),
            ("body", Some("content")),
            ("published", Some("publish_date")),
            ("section", Some("category")),
            ("cover", Some("image")),
            ("author", Some("writer")),
            ("views", Some("View-Count")),
            ("tags", None),
        ] {
            assert_eq!(found(ours, ours).as_deref(), name, "{ours}");
        }
        // What a person named stays.
        assert_eq!(found("lead", "title").as_deref(), Some("title"));
        assert_eq!(
            titled(&json!([{"slug": "a", "name": "A b"}, "c"])),
            [
                ("a".to_owned(), "A b".to_owned()),
                ("c".to_owned(), "c".to_owned())
            ]
        );
    }
}
