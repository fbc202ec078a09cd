//! WordPress. What its answers look like: <https://developer.wordpress.org/rest-api/reference/posts/>.
//!
//! Only what everybody may read is asked for: drafts, scheduled and private posts are in no list.

mod acf;
mod excerpt;
mod identity;
mod language;
mod moments;
mod permalinks;
mod post;
mod rest;
mod survey;

use crate::adapter::{Adapter, Entry, Media, Stub, Survey, WENT_AWAY};
use crate::client::{Client, SourceError};
use crate::config::Config;
use crate::depth::{TOO_DEEP, is_cut};
use crate::record::{Record, hash};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::Tied;
use import::Portal;
use language::Languages;
use moments::Clock;
use permalinks::Permalinks;
use post::{Naming, entry_of};
use rest::{Page, Refusal, Rest};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How many posts are asked for at once: the most that WordPress gives.
const PAGE: usize = 100;

/// The most pages that a list can have: a list that never ends is no list.
const MOST_PAGES: usize = 5_000;

/// How often a list is begun anew because it changed while it was read.
const ATTEMPTS: usize = 4;

/// What lists show of a post besides what says its language.
const FACTS: &str = "id,modified_gmt,date_gmt,status,slug,title.rendered,content.protected,author,categories,tags,featured_media,link";

/// What is read of a post.
const WHOLE: &str = "id,status,modified_gmt,date_gmt,slug,title,content.rendered,content.protected,excerpt,author,featured_media,categories,tags,meta,acf,_links,_embedded";

/// A WordPress.
pub(crate) struct WordPress<'a> {
    config: &'a Config,
    portal: &'a Portal,
    rest: Rest,
    /// The article that each post belonged to at the last sync.
    known: BTreeMap<u64, String>,
    withheld: RefCell<Vec<(String, &'static str)>>,
    merged: RefCell<Vec<(String, String)>>,
    /// Where the posts of the last list are within WordPress.
    permalinks: RefCell<Permalinks>,
    /// The language that has to be asked for to get a post. Only WPML has that.
    asked_in: RefCell<BTreeMap<u64, &'static str>>,
    /// Whether the token may see what the editor sees; `None` where that is not known yet.
    edits: Cell<Option<bool>>,
}

/// What WordPress gets as `Authorization`; `None` where the text is no user with a password.
pub(crate) fn authorization(token: &str) -> Option<String> {
    let (user, password) = token.split_once(':')?;
    let whole = !user.trim().is_empty() && !password.trim().is_empty();
    whole.then(|| {
        format!(
            "Basic {}",
            STANDARD.encode(format!("{}:{}", user.trim(), password.trim()))
        )
    })
}

impl<'a> WordPress<'a> {
    pub(crate) fn new(config: &'a Config, portal: &'a Portal, record: &Record) -> Self {
        Self {
            config,
            portal,
            rest: Rest::default(),
            known: identity::known(record),
            withheld: RefCell::default(),
            merged: RefCell::default(),
            permalinks: RefCell::new(Permalinks::new(&config.address)),
            asked_in: RefCell::default(),
            edits: Cell::new(None),
        }
    }

    /// Everything of a kind, page by page. `one` is a query that chooses what is shown.
    ///
    /// # Errors
    /// Where WordPress does not answer, or refuses.
    fn all(&self, client: &Client, route: &str, query: &str) -> Result<Listed, SourceError> {
        for _ in 0..ATTEMPTS {
            if let Some(found) = self.all_at_once(client, route, query)? {
                return Ok(found);
            }
        }
        Err(SourceError {
            what: format!(
                "the list of {route} changed while it was read, {ATTEMPTS} times in a row"
            ),
            help: "try again when nobody publishes",
        })
    }

