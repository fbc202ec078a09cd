//! “Cite this article”.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The article's citation, folded. The copy button is hidden without scripts; `src/boot.js`
/// carries it out. Without it, one click selects the citation (`style/components/cite.css`).
#[component]
pub fn Cite(
    /// The citation.
    citation: String,
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let words = words(lang);
    html! {
        <details class="cite">
            <summary class="cite-heading">{words.cite}</summary>
            <p class="cite-text">{citation}</p>
            <p class="cite-advice">{words.citation_advice}</p>
            <button class="cite-button" type="button">{words.copy_citation}</button>
            <p class="cite-status" role="status"></p>
        </details>
    }
}
