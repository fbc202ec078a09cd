//! Quotations.

use super::inline::Runs;
use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::{Inline, Lang, Link, Quote};

/// A quotation and its source, which links to where it was said.
#[component]
pub(super) fn QuoteBlock(
    /// The quotation.
    quote: Quote,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let source = quote.source.map(|source| {
        let name = Inline::Text(source);
        let name = match quote.link {
            Some(to) => Inline::Link(Link { to, text: vec![name], lang: None }),
            None => name,
        };
        html! { <figcaption class="quote-source"><Runs runs=vec![name] lang=lang base=base.clone() /></figcaption> }
    });
    html! {
        <figure class="quote">
            <blockquote><p><Runs runs=quote.text lang=lang base=base /></p></blockquote>
            {source}
        </figure>
    }
}