    /// Likewise; `None` where the list changed meanwhile. What is taken away on one page moves
    /// something from the next one to it, which nobody would see.
    fn all_at_once(
        &self,
        client: &Client,
        route: &str,
        query: &str,
    ) -> Result<Option<Listed>, SourceError> {
        let mut found: BTreeMap<u64, Value> = BTreeMap::new();
        let clock = Clock::start();
        let (mut total, mut begun) = (None, None);
        for number in 1..=MOST_PAGES {
            let query = format!("{query}&per_page={PAGE}&page={number}");
            let page = match self.rest.ask(client, route, &query)? {
                Ok(page) => page,
                // The pages before this one have got fewer.
                Err(refusal) if number > 1 && refusal.is_past_the_end() => return Ok(None),
                Err(refusal) => return Err(refusal.error(client, route)),
            };
            let Page {
                value,
                pages,
                total: now,
                date,
            } = page;
            let Value::Array(items) = value else {
                return Err(SourceError {
                    what: format!("{} has no list of {route}", client.whole("/")),
                    help: "compare \"address\" and \"articles\" in source.json with the CMS",
                });
            };
            begun = begun.or_else(|| clock.began(date.as_deref()?));
            if number > 1 && now != total {
                return Ok(None);
            }
            total = now;
            let is_full = items.len() >= PAGE;
            for item in items {
                let Some(id) = item["id"].as_u64() else {
                    continue;
                };
                if found.insert(id, item).is_some() {
                    return Ok(None);
                }
            }
            if pages.map_or(!is_full, |pages| number >= pages) {
                return Ok(Some(Listed {
                    items: found,
                    begun,
                }));
            }
        }
        Err(SourceError {
            what: format!("the list of {route} has more than {MOST_PAGES} pages"),
            help: "something is wrong with the CMS: no portal has so many articles",
        })
    }

    /// The whole list of posts, in all languages.
    fn posts(&self, client: &Client) -> Result<Listed, SourceError> {
        let fields = &self.config.fields;
        let mut query = format!("status=publish&orderby=id&order=asc&_fields={FACTS}");
        for name in language::SHOWN {
            let _ = write!(query, ",{name}");
        }
        for name in [&fields.language, &fields.translation_group] {
            if !name.is_empty() {
                let _ = write!(query, ",{name},meta.{name},acf.{name}");
            }
        }
        for name in [&fields.section, &fields.tags] {
            if !name.is_empty() {
                let _ = write!(query, ",{name}");
            }
        }
        let mut listed = self.all(client, &self.config.articles, &query)?;
        // WPML shows one language at a time.
        if listed.items.values().any(language::is_of_wpml) {
            let mut asked_in = self.asked_in.borrow_mut();
            for code in language::WPML_CODES {
                let query = format!("{query}&lang={code}");
                for (id, item) in self.all(client, &self.config.articles, &query)?.items {
                    listed.items.entry(id).or_insert_with(|| {
                        asked_in.insert(id, code);
                        item
                    });
                }
            }
        }
        Ok(listed)
    }

    /// Some posts with all that they hold, by their numbers.
    fn whole(
        &self,
        client: &Client,
        ids: &[u64],
        code: Option<&str>,
    ) -> Result<BTreeMap<u64, Value>, SourceError> {
        let mut query = format!(
            "include={}&orderby=id&order=asc&per_page={PAGE}&_embed=author,wp:featuredmedia,wp:term&_fields={WHOLE}",
            listing(ids)
        );
        let fields = &self.config.fields;
        for name in [&fields.section, &fields.tags] {
            if !name.is_empty() {
                let _ = write!(query, ",{name}");
            }
        }
        if let Some(code) = code {
            let _ = write!(query, "&lang={code}");
        }
        let mut found = match self.as_editor(client, &query)? {
            Some(page) => by_number(page.value),
            None => BTreeMap::new(),
        };
        // Authors see only their own posts as editors do.
        if ids.iter().any(|id| !found.contains_key(id)) {
            let page = self.rest.ask(client, &self.config.articles, &query)?;
            let page = page.map_err(|refusal| refusal.error(client, &self.config.articles))?;
            for (id, item) in by_number(page.value) {
                found.entry(id).or_insert(item);
            }
        }
        Ok(found)
    }

    /// What editors see of it: there excerpts that somebody wrote are told from those that WordPress
    /// makes. `None` where the token is not one of an editor.
    fn as_editor(&self, client: &Client, query: &str) -> Result<Option<Page>, SourceError> {
        if !client.is_authorized() || self.edits.get() == Some(false) {
            return Ok(None);
        }
        let route = &self.config.articles;
        match self
            .rest
            .ask(client, route, &format!("{query}&context=edit"))?
        {
            Ok(page) => {
                self.edits.set(Some(true));
                Ok(Some(page))
            }
            Err(Refusal { status: 403, .. }) => {
                self.edits.set(Some(false));
                Ok(None)
            }
            Err(refusal) => Err(refusal.error(client, route)),
        }
    }

