//! A section's list.

use crate::components::TeaserList;
use crate::i18n::words;
use crate::model::{Section, Site};
use leptos::prelude::*;

/// The section's articles in the page's language, newest first.
#[component]
pub(super) fn SectionPage(
    /// The page.
    section: Section,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let empty = section.teasers.is_empty().then(|| view! { <p>{words(lang).empty_section}</p> });
    let list = (!section.teasers.is_empty())
        .then(|| view! { <TeaserList teasers=section.teasers lang=lang base=base nested=false /> });
    view! {
        <div class="section">
            <h1 class="section-title" tabindex="-1">{section.name}</h1>
            <p class="section-description">{section.description}</p>
            {empty}
            {list}
        </div>
    }
}
