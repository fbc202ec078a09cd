//! The display settings in the footer of every page.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The display settings, folded. `src/lazy/controls.js` puts them in when a reader opens them,
/// because few readers do.
#[component]
pub fn DisplaySettings(
    /// The language of the page.
    lang: Lang,
) -> Markup {
    html! {
        <details class="display-settings">
            <summary class="tools-name">{words(lang).display_settings}</summary>
        </details>
    }
}
