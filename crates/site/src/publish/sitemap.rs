//! The sitemap (sitemaps.org 0.9): an index, a part for the pages that are no articles, and a part for each month in
//! which articles were published.
//!
//! Publishing an article changes its month's part and the index; the other parts keep their bytes. Every address comes
//! with its versions in all languages, by the rule that the pages' own heads follow.

use crate::publish::feeds::changed;
use crate::publish::xml::Xml;
use editorial::content::catalogue::Item;
use model::route::Route;
use model::{Lang, Moment, Month, Site};
use portal::app::alternates;

/// The index's path below the site's base.
pub(crate) const INDEX: &str = "sitemap.xml";

/// What one part may hold.
#[derive(Clone, Copy)]
struct Limits {
    urls: usize,
    bytes: usize,
}

/// The limits of sitemaps.org: 50,000 addresses and 50 MB.
const LIMITS: Limits = Limits { urls: 50_000, bytes: 50_000_000 };

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A part of the sitemap.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PageNumber {
    /// Its path below the site's base: `sitemaps/2014-09.xml`.
    pub(crate) path: String,
    /// Its XML.
    pub(crate) text: String,
    /// When anything in it last changed; `None` where that is not known.
    pub(crate) changed: Option<Moment>,
}

/// The parts for the pages that are no articles. `routes` comes with the languages that each page exists in; of lists
/// only the fronts are taken. The parts say nothing of changes: the lists change with every article.
pub(crate) fn pages(site: &Site, routes: impl Iterator<Item = (Route, Vec<Lang>)>) -> Vec<PageNumber> {
    let listed = routes.filter(|(route, _)| is_listed(route));
    let pages = listed.map(|(route, languages)| page(site, &route, &languages, None));
    parts("pages", std::iter::once(root(site)).chain(pages), LIMITS)
}

/// The parts for the articles of a month, in whatever order they come.
pub(crate) fn month(site: &Site, month: Month, items: &[&Item]) -> Vec<PageNumber> {
    parts(&name(month), articles(site, items), LIMITS)
}

/// The index of these parts: their paths, and when anything in them last changed.
pub(crate) fn index<'a>(site: &Site, parts: impl Iterator<Item = (&'a str, Option<Moment>)>) -> String {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[NAMESPACE]);
    for (path, changed) in parts {
        xml.open("sitemap", &[]);
        xml.text("loc", &site.file_address(path));
        if let Some(moment) = changed {
            xml.text("lastmod", &moment.rfc3339());
        }
        xml.close();
    }
    xml.finish()
}

fn name(month: Month) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

/// Pages that somebody may look for by their words: not the further parts of lists, whose articles have pages of their
/// own, and not the page that searches.
fn is_listed(route: &Route) -> bool {
    route.is_front() && !matches!(route, Route::Search(_) | Route::NotFound(_))
}

/// An address with all that is said about it.
struct Url {
    xml: String,
    changed: Option<Moment>,
}

/// The root, where readers choose a language: the version of the front page for readers of any other language.
fn root(site: &Site) -> Url {
    let versions = alternates(site, &site.languages, &Route::Home(site.lang));
    url(&site.file_address(""), &versions, None)
}

fn page(site: &Site, route: &Route, languages: &[Lang], changed: Option<Moment>) -> Url {
    url(&site.address(route), &alternates(site, languages, route), changed)
}

fn url(address: &str, versions: &[(&str, String)], changed: Option<Moment>) -> Url {
    let mut xml = Xml::fragment();
    xml.open("url", &[]);
    xml.text("loc", address);
    if let Some(moment) = changed {
        xml.text("lastmod", &moment.rfc3339());
    }
    for (lang, address) in versions {
        xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", lang), ("href", address)]);
    }
    Url { xml: xml.finish(), changed }
}

/// The addresses of articles, oldest first, so that full parts stay as they are.
fn articles<'a>(site: &'a Site, items: &[&'a Item]) -> impl Iterator<Item = Url> + use<'a> {
    let mut items = items.to_vec();
    items.sort_by_key(|item| (item.minutes, &item.section, &item.slug));
    items.into_iter().flat_map(|item| {
        let route = |lang| Route::Article(lang, item.section.clone(), item.slug.clone());
        let languages = item.languages();
        let versions = languages.iter().map(|&lang| page(site, &route(lang), &languages, Some(changed(item))));
        versions.collect::<Vec<_>>()
    })
}

fn parts(name: &str, urls: impl Iterator<Item = Url>, limits: Limits) -> Vec<PageNumber> {
    let mut parts = Vec::new();
    let mut open = Open::default();
    for url in urls {
        if open.urls == limits.urls || (open.urls > 0 && open.text.len() + url.xml.len() + FRAME > limits.bytes) {
            parts.push(std::mem::take(&mut open).close(name, parts.len()));
        }
        open.add(&url);
    }
    if open.urls > 0 {
        parts.push(open.close(name, parts.len()));
    }
    parts
}

/// More than what stands around the addresses of a part, in bytes.
const FRAME: usize = 256;

/// A part that is being written.
#[derive(Default)]
struct Open {
    text: String,
    urls: usize,
    changed: Option<Moment>,
}

impl Open {
    fn add(&mut self, url: &Url) {
        self.text.push_str(&url.xml);
        self.urls += 1;
        self.changed = [self.changed, url.changed].into_iter().flatten().max_by_key(|moment| moment.minutes());
    }

    fn close(self, name: &str, earlier: usize) -> PageNumber {
        let mut xml = Xml::new();
        xml.open("urlset", &[NAMESPACE, ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")]);
        xml.fragments(&self.text);
        let number = if earlier == 0 { String::new() } else { format!("-{}", earlier + 1) };
        PageNumber { path: format!("sitemaps/{name}{number}.xml"), text: xml.finish(), changed: self.changed }
    }
}

#[cfg(test)]
mod tests;
