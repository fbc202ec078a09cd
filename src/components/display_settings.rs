//! How all pages look, offered on every page.

use super::display::Display;
use super::erased::Erase;
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// A name that opens the choices. They are made when a reader opens it, because they work with the program alone and few
/// readers of a page use them; until the program is there, the name keeps its room and is not seen.
#[component]
pub fn DisplaySettings(
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class="display" on:toggle=move |_| opened.set(true)>
            <summary class="tools-name">{words(lang).tools.display}</summary>
            {move || {
                opened.get().then(|| view! { <div class="tools-panel"><Display lang=lang place="all" /></div> }.erase())
            }}
        </details>
    }
}
