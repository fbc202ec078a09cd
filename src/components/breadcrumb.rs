//! The pages above a page.

use super::link_list::{LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;
use model::route::Route;

/// The front page and the pages between it and this page, the highest first. JSON-LD says the same
/// (`src/app/json_ld.rs`).
#[component]
pub fn Breadcrumb(
    /// The pages between.
    #[prop(optional)]
    above: Vec<ListLink>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let words = words(lang);
    let links = [ListLink::new(Route::Home(lang), words.home)]
        .into_iter()
        .chain(above)
        .collect();
    html! {
        <nav class="breadcrumb" aria-label=words.breadcrumb>
            <LinkList links=links kind="breadcrumb-list" base=base />
        </nav>
    }
}
