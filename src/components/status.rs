//! The status bar, for a page that is loading, has failed to load, or has changed meanwhile.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The state of the page that the reader asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// The page is shown.
    #[default]
    Quiet,
    /// The page takes a while. The language is that of the page that is shown, here and below.
    Loading(Lang),
    /// The page failed to load, or has another text now.
    Offer {
        /// The language.
        lang: Lang,
        /// What is the matter, in the reader's language.
        reason: &'static str,
        /// What the button says.
        action: &'static str,
        /// The address that it is about, or what stands on this page, `#notice-storm`: then the link is
        /// hidden (`style/components/status.css`).
        href: String,
    },
}

/// A bar at the lower edge of the window, in the reader's language. Its live region is always
/// there, also empty, so that assistive technology announces a change.
#[component]
pub fn Status(
    /// The state.
    state: RwSignal<State>,
    /// Called with the address where the button is pressed.
    retry: fn(&str),
) -> Markup {
    let said = move || match state.get() {
        State::Quiet => None,
        State::Loading(lang) => Some(html! { <p class="status-text">{words(lang).loading}</p> }),
        State::Offer {
            lang,
            reason,
            action,
            href,
        } => {
            let again = href.clone();
            Some(html! {
                <p class="status-text">{reason}</p>
                <p class="status-actions">
                    <button class="status-button" type="button" on:click=move |_| retry(&again)>
                        {action}
                    </button>
                    <a class="status-link" href=href rel="external">{words(lang).open_directly}</a>
                </p>
            })
        }
    };
    html! { <div class="status" role="status">{said}</div> }
}
