//! The language of each text, and which texts are one article in several languages.
//!
//! What a plug-in wrote is certain. An address such as `/en/` is taken, and said. Where neither says
//! anything, the language that was given holds, unless the letters of the text are of another one.

mod doubts;
mod split;

use crate::addresses::comparable;
use crate::mapping::Mapping;
use crate::multilingual::{is_code, language_of};
use crate::slugs::decoded;
use crate::wxr::{Export, Item};
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use doubts::doubt;
pub(crate) use split::split;

/// The meta keys with the code of a text's language: of WPML, of its export plug-in, of Bogo.
const CODES: [&str; 5] = [
    "_icl_lang_code",
    "_wpml_import_language_code",
    "_wpml_language_code",
    "wpml_language",
    "_locale",
];

/// The meta keys with the number of a text's group.
const GROUPS: [&str; 4] = [
    "_icl_trid",
    "_wpml_import_translation_group",
    "_wpml_trid",
    "trid",
];

/// What says the language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The text or a plug-in.
    Plugin,
    /// Whoever imports: for this text, its category or its site.
    Given,
    /// The text's address.
    Address,
    /// Nothing: it is the language of all texts that say none.
    Nothing,
}

/// The languages of an export.
pub(super) struct Languages<'a> {
    /// The language of texts that say none.
    pub(super) default: Option<Lang>,
    mapping: Option<&'a Mapping>,
    /// The languages of sites, by the sites' keys.
    sites: BTreeMap<String, Lang>,
    /// The codes that translations give for each other, by site and number.
    pointed: BTreeMap<(&'a str, u64), &'a str>,
    /// The smallest number of each group of translations, likewise.
    roots: BTreeMap<(&'a str, u64), u64>,
    /// The sites that have texts with codes in their addresses.
    with_codes: BTreeSet<&'a str>,
    /// Whether texts name the text that they are a translation of (Bogo).
    has_originals: bool,
}

impl<'a> Languages<'a> {
    /// Those of an export. `sites` are languages of whole sites, by the sites' addresses.
    pub(super) fn of(
        export: &'a Export,
        mapping: Option<&'a Mapping>,
        default: Option<Lang>,
        sites: &[(String, Lang)],
    ) -> Self {
        let of_sites = mapping.iter().flat_map(|mapping| &mapping.sites);
        let of_sites = of_sites.map(|(address, lang)| (comparable(address), *lang));
        let given = sites
            .iter()
            .map(|(address, lang)| (comparable(address), *lang));
        let mut languages = Self {
            default,
            mapping,
            sites: of_sites.chain(given).collect(),
            pointed: BTreeMap::new(),
            roots: BTreeMap::new(),
            with_codes: BTreeSet::new(),
            has_originals: false,
        };
        for item in &export.items {
            languages.learn(item);
            if item.kind != "attachment" && address_code(item, export).is_some() {
                languages.with_codes.insert(&item.site);
            }
        }
        languages
    }

    fn learn(&mut self, item: &'a Item) {
        self.has_originals |= item.meta("_original_post").is_some();
        let Some(own) = item.number else { return };
        for (code, other) in &item.translations {
            self.pointed.insert((&item.site, *other), code);
            let (a, b) = (self.root(&item.site, own), self.root(&item.site, *other));
            let (low, high) = (a.min(b), a.max(b));
            self.roots.insert((&item.site, high), low);
            self.roots.entry((&item.site, low)).or_insert(low);
        }
    }

    fn root(&self, site: &'a str, number: u64) -> u64 {
        let mut root = number;
        while let Some(&above) = self.roots.get(&(site, root)).filter(|above| **above < root) {
            root = above;
        }
        root
    }

    /// The language of a text, and what says it.
    ///
    /// # Errors
    /// Why the text is left out; `None` where no language was given.
    pub(super) fn language(
        &self,
        item: &Item,
        export: &Export,
    ) -> Result<(Lang, Says), Option<String>> {
        if let Some(lang) = self.given(item).filter(|_| item.listed.is_none()) {
            return Ok((lang, Says::Given));
        }
        let (code, says) = if let Some(code) = self.plugin_code(item) {
            (code.to_owned(), Says::Plugin)
        } else if let Some(lang) = self.sites.get(&*item.site) {
            return Ok((*lang, Says::Given));
        } else if let Some(code) = self.own_address_code(item, export) {
            (code, Says::Address)
        } else {
            return self.default.map(|lang| (lang, Says::Nothing)).ok_or(None);
        };
        let mapped = self
            .mapping
            .and_then(|mapping| mapping.languages.get(&code));
        let lang = mapped.copied().or_else(|| language_of(&code));
        let what = || {
            format!(
                "this portal has no language \"{}\"",
                crate::loss::excerpt(&code)
            )
        };
        lang.map(|lang| (lang, says)).ok_or_else(|| Some(what()))
    }

    /// The sites whose language is not known: several sites, each of which says another one. A single
    /// site often says the language of its administrators.
    pub(super) fn unsaid_sites(&self, export: &Export) -> Vec<(String, String)> {
        let has_unsaid = |site: &str| {
            let of_site = |item: &&Item| &*item.site == site && item.kind == "post";
            let unsaid = |item: &Item| {
                matches!(
                    self.language(item, export),
                    Ok((_, Says::Nothing)) | Err(None)
                )
            };
            export.items.iter().filter(of_site).any(unsaid)
        };
        let said: Vec<(String, String)> = export
            .sites
            .iter()
            .filter(|(_, site)| language_of(&site.language).is_some())
            .filter(|(key, _)| has_unsaid(key))
            .map(|(_, site)| (site.address.clone(), site.language.clone()))
            .collect();
        let languages: BTreeSet<_> = said
            .iter()
            .filter_map(|(_, code)| language_of(code))
            .map(Lang::tag)
            .collect();
        if languages.len() > 1 {
            said
        } else {
            Vec::new()
        }
    }

    /// The language that the mapping gives for a text's number, or for its category.
    fn given(&self, item: &Item) -> Option<Lang> {
        let languages = &self.mapping?.languages;
        let by_number = item
            .number
            .and_then(|number| languages.get(&number.to_string()));
        let by_category = || {
            item.terms("category")
                .find_map(|term| languages.get(&term.slug))
        };
        by_number.or_else(by_category).copied()
    }

    /// The code that a plug-in wrote.
    fn plugin_code<'b>(&'b self, item: &'b Item) -> Option<&'b str> {
        let term = || item.terms("language").next().map(|term| term.slug.as_str());
        let meta = || CODES.iter().find_map(|key| item.meta(key));
        let pointed = || self.pointed.get(&(&*item.site, item.number?)).copied();
        item.language
            .as_deref()
            .or_else(term)
            .or_else(meta)
            .or_else(pointed)
    }

    /// The code in a text's address. A language that this portal has not is one only on a site with
    /// other codes.
    fn own_address_code(&self, item: &Item, export: &Export) -> Option<String> {
        let code = address_code(item, export)?;
        (language_of(&code).is_some() || self.with_codes.contains(&*item.site)).then_some(code)
    }

    /// The name of the group of translations that a text belongs to, within its site; `None` where
    /// it stands alone.
    pub(super) fn group(
        &self,
        item: &'a Item,
        says: Says,
        export: &Export,
    ) -> Option<(String, String)> {
        let within = |group: String| Some((item.site.to_string(), group));
        if item.language.is_some() {
            return within(format!("text {}", item.identity()));
        }
        let term = item
            .terms("post_translations")
            .next()
            .map(|term| term.slug.clone());
        let known = || export.site(item)?.translations.get(&item.number?).cloned();
        if let Some(group) = term.or_else(known) {
            return within(group);
        }
        if let Some(group) = GROUPS.iter().find_map(|key| item.meta(key)) {
            return within(format!("trid {}", group.trim()));
        }
        let root = item
            .number
            .filter(|number| self.roots.contains_key(&(&*item.site, *number)));
        if let Some(number) = root {
            return within(format!("root {}", self.root(&item.site, number)));
        }
        if self.has_originals {
            let original = item.meta("_original_post").map(str::to_owned);
            return within(format!(
                "original {}",
                original.or(item.number.map(|own| own.to_string()))?
            ));
        }
        self.named_group(item, says)
    }

    /// The group of texts with one name in addresses, on a site or on several sites that have a
    /// language each.
    fn named_group(&self, item: &Item, says: Says) -> Option<(String, String)> {
        let name = decoded(&item.name).to_lowercase();
        if name.is_empty() {
            return None;
        }
        let group = format!("name {} {name}", item.kind);
        if self.sites.contains_key(&*item.site) {
            return Some((String::new(), group));
        }
        let by_plugin = says == Says::Plugin && CODES.iter().any(|key| item.meta(key).is_some());
        let is_grouped = by_plugin || self.with_codes.contains(&*item.site);
        is_grouped.then(|| (item.site.to_string(), group))
    }
}

/// The plug-in of a site whose translations no export has.
pub(super) fn kept_elsewhere(export: &Export) -> Option<&'static str> {
    let of = |item: &Item| {
        let has = |key: &str| item.meta.iter().any(|(known, _)| known.starts_with(key));
        let holds = |text: &str| item.content.contains(text);
        if has("trp_") || has("_trp_") || holds("data-trp-") || holds("[language-switcher") {
            return Some("TranslatePress");
        }
        let is_weglot = has("weglot") || has("_weglot") || holds("data-wg-") || holds("[weglot");
        is_weglot.then_some("Weglot")
    };
    export.items.iter().find_map(of)
}

/// Whether texts were joined by nothing but their name.
pub(super) fn is_by_name(group: &str) -> bool {
    group.starts_with("name ")
}

/// The code in a text's address: its first part, `?lang=`, or a name before the site's host.
fn address_code(item: &Item, export: &Export) -> Option<String> {
    let site = comparable(&export.site(item)?.address);
    let (whole, query) = item.link.split_once('?').unwrap_or((&item.link, ""));
    let asked = query
        .split(['&', ';'])
        .filter_map(|pair| pair.strip_prefix("lang="))
        .find(|code| is_code(code));
    if let Some(code) = asked {
        return Some(code.to_ascii_lowercase());
    }
    let at = comparable(whole);
    let host = |address: &str| address.split('/').next().unwrap_or_default().to_owned();
    let below = at
        .strip_prefix(site.trim_end_matches('/'))
        .and_then(|rest| rest.strip_prefix('/'));
    let first = match below {
        // The address of a front page alone says nothing of a text.
        Some(path) => path.split_once('/').map(|(first, _)| first.to_owned()),
        None => host(&at)
            .strip_suffix(&format!(".{}", host(&site)))
            .map(str::to_owned),
    };
    first
        .filter(|first| is_code(first))
        .map(|code| code.to_ascii_lowercase())
}
