//! The portal's name and slogan.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::Site;
use model::route::Route;

/// The name, which leads to the front page, and the slogan.
#[component]
pub fn Masthead(
    /// The portal.
    site: Site,
) -> Markup {
    html! {
        <div class="masthead">
            <p class="masthead-name">
                <a href=Route::Home(site.lang).href(&site.base)>{site.name}</a>
            </p>
            <p class="masthead-slogan">{site.slogan}</p>
        </div>
    }
}
