//! Timelines.

use super::inline::Runs;
use crate::markup::{IntoMarkup, Markup, html};
use i18n::day;
use leptos::prelude::*;
use model::{Dated, Lang, When};

/// Entries with their dates, one below the other.
#[component]
pub(super) fn TimelineBlock(
    /// The entries, the earliest first.
    entries: Vec<Dated>,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let entries = entries.into_iter().map(|entry| {
        let when = match entry.when {
            When::Day(date) => {
                html! { <time datetime=date.to_string()>{day(date, lang)}</time> }
            }
            When::Words(words) => words.into_markup(),
        };
        html! {
            <li>
                <p class="timeline-date">{when}</p>
                <p><Runs runs=entry.text lang=lang base=base.clone() /></p>
            </li>
        }
    });
    html! { <div class="timeline"><ol>{entries.collect::<Vec<_>>()}</ol></div> }
}
