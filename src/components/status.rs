//! What is said while a page is on its way, and when it does not come.

use super::erased::Erase;
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// What there is to say about the page that the reader asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing: it is there.
    #[default]
    Quiet,
    /// It takes a while.
    Loading,
    /// It did not come; the text says why, the address is the one that was asked for.
    Failed {
        /// Why, in the reader's language.
        reason: &'static str,
        /// The address that was asked for.
        href: String,
    },
}

/// A bar at the lower edge of the window that speaks in the reader's language. The region is always there, empty, so
/// that assistive technology notices when something comes into it.
#[component]
pub fn Status(
    /// What there is to say.
    #[prop(into)]
    state: Signal<State>,
    /// The language of the page that is shown.
    #[prop(into)]
    lang: Signal<Lang>,
    /// Called with the address that is to be tried again.
    retry: Callback<String>,
) -> impl IntoView {
    let said = move || {
        let words = words(lang.get());
        match state.get() {
            State::Quiet => None,
            State::Loading => Some(view! { <p class="status-text">{words.loading}</p> }.erase()),
            State::Failed { reason, href } => {
                let again = href.clone();
                Some(
                    view! {
                        <p class="status-text">{reason}</p>
                        <p class="status-actions">
                            <button class="status-button" type="button" on:click=move |_| retry.run(again.clone())>
                                {words.retry}
                            </button>
                            <a class="status-link" href=href rel="external">{words.open_directly}</a>
                        </p>
                    }
                    .erase(),
                )
            }
        }
    };
    view! { <div class="status" role="status">{said}</div> }
}
