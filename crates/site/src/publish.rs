//! From checked content to published documents. Everything is derived: the same content gives the
//! same documents, in the same order, on every machine.
//!
//! It also makes the machine-readable files. [`machine_files`] writes [`feeds`], the [`sitemap`],
//! the [`manifest`], [`robots`], [`security_txt`] and [`redirects`], with [`xml`] as their XML
//! writer. [`calendar`] makes the files of events, [`duties`] the standing pages that nobody writes, and
//! [`search`] the search index.

pub(crate) mod article_index;
mod batches;
mod blocks;
mod cache_key;
pub(crate) mod calendar;
mod duties;
mod error_report;
pub(crate) mod feeds;
pub(crate) mod machine_files;
pub(crate) mod manifest;
mod places;
mod reading;
pub(crate) mod redirects;
mod related;
pub(crate) mod robots;
pub(crate) mod search;
pub(crate) mod security_txt;
pub(crate) mod sitemap;
mod standing_pages;
mod views;
pub(crate) mod xml;

use crate::media::pictures::Published;
use article_index::{ArticleIndex, ListId};
use duties::{MadePage, Maker};
use editorial::content::article::Article;
use editorial::content::catalogue::Item;
use editorial::content::{Site, Standing};
use model::route::Route;
use model::{
    Archive, ArchiveMonth, Document, Entry, Home, Lang, Listing, Page, PageNumber, Search,
    SectionBlock, Slug, Tags, Topic, Untranslated, Version,
};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use views::Views;

pub(crate) use batches::{Batch, Member};

/// How many articles a section shows on the home page.
const ON_HOME: usize = 3;

/// How many of the most read articles the home page shows.
const MOST_READ: usize = 5;

/// Makes documents one by one: a portal of a hundred thousand articles does not fit into memory at
/// once.
pub(crate) struct Publisher<'a, P> {
    site: &'a Site,
    pages: &'a [Standing],
    items: &'a [Item],
    index: ArticleIndex<'a>,
    views: Views<'a, P>,
    /// The standing pages that are made.
    made: Vec<MadePage>,
    /// Where each of them is, by its name.
    made_at: HashMap<Slug, usize>,
    /// The data that all pages of a language share, in the order of [`Lang::ALL`].
    sites: Vec<model::Site>,
    /// Their hashes.
    site_keys: Vec<u64>,
}

impl<'a, P: Fn(&Path) -> Published> Publisher<'a, P> {
    /// Sorts the content. `base` is the path that the site stands under; `pictures` maps a
    /// picture's file to its published files.
    pub(crate) fn new(
        site: &'a Site,
        pages: &'a [Standing],
        items: &'a [Item],
        base: &str,
        pictures: &'a P,
    ) -> Self {
        let views = Views::new(site, base, pictures);
        let index = ArticleIndex::new(items, MOST_READ);
        let maker = Maker {
            site,
            base,
            pages,
            items,
            index: &index,
            pictures,
        };
        let made = maker.pages();
        let sites: Vec<_> = Lang::ALL
            .into_iter()
            .map(|lang| views.site(pages, &made, lang))
            .collect();
        let site_keys = sites
            .iter()
            .map(|shown| cache_key::of_site(shown, site))
            .collect();
        Self {
            site_keys,
            site,
            pages,
            items,
            index,
            views,
            made_at: made
                .iter()
                .enumerate()
                .map(|(at, made)| (made.page.slug.clone(), at))
                .collect(),
            made,
            sites,
        }
    }

