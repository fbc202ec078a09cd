//! The note on a translation whose original has changed since.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;
use model::route::Route;

/// Says that the original has changed since the translation was made, and leads to it.
#[component]
pub fn Outdated(
    /// The article as it is shown.
    route: Route,
    /// The language of the original.
    original: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let words = words(route.lang());
    let href = route.in_language(original).href(&base);
    html! {
        <p class="outdated">
            {words.outdated} " "
            <a href=href hreflang=original.tag()>
                {words.read_original} " (" <span lang=original.tag()>{original.native_name()}</span> ")"
            </a>
        </p>
    }
}
