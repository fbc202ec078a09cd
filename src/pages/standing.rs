//! A page that stands for long.

use crate::components::{Body, Breadcrumb, ReadingTools, Runs};
use crate::model::{Site, Standing};
use crate::route::Route;
use leptos::prelude::*;

/// Title, lead and text.
#[component]
pub(super) fn StandingPage(
    /// The page.
    standing: Standing,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let address = format!("{}{}", site.origin, Route::Standing(lang, standing.slug).href(&base));
    view! {
        <div class="standing">
            <Breadcrumb lang=lang base=base.clone() />
            <h1 class="standing-title" tabindex="-1">{standing.title}</h1>
            <ReadingTools address=address lang=lang />
            <p class="standing-lead"><Runs runs=standing.lead lang=lang base=base.clone() /></p>
            <Body blocks=standing.body lang=lang base=base />
        </div>
    }
}
