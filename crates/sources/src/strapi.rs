//! Strapi 5. What its answers look like: <https://docs.strapi.io/cms/api/rest>.

mod blocks;
mod survey;

use crate::adapter::{Adapter, Entry, Media, Stub, Survey, WENT_AWAY, escaped};
use crate::client::{self, Client, SourceError};
use crate::config::{Config, Fields};
use crate::depth::{TOO_DEEP, is_cut};
use crate::record::hash;
use import::Loss;
use serde_json::Value;
use std::cell::OnceCell;
use std::fmt::Write;

/// How many entries are asked for at once. Strapi gives at most 100 unless it is told otherwise.
const PAGE: usize = 100;

/// The most entries that a list can have: a list that never ends is no list.
const MOST_ENTRIES: usize = 500_000;

/// How often a list is begun anew because it changed while it was read.
const ATTEMPTS: usize = 4;

/// A Strapi.
pub(crate) struct Strapi<'a> {
    articles: &'a str,
    fields: &'a Fields,
    /// The part of a query that asks for what stands beside an entry.
    populate: OnceCell<String>,
}

impl<'a> Strapi<'a> {
    pub(crate) fn new(config: &'a Config) -> Self {
        Self {
            articles: &config.articles,
            fields: &config.fields,
            populate: OnceCell::new(),
        }
    }

    /// The part of a query that asks for what stands beside an entry: relations, pictures, components.
    /// Strapi refuses to be asked for a field that is a plain text, and says which.
    fn populate(&self, client: &Client) -> Result<String, SourceError> {
        let fields = self.fields;
        let mut names = vec![
            &fields.section,
            &fields.tags,
            &fields.cover,
            &fields.author,
            &fields.lead,
            &fields.body,
        ];
        names.retain(|name| !name.is_empty());
        loop {
            let query: String = names
                .iter()
                .map(|name| format!("&populate[{name}][populate]=*"))
                .collect();
            let path = format!("/api/{}?pagination[pageSize]=1{query}", self.articles);
            let Err(refusal) = client.json_or_refusal(&path)? else {
                return Ok(query);
            };
            let plain = refusal["error"]["details"]["key"].as_str();
            let before = names.len();
            names.retain(|name| Some(name.as_str()) != plain);
            if names.len() == before {
                // It is not about one of these: the usual question gives the reason.
                return Ok(query);
            }
        }
    }

    /// All entries of a query. Each part begins with the last entry of the one before: what goes away
    /// meanwhile moves the others up, and would hide one of them.
    fn all(&self, client: &Client, query: &str) -> Result<Vec<Value>, SourceError> {
        for _ in 0..ATTEMPTS {
            if let Some(found) = self.all_at_once(client, query)? {
                return Ok(found);
            }
        }
        Err(SourceError {
            what: format!(
                "the list of {} changed while it was read, {ATTEMPTS} times in a row",
                self.articles
            ),
            help: "try again when nobody publishes",
        })
    }

    /// Likewise; `None` where the list changed meanwhile.
    fn all_at_once(&self, client: &Client, query: &str) -> Result<Option<Vec<Value>>, SourceError> {
        let mut found: Vec<Value> = Vec::new();
        let mut total = None;
        loop {
            let start = found.len().saturating_sub(1);
            let path = format!(
                "/api/{}?{query}&pagination[start]={start}&pagination[limit]={PAGE}",
                self.articles
            );
            let mut answer = client.json(&path)?;
            let now = answer["meta"]["pagination"]["total"].as_u64();
            let entries = answer.get_mut("data").map_or(Value::Null, Value::take);
            let (Some(now), Value::Array(entries)) = (now, entries) else {
                return Err(no_list(client, &path));
            };
            let now = usize::try_from(now).unwrap_or(usize::MAX);
            let known = found.len();
            let mut entries = entries.into_iter();
            let is_same = found.last().is_none_or(|last| {
                entries
                    .next()
                    .is_some_and(|first| first["id"] == last["id"])
            });
            if *total.get_or_insert(now) != now || !is_same {
                return Ok(None);
            }
            found.extend(entries);
            if found.len() >= now {
                return Ok(Some(found));
            }
            if found.len() == known || found.len() > MOST_ENTRIES {
                return Err(SourceError {
                    what: format!(
                        "{} says that it has {now} entries, and gives {}",
                        client::named(&client.whole(&path)),
                        found.len()
                    ),
                    help: "something is wrong with the CMS, or with a cache before it",
                });
            }
        }
    }
}

