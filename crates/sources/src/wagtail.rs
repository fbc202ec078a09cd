//! Wagtail, by version 2 of its API: <https://docs.wagtail.org/en/stable/advanced_topics/api/v2/usage.html>.

mod blocks;
mod elements;
mod library;
mod questions;
mod rich_text;
mod survey;
mod table;
#[cfg(test)]
mod tests;

use crate::adapter::{Adapter, Entry, Stub, Survey, WENT_AWAY, escaped};
use crate::client::{Client, SourceError};
use crate::config::{Config, Fields};
use crate::depth::{TOO_DEEP, is_cut};
use crate::record::hash;
use blocks::Blocks;
use import::Loss;
use library::{Answers, Library, Target, picture, whole};
use questions::Question;
use serde_json::Value;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

/// What a list is asked for: as little as tells whether a text changed.
const LISTED: [&str; 9] = [
    "_",
    "id",
    "title",
    "slug",
    "html_url",
    "first_published_at",
    "locale",
    "alias_of",
    "translation_key",
];

/// The fields that a text is as old as, the better one first.
const CHANGED: [&str; 2] = ["last_published_at", "latest_revision_created_at"];

/// A Wagtail.
pub(crate) struct Wagtail<'a> {
    articles: &'a str,
    fields: &'a Fields,
    api: &'a str,
    address: &'a str,
    /// The texts of the list, by article and locale.
    texts: RefCell<BTreeMap<(String, String), Listed>>,
    /// Their pages, by number.
    pages: RefCell<BTreeMap<u64, Target>>,
    /// Their articles, by these addresses without what may differ.
    articles_at: RefCell<BTreeMap<String, String>>,
    answers: Answers,
    /// The question for whole texts.
    whole: OnceCell<Question>,
    /// How many texts Wagtail gives at once, once that is known.
    limit: Cell<Option<usize>>,
}

/// A text of the list.
#[derive(Clone, Debug)]
struct Listed {
    id: u64,
    /// The whole text, where the list had to be asked for all of it.
    item: Option<Value>,
    /// Whether the article's texts can be asked for by its name.
    is_keyed: bool,
}

impl<'a> Wagtail<'a> {
    pub(crate) fn new(config: &'a Config) -> Self {
        Self {
            articles: &config.articles,
            fields: &config.fields,
            api: config.api.as_deref().unwrap_or("/api/v2"),
            address: &config.address,
            texts: RefCell::default(),
            pages: RefCell::default(),
            articles_at: RefCell::default(),
            answers: Answers::default(),
            whole: OnceCell::new(),
            limit: Cell::default(),
        }
    }

    /// The question for whole texts.
    fn whole(&self, client: &Client) -> Result<Question, SourceError> {
        if let Some(known) = self.whole.get() {
            return Ok(known.clone());
        }
        let fields = self.fields;
        let nested = [&fields.section, &fields.tags, &fields.cover, &fields.author];
        let nested = nested.map(String::as_str);
        let mut question = Question::new(self.api, self.articles, &["*"], &nested);
        question.limit = 1;
        question.ask(client, 0, "")?;
        question.limit = Question::new("", "", &[], &[]).limit;
        Ok(self.whole.get_or_init(|| question).clone())
    }

    /// The entries of the list, and whether they are whole.
    fn listed(&self, client: &Client) -> Result<(Vec<Value>, bool), SourceError> {
        for changed in CHANGED {
            let fields = [&LISTED[..], &[changed]].concat();
            let mut question = Question::new(self.api, self.articles, &fields, &[]);
            // Nothing of it is rich text.
            question.format = false;
            let limit = question.limit;
            question.limit = 1;
            question.ask(client, 0, "")?;
            if question.fields.iter().any(|field| field == changed) {
                question.limit = limit;
                let all = question.all(client)?;
                self.limit.set(Some(question.limit));
                return Ok((all, false));
            }
        }
        // Nothing says when a text changed: only the text itself does.
        Ok((self.whole(client)?.all(client)?, true))
    }

