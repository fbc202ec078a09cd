//! From checked content to published documents. Everything is derived: the same content gives the same documents, in
//! the same order, on every machine.

mod order;
mod summary;
mod views;

use crate::content::{Article, Content};
use order::Order;
use portal::model::{Document, Home, Lang, Page, Section, SectionBlock, Slug, Standing, Untranslated, Version};
use portal::route::Route;
use std::path::Path;
use views::{Views, teaser};

/// How many articles a section shows on the home page.
const ON_HOME: usize = 3;

/// How many other articles of the section an article leads to.
const RELATED: usize = 4;

/// All documents of the portal with their addresses. `base` is the path that the site stands under; `pictures` says
/// under which path a picture's file is published.
///
/// A portal of a hundred thousand articles does not fit into memory at once: there, go through [`Publisher::routes`]
/// and ask for one document after the other.
pub(crate) fn documents(content: &Content, base: &str, pictures: &impl Fn(&Path) -> String) -> Vec<(Route, Document)> {
    let publisher = Publisher::new(content, base, pictures);
    publisher
        .routes()
        .into_iter()
        .filter_map(|route| publisher.document(&route).map(|document| (route, document)))
        .collect()
}

/// Makes documents one by one.
pub(crate) struct Publisher<'a, P> {
    content: &'a Content,
    order: Order<'a>,
    views: Views<'a, P>,
}

impl<'a, P: Fn(&Path) -> String> Publisher<'a, P> {
    /// Puts the content in order.
    pub(crate) fn new(content: &'a Content, base: &str, pictures: &'a P) -> Self {
        Self { content, order: Order::new(content), views: Views::new(&content.site, base, pictures) }
    }

    /// Every address of the portal, language by language: home, sections, articles (also where one is not translated),
    /// standing pages, not found.
    pub(crate) fn routes(&self) -> Vec<Route> {
        Lang::ALL.into_iter().flat_map(|lang| self.routes_in(lang)).collect()
    }

    fn routes_in(&self, lang: Lang) -> Vec<Route> {
        let mut routes = vec![Route::Home(lang)];
        routes.extend(self.content.site.sections.iter().map(|section| Route::Section(lang, section.slug.clone())));
        let article = |article: &Article| Route::Article(lang, article.section.clone(), article.slug.clone());
        routes.extend(self.content.articles.iter().map(article));
        routes.extend(self.content.pages.iter().map(|page| Route::Standing(lang, page.slug.clone())));
        routes.push(Route::NotFound(lang));
        routes
    }

    /// The document at an address; `None` where the content has nothing for it.
    pub(crate) fn document(&self, route: &Route) -> Option<Document> {
        let lang = route.lang();
        let (languages, page) = match route {
            Route::Home(_) => (Lang::ALL.to_vec(), Page::Home(self.home(lang))),
            Route::NotFound(_) => (Lang::ALL.to_vec(), Page::NotFound),
            Route::Section(_, section) => (Lang::ALL.to_vec(), Page::Section(self.section(lang, section)?)),
            Route::Standing(_, page) => (Lang::ALL.to_vec(), Page::Standing(self.standing(lang, page)?)),
            Route::Article(_, section, slug) => {
                let article = self.order.article(section, slug)?;
                (languages(article), self.article(lang, article))
            }
        };
        Some(Document { site: self.views.site(&self.content.pages, lang), languages, page })
    }

    fn home(&self, lang: Lang) -> Home {
        let chosen = self.content.site.lead.as_ref().and_then(|(section, slug)| self.order.article(section, slug));
        let lead = chosen.filter(|article| article.versions.contains_key(&lang)).or_else(|| self.order.newest(lang));
        let is_lead = |article: &Article| lead.is_some_and(|lead| std::ptr::eq(lead, article));
        let sections = self.content.site.sections.iter().map(|section| {
            let newest = self.order.section(lang, &section.slug).iter().copied().filter(|article| !is_lead(article));
            let teasers = newest.take(ON_HOME).enumerate();
            let teasers = teasers.filter_map(|(number, article)| {
                if number == 0 { self.views.full_teaser(article, lang) } else { teaser(article, lang) }
            });
            SectionBlock {
                slug: section.slug.clone(),
                name: section.names.get(lang).clone(),
                teasers: teasers.collect(),
            }
        });
        Home {
            lead: lead.and_then(|article| self.views.full_teaser(article, lang)),
            sections: sections.filter(|block| !block.teasers.is_empty()).collect(),
        }
    }

    fn section(&self, lang: Lang, slug: &Slug) -> Option<Section> {
        let section = self.content.site.sections.iter().find(|section| section.slug == *slug)?;
        let articles = self.order.section(lang, slug).iter();
        Some(Section {
            slug: slug.clone(),
            name: section.names.get(lang).clone(),
            description: section.descriptions.get(lang).clone(),
            teasers: articles.filter_map(|article| self.views.full_teaser(article, lang)).collect(),
        })
    }

    fn article(&self, lang: Lang, article: &Article) -> Page {
        let section = self.order.section(lang, &article.section);
        let place = section.iter().position(|other| std::ptr::eq(*other, article)).unwrap_or_default();
        // The ones that follow it in time, so that a new article changes only the pages of its next neighbours; the oldest
        // ones of a section have no such neighbours and show the ones before them.
        let from = (place + 1).min(section.len().saturating_sub(RELATED + 1));
        let others = section[from..].iter().copied().filter(|other| !std::ptr::eq(*other, article)).take(RELATED);
        let related = others.filter_map(|other| teaser(other, lang)).collect();
        match self.views.article(article, lang, related) {
            Some(shown) => Page::Article(Box::new(shown)),
            None => Page::Untranslated(Untranslated {
                section: article.section.clone(),
                slug: article.slug.clone(),
                versions: article
                    .versions
                    .iter()
                    .map(|(&lang, version)| Version { lang, title: version.title(lang) })
                    .collect(),
            }),
        }
    }

    fn standing(&self, lang: Lang, slug: &Slug) -> Option<Standing> {
        let page = self.content.pages.iter().find(|page| page.slug == *slug)?;
        let version = page.versions.get(&lang)?;
        Some(Standing {
            slug: slug.clone(),
            title: version.title.clone(),
            lead: version.lead.clone(),
            body: version.body.clone(),
        })
    }
}

/// The languages of an article, in the order of the tabs.
fn languages(article: &Article) -> Vec<Lang> {
    article.versions.keys().copied().collect()
}

#[cfg(test)]
mod tests;
