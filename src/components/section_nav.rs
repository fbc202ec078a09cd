//! The section navigation, with the link to the search.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::route::Route;
use model::{Entry, Lang, PageNumber};

/// Links to the front page, the sections and the search. The section that the page belongs to is
/// marked; on its own list it is the current page. On a phone the list unfolds below a button next
/// to the search. The `<details>` holds that state and not the list, so that the list is visible
/// without the style sheet.
#[component]
pub fn SectionNav(
    /// The sections.
    sections: Vec<Entry>,
    /// The site's base.
    base: String,
    /// The language of the page.
    lang: Lang,
    /// The page that is shown.
    route: Route,
) -> Markup {
    let entry = |target: Route, name: String, class: Option<&'static str>| {
        let current = match &route {
            shown if *shown == target => Some("page"),
            shown => {
                (shown.section().is_some() && shown.section() == target.section()).then_some("true")
            }
        };
        html! {
            <li class=class>
                <a class="section-nav-link" href=target.href(&base) aria-current=current>{name}</a>
            </li>
        }
    };
    let home = entry(Route::Home(lang), words(lang).home.to_owned(), None);
    let search = entry(
        Route::Search(lang),
        words(lang).search.to_owned(),
        Some("section-nav-search"),
    );
    let sections = sections.into_iter().map(|section| {
        entry(
            Route::Section(lang, section.slug, PageNumber::FRONT),
            section.name,
            None,
        )
    });
    html! {
        <nav class="section-nav" aria-label=words(lang).sections>
            <details class="section-nav-menu"><summary>{words(lang).menu}</summary></details>
            <ul>{home} {sections.collect::<Vec<_>>()} {search}</ul>
        </nav>
    }
}
