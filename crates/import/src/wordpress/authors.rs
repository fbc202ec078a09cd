//! Who wrote a text: the names that readers saw, of one author or of several. Newsrooms keep them with
//! Co-Authors Plus, `PublishPress` Authors or Molongui, beside the login name of whoever typed the text
//! in.

use super::import_index::ImportIndex;
use super::plan::GUESTS;
use crate::loss::{Loss, excerpt};
use crate::multilingual::in_language;
use crate::shortcodes::escaped;
use crate::slugs::decoded;
use crate::wxr::{Export, Item, Site};
use crate::{html, marks};
use model::Lang;
use std::collections::BTreeMap;

/// The longest name of an author, in bytes.
const MOST_NAME: usize = 1_000;

/// The meta keys with the name of an author who is no user of the site.
const NAMES: [&str; 6] = [
    "guest-author",
    "guest_author",
    "guest_author_name",
    "_guest_author_name",
    "author_name",
    "byline",
];

/// The guest authors of an export, by their names in addresses, their login names and their numbers.
#[derive(Default)]
pub(super) struct Guests(BTreeMap<(String, String), String>);

impl Guests {
    /// Those of an export.
    pub(super) fn of(export: &Export) -> Self {
        let mut guests = BTreeMap::new();
        for item in export
            .items
            .iter()
            .filter(|item| GUESTS.contains(&item.kind.as_str()))
        {
            let name = item.meta("cap-display_name").unwrap_or(&item.title).trim();
            let number = item.number.map(|number| number.to_string());
            let keys = [
                item.meta("cap-user_login"),
                item.meta("cap-linked_account"),
                Some(&item.name),
            ];
            let keys = keys.into_iter().flatten().map(key).chain(number);
            for key in keys.filter(|key| !key.is_empty() && !name.is_empty()) {
                guests.insert((item.site.to_string(), key), name.to_owned());
            }
        }
        Self(guests)
    }

    fn name(&self, item: &Item, key: &str) -> Option<&String> {
        self.0.get(&(item.site.to_string(), key.to_owned()))
    }
}

/// The name in addresses, without the mark that Co-Authors Plus puts before it.
fn key(name: &str) -> String {
    let name = decoded(name).to_lowercase();
    name.strip_prefix("cap-").unwrap_or(&name).to_owned()
}

/// The byline of a text.
pub(super) fn byline(
    index: &ImportIndex<'_>,
    lang: Lang,
    item: &Item,
    losses: &mut Vec<Loss>,
) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in authors(index, item, losses) {
        let name = in_language(&name, lang);
        let name = marks::plain(&html::words(&escaped(&name))).0;
        if name.contains('@') {
            let what = "its author is known by an e-mail address alone, which was left out: name the author in \"authors\" of the mapping";
            losses.push(Loss::new(what, ""));
        } else if name.len() > MOST_NAME {
            let what =
                format!("its author was left out: a name of more than {MOST_NAME} bytes is none");
            losses.push(Loss::new(what, &name));
        } else if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    Some(names.join(", ")).filter(|names| !names.is_empty())
}

/// The names of the authors: those that a plug-in keeps, else that of the user.
fn authors(index: &ImportIndex<'_>, item: &Item, losses: &mut Vec<Loss>) -> Vec<String> {
    let terms: Vec<String> = item
        .terms("author")
        .map(|term| of_term(index, item, &term.slug, &term.name, losses))
        .collect();
    if !terms.is_empty() {
        return terms;
    }
    let of_plugin: Vec<String> = item
        .meta
        .iter()
        .filter(|(key, _)| key == "_molongui_author")
        .filter_map(|(_, value)| of_molongui(index, item, value.trim()))
        .collect();
    if !of_plugin.is_empty() {
        return of_plugin;
    }
    let is_name = |name: &&str| name.chars().any(char::is_alphabetic) && !name.contains(['{', '<']);
    let named = NAMES.iter().filter_map(|key| item.meta(key)).find(is_name);
    let user = || of_login(index, item, &item.creator).unwrap_or_else(|| decoded(&item.creator));
    vec![named.map_or_else(user, str::to_owned)]
}

fn site_of<'a>(index: &'a ImportIndex<'_>, item: &Item) -> Option<&'a Site> {
    index.export.site(item)
}

/// The name of a user, by the login name.
fn of_login(index: &ImportIndex<'_>, item: &Item, login: &str) -> Option<String> {
    let mapped = index.mapping.authors.get(login).cloned();
    let known = || site_of(index, item)?.authors.get(login).cloned();
    mapped.or_else(known).filter(|_| !login.is_empty())
}

/// The name of an author who is a term of the text.
fn of_term(
    index: &ImportIndex<'_>,
    item: &Item,
    slug: &str,
    name: &str,
    losses: &mut Vec<Loss>,
) -> String {
    let own = key(slug);
    let mapped = [&own, slug, name]
        .into_iter()
        .find_map(|key| index.mapping.authors.get(key));
    let guest = || index.guests.name(item, &own).cloned();
    let by_slug = || {
        let authors = &site_of(index, item)?.authors;
        let found = authors
            .iter()
            .find(|(login, _)| key(login).replace([' ', '.', '_'], "-") == own);
        found.map(|(_, name)| name.clone())
    };
    let found = mapped
        .cloned()
        .or_else(guest)
        .or_else(|| of_login(index, item, name))
        .or_else(by_slug);
    // The term is often called as its name in addresses.
    let is_name = |name: &&str| {
        let is_slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        !(name.is_empty() || name.chars().all(is_slug) && key(name) == own)
    };
    let said = || Some(name.trim()).filter(is_name).map(str::to_owned);
    found.or_else(said).unwrap_or_else(|| {
        let what = "the export has no name of an author: the one in addresses stands in; give the right one in \"authors\" of the mapping";
        losses.push(Loss::new(what, &excerpt(&own)));
        own.clone()
    })
}

/// The name of an author of Molongui: `user-12` or `guest-34`.
fn of_molongui(index: &ImportIndex<'_>, item: &Item, value: &str) -> Option<String> {
    let (kind, number) = value.split_once('-')?;
    if kind == "guest" {
        return index.guests.name(item, number).cloned();
    }
    let login = site_of(index, item)?
        .author_numbers
        .get(&number.parse().ok()?)?;
    of_login(index, item, login)
}
