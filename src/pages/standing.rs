//! A page that stands for long.

use crate::components::{Body, Breadcrumb, Runs};
use crate::model::{Site, Standing};
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
    view! {
        <div class="standing">
            <Breadcrumb lang=lang base=base.clone() />
            <h1 class="standing-title" tabindex="-1">{standing.title}</h1>
            <p class="standing-lead"><Runs runs=standing.lead lang=lang base=base.clone() /></p>
            <Body blocks=standing.body lang=lang base=base />
        </div>
    }
}