/// The error for an answer that is no list.
fn no_list(client: &Client, path: &str) -> SourceError {
    SourceError {
        what: format!(
            "{} is no list of Strapi 5",
            client::named(&client.whole(path))
        ),
        help: "compare \"address\" and \"articles\" in source.json with the CMS; Strapi 4 has other answers and is not read",
    }
}

impl Adapter for Strapi<'_> {
    fn list(&self, client: &Client) -> Result<Vec<Stub>, SourceError> {
        let query = format!(
            "locale=*&status=published&sort=id&fields[0]=documentId&fields[1]=updatedAt&fields[2]=locale&fields[3]={}",
            self.fields.title
        );
        let entries = self.all(client, &query)?;
        // An article that is not recognised would be one that is gone.
        let stubs = entries.iter().map(|entry| {
            stub(entry, self.fields).ok_or_else(|| SourceError {
                what: format!(
                    "the list of {} has an entry without a \"documentId\": {}",
                    self.articles,
                    import::excerpt(&entry.to_string())
                ),
                help: "something is wrong with the CMS, or with what stands before it: Strapi 5 gives each entry one",
            })
        });
        stubs.collect()
    }

    fn entries(
        &self,
        client: &Client,
        stubs: &[&Stub],
    ) -> Result<Vec<Result<Entry, String>>, SourceError> {
        let mut found = Vec::new();
        let populate = if let Some(known) = self.populate.get() {
            known
        } else {
            let found = self.populate(client)?;
            self.populate.get_or_init(|| found)
        };
        for chunk in stubs.chunks(PAGE) {
            // Every language has its own query, because an entry is only the same within one.
            let mut locales: Vec<&str> = chunk.iter().map(|stub| stub.locale.as_str()).collect();
            locales.sort_unstable();
            locales.dedup();
            let mut entries = Vec::new();
            for locale in locales {
                let mut query = format!("locale={locale}&status=published&sort=id{populate}");
                let of_locale = chunk.iter().filter(|stub| stub.locale == locale);
                for (number, stub) in of_locale.enumerate() {
                    let _ = write!(
                        query,
                        "&filters[documentId][$in][{number}]={}",
                        stub.article
                    );
                }
                entries.extend(self.all(client, &query)?);
            }
            for wanted in chunk {
                let entry = entries.iter().find(|entry| {
                    stub(entry, self.fields).is_some_and(|stub| {
                        stub.article == wanted.article && stub.locale == wanted.locale
                    })
                });
                found.push(match entry {
                    Some(value) if is_cut(value) => Err(TOO_DEEP.to_owned()),
                    Some(value) => entry_of(value, self.fields),
                    None => Err(WENT_AWAY.to_owned()),
                });
            }
        }
        Ok(found)
    }

    fn file_name<'b>(&self, stem: &'b str) -> &'b str {
        without_hash(stem)
    }

    fn survey(&self, client: &Client) -> Result<Survey, SourceError> {
        survey::of(self, client)
    }
}

