//! A standing page: about, contacts.

use crate::components::{Body, Breadcrumb, Runs, Tools};
use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::route::Route;
use model::{Site, Standing};

/// Title, lead and text.
#[component]
pub(super) fn StandingPage(
    /// The page.
    standing: Standing,
    /// The portal.
    site: Site,
) -> Markup {
    let address = site.address(&Route::Standing(site.lang, standing.slug));
    let (lang, base) = (site.lang, site.base);
    html! {
        <div class="standing">
            <Breadcrumb lang=lang base=base.clone() />
            <h1 class="standing-title" tabindex="-1">{standing.title}</h1>
            <Tools address=address lang=lang />
            <p class="standing-lead"><Runs runs=standing.lead lang=lang base=base.clone() /></p>
            <Body blocks=standing.body lang=lang base=base />
        </div>
    }
}
