//! What a page shows of an article, a picture or the portal.

use super::summary::summary;
use crate::content::{Article, Part, PictureFile, PictureText, Site, Standing, Version};
use portal::model::{self, Banner, Block, Entry, Lang, Picture, Source, Teaser, plain_text, title_from_lead};
use std::path::Path;

/// Makes the parts of documents.
pub(super) struct Views<'a, P> {
    site: &'a Site,
    base: String,
    pictures: &'a P,
}

impl Version {
    /// What the article is called in this language.
    pub(super) fn title(&self, lang: Lang) -> String {
        self.headline.clone().unwrap_or_else(|| title_from_lead(&plain_text(&self.lead), lang))
    }
}

impl<'a, P: Fn(&Path) -> String> Views<'a, P> {
    /// Views of this portal.
    pub(super) fn new(site: &'a Site, base: &str, pictures: &'a P) -> Self {
        Self { site, base: base.to_owned(), pictures }
    }

    /// What stands around every page.
    pub(super) fn site(&self, pages: &[Standing], lang: Lang) -> model::Site {
        let sections = self.site.sections.iter();
        let pages = pages.iter().filter_map(|page| Some((page, page.versions.get(&lang)?)));
        model::Site {
            lang,
            origin: self.site.origin.clone(),
            base: self.base.clone(),
            name: self.site.names.get(lang).clone(),
            slogan: self.site.slogans.get(lang).clone(),
            banners: self.site.banners.iter().map(|banner| self.banner(banner, lang)).collect(),
            sections: sections
                .map(|section| Entry { slug: section.slug.clone(), name: section.names.get(lang).clone() })
                .collect(),
            pages: pages
                .map(|(page, version)| Entry { slug: page.slug.clone(), name: version.title.clone() })
                .collect(),
        }
    }

    fn banner(&self, banner: &crate::content::Banner, lang: Lang) -> Banner {
        let text = PictureText { alternative: banner.alternatives.get(lang).clone(), caption: None };
        Banner {
            wide: self.picture(&banner.wide, &text),
            narrow: (self.pictures)(&banner.narrow.path),
            caption: banner.captions.get(lang).clone(),
        }
    }

    fn picture(&self, file: &PictureFile, text: &PictureText) -> Picture {
        Picture {
            file: (self.pictures)(&file.path),
            width: file.width,
            height: file.height,
            alternative: text.alternative.clone(),
            caption: text.caption.clone(),
            credit: file.credit.clone(),
        }
    }

    fn named(&self, article: &Article, version: &Version, name: &str) -> Option<Picture> {
        Some(self.picture(article.facts.pictures.get(name)?, version.pictures.get(name)?))
    }

    fn cover(&self, article: &Article, version: &Version) -> Option<Picture> {
        self.named(article, version, article.facts.cover.as_deref()?)
    }

    /// A teaser with summary and cover.
    pub(super) fn full_teaser(&self, article: &Article, lang: Lang) -> Option<Teaser> {
        let version = article.versions.get(&lang)?;
        let teaser = teaser(article, lang)?;
        Some(Teaser { summary: Some(summary(&version.lead, lang)), cover: self.cover(article, version), ..teaser })
    }

    /// The article, where it is there in this language.
    pub(super) fn article(&self, article: &Article, lang: Lang, related: Vec<Teaser>) -> Option<model::Article> {
        let version = article.versions.get(&lang)?;
        let section = self.site.sections.iter().find(|section| section.slug == article.section)?;
        let body = version.body.iter().filter_map(|part| match part {
            Part::Picture(name) => self.named(article, version, name).map(Block::Picture),
            Part::Block(block) => Some(block.clone()),
        });
        Some(model::Article {
            section: article.section.clone(),
            section_name: section.names.get(lang).clone(),
            slug: article.slug.clone(),
            headline: version.headline.clone(),
            published: article.facts.published,
            updated: article.facts.updated,
            source: Source {
                name: version.source.clone().unwrap_or_else(|| article.facts.source.name.clone()),
                address: article.facts.source.address.clone(),
            },
            author: version.author.clone().or_else(|| article.facts.author.clone()),
            views: article.facts.views,
            cover: self.cover(article, version),
            lead: version.lead.clone(),
            body: body.collect(),
            related,
        })
    }
}

/// What a short list shows of an article.
pub(super) fn teaser(article: &Article, lang: Lang) -> Option<Teaser> {
    let version = article.versions.get(&lang)?;
    Some(Teaser {
        section: article.section.clone(),
        slug: article.slug.clone(),
        title: version.title(lang),
        published: article.facts.published,
        summary: None,
        cover: None,
    })
}
