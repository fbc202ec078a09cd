//! The page that searches.

use crate::i18n::words;
use crate::model::{Search, Site};
use crate::route::Route;
use leptos::prelude::*;

/// Where a reader searches. Without the program it leads to the archive.
#[component]
pub(super) fn SearchPage(
    /// The page.
    search: Search,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let _ = search;
    let (lang, base) = (site.lang, site.base);
    let archive = Route::Archive(lang).href(&base);
    view! {
        <div class="section">
            <h1 class="section-title" tabindex="-1">{words(lang).search}</h1>
            <p><a href=archive>{words(lang).archive}</a></p>
        </div>
    }
}
