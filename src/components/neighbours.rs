//! Links from an article to the next ones of its section.

use super::link_list::{LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::route::Route;
use model::{Lang, Teaser};

/// Links to the next newer and the next older article; nothing where there are none.
#[component]
pub fn Neighbours(
    /// The next newer article.
    newer: Option<Teaser>,
    /// The next older article.
    older: Option<Teaser>,
    /// The section's name.
    section: String,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let words = words(lang);
    let link = |teaser: Teaser, rel: &'static str, name: &'static str| ListLink {
        figure: Some(teaser.title),
        rel: Some(rel),
        ..ListLink::new(Route::Article(lang, teaser.section, teaser.slug), name)
    };
    let newer = newer.map(|teaser| link(teaser, "prev", words.newer_article));
    let older = older.map(|teaser| link(teaser, "next", words.older_article));
    let links: Vec<ListLink> = newer.into_iter().chain(older).collect();
    if links.is_empty() {
        return Markup::Nothing;
    }
    let label = Words::fill(words.neighbours, &[("section", &section)]);
    html! {
        <nav class="neighbours" aria-label=label>
            <LinkList links=links kind="neighbour-list" base=base />
        </nav>
    }
}
