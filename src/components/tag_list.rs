//! Tags.

use crate::model::{Entry, Lang, Part};
use crate::route::Route;
use leptos::prelude::*;

/// Links to the lists of tags.
#[component]
pub fn TagList(
    /// The tags.
    tags: Vec<Entry>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// The id of what names the list.
    labelled_by: &'static str,
) -> impl IntoView {
    let tags = tags.into_iter().map(|tag| {
        let href = Route::Tag(lang, tag.slug, Part::FRONT).href(&base);
        view! { <li><a class="tag" href=href>{tag.name}</a></li> }
    });
    view! { <ul class="tag-list" aria-labelledby=labelled_by>{tags.collect_view()}</ul> }
}
