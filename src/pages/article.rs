//! The page of an article.

use crate::components::{
    Body, Breadcrumb, Byline, Cite, Corrections, Figure, ListLink, Neighbours, Outdated, Parallel,
    ParallelChoice, Placement, Places, Related, Runs, Share, Side, Tools, Topics,
};
use crate::markup::{IntoMarkup, Markup, html};
use i18n::{Cited, citation, words};
use leptos::prelude::*;
use model::route::Route;
use model::{Article, Document, Lang, Page, PageNumber, Site, Slug};
use std::sync::Arc;

/// Breadcrumb, headline, byline, text, and what belongs to it: author, corrections, tags, share
/// row, citation, the next articles of the section, related ones. Without a headline, the section's
/// name takes its place, as on the city's own portal; the derived title is visually hidden.
#[component]
pub(super) fn ArticlePage(
    /// The article.
    article: Article,
    /// The portal.
    site: Site,
    /// The languages of the article.
    languages: Vec<Lang>,
    /// The article's document in the parallel language.
    parallel: RwSignal<Option<Arc<Document>>>,
) -> Markup {
    let (lang, base) = (site.lang, site.base.clone());
    let title = article.title(lang);
    let channels = article.channels(lang).to_vec();
    let route = Route::Article(lang, article.section.clone(), article.slug.clone());
    let qr = format!("{base}{}", route.qr());
    let address = site.address(&route);
    let cited = Cited {
        author: article.author.as_deref(),
        title: &title,
        site: &site.name,
        published: article.published,
        address: &address,
    };
    let citation = citation(&cited, lang);
    let head = head(&article, &title, lang, &base, parallel);
    let text = text(&article, lang, &base, parallel);
    let author = article.author.map(|author| {
        html! {
            <p class="article-author">
                <span class="visually-hidden">{format!("{}: ", words(lang).author)}</span>
                {author}
            </p>
        }
    });
    let outdated = article.outdated.map(|original| {
        html! { <Outdated route=route.clone() original=original base=base.clone() /> }
    });
    let cover = article
        .cover
        .map(|cover| html! { <Figure picture=cover lang=lang base=base.clone() placement=Placement::Cover /> });
    html! {
        <article class="article">
            {head}
            <div class="article-rail">
                <Byline
                    published=article.published
                    updated=article.updated
                    source=article.source
                    views=article.views
                    views_as_of=article.views_as_of
                    minutes=article.minutes
                    lang=lang
                />
                <ParallelChoice route=route languages=languages parallel=parallel base=base.clone() />
            </div>
            <Tools address=address.clone() lang=lang />
            {outdated}
            <Places places=article.places lang=lang base=base.clone() />
            {cover} {text} {author}
            <Corrections history=article.history lang=lang base=base.clone() />
            <Topics tags=article.tags lang=lang base=base.clone() />
            <Share address=address title=title lang=lang channels=channels qr=qr />
            <Cite citation=citation lang=lang />
            <Neighbours
                newer=article.newer
                older=article.older
                section=article.section_name
                lang=lang
                base=base.clone()
            />
            <Related teasers=article.related lang=lang base=base />
        </article>
    }
}

/// Breadcrumb and headline, also in the parallel language.
fn head(
    article: &Article,
    title: &str,
    lang: Lang,
    base: &str,
    parallel: RwSignal<Option<Arc<Document>>>,
) -> Markup {
    let list = Route::Section(lang, article.section.clone(), PageNumber::FRONT);
    let (section, class, above) = if article.headline.is_some() {
        (
            None,
            "article-headline",
            vec![ListLink::new(list, article.section_name.clone())],
        )
    } else {
        let link = html! { <a href=list.href(base)>{article.section_name.clone()}</a> };
        let section = html! { <p class="article-section-title">{link}</p> };
        (Some(section), "visually-hidden", Vec::new())
    };
    let called = {
        let name = (article.section.clone(), article.slug.clone());
        move || {
            parallel.with(|parallel| {
                let (other, lang) = version_of(&name, parallel.as_deref()?)?;
                let title = other.headline.clone().unwrap_or_else(|| other.section_name.clone());
                Some(html! { <p class="article-headline parallel-headline" lang=lang.tag()>{title}</p> })
            })
        }
    };
    html! {
        <div class="article-head">
            <Breadcrumb above=above lang=lang base=base.to_owned() />
            {section}
            <h1 class=class tabindex="-1">{title.to_owned()}</h1>
            {called}
        </div>
    }
}

/// The lead and the text, or both in two languages.
fn text(
    article: &Article,
    lang: Lang,
    base: &str,
    parallel: RwSignal<Option<Arc<Document>>>,
) -> Markup {
    let name = (article.section.clone(), article.slug.clone());
    let (side, base) = (Side::of(article, lang), base.to_owned());
    let text = move || {
        let first = side.clone();
        let second = parallel.with(|parallel| {
            let (other, lang) = version_of(&name, parallel.as_deref()?)?;
            Some(Side::of(other, lang))
        });
        match second {
            Some(second) => {
                html! { <Parallel first=first second=second base=base.clone() /> }
            }
            None => html! {
                <p class="article-lead"><Runs runs=first.lead lang=lang base=base.clone() /></p>
                <Body blocks=first.body lang=lang base=base.clone() />
            },
        }
    };
    text.into_markup()
}

/// The article that a document holds, with its language, where it is a version of the one with this
/// section and slug.
fn version_of<'a>(
    (section, slug): &(Slug, Slug),
    document: &'a Document,
) -> Option<(&'a Article, Lang)> {
    match &document.page {
        Page::Article(other) if other.section == *section && other.slug == *slug => {
            Some((other, document.site.lang))
        }
        _ => None,
    }
}
