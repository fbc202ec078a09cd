//! The suggestion of the page in a language that the reader prefers.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::Lang;

/// A bar at the lower edge of the window, in the language that it suggests. It is not announced,
/// takes no focus and moves nothing on the page. The button and the Escape key dismiss it.
#[component]
pub fn Suggestion(
    /// The language that is suggested.
    lang: Lang,
    /// The path of the same page in that language.
    href: String,
    /// Called when the reader does not want it.
    decline: fn(),
) -> Markup {
    let words = words(lang);
    let escape = move |event: Event| {
        let pressed = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
        if pressed.as_deref() == Some("Escape") {
            decline();
        }
    };
    html! {
        <section class="suggestion" lang=lang.tag() aria-labelledby="suggestion" on:keydown=escape>
            <p id="suggestion">{words.also_in_your_language}</p>
            <p class="suggestion-actions">
                <a class="suggestion-link" href=href hreflang=lang.tag()>{words.read_in_your_language}</a>
                <button class="status-button" type="button" on:click=move |_| decline()>
                    {words.do_not_suggest}
                </button>
            </p>
        </section>
    }
}
