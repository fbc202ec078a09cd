//! Turns articles, pictures and the portal into the parts of documents.

use crate::media::pictures::Published;
use crate::publish::calendar;
use crate::publish::duties::MadePage;
use crate::publish::error_report::report_link;
use editorial::content::article::{Article, PictureFile, PictureText, Version};
use editorial::content::catalogue::{Cover, Item};
use editorial::content::{Section, Site, Standing};
use i18n::words;
use model::route::Route;
use model::{
    self, Agency, Banner, Channel, Entry, Lang, Notice, Picture, Slug, Source, Teaser, Topic,
    plain_text, title_from_lead,
};
use std::cmp::Reverse;
use std::path::Path;

/// Makes the parts of documents.
pub(super) struct Views<'a, P> {
    site: &'a Site,
    base: String,
    pictures: &'a P,
}

impl<'a, P: Fn(&Path) -> Published> Views<'a, P> {
    /// Views of this portal.
    pub(super) fn new(site: &'a Site, base: &str, pictures: &'a P) -> Self {
        Self {
            site,
            base: base.to_owned(),
            pictures,
        }
    }

    /// The data that all pages of a language share.
    pub(super) fn site(&self, pages: &[Standing], made: &[MadePage], lang: Lang) -> model::Site {
        let sections = self.site.sections.iter();
        let named = |slug: &Slug| {
            let made = made.iter().map(|made| &made.page);
            pages.iter().chain(made).find(|page| page.slug == *slug)
        };
        let monitoring = self.site.monitoring.as_ref();
        let note = monitoring.map_or_else(
            || words(lang).duties.no_tracking.to_owned(),
            |monitoring| monitoring.footer(pages, lang),
        );
        let pages = self.site.pages.iter().filter_map(named);
        let pages = pages.filter_map(|page| Some((page, page.versions.get(&lang)?)));
        model::Site {
            lang,
            languages: self.site.languages.clone(),
            origin: self.site.origin.clone(),
            base: self.base.clone(),
            name: self.site.names.get(lang).clone(),
            slogan: self.site.slogans.get(lang).clone(),
            banners: self
                .site
                .banners
                .iter()
                .map(|banner| self.banner(banner, lang))
                .collect(),
            sections: sections
                .map(|section| Entry {
                    slug: section.slug.clone(),
                    name: section.names.get(lang).clone(),
                })
                .collect(),
            pages: pages
                .map(|(page, version)| Entry {
                    slug: page.slug.clone(),
                    name: version.title.clone(),
                })
                .collect(),
            notices: self.notices(lang),
            agencies: self.agencies(lang),
            note,
        }
    }

    /// The notices, the gravest first.
    fn notices(&self, lang: Lang) -> Vec<Notice> {
        let notices = self.site.notices.iter();
        let mut notices: Vec<Notice> = notices
            .map(|notice| Notice {
                slug: notice.slug.clone(),
                level: notice.level,
                text: notice.texts.get(lang).clone(),
                published: notice.published,
                until: notice.until,
            })
            .collect();
        notices.sort_by_key(|notice| Reverse(notice.level as u8));
        notices
    }

    fn agencies(&self, lang: Lang) -> Vec<Agency> {
        let agencies = self.site.agencies.iter();
        agencies
            .map(|agency| Agency {
                name: agency.names.get(lang).clone(),
                address: agency.address.clone(),
            })
            .collect()
    }

    fn banner(&self, banner: &editorial::content::Banner, lang: Lang) -> Banner {
        let text = PictureText {
            alternative: banner.alternatives.get(lang).clone(),
            caption: None,
        };
        Banner {
            wide: self.picture(&banner.wide, &text),
            narrow: (self.pictures)(&banner.narrow.path).file,
            caption: banner.captions.get(lang).clone(),
        }
    }

    fn picture(&self, file: &PictureFile, text: &PictureText) -> Picture {
        let published = (self.pictures)(&file.path);
        Picture {
            file: published.file,
            modern: published.modern,
            renditions: published.renditions,
            width: file.width,
            height: file.height,
            alternative: text.alternative.clone(),
            caption: text.caption.clone(),
            credit: file.credit.clone(),
        }
    }

