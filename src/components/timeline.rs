//! Timelines.

use super::erased::Erase;
use super::inline::Runs;
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
) -> impl IntoView {
    let entries = entries.into_iter().map(|entry| {
        let when = match entry.when {
            When::Day(date) => {
                view! { <time datetime=date.to_string()>{day(date, lang)}</time> }.erase()
            }
            When::Words(words) => words.erase(),
        };
        view! {
            <li>
                <p class="timeline-date">{when}</p>
                <p><Runs runs=entry.text lang=lang base=base.clone() /></p>
            </li>
        }
        .erase()
    });
    view! { <div class="timeline"><ol>{entries.collect_view()}</ol></div> }
}
