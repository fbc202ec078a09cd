//! All tags.

use crate::components::{Breadcrumb, LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::route::Route;
use model::{PageNumber, Site, Tags};

/// Every tag that an article in the page's language has.
#[component]
pub(super) fn TagsPage(
    /// The page.
    tags: Tags,
    /// The portal.
    site: Site,
) -> Markup {
    let lang = site.lang;
    let empty = tags
        .tags
        .is_empty()
        .then(|| html! { <p>{words(lang).empty_list}</p> });
    let links = tags
        .tags
        .into_iter()
        .map(|tag| ListLink::new(Route::Tag(lang, tag.slug, PageNumber::FRONT), tag.name));
    html! {
        <div class="section">
            <Breadcrumb lang=lang base=site.base.clone() />
            <h1 class="section-title" tabindex="-1">{words(lang).tags}</h1>
            {empty} <LinkList links=links.collect() kind="link-list-tags" base=site.base />
        </div>
    }
}
