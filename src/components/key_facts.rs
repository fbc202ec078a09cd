//! Key facts.

use super::inline::Runs;
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{KeyFacts, Lang};

/// Facts with their names.
#[component]
pub(super) fn KeyFactsBlock(
    /// The facts.
    facts: KeyFacts,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let title = facts
        .title
        .unwrap_or_else(|| words(lang).key_facts.to_owned());
    let facts = facts.facts.into_iter().map(|fact| {
        term(
            fact.name,
            html! { <Runs runs=fact.text lang=lang base=base.clone() /> },
        )
    });
    html! {
        <figure class="key-facts terms">
            <figcaption class="key-facts-title">{title}</figcaption>
            <dl>{facts.collect::<Vec<_>>()}</dl>
        </figure>
    }
}

/// A term and its description, in a `<dl>`.
pub(super) fn term(name: impl Into<String>, text: Markup) -> Markup {
    let name: String = name.into();
    html! { <div><dt>{name}</dt><dd>{text}</dd></div> }
}
