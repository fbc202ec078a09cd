//! Date, source, reading time and view count.

use crate::markup::{Markup, html};
use i18n::{date_time, plural, words};
use leptos::prelude::*;
use model::{Lang, Moment, Source};

/// The dates of publication and last change, the source, the reading time and the view count.
#[component]
pub fn Byline(
    /// The moment of publication.
    published: Moment,
    /// The last change of its substance.
    updated: Option<Moment>,
    /// The source.
    source: Source,
    /// The view count.
    views: u64,
    /// The reading time, in minutes.
    minutes: u32,
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let words = words(lang);
    let moment = |name: &'static str, moment: Moment| {
        html! {
            <li>
                <span class="byline-name">{name}</span>
                " "
                <time datetime=moment.to_string()>{date_time(moment, lang)}</time>
            </li>
        }
    };
    html! {
        <ul class="byline">
            {moment(words.published, published)} {updated.map(|updated| moment(words.updated, updated))} <li>
                <span class="byline-name">{words.source}</span>
                " "
                <a href=source.address.as_str().to_owned()>{source.name}</a>
            </li> <li>{plural(&words.reading_time, minutes.into(), lang)}</li> <li>{plural(&words.views, views, lang)}</li>
        </ul>
    }
}
