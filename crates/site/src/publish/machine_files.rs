//! Writes the machine-readable files of the site: feeds, sitemap, manifests, `robots.txt`,
//! `security.txt`, redirects, and configuration for hosts. Files that grow with the number of
//! articles are a unit for each month or each address, so that a build after a new article makes
//! few of them.

use crate::hosting::hosts::{Format, HEADERS_FILE, Host, InSite, REDIRECTS_FILE};
use crate::hosting::policy::Embedding;
use crate::media::pictures::Published;
use crate::output::{Output, UnitState};
use crate::publish::Publisher;
use crate::publish::article_index::ListId;
use crate::publish::feeds::{self, Feed};
use crate::publish::manifest::manifest;
use crate::publish::redirects;
use crate::publish::robots;
use crate::publish::security_txt;
use crate::publish::sitemap;
use crate::stages::Count;
use editorial::content;
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use editorial::hash::{self, CacheKey};
use model::route::{ATOM, JSON_FEED, Route};
use model::{Entry, Moment, Month, Site};
use portal::app::{Assets, render_moved};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Writes the machine-readable files.
pub(crate) struct MachineFiles<'a, P> {
    /// The index of all articles, and the portal in each language.
    pub(crate) publisher: &'a Publisher<'a, P>,
    /// The portal as editors describe it.
    pub(crate) site: &'a content::Site,
    /// The files that pages load.
    pub(crate) assets: &'a Assets,
    /// The hash of the tool and of the files that every page loads.
    pub(crate) key: u64,
    /// Receives the files.
    pub(crate) output: &'a Output,
    /// The host whose configuration file is written too.
    pub(crate) host: Option<InSite>,
    /// Counts the units.
    pub(crate) count: &'a Count,
    /// The moment for which the site is built.
    pub(crate) now: Option<Moment>,
}

