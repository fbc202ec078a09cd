//! The corrections of an article.

use super::inline::Runs;
use crate::markup::{Markup, html};
use i18n::{date_time, words};
use leptos::prelude::*;
use model::{Correction, Lang};

/// The corrections with their moments, newest first; nothing where there are none.
#[component]
pub fn Corrections(
    /// The corrections.
    history: Vec<Correction>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    if history.is_empty() {
        return Markup::Nothing;
    }
    let items = history.into_iter().map(|Correction { at, text }| {
        html! {
            <li>
                <time class="corrections-date" datetime=at.to_string()>{date_time(at, lang)}</time>
                <p><Runs runs=text lang=lang base=base.clone() /></p>
            </li>
        }
    });
    let items = items.collect::<Vec<_>>();
    html! {
        <section class="corrections" aria-labelledby="corrections">
            <h2 class="corrections-heading" id="corrections">{words(lang).corrections}</h2>
            <ul class="corrections-list">{items}</ul>
        </section>
    }
}
