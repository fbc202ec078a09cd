//! Events.

use super::inline::Runs;
use super::key_facts::term;
use crate::markup::{Markup, html};
use i18n::{event_time, words};
use leptos::prelude::*;
use model::{Event, EventTime, Lang};

/// An event's time and place, and its calendar file.
#[component]
pub(super) fn EventBlock(
    /// The event.
    event: Event,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let words = words(lang);
    let Event {
        name,
        time,
        place,
        address,
        text,
        calendar,
    } = event;
    let begin = match time {
        EventTime::Hours { begin, .. } => begin.to_string(),
        EventTime::Days { begin, .. } => begin.to_string(),
    };
    let when = html! { <time datetime=begin>{event_time(time, lang)}</time> };
    let address = address.map(|address| html! { <p>{address}</p> });
    let where_to = (place.is_some() || address.is_some()).then(|| {
        let place = place.map(|place| html! { <p>{place}</p> });
        term(words.event_place, html! { {place} {address} })
    });
    let href = format!("{base}{calendar}");
    let text = (!text.is_empty()).then(|| html! { <p><Runs runs=text lang=lang base=base /></p> });
    let file = calendar.rsplit('/').next().unwrap_or_default().to_owned();
    let (group, label) = (name.clone(), format!("{}: {name}", words.add_to_calendar));
    html! {
        <div class="event terms" role="group" aria-label=group>
            <p class="event-name">{name}</p>
            <dl>{term(words.when, when)} {where_to}</dl>
            {text}
            <p>
                <a class="event-calendar" href=href type="text/calendar" download=file rel="external" aria-label=label>
                    {words.add_to_calendar}
                </a>
            </p>
        </div>
    }
}