    /// The index of all articles.
    pub(crate) fn index(&self) -> &ArticleIndex<'a> {
        &self.index
    }

    /// The catalogue's items, one for each article.
    pub(crate) fn items(&self) -> &'a [Item] {
        self.items
    }

    /// The languages of the portal, in the order of the tabs.
    pub(crate) fn languages(&self) -> &'a [Lang] {
        &self.site.languages
    }

    /// The data that all pages of a language share.
    pub(crate) fn site(&self, lang: Lang) -> &model::Site {
        &self.sites[Lang::ALL
            .iter()
            .position(|&known| known == lang)
            .unwrap_or_default()]
    }

    #[cfg(test)]
    /// Every address of the portal, language by language: home, lists, articles (also where one is
    /// not translated), standing pages, search, not found.
    pub(crate) fn routes(&self) -> Vec<Route> {
        self.site
            .languages
            .iter()
            .flat_map(|&lang| self.routes_in(lang))
            .collect()
    }

    #[cfg(test)]
    fn routes_in(&self, lang: Lang) -> Vec<Route> {
        let mut routes = self.lists_in(lang);
        let article = |item: &Item| Route::Article(lang, item.section.clone(), item.slug.clone());
        routes.extend(self.items.iter().map(article));
        routes
    }

    /// Every address of a language, except those of articles.
    pub(crate) fn lists_in(&self, lang: Lang) -> Vec<Route> {
        let mut routes = vec![Route::Home(lang)];
        let parts = |route: Route, key: &ListId| {
            (0..=self.index.parts(lang, key))
                .map(move |part| route.at_part(PageNumber(part)))
                .collect::<Vec<_>>()
        };
        for section in &self.site.sections {
            routes.extend(parts(
                Route::Section(lang, section.slug.clone(), PageNumber::FRONT),
                &ListId::Section(section.slug.clone()),
            ));
        }
        routes.push(Route::Archive(lang));
        let months = self.index.months(lang);
        let years: BTreeSet<u16> = months.iter().map(|month| month.month.year).collect();
        routes.extend(years.into_iter().map(|year| Route::Year(lang, year)));
        for ArchiveMonth { month, .. } in months {
            routes.extend(parts(
                Route::Month(lang, month, PageNumber::FRONT),
                &ListId::Month(month),
            ));
        }
        routes.push(Route::Tags(lang));
        for tag in &self.site.tags {
            let key = ListId::Tag(tag.slug.clone());
            if !self.index.list(lang, &key).is_empty() {
                routes.extend(parts(
                    Route::Tag(lang, tag.slug.clone(), PageNumber::FRONT),
                    &key,
                ));
            }
        }
        routes.push(Route::Search(lang));
        routes.extend(
            self.standing_pages()
                .map(|page| Route::Standing(lang, page.slug.clone())),
        );
        routes.push(Route::NotFound(lang));
        routes
    }

    /// Whether the portal has a page at an address.
    pub(crate) fn has(&self, route: &Route) -> bool {
        let lang = route.lang();
        let part = |list: &ListId, part: PageNumber| part.0 <= self.index.parts(lang, list);
        let filled = |list: &ListId, number: PageNumber| {
            !self.index.list(lang, list).is_empty() && part(list, number)
        };
        self.site.languages.contains(&lang)
            && match route {
                Route::Home(_)
                | Route::Archive(_)
                | Route::Tags(_)
                | Route::Search(_)
                | Route::NotFound(_) => true,
                Route::Section(_, slug, number) => {
                    self.site.sections.iter().any(|known| known.slug == *slug)
                        && part(&ListId::Section(slug.clone()), *number)
                }
                Route::Tag(_, slug, number) => {
                    self.site.tags.iter().any(|known| known.slug == *slug)
                        && filled(&ListId::Tag(slug.clone()), *number)
                }
                Route::Month(_, month, number) => filled(&ListId::Month(*month), *number),
                Route::Year(..) => self.languages_of(route).contains(&lang),
                Route::Standing(_, slug) => self.standing_page(slug).is_some(),
                Route::Article(_, section, slug) => self.index.item(section, slug).is_some(),
            }
    }

    /// The languages in which a page exists. It must not be the page of an article.
    pub(crate) fn languages_of(&self, route: &Route) -> Vec<Lang> {
        let all = self.site.languages.iter().copied();
        let with = |key: &ListId| {
            all.clone()
                .filter(|&lang| !self.index.list(lang, key).is_empty())
                .collect()
        };
        match route {
            Route::Tag(_, tag, _) => with(&ListId::Tag(tag.clone())),
            Route::Month(_, month, _) => with(&ListId::Month(*month)),
            Route::Year(_, year) => {
                let known = |&lang: &Lang| {
                    self.index
                        .months(lang)
                        .iter()
                        .any(|month| month.month.year == *year)
                };
                all.filter(known).collect()
            }
            _ => all.collect(),
        }
    }

    /// The document at an address; `None` where the content has nothing for it. The page of an
    /// article in a language that it has needs `article`.
    pub(crate) fn document(&self, route: &Route, article: Option<&Article>) -> Option<Document> {
        let lang = route.lang();
        let page = match route {
            Route::Home(_) => Page::Home(Box::new(self.home(lang))),
            Route::NotFound(_) => Page::NotFound,
            Route::Section(_, section, part) => {
                let known = self
                    .site
                    .sections
                    .iter()
                    .find(|known| known.slug == *section)?;
                let mut listing = self.listing(
                    lang,
                    &ListId::Section(section.clone()),
                    *part,
                    Views::<P>::section(known, lang),
                )?;
                listing.description =
                    (*part == PageNumber::FRONT).then(|| known.descriptions.get(lang).clone());
                Page::Listing(Box::new(listing))
            }
            Route::Tag(_, tag, part) => {
                let known = self.site.tags.iter().find(|known| known.slug == *tag)?;
                let entry = Entry {
                    slug: tag.clone(),
                    name: known.names.get(lang).clone(),
                };
                Page::Listing(Box::new(self.listing(
                    lang,
                    &ListId::Tag(tag.clone()),
                    *part,
                    Topic::Tag(entry),
                )?))
            }
            Route::Month(_, month, part) => Page::Listing(Box::new(self.listing(
                lang,
                &ListId::Month(*month),
                *part,
                Topic::Month(*month),
            )?)),
            Route::Archive(_) => Page::Archive(Archive {
                year: None,
                months: self.index.months(lang),
            }),
            Route::Year(_, year) => {
                let months = self
                    .index
                    .months(lang)
                    .into_iter()
                    .filter(|month| month.month.year == *year)
                    .collect();
                Page::Archive(Archive {
                    year: Some(*year),
                    months,
                })
            }
            Route::Tags(_) => Page::Tags(Tags {
                tags: self.tags(lang),
            }),
            Route::Search(_) => Page::Search(Search {
                years: self.years(lang),
            }),
            Route::Standing(_, page) => Page::Standing(self.standing(lang, page)?),
            Route::Article(_, section, slug) => {
                self.article(lang, self.index.item(section, slug)?, article)?
            }
        };
        let languages = match route {
            Route::Article(_, section, slug) => self.index.item(section, slug)?.languages(),
            _ => self.languages_of(route),
        };
        Some(Document {
            site: self.site(lang).clone(),
            languages,
            page,
        })
    }

    fn home(&self, lang: Lang) -> Home {
        let there = |pair: &(Slug, Slug)| {
            self.index
                .item(&pair.0, &pair.1)
                .filter(|item| item.version(lang).is_some())
        };
        let chosen = self.site.lead.as_ref().and_then(there);
        let mut picks = self.site.picks.iter().filter_map(there);
        let lead = chosen
            .or_else(|| picks.next())
            .or_else(|| self.index.all(lang).first().copied());
        let is_lead = |item: &Item| lead.is_some_and(|lead| std::ptr::eq(lead, item));
        let picks: Vec<&Item> = picks.filter(|item| !is_lead(item)).collect();
        let is_shown =
            |item: &Item| is_lead(item) || picks.iter().any(|pick| std::ptr::eq(*pick, item));
        let sections = self.site.sections.iter().map(|section| {
            let newest = self
                .index
                .list(lang, &ListId::Section(section.slug.clone()))
                .iter()
                .filter(|item| !is_shown(item));
            let teasers = newest.take(ON_HOME).enumerate();
            let teasers =
                teasers.filter_map(|(number, item)| self.views.teaser(item, lang, number == 0));
            SectionBlock {
                slug: section.slug.clone(),
                name: section.names.get(lang).clone(),
                teasers: teasers.collect(),
            }
        });
        let full = |item: &Item| self.views.teaser(item, lang, true);
        let short = |item: &&Item| self.views.teaser(item, lang, false);
        Home {
            lead: lead.and_then(full),
            sections: sections.filter(|block| !block.teasers.is_empty()).collect(),
            most_read: self
                .index
                .most_read(lang)
                .iter()
                .filter_map(short)
                .collect(),
            picks: picks.into_iter().filter_map(full).collect(),
        }
    }

    fn listing(&self, lang: Lang, key: &ListId, part: PageNumber, topic: Topic) -> Option<Listing> {
        let slice = self.index.slice(lang, key, part)?;
        let full = !matches!(key, ListId::Month(_));
        let teasers = slice
            .items
            .iter()
            .filter_map(|item| self.views.teaser(item, lang, full))
            .collect();
        Some(Listing {
            topic,
            description: None,
            part,
            newer: slice.newer,
            older: slice.older,
            teasers,
        })
    }

    fn tags(&self, lang: Lang) -> Vec<Entry> {
        let used = self.site.tags.iter().filter(|tag| {
            !self
                .index
                .list(lang, &ListId::Tag(tag.slug.clone()))
                .is_empty()
        });
        used.map(|tag| Entry {
            slug: tag.slug.clone(),
            name: tag.names.get(lang).clone(),
        })
        .collect()
    }

    fn years(&self, lang: Lang) -> Vec<u16> {
        let mut years: Vec<u16> = self
            .index
            .months(lang)
            .iter()
            .map(|month| month.month.year)
            .collect();
        years.dedup();
        years
    }

    fn article(&self, lang: Lang, item: &Item, article: Option<&Article>) -> Option<Page> {
        if item.version(lang).is_none() {
            return Some(Page::Untranslated(Untranslated {
                section: item.section.clone(),
                slug: item.slug.clone(),
                versions: item
                    .versions
                    .iter()
                    .map(|&(lang, ref version)| Version {
                        lang,
                        title: version.title.clone(),
                    })
                    .collect(),
            }));
        }
        let short = |other: &Item| self.views.teaser(other, lang, false);
        let related = related::related(&self.index, lang, item)
            .into_iter()
            .filter_map(short)
            .collect();
        let [newer, older] = self
            .index
            .neighbours(lang, item)
            .map(|other| other.and_then(short));
        let shown = self.views.article(article?, lang, related)?;
        Some(Page::Article(Box::new(model::Article {
            views: self.site.views.shown(item),
            views_as_of: self.site.views.as_of,
            outdated: item.outdated(lang),
            newer,
            older,
            ..shown
        })))
    }
}

#[cfg(test)]
mod tests;
