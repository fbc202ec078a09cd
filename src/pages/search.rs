//! The page that searches.

use crate::components::EntryList;
use crate::i18n::words;
use crate::model::{Part, Site};
use crate::route::Route;
use leptos::prelude::*;

/// Where a reader searches. The form and what is found are made by `src/search.js`, because they are of no use without it
/// and would weigh on every page; where it cannot run, the page says so. It leads to everything that there is in any case.
#[component]
pub(super) fn SearchPage(
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, &site.base);
    let words = words(lang);
    let mut entries = vec![
        (Route::Archive(lang).href(base), words.archive.to_owned(), None),
        (Route::Tags(lang).href(base), words.tags.to_owned(), None),
    ];
    entries.extend(site.sections.into_iter().map(|section| {
        let route = Route::Section(lang, section.slug, Part::FRONT);
        (route.href(base), section.name, None)
    }));
    view! {
        <div class="section search">
            <h1 class="section-title" tabindex="-1">{words.search}</h1>
            <p class="search-needs">{words.search_needs}</p>
            <div class="search-failed">
                <p>{words.search_failed}</p>
                <button class="status-button" type="button">{words.retry}</button>
            </div>
            <div class="search-place"></div>
            <h2 class="search-heading">{words.search_instead}</h2>
            <EntryList entries=entries />
        </div>
    }
}