    /// The tags with these slugs, in the order of `site.json`.
    fn tags(&self, slugs: &[model::Slug], lang: Lang) -> Vec<Entry> {
        let known = self
            .site
            .tags
            .iter()
            .filter(|tag| slugs.contains(&tag.slug));
        known
            .map(|tag| Entry {
                slug: tag.slug.clone(),
                name: tag.names.get(lang).clone(),
            })
            .collect()
    }

    pub(super) fn named(
        &self,
        article: &Article,
        version: &Version,
        name: &str,
    ) -> Option<Picture> {
        Some(self.picture(
            article.facts.pictures.get(name)?,
            version.pictures.get(name)?,
        ))
    }

    fn cover(&self, article: &Article, version: &Version) -> Option<Picture> {
        self.named(article, version, article.facts.cover.as_deref()?)
    }

    /// The published files of a picture.
    pub(super) fn published(&self, file: &Path) -> Published {
        (self.pictures)(file)
    }

    /// A section as the topic of its list.
    pub(super) fn section(section: &Section, lang: Lang) -> Topic {
        Topic::Section(Entry {
            slug: section.slug.clone(),
            name: section.names.get(lang).clone(),
        })
    }

    /// The teaser of an article; `full` adds summary and cover.
    pub(super) fn teaser(&self, item: &Item, lang: Lang, full: bool) -> Option<Teaser> {
        let version = item.version(lang)?;
        Some(Teaser {
            section: item.section.clone(),
            slug: item.slug.clone(),
            title: version.title.clone(),
            published: item.published,
            summary: full.then(|| version.summary.clone()),
            cover: version
                .cover
                .as_ref()
                .filter(|_| full)
                .map(|cover| self.teaser_cover(cover)),
        })
    }

    fn teaser_cover(&self, cover: &Cover) -> Picture {
        let published = (self.pictures)(&cover.path);
        Picture {
            file: published.file,
            modern: published.modern,
            renditions: published.renditions,
            width: cover.width,
            height: cover.height,
            alternative: cover.alternative.clone(),
            caption: cover.caption.clone(),
            credit: cover.credit.clone(),
        }
    }

    /// The share row of a language, where it is not the usual one.
    pub(super) fn share(&self, lang: Lang) -> Option<&[Channel]> {
        self.site
            .share
            .get(&lang)
            .map(Vec::as_slice)
            .filter(|row| *row != Channel::usual(lang))
    }

    /// The article in this language; `None` where it has no such version.
    pub(super) fn article(
        &self,
        article: &Article,
        lang: Lang,
        related: Vec<Teaser>,
    ) -> Option<model::Article> {
        let version = article.versions.get(&lang)?;
        let section = self
            .site
            .sections
            .iter()
            .find(|section| section.slug == article.section)?;
        let body = version
            .body
            .iter()
            .filter_map(|part| self.block(article, version, part));
        let route = Route::Article(lang, article.section.clone(), article.slug.clone());
        let title = version
            .headline
            .clone()
            .unwrap_or_else(|| title_from_lead(&plain_text(&version.lead), lang));
        let address = format!("{}{}", self.site.origin, route.href(&self.base));
        let report = report_link(&self.site.duties, lang, &title, &address);
        let mut lines = crate::publish::search::lines(article, version, lang);
        lines.extend(version.headline.clone());
        let published = article.facts.published;
        Some(model::Article {
            minutes: super::reading::minutes(&lines, lang),
            places: super::places::named(&self.site.places, published, lang, &lines),
            history: version.history.clone(),
            section: article.section.clone(),
            section_name: section.names.get(lang).clone(),
            slug: article.slug.clone(),
            headline: version.headline.clone(),
            published,
            updated: article.facts.updated,
            source: Source {
                name: version
                    .source
                    .clone()
                    .unwrap_or_else(|| article.facts.source.name.clone()),
                address: article.facts.source.address.clone(),
            },
            author: version
                .author
                .clone()
                .or_else(|| article.facts.author.clone()),
            views: None,
            views_as_of: None,
            cover: self.cover(article, version),
            lead: version.lead.clone(),
            body: calendar::named(&route, body.chain(report)),
            tags: self.tags(&article.facts.tags, lang),
            outdated: None,
            newer: None,
            older: None,
            share: self.share(lang).map(<[Channel]>::to_vec),
            related,
        })
    }
}