impl<P: Fn(&Path) -> Published + Sync> MachineFiles<'_, P> {
    /// Writes all of the files.
    ///
    /// # Errors
    /// Where a file cannot be written, or an earlier address is the address of a page.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        for site in self.sites() {
            self.feeds(site)?;
            self.file(
                &Route::Home(site.lang).manifest(),
                &manifest(site, &self.assets.icons, &self.assets.icon),
            )?;
        }
        let Some(site) = self.sites().next() else {
            return Ok(());
        };
        self.sitemap(site)?;
        self.file(robots::FILE, &robots::robots(site))?;
        if let Some(text) = security_txt::security_txt(self.site, self.now) {
            self.file(security_txt::FILE, &text)?;
        }
        self.redirect_pages()?;
        let host = Host::new(
            &site.base,
            "",
            &site.languages,
            self.publisher.items().iter(),
        )
        .with(Embedding::of(self.site.monitoring.as_ref()));
        self.file(HEADERS_FILE, &host.config(Format::Headers)?)?;
        self.file(REDIRECTS_FILE, &host.config(Format::Redirects)?)?;
        match self.host {
            Some(InSite::Apache) => self.file(".htaccess", &host.config(Format::Apache)?),
            None => Ok(()),
        }
    }

    fn sites(&self) -> impl Iterator<Item = &Site> {
        self.publisher
            .languages()
            .iter()
            .map(|&lang| self.publisher.site(lang))
    }

    /// A unit of one file. The text is made in any case, and written where it changed.
    fn file(&self, path: &str, text: &str) -> Result<(), Failure> {
        let key = hash::of(text.as_bytes());
        let state = self.output.unit(path, key, || {
            Ok(vec![(path.to_owned(), text.as_bytes().to_vec())])
        })?;
        self.count.one(state == UnitState::Written);
        Ok(())
    }

    /// The feeds of a language and of its sections.
    fn feeds(&self, site: &Site) -> Result<(), Failure> {
        let entry = |tag: &content::Tag| Entry {
            slug: tag.slug.clone(),
            name: tag.names.get(site.lang).clone(),
        };
        let tags: Vec<Entry> = self.site.tags.iter().map(entry).collect();
        let index = self.publisher.index();
        for section in std::iter::once(None).chain(site.sections.iter().map(Some)) {
            let items = match section {
                None => index.all(site.lang),
                Some(section) => index.list(site.lang, &ListId::Section(section.slug.clone())),
            };
            let feed = Feed {
                site,
                section,
                items,
                tags: &tags,
                cards: self.assets.cards,
                first_origin: self.site.first_origin(),
            };
            let page = feed.page();
            self.file(&page.feed(ATOM), &feeds::atom(&feed))?;
            self.file(&page.feed(JSON_FEED), &feeds::json(&feed))?;
        }
        Ok(())
    }

    fn sitemap(&self, site: &Site) -> Result<(), Failure> {
        let lists = self
            .publisher
            .languages()
            .iter()
            .flat_map(|&lang| self.publisher.lists_in(lang));
        let pages = lists.filter(Route::is_front).map(|route| {
            let languages = self.publisher.languages_of(&route);
            (route, languages)
        });
        let mut listed = Vec::new();
        for part in sitemap::pages(site, pages) {
            self.file(&part.path, &part.text)?;
            listed.push((part.path, part.changed));
        }
        let mut months: BTreeMap<Month, Vec<&Item>> = BTreeMap::new();
        for item in self.publisher.items() {
            let month = Month {
                year: item.published.year,
                month: item.published.month,
            };
            months.entry(month).or_default().push(item);
        }
        let months: Vec<(Month, Vec<&Item>)> = months.into_iter().collect();
        let of_months: Result<Vec<_>, Failure> = months
            .par_iter()
            .map(|(month, items)| self.month(site, *month, items))
            .collect();
        listed.extend(of_months?.into_iter().flatten());
        let index = sitemap::index(
            site,
            listed
                .iter()
                .map(|(path, changed)| (path.as_str(), *changed)),
        );
        self.file(sitemap::INDEX, &index)
    }

    /// The sitemap's parts for a month: their paths, and when anything in them last changed.
    fn month(
        &self,
        site: &Site,
        month: Month,
        items: &[&Item],
    ) -> Result<Vec<(String, Option<Moment>)>, Failure> {
        let key = CacheKey::default()
            .number(self.key)
            .add(&site.origin)
            .add(&site.base);
        let key = items.iter().fold(key, |key, item| {
            let key = key
                .add(item.section.as_str())
                .add(item.slug.as_str())
                .number(item.hash);
            item.languages()
                .into_iter()
                .fold(key, |key, lang| key.add(lang.tag()))
        });
        let id = format!("sitemaps/{:04}-{:02}", month.year, month.month);
        let (state, note) = self.output.unit_with_note(&id, key.finish(), || {
            let parts = sitemap::month(site, month, items);
            let note: Vec<(&str, Option<Moment>)> = parts
                .iter()
                .map(|part| (part.path.as_str(), part.changed))
                .collect();
            let note =
                serde_json::to_vec(&note).map_err(|error| Failure::new(error.to_string()))?;
            Ok((
                parts
                    .into_iter()
                    .map(|part| (part.path, part.text.into_bytes()))
                    .collect(),
                note,
            ))
        })?;
        self.count.one(state == UnitState::Written);
        serde_json::from_slice(&note)
            .map_err(|error| Failure::new(format!("the note on {id} cannot be read: {error}")))
    }

    /// Writes a page that redirects for each guessed address and each earlier address.
    fn redirect_pages(&self) -> Result<(), Failure> {
        for (guess, lang) in redirects::GUESSED_SEGMENTS {
            if self.publisher.languages().contains(&lang) {
                self.redirect_page(&format!("{guess}/index.html"), &Route::Home(lang))?;
            }
        }
        for moved in self.publisher.moved_pages() {
            self.redirect_page(&moved.from.file(), &moved.to)?;
        }
        self.publisher.items().par_iter().try_for_each(|item| {
            redirects::redirects(item)
                .try_for_each(|moved| self.redirect_page(&moved.from.file(), &moved.to))
        })
    }

    fn redirect_page(&self, file: &str, to: &Route) -> Result<(), Failure> {
        let site: &Site = self.publisher.site(to.lang());
        let key = CacheKey::default()
            .number(self.key)
            .add(&site.origin)
            .add(to.href(&site.base))
            .add(&site.name)
            .finish();
        let state = self.output.unit(file, key, || {
            Ok(vec![(
                file.to_owned(),
                render_moved(site, to, self.assets).into_bytes(),
            )])
        })?;
        self.count.one(state == UnitState::Written);
        Ok(())
    }
}
