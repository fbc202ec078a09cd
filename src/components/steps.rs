//! The links from one part of a list to its neighbours.

use crate::i18n::words;
use crate::model::Lang;
use leptos::prelude::*;

/// The links to newer and older articles.
#[component]
pub fn Steps(
    /// The address of the part with newer articles.
    newer: Option<String>,
    /// The address of the part with older articles.
    older: Option<String>,
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let words = words(lang);
    (newer.is_some() || older.is_some()).then(|| {
        let newer = newer.map(|href| view! { <li><a rel="prev" href=href>{words.newer}</a></li> });
        let older = older.map(|href| view! { <li><a rel="next" href=href>{words.older}</a></li> });
        view! { <nav class="steps" aria-label=words.more_articles><ul>{newer} {older}</ul></nav> }
    })
}
