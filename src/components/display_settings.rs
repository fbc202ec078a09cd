//! The display settings in the footer of every page.

use super::display::Display;
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The display settings, folded. The choices are rendered when a reader opens them, because they
/// need the program and few readers use them: `src/boot.js` keeps a press until it runs.
#[component]
pub fn DisplaySettings(
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let opened = RwSignal::new(false);
    html! {
        <details class="display-settings" on:toggle=move |_| opened.set(true)>
            <summary class="tools-name">{words(lang).tools.display}</summary>
            {move || {
                opened.get().then(|| html! { <div class="tools-panel"><Display lang=lang place="all" /></div> })
            }}
        </details>
    }
}
