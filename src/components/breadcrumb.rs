//! The pages above a page.

use super::{LinkList, ListLink};
use crate::i18n::words;
use leptos::prelude::*;

/// The links to the pages above a list, the highest first; nothing where there are none.
#[component]
pub fn Breadcrumb(
    /// The links.
    above: Vec<ListLink>,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let label = above.first().map(|link| words(link.route.lang()).breadcrumb);
    label.map(|label| {
        view! {
            <nav class="breadcrumb" aria-label=label>
                <LinkList links=above kind="breadcrumb-list" base=base />
            </nav>
        }
        .into_any()
    })
}
