//! “Cite this article”.

use crate::browser::clipboard;
use crate::browser::task::spawn;
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;

/// The id of the element that holds the citation.
const CITATION: &str = "cite-text";

/// The article's citation, folded. The copy button needs the program, for which `src/boot.js` keeps a
/// press, and is hidden without scripts. Then one click selects the citation (`style/components/cite.css`).
#[component]
pub fn Cite(
    /// The citation.
    citation: String,
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let words = words(lang);
    let copied = RwSignal::new(None::<bool>);
    let to_copy = citation.clone();
    let copy = move |_| {
        let citation = to_copy.clone();
        spawn(async move {
            let done = clipboard::copy(&citation).await;
            if !done {
                clipboard::select_text(CITATION);
            }
            copied.set(Some(done));
        });
    };
    let said = move || match copied.get() {
        None => "",
        Some(true) => words.citation_copied,
        Some(false) => words.citation_refused,
    };
    html! {
        <details class="cite">
            <summary class="cite-heading">{words.cite}</summary>
            <p class="cite-text" id=CITATION>{citation}</p>
            <p class="cite-advice">{words.citation_advice}</p>
            <button class="cite-button" type="button" on:click=copy>{words.copy_citation}</button>
            <p class="cite-status" role="status">{said}</p>
        </details>
    }
}