    /// What the library knows about pictures, by their numbers. What it does not say is nothing that
    /// stops a sync.
    fn library(
        &self,
        client: &Client,
        numbers: &BTreeSet<u64>,
    ) -> Result<BTreeMap<u64, Media>, SourceError> {
        let mut library = BTreeMap::new();
        let numbers: Vec<u64> = numbers.iter().copied().collect();
        for chunk in numbers.chunks(PAGE) {
            let query = format!(
                "include={}&per_page={PAGE}&_fields=id,source_url,alt_text,caption.rendered",
                listing(chunk)
            );
            let Ok(page) = self.rest.ask(client, "media", &query)? else {
                continue;
            };
            for item in page.value.as_array().into_iter().flatten() {
                if let (Some(id), Some(media)) = (item["id"].as_u64(), post::media(item)) {
                    library.insert(id, media);
                }
            }
        }
        Ok(library)
    }

    /// The names of terms by their numbers, where a field names a taxonomy.
    fn terms(&self, client: &Client, route: &str) -> Result<BTreeMap<u64, String>, SourceError> {
        let items = self.all(client, route, "_fields=id,slug")?.items;
        Ok(items
            .into_iter()
            .map(|(id, item)| (id, post::slug(&item)))
            .collect())
    }

    /// The languages of posts, and what ties them together.
    fn languages(
        &self,
        client: &Client,
        items: &BTreeMap<u64, Value>,
    ) -> Result<Languages<'_>, SourceError> {
        let fields = &self.config.fields;
        let name = &fields.language;
        let is_taxonomy =
            !name.is_empty() && items.values().any(|item| item[name.as_str()].is_array());
        let terms = if is_taxonomy {
            self.terms(client, name)?
        } else {
            BTreeMap::new()
        };
        Ok(Languages { fields, terms })
    }

    /// What makes a post another one, as far as lists show it.
    fn revision(&self, id: u64, item: &Value, tied: &Tied, is_recent: bool) -> String {
        let modified = item["modified_gmt"].as_str().unwrap_or_default();
        let fields = &self.config.fields;
        let terms = [&fields.section, &fields.tags].map(|name| {
            if name.is_empty() {
                &Value::Null
            } else {
                &item[name.as_str()]
            }
        });
        let facts = json!([
            item["date_gmt"],
            item["status"],
            item["slug"],
            item["title"],
            item["author"],
            item["categories"],
            item["tags"],
            item["featured_media"],
            terms,
            tied.locale,
            tied.ids,
            tied.group,
        ]);
        let hash = hash(facts.to_string().as_bytes());
        // Another change in the same second would look the same: what has just changed is asked for
        // once more.
        let recent = if is_recent { " just now" } else { "" };
        format!("{id} {modified} {hash}{recent}")
    }
}

