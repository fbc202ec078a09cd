//! The footer.

use crate::i18n::words;
use crate::model::Site;
use crate::route::{ATOM, Route};
use leptos::prelude::*;

/// The standing pages, the feed, the portal's name, and a word on how it treats its readers.
#[component]
pub fn Footer(
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, words) = (site.lang, words(site.lang));
    let pages = site.pages.into_iter().map(|page| {
        view! {
            <li>
                <a href=Route::Standing(lang, page.slug).href(&site.base)>{page.name}</a>
            </li>
        }
    });
    // `external` keeps the router away: a feed is no page of the program.
    let feed = Route::Home(lang).feed(ATOM);
    let feed = view! {
        <li>
            <a href=format!("{}{feed}", site.base) rel="external" type="application/atom+xml">{words.feed}</a>
        </li>
    };
    view! {
        <footer class="footer">
            <nav aria-label=words.about_portal>
                <ul class="footer-links">{pages.collect_view()}{feed}</ul>
            </nav>
            <p class="footer-name">{site.name}</p>
            <p class="footer-note">{words.no_tracking}</p>
        </footer>
    }
}
