//! The search page.

use crate::components::{Breadcrumb, LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::route::Route;
use model::{Entry, PageNumber, Site};

/// The page without its form and results. `src/search.js` makes these, because they need the script
/// and would make every page heavier. Where the script cannot run, the page says so. The links to
/// archive, tags and sections are always there.
#[component]
pub(super) fn SearchPage(
    /// The portal.
    site: Site,
) -> Markup {
    let lang = site.lang;
    let words = words(lang);
    let mut links = vec![
        ListLink::new(Route::Archive(lang), words.archive),
        ListLink::new(Route::Tags(lang), words.tags),
    ];
    let section = |section: Entry| {
        ListLink::new(
            Route::Section(lang, section.slug, PageNumber::FRONT),
            section.name,
        )
    };
    links.extend(site.sections.into_iter().map(section));
    html! {
        <div class="section search">
            <Breadcrumb lang=lang base=site.base.clone() />
            <h1 class="section-title" tabindex="-1">{words.search}</h1>
            <p class="search-needs">{words.search_needs}</p>
            <div class="search-failed">
                <p>{words.search_failed}</p>
                <button class="status-button" type="button">{words.retry}</button>
            </div>
            <div class="search-place"></div>
            <h2 class="search-heading">{words.search_instead}</h2>
            <LinkList links=links kind="link-list-entries" base=site.base />
        </div>
    }
}