impl Adapter for WordPress<'_> {
    fn list(&self, client: &Client) -> Result<Vec<Stub>, SourceError> {
        let Listed { items, begun } = self.posts(client)?;
        let languages = self.languages(client, &items)?;
        let (mut withheld, mut posts) = (Vec::new(), Vec::new());
        let (mut stubs, mut ties) = (Vec::new(), Vec::new());
        for (id, item) in &items {
            let tied = languages.of(*id, item);
            let title = import::words(item["title"]["rendered"].as_str().unwrap_or_default());
            let is_recent = begun.is_some_and(|begun| {
                moments::seconds(item["modified_gmt"].as_str().unwrap_or_default())
                    .is_some_and(|modified| modified >= begun)
            });
            let stub = Stub {
                article: id.to_string(),
                locale: tied.locale.clone(),
                revision: self.revision(*id, item, &tied, is_recent),
                title,
            };
            if item["content"]["protected"] == true {
                let why = "a password protects it in WordPress, and here everybody would read it";
                withheld.push((stub.subject(), why));
            } else {
                stubs.push(stub);
                ties.push(tied);
                posts.push((*id, item));
            }
        }
        let names = identity::articles(&ties, &self.known);
        self.merged
            .replace(identity::merged(&ties, &names, &self.known));
        let mut permalinks = Permalinks::new(&self.config.address);
        for ((stub, name), (id, item)) in stubs.iter_mut().zip(names).zip(posts) {
            permalinks.add(id, item, &name);
            stub.article = name;
        }
        self.permalinks.replace(permalinks);
        self.withheld.replace(withheld);
        Ok(stubs)
    }

    fn entries(
        &self,
        client: &Client,
        stubs: &[&Stub],
    ) -> Result<Vec<Result<Entry, String>>, SourceError> {
        let mut found: BTreeMap<u64, Value> = BTreeMap::new();
        let mut asked: BTreeMap<Option<&str>, Vec<u64>> = BTreeMap::new();
        for id in stubs
            .iter()
            .filter_map(|stub| identity::number(&stub.revision))
        {
            let code = self.asked_in.borrow().get(&id).copied();
            asked.entry(code).or_default().push(id);
        }
        for (code, ids) in asked {
            for chunk in ids.chunks(PAGE) {
                found.extend(self.whole(client, chunk, code)?);
            }
        }
        let naming = Naming {
            fields: &self.config.fields,
            sections: &self.config.sections,
            portal: self.portal,
        };
        let entry = |stub: &&Stub| {
            let value = identity::number(&stub.revision).and_then(|id| found.get(&id));
            let value = value.ok_or(WENT_AWAY)?;
            if is_cut(value) {
                return Err(TOO_DEEP.to_owned());
            }
            let cover = post::numbered_cover(value, &self.config.fields);
            Ok((entry_of(value, &naming)?, cover))
        };
        let mut read: Vec<Result<(Entry, Option<u64>), String>> = stubs.iter().map(entry).collect();
        let entries = read.iter().flatten();
        let shown = entries.flat_map(|(entry, cover)| {
            let mut shown = post::pictures(&entry.body);
            shown.extend(*cover);
            shown
        });
        let library = self.library(client, &shown.collect())?;
        for (entry, cover) in read.iter_mut().flatten() {
            let of_library = cover.and_then(|number| library.get(&number));
            entry.cover = of_library.cloned().or(entry.cover.take());
            let shown = post::pictures(&entry.body);
            let of_entry = library.iter().filter(|(number, _)| shown.contains(number));
            entry.library = of_entry
                .map(|(number, media)| (*number, media.clone()))
                .collect();
        }
        Ok(read
            .into_iter()
            .map(|read| read.map(|(entry, _)| entry))
            .collect())
    }

    fn article_at(&self, address: &str) -> Option<String> {
        self.permalinks.borrow().article(address)
    }

    fn file_name<'b>(&self, stem: &'b str) -> &'b str {
        stem.strip_suffix("-scaled").unwrap_or(stem)
    }

    fn withheld(&self) -> Vec<(String, &'static str)> {
        self.withheld.borrow().clone()
    }

    fn merged(&self) -> Vec<(String, String)> {
        self.merged.borrow().clone()
    }

    fn full_sizes(&self, source: &str) -> Vec<String> {
        let mut addresses: Vec<String> = post::full_size(source).into_iter().collect();
        addresses.push(source.to_owned());
        addresses
    }

    fn survey(&self, client: &Client) -> Result<Survey, SourceError> {
        survey::survey(self, client)
    }
}

/// Everything of a kind.
struct Listed {
    items: BTreeMap<u64, Value>,
    /// When it began to be read, by the clock of the CMS.
    begun: Option<i64>,
}

/// The items of a list, by their numbers.
fn by_number(value: Value) -> BTreeMap<u64, Value> {
    let Value::Array(items) = value else {
        return BTreeMap::new();
    };
    items
        .into_iter()
        .filter_map(|item| Some((item["id"].as_u64()?, item)))
        .collect()
}

fn listing(ids: &[u64]) -> String {
    ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_and_a_password_are_sent_as_basic_authorization() {
        assert_eq!(
            authorization("an:abcd efgh").as_deref(),
            Some("Basic YW46YWJjZCBlZmdo")
        );
        for token in ["abcd efgh", ":abcd", "an:", "an: "] {
            assert_eq!(authorization(token), None, "{token}");
        }
    }
}