/// The name of a file without the hash that Strapi puts behind it.
fn without_hash(stem: &str) -> &str {
    let is_hash =
        |text: &str| text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match stem.rsplit_once('_') {
        Some((name, hash)) if is_hash(hash) && !name.is_empty() => name,
        _ => stem,
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    if key.is_empty() {
        return "";
    }
    value[key].as_str().unwrap_or_default()
}

fn stub(entry: &Value, fields: &Fields) -> Option<Stub> {
    Some(Stub {
        article: entry["documentId"].as_str()?.to_owned(),
        locale: entry["locale"].as_str().unwrap_or_default().to_owned(),
        revision: match entry["updatedAt"].as_str() {
            Some(moment) => moment.to_owned(),
            None => hash(entry.to_string().as_bytes()),
        },
        title: text(entry, &fields.title).to_owned(),
    })
}

/// An entry of Strapi.
///
/// # Errors
/// Why it is none.
fn entry_of(value: &Value, fields: &Fields) -> Result<Entry, String> {
    let mut entry = Entry {
        slug: text(value, &fields.slug).to_owned(),
        title: escaped(text(value, &fields.title)),
        modified: text(value, "updatedAt").to_owned(),
        ..Entry::default()
    };
    if entry.title.is_empty() {
        return Err(format!(
            "its field \"{}\" is empty, or no text",
            fields.title
        ));
    }
    if !fields.body.is_empty() && value.get(&fields.body).is_none() {
        return Err(format!(
            "the CMS does not show its field \"{}\": name the one with the text as \"body\" in \"fields\", or let the token read it",
            fields.body
        ));
    }
    entry.losses = not_shown(value, fields);
    let own = [
        text(value, &fields.published),
        text(value, "publishedAt"),
        text(value, "createdAt"),
    ];
    entry.published = own
        .into_iter()
        .find(|date| !date.is_empty())
        .map(str::to_owned)
        .ok_or("it has no date")?;
    entry.lead = html(&value[&fields.lead], &mut entry.losses);
    entry.body = html(&value[&fields.body], &mut entry.losses);
    entry.section = related(&value[&fields.section]).into_iter().next();
    entry.tags = related(&value[&fields.tags]);
    let author = &value[&fields.author];
    entry.author = author
        .as_str()
        .or_else(|| author["name"].as_str())
        .map(str::to_owned)
        .filter(|name| !name.trim().is_empty());
    entry.cover = media(&value[&fields.cover]);
    entry.views = value[&fields.views].as_u64().unwrap_or_default();
    Ok(entry)
}

/// The fields that somebody has named and that are not there. Strapi gives each field of an entry, also
/// where nothing is in it; one that is missing has another name, or the token may not read it.
fn not_shown(value: &Value, fields: &Fields) -> Vec<Loss> {
    let ours = [
        "slug",
        "lead",
        "published",
        "section",
        "tags",
        "cover",
        "author",
        "views",
    ];
    let missing = ours.into_iter().filter_map(|ours| {
        let name = fields.named(ours);
        let is_missing = !name.is_empty() && name != ours && value.get(name).is_none();
        is_missing.then(|| {
            let what = format!(
                "the CMS does not show the field \"{name}\", which source.json names as \"{ours}\": correct its name, or let the token read it"
            );
            Loss::new(what, "")
        })
    });
    missing.collect()
}

/// The names of related entries: their slugs, or else their names. A text is a name too.
fn related(value: &Value) -> Vec<String> {
    let name = |one: &Value| {
        let own = ["slug", "name", "title"]
            .into_iter()
            .find_map(|key| one[key].as_str());
        own.or(one.as_str()).map(str::to_owned)
    };
    match value {
        Value::Array(all) => all.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    }
}

/// A picture or file of the library.
fn media(value: &Value) -> Option<Media> {
    let one = value.as_array().map_or(Some(value), |all| all.first())?;
    let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
    Some(Media {
        address: one["url"].as_str()?.to_owned(),
        alternative: text("alternativeText"),
        caption: text("caption"),
    })
}

/// A text of Strapi as HTML: Markdown, blocks, or the parts of a dynamic zone.
fn html(value: &Value, losses: &mut Vec<Loss>) -> String {
    match value {
        Value::String(markdown) => {
            let mut html = String::new();
            let options = pulldown_cmark::Options::ENABLE_TABLES
                | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
            pulldown_cmark::html::push_html(
                &mut html,
                pulldown_cmark::Parser::new_ext(markdown, options),
            );
            html
        }
        Value::Array(parts) => parts.iter().map(|part| part_html(part, losses)).collect(),
        Value::Object(_) => part_html(value, losses),
        _ => String::new(),
    }
}

/// A block, or a component with the fields that Strapi's own starters give it.
fn part_html(part: &Value, losses: &mut Vec<Loss>) -> String {
    if part["__component"].is_null() {
        return blocks::html(part, losses);
    }
    let name = part["__component"].as_str().unwrap_or_default();
    let mut html = String::new();
    let mut known = false;
    for key in ["title", "heading"] {
        if let Some(words) = part[key].as_str().filter(|words| !words.is_empty()) {
            known = true;
            let _ = write!(html, "<h2>{}</h2>", escaped(words));
        }
    }
    for key in ["body", "text", "content"] {
        if !part[key].is_null() {
            known = true;
            html.push_str(&self::html(&part[key], losses));
        }
    }
    for key in ["file", "files", "media", "image", "images"] {
        let all = match &part[key] {
            Value::Array(all) => all.as_slice(),
            one @ Value::Object(_) => std::slice::from_ref(one),
            _ => continue,
        };
        known = true;
        html.extend(all.iter().filter_map(media).map(|media| picture(&media)));
    }
    if name.ends_with(".quote") {
        html = format!("<blockquote>{html}</blockquote>");
    }
    if !known {
        losses.push(Loss::new(
            format!("a component was left out: {name}"),
            &part.to_string(),
        ));
    }
    html
}

/// A picture with the words about it.
fn picture(media: &Media) -> String {
    let (address, alternative) = (escaped(&media.address), escaped(&media.alternative));
    if media.caption.is_empty() || media.caption == media.alternative {
        return format!("<figure><img src=\"{address}\" alt=\"{alternative}\"></figure>");
    }
    format!(
        "<figure><img src=\"{address}\" alt=\"{alternative}\"><figcaption>{}</figcaption></figure>",
        escaped(&media.caption)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_that_somebody_has_named_and_that_are_not_there_are_named() {
        let value = json!({
            "documentId": "d", "title": "A", "text": null, "publishedAt": "2026-01-02T00:00:00.000Z",
            "category": null,
        });
        let fields = |body: &str, section: &str| Fields {
            body: body.to_owned(),
            section: section.to_owned(),
            ..Fields::default()
        };
        let losses = |section: &str| {
            let entry = entry_of(&value, &fields("text", section)).unwrap();
            entry
                .losses
                .into_iter()
                .map(|loss| loss.what)
                .collect::<Vec<_>>()
        };
        // Fields that nobody has named need not be there, and one may be empty.
        assert!(
            losses("category").is_empty() && losses("section").is_empty() && losses("").is_empty()
        );
        let named = losses("rubric");
        assert!(
            named.len() == 1 && named[0].contains("\"rubric\""),
            "{named:?}"
        );
        let refusal = entry_of(&value, &fields("body", "category")).unwrap_err();
        assert!(
            refusal.contains("does not show its field \"body\""),
            "{refusal}"
        );
        assert!(
            entry_of(&value, &fields("", "category"))
                .unwrap()
                .body
                .is_empty()
        );
    }

    #[test]
    fn an_entry_is_read_with_its_relations() {
        let value = json!({
            "documentId": "d", "locale": "vi", "updatedAt": "2026-01-02T00:00:00.000Z", "title": "A & B", "slug": "a-b",
            "lead": "Một *hai*", "body": [{"type": "paragraph", "children": [{"type": "text", "text": "x"}]}],
            "published": "2026-01-01T19:00:00.000Z", "views": 19, "section": {"slug": "port", "name": "Cảng"},
            "tags": [{"slug": "sea"}, {"name": "trade"}], "author": {"name": "An"},
            "cover": {"url": "/uploads/a.png", "alternativeText": "Cảng", "caption": null},
        });
        let entry = entry_of(&value, &Fields::default()).unwrap();
        assert_eq!(entry.title, "A &amp; B");
        assert_eq!(entry.lead, "<p>Một <em>hai</em></p>\n");
        assert_eq!(entry.body, "<p>x</p>");
        assert_eq!(entry.section.as_deref(), Some("port"));
        assert_eq!(entry.tags, ["sea", "trade"]);
        assert_eq!((entry.author.as_deref(), entry.views), (Some("An"), 19));
        assert_eq!(entry.cover.unwrap().address, "/uploads/a.png");
        assert_eq!(
            stub(&value, &Fields::default()).unwrap(),
            Stub {
                article: "d".to_owned(),
                locale: "vi".to_owned(),
                revision: "2026-01-02T00:00:00.000Z".to_owned(),
                title: "A & B".to_owned()
            }
        );
    }

    #[test]
    fn a_file_has_the_name_that_the_editor_gave_it() {
        for (stem, name) in [
            ("cang_d158d5e709", "cang"),
            ("Cang_Hai_Phong_d158d5e709", "Cang_Hai_Phong"),
            ("cang_moi", "cang_moi"),
            ("_d158d5e709", "_d158d5e709"),
        ] {
            assert_eq!(without_hash(stem), name);
        }
    }

    #[test]
    fn what_is_no_entry_says_why() {
        for (value, part) in [
            (json!({"title": 3}), "\"title\" is empty, or no text"),
            (json!({"title": "a", "body": null}), "no date"),
            (json!([]), "\"title\""),
        ] {
            let why = entry_of(&value, &Fields::default()).unwrap_err();
            assert!(why.contains(part), "{value}: {why}");
        }
    }

    #[test]
    fn the_parts_of_a_dynamic_zone_become_blocks_and_unknown_ones_are_named() {
        let value = json!([
            {"__component": "shared.rich-text", "id": 1, "body": "## H\n\nText"},
            {"__component": "shared.quote", "id": 2, "title": null, "body": "Words"},
            {"__component": "shared.media", "id": 3, "file": {"url": "/a.png", "alternativeText": "x", "caption": "y"}},
            {"__component": "shared.weather", "id": 4, "degrees": 31},
        ]);
        let mut losses = Vec::new();
        let html = html(&value, &mut losses);
        assert_eq!(
            html,
            "<h2>H</h2>\n<p>Text</p>\n<blockquote><p>Words</p>\n</blockquote><figure><img src=\"/a.png\" alt=\"x\"><figcaption>y</figcaption></figure>"
        );
        assert_eq!(losses.len(), 1);
        assert!(losses[0].what.contains("shared.weather"), "{losses:?}");
    }
}
