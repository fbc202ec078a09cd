//! The portal's name and slogan.

use crate::model::Site;
use crate::route::Route;
use leptos::prelude::*;

/// The name, which leads to the front page, and the slogan.
#[component]
pub fn Masthead(
    /// The portal.
    site: Site,
) -> impl IntoView {
    view! {
        <div class="masthead">
            <p class="masthead-name">
                <a href=Route::Home(site.lang).href(&site.base)>{site.name}</a>
            </p>
            <p class="masthead-slogan">{site.slogan}</p>
        </div>
    }
}