    /// The articles that texts without a key belong to, by the texts' numbers. Wagtail says it for one
    /// text at a time, so the locale with most texts is not asked about.
    fn joined(&self, client: &Client, items: &[Value]) -> Result<BTreeMap<u64, u64>, SourceError> {
        let mut locales: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for item in items {
            if let Some(id) = item["id"].as_u64() {
                locales.entry(locale(item)).or_default().push(id);
            }
        }
        let mut locales: Vec<Vec<u64>> = locales.into_values().collect();
        locales.sort_by_key(Vec::len);
        locales.pop();
        let mut joined = BTreeMap::new();
        let mut question = Question::new(self.api, self.articles, &["_", "id"], &[]);
        question.format = false;
        for id in locales.into_iter().flatten() {
            if joined.contains_key(&id) {
                continue;
            }
            let (_, others) = question.ask(client, 0, &format!("&translation_of={id}"))?;
            let mut group: Vec<u64> = others
                .iter()
                .filter_map(|other| other["id"].as_u64())
                .collect();
            group.push(id);
            let first = group.iter().copied().min().unwrap_or(id);
            joined.extend(group.into_iter().map(|id| (id, first)));
        }
        Ok(joined)
    }

    /// The whole texts of an article, by number.
    fn fetched(
        &self,
        client: &Client,
        article: &str,
        listed: &Listed,
    ) -> Result<Vec<Value>, SourceError> {
        let mut question = self.whole(client)?;
        question.limit = self.limit.get().unwrap_or(question.limit);
        let filter = if listed.is_keyed {
            format!("&translation_key={article}")
        } else {
            format!("&id={}", listed.id)
        };
        Ok(question.ask(client, 0, &filter)?.1)
    }
}

impl Adapter for Wagtail<'_> {
    fn list(&self, client: &Client) -> Result<Vec<Stub>, SourceError> {
        let (mut items, is_whole) = self.listed(client)?;
        // An alias shows the text of another page; in another locale it is what waits for a translation.
        items.retain(|item| item["meta"]["alias_of"].is_null());
        let is_keyed = items.iter().all(|item| item["translation_key"].is_string());
        let joined = if is_keyed {
            BTreeMap::new()
        } else {
            self.joined(client, &items)?
        };
        let (mut texts, mut pages) = (self.texts.borrow_mut(), self.pages.borrow_mut());
        let mut articles_at = self.articles_at.borrow_mut();
        texts.clear();
        pages.clear();
        articles_at.clear();
        let mut stubs = Vec::new();
        for item in items {
            let Some(id) = item["id"].as_u64() else {
                continue;
            };
            let article = match item["translation_key"].as_str().filter(|_| is_keyed) {
                Some(key) => key.to_owned(),
                None => joined.get(&id).unwrap_or(&id).to_string(),
            };
            if let Some(address) = item["meta"]["html_url"].as_str() {
                let address = whole(address, self.address);
                articles_at.insert(comparable(&address).to_owned(), article.clone());
                let title = item["title"].as_str().unwrap_or_default().to_owned();
                pages.insert(id, Target { title, address });
            }
            let stub = Stub {
                article,
                locale: locale(&item).to_owned(),
                revision: hash(item.to_string().as_bytes()),
                title: item["title"].as_str().unwrap_or_default().to_owned(),
            };
            let listed = Listed {
                id,
                item: is_whole.then_some(item),
                is_keyed,
            };
            texts.insert((stub.article.clone(), stub.locale.clone()), listed);
            stubs.push(stub);
        }
        Ok(stubs)
    }

    fn entries(
        &self,
        client: &Client,
        stubs: &[&Stub],
    ) -> Result<Vec<Result<Entry, String>>, SourceError> {
        let pages = self.pages.borrow();
        let library = Library {
            client,
            api: self.api,
            address: self.address,
            pages: &pages,
            answers: &self.answers,
            failure: RefCell::default(),
        };
        let mut found = Vec::new();
        let mut fetched: BTreeMap<u64, Value> = BTreeMap::new();
        for stub in stubs {
            let key = (stub.article.clone(), stub.locale.clone());
            let listed = self.texts.borrow().get(&key).cloned();
            let listed = listed.as_ref();
            let mut item = listed.and_then(|listed| listed.item.clone());
            if let Some(listed) = listed.filter(|_| item.is_none()) {
                if !fetched.contains_key(&listed.id) {
                    let all = self.fetched(client, &stub.article, listed)?;
                    fetched.extend(
                        all.into_iter()
                            .filter_map(|item| Some((item["id"].as_u64()?, item))),
                    );
                }
                item = fetched.remove(&listed.id);
            }
            found.push(match item {
                Some(item) if is_cut(&item) => Err(TOO_DEEP.to_owned()),
                Some(item) => entry_of(&item, self.fields, &library),
                None => Err(WENT_AWAY.to_owned()),
            });
            if let Some(error) = library.failure.take() {
                return Err(error);
            }
        }
        Ok(found)
    }

    fn file_name<'b>(&self, stem: &'b str) -> &'b str {
        stem
    }

    fn article_at(&self, address: &str) -> Option<String> {
        self.articles_at.borrow().get(comparable(address)).cloned()
    }

    fn survey(&self, client: &Client) -> Result<Survey, SourceError> {
        let items = self.whole(client)?.all(client)?;
        Ok(survey::of(&items, self.fields))
    }
}

