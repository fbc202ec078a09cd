//! The pages above a page.

use crate::i18n::words;
use crate::route::Route;
use leptos::prelude::*;

/// The links to the pages above a list, the highest first; nothing where there are none.
#[component]
pub fn Breadcrumb(
    /// Each page with its name.
    above: Vec<(Route, String)>,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let label = above.first().map(|(route, _)| words(route.lang()).breadcrumb);
    label.map(|label| {
        let links = above.into_iter().map(|(route, name)| {
            view! { <li><a href=route.href(&base)>{name}</a></li> }
        });
        view! { <nav class="breadcrumb" aria-label=label><ol>{links.collect_view()}</ol></nav> }
    })
}
