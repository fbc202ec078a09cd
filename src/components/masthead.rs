//! The portal's name and slogan.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::Lang;
use model::route::Route;

/// The name, which leads to the front page, and the slogan.
#[component]
pub fn Masthead(
    /// The portal's name.
    name: String,
    /// Its slogan.
    slogan: String,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    html! {
        <div class="masthead">
            <p class="masthead-name">
                <a href=Route::Home(lang).href(&base)>{name}</a>
            </p>
            <p class="masthead-slogan">{slogan}</p>
        </div>
    }
}