/// An address without its scheme, its end, and the part of the page that it names.
fn comparable(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.trim_end_matches('/')
}

/// The locale of a text.
fn locale(item: &Value) -> &str {
    item["meta"]["locale"].as_str().unwrap_or_default()
}

/// A field of a page, which can stand among what Wagtail says about every page.
fn field<'a>(item: &'a Value, name: &str) -> Option<&'a Value> {
    if name.is_empty() {
        return None;
    }
    item.get(name).or_else(|| item["meta"].get(name))
}

fn text<'a>(item: &'a Value, name: &str) -> &'a str {
    field(item, name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim()
}

/// A text of Wagtail.
///
/// # Errors
/// Why it is none.
fn entry_of(item: &Value, fields: &Fields, library: &Library<'_>) -> Result<Entry, String> {
    let mut entry = Entry {
        title: escaped(text(item, &fields.title)),
        slug: text(item, &fields.slug).to_owned(),
        ..Entry::default()
    };
    if entry.title.is_empty() {
        return Err(format!(
            "its field \"{}\" is empty, or no text",
            fields.title
        ));
    }
    let dates = [
        text(item, &fields.published),
        text(item, "first_published_at"),
    ];
    entry.published = dates
        .into_iter()
        .find(|date| !date.is_empty())
        .map(str::to_owned)
        .ok_or("it has no date")?;
    let changed = CHANGED.map(|name| text(item, name));
    let changed = changed.into_iter().find(|date| !date.is_empty());
    changed.unwrap_or_default().clone_into(&mut entry.modified);
    let body = field(item, &fields.body).ok_or_else(|| {
        format!(
            "the API does not show its field \"{}\": add it to api_fields in Wagtail, or name another one in \"fields\"",
            fields.body
        )
    })?;
    entry.body = Blocks::new(library, &mut entry.losses).field(body);
    if let Some(lead) = field(item, &fields.lead) {
        entry.lead = Blocks::new(library, &mut entry.losses).field(lead);
    }
    entry.section = section(item, fields);
    entry.tags = field(item, &fields.tags).map(names).unwrap_or_default();
    let authors = field(item, &fields.author).map(titles).unwrap_or_default();
    entry.author = Some(authors.join(", ")).filter(|names| !names.trim().is_empty());
    if let Some(cover) = field(item, &fields.cover).filter(|cover| !cover.is_null()) {
        entry.cover = match cover.as_u64() {
            Some(id) => library.picture(id),
            None => picture(cover, library.address),
        };
        if entry.cover.is_none() && cover.as_array().is_none_or(|all| !all.is_empty()) {
            let what = "the cover was left out, because the API does not show its file";
            entry.losses.push(Loss::new(what, &cover.to_string()));
        }
    }
    entry.views = field(item, &fields.views)
        .and_then(Value::as_u64)
        .unwrap_or_default();
    Ok(entry)
}

/// The section of a text: what its field says, or else the page above it.
fn section(item: &Value, fields: &Fields) -> Option<String> {
    let own = field(item, &fields.section).and_then(|value| names(value).into_iter().next());
    own.or_else(|| above(item).map(str::to_owned))
}

/// The slug of the page above a text.
fn above(item: &Value) -> Option<&str> {
    let (_, path) = item["meta"]["html_url"].as_str()?.split_once("://")?;
    let mut folders = path.trim_end_matches('/').rsplit('/');
    folders.next()?;
    let above = folders.next()?;
    // Above the pages of a language stands its front page, whose name is the locale; and then the host.
    let is_front = folders.next().is_none() || above.eq_ignore_ascii_case(locale(item));
    Some(above).filter(|_| !is_front)
}

/// The names of related entries: their slugs, or else their names. A text is a name too.
fn names(value: &Value) -> Vec<String> {
    all(value, &["/slug", "/meta/slug", "/name", "/title"])
}

/// What people call related entries.
fn titles(value: &Value) -> Vec<String> {
    all(value, &["/name", "/title", "/full_name", "/slug"])
}

fn all(value: &Value, places: &[&str]) -> Vec<String> {
    let name = |one: &Value| {
        let own = places.iter().find_map(|place| one.pointer(place)?.as_str());
        own.or(one.as_str())
            .filter(|name| !name.trim().is_empty())
            .map(str::to_owned)
    };
    match value {
        Value::Array(all) => all.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    }
}
