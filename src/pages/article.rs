//! An article.

use crate::components::{
    Body, Byline, Figure, LinkList, ListLink, Outdated, Place, ReadingTools, Related, Runs, Share,
};
use crate::i18n::words;
use crate::model::{Article, Entry, Part, Site};
use crate::route::Route;
use leptos::prelude::*;

/// Section, headline, byline, lead, text, author, tags, share row, related articles. An article without a headline has the
/// section's name in its place, as on the city's own portal; its derived title is there for assistive technology.
#[component]
pub(super) fn ArticlePage(
    /// The article.
    article: Article,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, words, base) = (site.lang, words(site.lang), site.base);
    let title = article.title(lang);
    let route = Route::Article(lang, article.section.clone(), article.slug);
    let address = format!("{}{}", site.origin, route.href(&base));
    let section_href = Route::Section(lang, article.section, Part::FRONT).href(&base);
    let (section_class, headline_class) = match article.headline {
        Some(_) => ("article-section", "article-headline"),
        None => ("article-section article-section-title", "visually-hidden"),
    };
    let author = article.author.map(|author| {
        view! {
            <p class="article-author">
                <span class="visually-hidden">{format!("{}: ", words.author)}</span>
                {author}
            </p>
        }
        .into_any()
    });
    let outdated = article
        .outdated
        .map(|original| view! { <Outdated route=route.clone() original=original base=base.clone() /> }.into_any());
    let tag = |tag: Entry| ListLink::new(Route::Tag(lang, tag.slug, Part::FRONT), tag.name);
    let tags = (!article.tags.is_empty()).then(|| {
        view! {
            <div class="article-tags">
                <p class="article-tags-name" id="tags">{words.tags}</p>
                <LinkList
                    links=article.tags.into_iter().map(tag).collect()
                    kind="tag-list"
                    base=base.clone()
                    labelled_by="tags"
                />
            </div>
        }
        .into_any()
    });
    let cover = article
        .cover
        .map(|cover| view! { <Figure picture=cover lang=lang base=base.clone() place=Place::Cover /> }.into_any());
    view! {
        <article class="article">
            <p class=section_class><a href=section_href>{article.section_name}</a></p>
            <h1 class=headline_class tabindex="-1">{title.clone()}</h1>
            <Byline
                published=article.published
                updated=article.updated
                source=article.source
                views=article.views
                lang=lang
            />
            <ReadingTools address=address.clone() lang=lang />
            {outdated} {cover}
            <p class="article-lead"><Runs runs=article.lead lang=lang base=base.clone() /></p>
            <Body blocks=article.body lang=lang base=base.clone() />
            {author} {tags}
            <Share address=address title=title lang=lang />
            <Related teasers=article.related lang=lang base=base />
        </article>
    }
}
