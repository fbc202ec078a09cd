//! Standing pages: those that editors write, and those that are made.

use super::Publisher;
use super::calendar::{self, Origin};
use super::duties::{MadePage, PageFiles};
use super::redirects::Redirect;
use crate::media::pictures::Published;
use editorial::content::Standing;
use editorial::content::catalogue::Item;
use model::route::Route;
use model::{Document, Lang, Slug};
use serde_json::Value;
use std::path::Path;

impl<P: Fn(&Path) -> Published> Publisher<'_, P> {
    /// A standing page in a language.
    pub(super) fn standing(&self, lang: Lang, slug: &Slug) -> Option<model::Standing> {
        let page = self.standing_page(slug)?;
        let version = page.versions.get(&lang)?;
        let body = version.body.iter().cloned();
        // A made page shows events of articles, which have their files there.
        let body = if self.made(slug).is_some() {
            body.collect()
        } else {
            calendar::named(&Route::Standing(lang, slug.clone()), body)
        };
        Some(model::Standing {
            slug: slug.clone(),
            title: version.title.clone(),
            lead: version.lead.clone(),
            body,
        })
    }

    /// All standing pages: those of the editors, and those that are made.
    pub(super) fn standing_pages(&self) -> impl Iterator<Item = &Standing> {
        let made = self.made.iter().map(|made| &made.page);
        self.pages.iter().chain(made)
    }

    /// The standing page of this name.
    pub(super) fn standing_page(&self, slug: &Slug) -> Option<&Standing> {
        let written = self.pages.iter().find(|page| page.slug == *slug);
        written.or_else(|| self.made(slug).map(|made| &made.page))
    }

    /// The standing pages whose words are searched.
    pub(crate) fn searched_pages(&self) -> impl Iterator<Item = &Standing> {
        let made = self.made.iter().filter(|made| made.is_searched);
        self.pages.iter().chain(made.map(|made| &made.page))
    }

    /// Where the events of an article belong.
    pub(super) fn origin_of(&self, item: &Item) -> Origin {
        Origin::of_article(item, self.items, self.site.first_origin())
    }

    /// The page of this name, where it is made.
    pub(super) fn made(&self, slug: &Slug) -> Option<&MadePage> {
        self.made_at.get(slug).map(|&at| &self.made[at])
    }

    /// The earlier addresses of made pages, in every language.
    pub(crate) fn moved_pages(&self) -> impl Iterator<Item = Redirect> + '_ {
        self.made.iter().flat_map(move |made| {
            made.former.iter().flat_map(move |former| {
                self.languages().iter().map(move |&lang| Redirect {
                    from: Route::Standing(lang, former.clone()),
                    to: Route::Standing(lang, made.page.slug.clone()),
                })
            })
        })
    }

    /// What machines read of a made page, as JSON-LD.
    pub(crate) fn data(&self, route: &Route) -> Option<&Value> {
        match route {
            Route::Standing(lang, slug) => self.made(slug)?.data.get(lang),
            _ => None,
        }
    }

    /// The files of a page besides itself: those of its events, and those that are made.
    pub(crate) fn further_files(&self, route: &Route, document: &Document) -> PageFiles {
        let origin = match route {
            Route::Article(_, section, slug) => {
                let item = self.index.item(section, slug);
                item.map(|item| self.origin_of(item))
            }
            Route::Standing(..) => Some(Origin::of_page(route, self.site.first_origin())),
            _ => None,
        };
        let mut files =
            origin.map_or_else(Vec::new, |origin| calendar::files(route, document, &origin));
        if let Route::Standing(lang, slug) = route
            && let Some(made) = self.made(slug).and_then(|made| made.files.get(lang))
        {
            let below = route.path();
            let made = made.iter();
            files.extend(made.map(|(name, bytes)| (format!("{below}{name}"), bytes.clone())));
        }
        files
    }
}
