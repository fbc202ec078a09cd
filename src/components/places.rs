//! Names of places that have changed since an article was published.

use crate::markup::{Markup, html};
use i18n::{Words, date, words};
use leptos::prelude::*;
use model::route::local_href;
use model::{Lang, Renamed};

/// The present names of places that the article calls by their former names; nothing where there
/// are none.
#[component]
pub fn Places(
    /// The places.
    places: Vec<Renamed>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    if places.is_empty() {
        return Markup::Nothing;
    }
    let words = words(lang);
    let items = places.into_iter().map(
        |Renamed {
             former,
             present,
             since,
             link,
         }| {
            let values = [
                ("former", former.as_str()),
                ("present", &present),
                ("date", &date(since, lang)),
            ];
            let text = Words::fill(words.place, &values);
            let href = link.map(|to| match to.local_path() {
                Some(path) => local_href(&base, lang, path),
                None => to.as_str().to_owned(),
            });
            match href {
                Some(href) => html! { <li><a href=href>{text}</a></li> },
                None => html! { <li>{text}</li> },
            }
        },
    );
    let items = items.collect::<Vec<_>>();
    html! { <div class="places"><p>{words.places}</p><ul class="places-list">{items}</ul></div> }
}
