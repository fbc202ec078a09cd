//! What every reader should know now.

use super::Runs;
use crate::i18n::{Words, date_time, words};
use crate::model::{Lang, Level, Notice};
use leptos::prelude::*;

/// The notices, the gravest first as they come; nothing where there are none. Sign, word and colour each tell the level.
#[component]
pub fn Notices(
    /// The notices.
    notices: Vec<Notice>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let words = words(lang);
    (!notices.is_empty()).then(|| {
        let items = notices.into_iter().map(|notice| {
            let (class, level) = match notice.level {
                Level::Information => ("notice notice-information", words.information),
                Level::Warning => ("notice notice-warning", words.warning),
                Level::Emergency => ("notice notice-emergency", words.emergency),
            };
            let until = notice.until.map(|until| {
                let text = Words::fill(words.until, &[("time", &date_time(until, lang))]);
                view! { <time class="notice-until" datetime=until.to_string()>{text}</time> }.into_any()
            });
            view! {
                <li class=class>
                    <strong class="notice-level">{level}</strong>
                    <p class="notice-text"><Runs runs=notice.text lang=lang base=base.clone() /></p>
                    {until}
                </li>
            }
            .into_any()
        });
        view! { <section class="notices" aria-label=words.notices><ul>{items.collect_view()}</ul></section> }.into_any()
    })
}
