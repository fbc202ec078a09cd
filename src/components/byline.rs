//! Date, source, reading time and view count.

use super::erased::Erase;
use i18n::{date_time, plural, words};
use leptos::prelude::*;
use model::{Lang, Moment, Source};

/// When the article was published and last changed, where it comes from, how long reading it takes, and how often it was
/// read.
#[component]
pub fn Byline(
    /// When it was published.
    published: Moment,
    /// When its substance last changed.
    updated: Option<Moment>,
    /// Where it comes from.
    source: Source,
    /// How often it was read.
    views: u64,
    /// How many minutes reading it takes.
    minutes: u32,
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let words = words(lang);
    let moment = |name: &'static str, moment: Moment| {
        view! {
            <li>
                <span class="byline-name">{name}</span>
                " "
                <time datetime=moment.to_string()>{date_time(moment, lang)}</time>
            </li>
        }
        .erase()
    };
    view! {
        <ul class="byline">
            {moment(words.published, published)} {updated.map(|updated| moment(words.updated, updated))} <li>
                <span class="byline-name">{words.source}</span>
                " "
                <a href=source.address.as_str().to_owned()>{source.name}</a>
            </li> <li>{plural(&words.reading_time, minutes.into(), lang)}</li> <li>{plural(&words.views, views, lang)}</li>
        </ul>
    }
}
