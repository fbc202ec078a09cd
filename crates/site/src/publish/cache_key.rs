//! Cache keys of pages. Two pages with the same key must be the same page. The keys of articles and
//! of parts of lists are made from their inputs; all other documents are cheap, so their keys are
//! made from the documents.

use super::Publisher;
use super::article_index::ListId;
use crate::media::pictures::Published;
use editorial::content::Site;
use editorial::content::catalogue::Item;
use editorial::hash::CacheKey;
use model::route::Route;
use model::{Lang, PageNumber};
use std::path::Path;

/// The hash of what all pages of a language share, and of the descriptions of sections.
pub(super) fn of_site(shown: &model::Site, site: &Site) -> u64 {
    let mut key = json(CacheKey::default(), shown);
    // Articles have a link to the mailbox, and the names of events have the first host.
    key = json(key, &site.duties.report_errors).add(site.first_origin());
    for section in &site.sections {
        key = key
            .add(section.slug.as_str())
            .add(section.names.get(shown.lang))
            .add(section.descriptions.get(shown.lang));
    }
    key.finish()
}

/// Adds what readers see of an article's views.
pub(super) fn views(key: CacheKey, site: &Site, item: &Item) -> CacheKey {
    let Some(shown) = site.views.shown(item) else {
        return key;
    };
    let as_of = site.views.as_of.map(|day| day.to_string());
    key.number(shown).add(as_of.unwrap_or_default())
}

pub(super) fn json(key: CacheKey, value: &impl serde::Serialize) -> CacheKey {
    key.add(serde_json::to_vec(value).unwrap_or_default())
}

impl<P: Fn(&Path) -> Published> Publisher<'_, P> {
    /// The cache key of the page at an address.
    pub(crate) fn key(&self, route: &Route) -> u64 {
        let lang = route.lang();
        let site = self.site_keys[Lang::ALL
            .iter()
            .position(|&known| known == lang)
            .unwrap_or_default()];
        let key = CacheKey::default().number(site).add(route.path());
        match route {
            Route::Article(_, section, slug) => match self.index.item(section, slug) {
                Some(item) => self.article_key(key, item, lang),
                None => key,
            },
            Route::Section(_, section, part) => {
                self.list_key(key, lang, &ListId::Section(section.clone()), *part)
            }
            Route::Tag(_, tag, part) => self.list_key(key, lang, &ListId::Tag(tag.clone()), *part),
            Route::Month(_, month, part) => self.list_key(key, lang, &ListId::Month(*month), *part),
            Route::Standing(_, slug) => {
                let key = json(key, &self.document(route, None));
                let key = json(key, &self.data(route));
                let files = self.made(slug).and_then(|made| made.files.get(&lang));
                files
                    .into_iter()
                    .flatten()
                    .fold(key, |key, (name, bytes)| key.add(name).add(bytes))
            }
            _ => json(key, &self.document(route, None)),
        }
        .finish()
    }

    fn article_key(&self, key: CacheKey, item: &Item, lang: Lang) -> CacheKey {
        let key = views(key.number(item.hash), self.site, item);
        let mut key = key.add(item.outdated(lang).map_or("", Lang::tag));
        if item.events().next().is_some() {
            key = key.add(self.origin_of(item).uid("1"));
        }
        for tag in self
            .site
            .tags
            .iter()
            .filter(|tag| item.tags.contains(&tag.slug))
        {
            key = key.add(tag.names.get(lang));
        }
        key = self.share_key(key, lang);
        for (known, version) in &item.versions {
            key = key.add(known.tag());
            if *known == lang {
                key = key.number(version.hash);
            } else if item.version(lang).is_none() {
                key = key.add(&version.title);
            }
        }
        if item.version(lang).is_some() {
            for other in super::related::related(&self.index, lang, item) {
                key = self.teaser_key(key, other, lang, false);
            }
            for other in self.index.neighbours(lang, item) {
                key = match other {
                    Some(other) => self.teaser_key(key.number(1), other, lang, false),
                    None => key.number(0),
                };
            }
            for place in super::places::changed_since(&self.site.places, item.published, lang) {
                key = json(key, &place);
            }
        }
        key
    }

    /// Adds the share row of a language.
    pub(super) fn share_key(&self, key: CacheKey, lang: Lang) -> CacheKey {
        let Some(row) = self.views.share(lang) else {
            return key;
        };
        row.iter().fold(
            key.add(lang.tag()).number(row.len() as u64),
            |key, channel| key.add(channel.word()),
        )
    }

    fn list_key(&self, key: CacheKey, lang: Lang, list: &ListId, part: PageNumber) -> CacheKey {
        let Some(slice) = self.index.slice(lang, list, part) else {
            return key;
        };
        let step = |part: Option<PageNumber>| part.map_or(u64::MAX, |part| u64::from(part.0));
        let full = !matches!(list, ListId::Month(_));
        let mut key = key.number(step(slice.newer)).number(step(slice.older));
        if let ListId::Tag(slug) = list {
            let name = self
                .site
                .tags
                .iter()
                .find(|tag| tag.slug == *slug)
                .map(|tag| tag.names.get(lang));
            key = key.add(name.map_or("", String::as_str));
        }
        for other in Lang::ALL {
            key = key.number(u64::from(self.index.list(other, list).is_empty()));
        }
        slice
            .items
            .iter()
            .fold(key, |key, item| self.teaser_key(key, item, lang, full))
    }

    fn teaser_key(&self, key: CacheKey, item: &Item, lang: Lang, full: bool) -> CacheKey {
        let Some(version) = item.version(lang) else {
            return key;
        };
        let key = key
            .add(item.section.as_str())
            .add(item.slug.as_str())
            .add(&version.title);
        let key = key.add(item.published.to_string());
        if !full {
            return key;
        }
        let key = key.add(&version.summary);
        match &version.cover {
            Some(cover) => {
                let published = self.views.published(&cover.path);
                let key = key
                    .add(&cover.alternative)
                    .add(cover.caption.as_deref().unwrap_or_default());
                let key = key
                    .add(cover.credit.as_deref().unwrap_or_default())
                    .add(&published.file);
                let key = key
                    .number(u64::from(cover.width))
                    .number(u64::from(cover.height));
                let renditions = published.modern.iter().chain(&published.renditions);
                renditions.fold(key, |key, rendition| key.add(&rendition.file))
            }
            None => key,
        }
    }
}
