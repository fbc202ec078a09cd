//! The sitemap (sitemaps.org 0.9): an index, a part for the pages that are no articles, and a part
//! for each month in which articles were published.
//!
//! A new article changes its month's part and the index; the other parts keep their bytes. Every
//! address lists its versions in all languages, by the same rule as the heads of pages.

use crate::publish::feeds::changed;
use crate::publish::xml::Xml;
use editorial::content::catalogue::Item;
use model::route::Route;
use model::{Lang, Moment, Month, Site};
use portal::app::alternates;

/// The index's path below the site's base.
pub(crate) const INDEX: &str = "sitemap.xml";

/// The limits of a part.
#[derive(Clone, Copy)]
struct Limits {
    urls: usize,
    bytes: usize,
}

/// The limits of sitemaps.org: 50,000 addresses and 50 MB.
const LIMITS: Limits = Limits {
    urls: 50_000,
    bytes: 50_000_000,
};

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A part of the sitemap.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SitemapPart {
    /// Its path below the site's base: `sitemaps/2014-09.xml`.
    pub(crate) path: String,
    /// Its XML.
    pub(crate) text: String,
    /// When anything in it last changed; `None` where that is not known.
    pub(crate) changed: Option<Moment>,
}

/// The parts for the pages that are no articles. `routes` has each page with the languages in which
/// it exists; of lists only the fronts are taken. The parts have no times of change, because lists
/// change with every article.
pub(crate) fn pages(
    site: &Site,
    routes: impl Iterator<Item = (Route, Vec<Lang>)>,
) -> Vec<SitemapPart> {
    let listed = routes.filter(|(route, _)| is_listed(route));
    let pages = listed.map(|(route, languages)| page(site, &route, &languages, None));
    parts("pages", std::iter::once(root(site)).chain(pages), LIMITS)
}

/// The parts for the articles of a month. Their order does not matter.
pub(crate) fn month(site: &Site, month: Month, items: &[&Item]) -> Vec<SitemapPart> {
    parts(&name(month), articles(site, items), LIMITS)
}

/// The index of these parts: their paths, and when anything in them last changed.
pub(crate) fn index<'a>(
    site: &Site,
    parts: impl Iterator<Item = (&'a str, Option<Moment>)>,
) -> String {
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

/// Whether a page is listed. Further parts of lists are not, because their articles have pages of
/// their own; the search page is not either.
fn is_listed(route: &Route) -> bool {
    route.is_front() && !matches!(route, Route::Search(_) | Route::NotFound(_))
}

/// The XML of an address, and when its page last changed.
struct Url {
    xml: String,
    changed: Option<Moment>,
}

/// The root, where readers choose a language. It is the `x-default` version of the front pages.
fn root(site: &Site) -> Url {
    let versions = alternates(site, &site.languages, &Route::Home(site.lang));
    url(&site.file_address(""), &versions, None)
}

fn page(site: &Site, route: &Route, languages: &[Lang], changed: Option<Moment>) -> Url {
    url(
        &site.address(route),
        &alternates(site, languages, route),
        changed,
    )
}

fn url(address: &str, versions: &[(&str, String)], changed: Option<Moment>) -> Url {
    let mut xml = Xml::fragment();
    xml.open("url", &[]);
    xml.text("loc", address);
    if let Some(moment) = changed {
        xml.text("lastmod", &moment.rfc3339());
    }
    for (lang, address) in versions {
        xml.empty(
            "xhtml:link",
            &[("rel", "alternate"), ("hreflang", lang), ("href", address)],
        );
    }
    Url {
        xml: xml.finish(),
        changed,
    }
}

/// The addresses of articles, oldest first, so that full parts stay as they are.
fn articles<'a>(site: &'a Site, items: &[&'a Item]) -> impl Iterator<Item = Url> + use<'a> {
    let mut items = items.to_vec();
    items.sort_by_key(|item| (item.minutes, &item.section, &item.slug));
    items.into_iter().flat_map(|item| {
        let route = |lang| Route::Article(lang, item.section.clone(), item.slug.clone());
        let languages = item.languages();
        let versions = languages
            .iter()
            .map(|&lang| page(site, &route(lang), &languages, Some(changed(item))));
        versions.collect::<Vec<_>>()
    })
}

fn parts(name: &str, urls: impl Iterator<Item = Url>, limits: Limits) -> Vec<SitemapPart> {
    let mut parts = Vec::new();
    let mut open = Open::default();
    for url in urls {
        if open.urls == limits.urls
            || (open.urls > 0 && open.text.len() + url.xml.len() + FRAME > limits.bytes)
        {
            parts.push(std::mem::take(&mut open).close(name, parts.len()));
        }
        open.add(&url);
    }
    if open.urls > 0 {
        parts.push(open.close(name, parts.len()));
    }
    parts
}

/// An upper limit for the XML around the addresses of a part, in bytes.
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
        self.changed = [self.changed, url.changed]
            .into_iter()
            .flatten()
            .max_by_key(|moment| moment.minutes());
    }

    fn close(self, name: &str, earlier: usize) -> SitemapPart {
        let mut xml = Xml::new();
        xml.open(
            "urlset",
            &[NAMESPACE, ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")],
        );
        xml.fragments(&self.text);
        let number = if earlier == 0 {
            String::new()
        } else {
            format!("-{}", earlier + 1)
        };
        SitemapPart {
            path: format!("sitemaps/{name}{number}.xml"),
            text: xml.finish(),
            changed: self.changed,
        }
    }
}

#[cfg(test)]
mod tests;
