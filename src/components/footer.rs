//! The footer.

use super::agencies::Agencies;
use super::display_settings::DisplaySettings;
use super::link_list::{LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Site;
use model::route::{ATOM, Route};

/// Links to archive, tags, standing pages, feed and other agencies' portals; the display settings,
/// the portal's name, and a note on cookies and tracking.
#[component]
pub fn Footer(
    /// The portal.
    site: Site,
) -> Markup {
    let (lang, words) = (site.lang, words(site.lang));
    let mut links = vec![
        ListLink::new(Route::Archive(lang), words.archive),
        ListLink::new(Route::Tags(lang), words.tags),
    ];
    links.extend(
        site.pages
            .into_iter()
            .map(|page| ListLink::new(Route::Standing(lang, page.slug), page.name)),
    );
    let feed = format!("{}{}", site.base, Route::Home(lang).feed(ATOM));
    // `external` leaves it to the browser: a feed is no page of the program.
    html! {
        <footer class="footer">
            <nav aria-label=words.more_pages>
                <LinkList links=links kind="footer-links" base=site.base />
                <p class="footer-feed"><a href=feed rel="external" type="application/atom+xml">{words.feed}</a></p>
            </nav>
            <Agencies agencies=site.agencies heading=words.agencies />
            <DisplaySettings lang=lang />
            <p class="footer-name">{site.name}</p>
            <p class="footer-note">{site.note}</p>
        </footer>
    }
}
