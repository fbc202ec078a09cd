//! The link that jumps over the header.

use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The first thing that the keyboard reaches. It is `external` so that the browser follows it itself and moves the focus
/// along, which the router would not.
#[component]
pub fn SkipLink(
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#content" rel="external">
            {words(lang).skip_to_content}
        </a>
    }
}
