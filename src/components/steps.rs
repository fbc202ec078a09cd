//! Pagination of lists.

use super::link_list::{LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::PageNumber;
use model::route::Route;

/// The links to a list's front, to its neighbouring parts by their numbers, and to the archive.
#[component]
pub fn Steps(
    /// The list's front.
    front: Route,
    /// The part with newer articles.
    newer: Option<PageNumber>,
    /// The part with older articles.
    older: Option<PageNumber>,
    /// The site's base.
    base: String,
) -> Markup {
    let words = words(front.lang());
    let step = |part: PageNumber, rel: Option<&'static str>, name: &'static str| ListLink {
        figure: (part != PageNumber::FRONT)
            .then(|| Words::fill(words.part, &[("n", &part.0.to_string())])),
        rel,
        ..ListLink::new(front.at_part(part), name)
    };
    let mut links = Vec::new();
    match newer {
        Some(PageNumber::FRONT) => links.push(step(PageNumber::FRONT, Some("prev"), words.newest)),
        Some(part) => links.extend([
            ListLink::new(front.clone(), words.newest),
            step(part, Some("prev"), words.newer),
        ]),
        None => {}
    }
    links.extend(older.map(|part| step(part, Some("next"), words.older)));
    // A month has few parts: its front leads to each of them.
    if let (Route::Month(..), None, Some(PageNumber(last))) = (&front, newer, older) {
        links.extend(
            (1..last)
                .rev()
                .map(|part| step(PageNumber(part), None, words.older)),
        );
    }
    links.push(ListLink::new(Route::Archive(front.lang()), words.archive));
    html! {
        <nav class="steps" aria-label=words.more_articles>
            <LinkList links=links kind="step-list" base=base />
        </nav>
    }
}
