//! Inline text.

use super::erased::{Erase, Erased};
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
) -> impl IntoView {
    runs.into_iter()
        .map(|run| mark(run, lang, &base))
        .collect_view()
}

fn mark(run: Inline, lang: Lang, base: &str) -> Erased {
    let inner = |runs: Vec<Inline>| {
        runs.into_iter()
            .map(|run| mark(run, lang, base))
            .collect_view()
    };
    match run {
        Inline::Text(text) => text.erase(),
        Inline::Strong(runs) => view! { <strong>{inner(runs)}</strong> }.erase(),
        Inline::Emphasis(runs) => view! { <em>{inner(runs)}</em> }.erase(),
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
            view! { <a href=href hreflang=hreflang>{inner(text)}</a> }.erase()
        }
    }
}
