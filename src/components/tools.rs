//! The reading tools of an article or a standing page.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The reading tools, folded. `src/lazy/controls.js` puts them in when a reader opens them, because
/// few readers do. On paper the page's address is in their place.
#[component]
pub fn Tools(
    /// The page's full address.
    address: String,
    /// The language of the page.
    lang: Lang,
) -> Markup {
    html! {
        <p class="tools-address">{address}</p>
        <details class="tools"><summary class="tools-name">{words(lang).reading_tools}</summary></details>
    }
}
