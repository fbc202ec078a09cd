//! Everything in the site that only machines read: feeds, sitemap, manifests, earlier addresses, rules for hosts.

use crate::catalogue::Item;
use crate::failure::Failure;
use crate::feeds::{self, Feed};
use crate::hash::{self, Key};
use crate::hosts::{Format, HEADERS_FILE, Host, REDIRECTS_FILE};
use crate::manifest::manifest;
use crate::output::Output;
use crate::redirects;
use crate::robots;
use crate::sitemap;
use portal::app::{Assets, render_moved};
use portal::model::{Entry, Lang, Moment, Month, Site};
use portal::route::{ATOM, JSON_FEED, Route};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What the files for machines are made from.
pub(crate) struct Machines<'a> {
    /// The portal in each language, in the order of the tabs.
    pub(crate) sites: &'a [Site],
    /// Every article.
    pub(crate) items: &'a [Item],
    /// The names of all tags in a language.
    pub(crate) tags: &'a (dyn Fn(Lang) -> Vec<Entry> + Sync),
    /// The newest articles of a language, or of one of its sections, newest first.
    pub(crate) newest: &'a (dyn Fn(Lang, Option<&Entry>) -> Vec<&'a Item> + Sync),
    /// Every page that is no article, with the languages that it exists in.
    pub(crate) pages: Vec<(Route, Vec<Lang>)>,
    /// What pages load.
    pub(crate) assets: &'a Assets,
    /// The hash of the tool and of the portal's settings.
    pub(crate) key: u64,
}

/// Writes all of it.
///
/// # Errors
/// Where a file cannot be written, or an earlier address is the address of a page.
pub(crate) fn write(machines: &Machines, output: &Output) -> Result<(), Failure> {
    for site in machines.sites {
        write_feeds(machines, site, output)?;
        let path = Route::Home(site.lang).manifest();
        let text = manifest(site, &machines.assets.icons, &machines.assets.icon);
        output.write(&path, text.as_bytes())?;
    }
    let Some(site) = machines.sites.first() else { return Ok(()) };
    write_sitemap(machines, site, output)?;
    output.write(robots::FILE, robots::robots(site).as_bytes())?;
    write_moved(machines, output)?;
    let host = Host::new(&site.base, "", machines.items.iter());
    output.write(HEADERS_FILE, host.told(Format::Headers).as_bytes())?;
    output.write(REDIRECTS_FILE, host.told(Format::Redirects).as_bytes())
}

fn write_feeds(machines: &Machines, site: &Site, output: &Output) -> Result<(), Failure> {
    let tags = (machines.tags)(site.lang);
    for section in std::iter::once(None).chain(site.sections.iter().map(Some)) {
        let items = (machines.newest)(site.lang, section);
        let feed = Feed { site, section, items: &items, tags: &tags, cards: machines.assets.cards };
        let page = feed.page();
        output.write(&page.feed(ATOM), feeds::atom(&feed).as_bytes())?;
        output.write(&page.feed(JSON_FEED), feeds::json(&feed).as_bytes())?;
    }
    Ok(())
}

fn write_sitemap(machines: &Machines, site: &Site, output: &Output) -> Result<(), Failure> {
    let mut months: BTreeMap<Month, Vec<&Item>> = BTreeMap::new();
    for item in machines.items {
        let month = Month { year: item.published.year, month: item.published.month };
        months.entry(month).or_default().push(item);
    }
    let pages =
        output_parts(output, "sitemap pages", hash::of(format!("{:?}", machines.pages).as_bytes()), machines, || {
            sitemap::pages(site, machines.pages.iter().cloned())
        })?;
    let articles: Result<Vec<Listed>, Failure> = months
        .into_par_iter()
        .map(|(month, items)| {
            let key = items.iter().fold(Key::default(), |key, item| {
                let key = key.add(item.section.as_str()).add(item.slug.as_str()).add(feeds::changed(item).to_string());
                item.languages().into_iter().fold(key, |key, lang| key.add(lang.tag()))
            });
            let id = format!("sitemap {}-{}", month.year, month.month);
            output_parts(output, &id, key.finish(), machines, || sitemap::month(site, month, &items))
        })
        .collect();
    let listed: Vec<(String, Option<Moment>)> = std::iter::once(pages).chain(articles?).flatten().collect();
    let index = sitemap::index(site, listed.iter().map(|(path, changed)| (path.as_str(), *changed)));
    output.write(sitemap::INDEX, index.as_bytes())
}

/// What the index says of parts: their paths, and when anything in them last changed.
type Listed = Vec<(String, Option<Moment>)>;

/// Parts of the sitemap as a unit; returns what the index says of them.
fn output_parts(
    output: &Output,
    id: &str,
    key: u64,
    machines: &Machines,
    make: impl FnOnce() -> Vec<sitemap::Part>,
) -> Result<Listed, Failure> {
    let failure = |error: postcard::Error| Failure::new(format!("the sitemap: {error}"));
    let key = Key::default().number(machines.key).number(key).finish();
    let (_, note) = output.noted(id, key, || {
        let parts = make();
        let listed: Listed = parts.iter().map(|part| (part.path.clone(), part.changed)).collect();
        let files = parts.into_iter().map(|part| (part.path, part.text.into_bytes())).collect();
        Ok((files, postcard::to_stdvec(&listed).map_err(failure)?))
    })?;
    postcard::from_bytes(&note).map_err(failure)
}

/// The addresses that people guess, and those that articles had before.
fn write_moved(machines: &Machines, output: &Output) -> Result<(), Failure> {
    let site = |lang: Lang| machines.sites.iter().find(|site| site.lang == lang);
    for (guess, lang) in redirects::GUESSED {
        if let Some(site) = site(lang) {
            let html = render_moved(site, &Route::Home(lang), machines.assets);
            output.write(&format!("{guess}/index.html"), html.as_bytes())?;
        }
    }
    for moved in machines.items.iter().flat_map(redirects::moves) {
        if let Some(site) = site(moved.to.lang()) {
            output.write(&moved.from.file(), render_moved(site, &moved.to, machines.assets).as_bytes())?;
        }
    }
    Ok(())
}
