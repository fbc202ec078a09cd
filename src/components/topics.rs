//! The tags of an article.

use super::link_list::{LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::route::Route;
use model::{Entry, Lang, PageNumber};

/// Links to the lists of an article's tags; nothing where it has none.
#[component]
pub fn Topics(
    /// The tags.
    tags: Vec<Entry>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    if tags.is_empty() {
        return Markup::Nothing;
    }
    let tag = |tag: Entry| ListLink::new(Route::Tag(lang, tag.slug, PageNumber::FRONT), tag.name);
    let links = tags.into_iter().map(tag).collect();
    html! {
        <div class="article-tags">
            <p class="article-tags-name" id="tags">{words(lang).tags}</p>
            <LinkList links=links kind="link-list-tags" base=base labelled_by="tags" />
        </div>
    }
}
