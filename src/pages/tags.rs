//! All tags.

use crate::components::TagList;
use crate::i18n::words;
use crate::model::{Site, Tags};
use leptos::prelude::*;

/// Every tag that an article in the page's language has.
#[component]
pub(super) fn TagsPage(
    /// The page.
    tags: Tags,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let list = if tags.tags.is_empty() {
        view! { <p>{words(lang).empty_list}</p> }.into_any()
    } else {
        view! { <TagList tags=tags.tags lang=lang base=base labelled_by="tags" /> }.into_any()
    };
    view! {
        <div class="section">
            <h1 class="section-title" id="tags" tabindex="-1">{words(lang).tags}</h1>
            {list}
        </div>
    }
}
