//! The footer.

use crate::i18n::words;
use crate::model::Site;
use crate::route::Route;
use leptos::prelude::*;

/// The archive, the tags, the standing pages, the portal's name, and a word on how it treats its readers.
#[component]
pub fn Footer(
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, words) = (site.lang, words(site.lang));
    let lists = [(Route::Archive(lang), words.archive.to_owned()), (Route::Tags(lang), words.tags.to_owned())];
    let pages = site.pages.into_iter().map(|page| (Route::Standing(lang, page.slug), page.name));
    let links = lists.into_iter().chain(pages).map(|(route, name)| {
        view! {
            <li>
                <a href=route.href(&site.base)>{name}</a>
            </li>
        }
    });
    view! {
        <footer class="footer">
            <nav aria-label=words.more_pages>
                <ul class="footer-links">{links.collect_view()}</ul>
            </nav>
            <p class="footer-name">{site.name}</p>
            <p class="footer-note">{words.no_tracking}</p>
        </footer>
    }
}
