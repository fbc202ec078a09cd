//! Notices, which stand on every page.

use super::inline::Runs;
use crate::markup::{Markup, html};
use i18n::{Words, date_time, words};
use leptos::prelude::*;
use model::{Lang, Level, Moment, Notice};

/// The emergencies, or all other notices, in their order; nothing where there are none. Sign, word
/// and colour each show the level.
///
/// Emergencies are a landmark of their own, before everything else, so that screen readers reach
/// them first. Nothing here is a live region: a notice that was on the last page too is not
/// announced again.
#[component]
pub fn Notices(
    /// The notices of the page.
    notices: Vec<Notice>,
    /// Whether the emergencies are shown, or all others.
    emergencies: bool,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let words = words(lang);
    let items: Vec<_> = notices
        .into_iter()
        .filter(|notice| (notice.level == Level::Emergency) == emergencies)
        .map(|notice| item(notice, lang, &base))
        .collect();
    let name = if emergencies {
        words.emergency
    } else {
        words.notices
    };
    if items.is_empty() {
        return Markup::Nothing;
    }
    html! { <section class="notices" aria-label=name><ul>{items}</ul></section> }
}

fn item(notice: Notice, lang: Lang, base: &str) -> Markup {
    let words = words(lang);
    let (class, level) = match notice.level {
        Level::Information => ("notice notice-information", words.information),
        Level::Warning => ("notice notice-warning", words.warning),
        Level::Emergency => ("notice notice-emergency", words.emergency),
    };
    let time = |moment: Moment, text: String| {
        html! { <time datetime=moment.to_string()>{text}</time> }
    };
    let published = time(
        notice.published,
        format!("{} {}", words.published, date_time(notice.published, lang)),
    );
    let id = notice.anchor();
    let until = notice.until.map(|until| {
        time(
            until,
            Words::fill(words.until, &[("time", &date_time(until, lang))]),
        )
    });
    html! {
        <li class=class id=id>
            <strong class="notice-level">{level}</strong>
            <p class="notice-text"><Runs runs=notice.text lang=lang base=base.to_owned() /></p>
            <p class="notice-times">{published} {until}</p>
        </li>
    }
}
