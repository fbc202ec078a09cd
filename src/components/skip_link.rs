//! The link that jumps over the header.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The first link that the keyboard reaches. It is `external`, so that the browser follows it and
/// moves the focus, which the program would not do.
#[component]
pub fn SkipLink(
    /// The language of the page.
    lang: Lang,
) -> Markup {
    html! {
        <a class="skip-link" href="#content" rel="external">
            {words(lang).skip_to_content}
        </a>
    }
}
