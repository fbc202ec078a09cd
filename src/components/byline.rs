//! Date, source, reading time, and the view count where the portal shows it.

use crate::markup::{Markup, html};
use i18n::{Words, date_time, day, plural, words};
use leptos::prelude::*;
use model::{Day, Lang, Moment, Source};

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
    views: Option<u64>,
    /// The day up to which it was counted.
    views_as_of: Option<Day>,
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
    let views = views.map(|views| {
        let mut text = plural(&words.views, views, lang);
        if let Some(counted) = views_as_of {
            text = Words::fill(
                words.views_as_of,
                &[("views", &text), ("day", &day(counted, lang))],
            );
        }
        html! { <li>{text}</li> }
    });
    html! {
        <ul class="byline">
            {moment(words.published, published)} {updated.map(|updated| moment(words.updated, updated))} <li>
                <span class="byline-name">{words.source}</span>
                " "
                <a href=source.address.as_str().to_owned()>{source.name}</a>
            </li> <li>{plural(&words.reading_time, minutes.into(), lang)}</li> {views}
        </ul>
    }
}
