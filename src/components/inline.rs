//! Inline text.

use crate::markup::{IntoMarkup, Markup, html};
use leptos::prelude::*;
use model::route::local_href;
use model::{Inline, Lang, Link};

/// Runs of text with their marks and links.
#[component]
pub fn Runs(
    /// The runs.
    runs: Vec<Inline>,
    /// The language of the text, and of the pages of ours that it links.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    runs.into_iter()
        .map(|run| mark(run, lang, &base))
        .collect::<Vec<_>>()
        .into_markup()
}

fn mark(run: Inline, lang: Lang, base: &str) -> Markup {
    let inner = |runs: Vec<Inline>| {
        runs.into_iter()
            .map(|run| mark(run, lang, base))
            .collect::<Vec<_>>()
    };
    match run {
        Inline::Text(text) => text.into_markup(),
        Inline::Strong(runs) => html! { <strong>{inner(runs)}</strong> },
        Inline::Emphasis(runs) => html! { <em>{inner(runs)}</em> },
        Inline::Link(Link {
            to,
            text,
            lang: other,
        }) => {
            let href = match to.local_path() {
                Some(path) => local_href(base, other.unwrap_or(lang), path),
                None => to.as_str().to_owned(),
            };
            let hreflang = other.map(Lang::tag);
            html! { <a href=href hreflang=hreflang>{inner(text)}</a> }
        }
    }
}
