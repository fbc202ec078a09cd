//! Other articles of the same section.

use super::TeaserList;
use crate::i18n::{Words, words};
use crate::model::{Lang, Teaser};
use leptos::prelude::*;

/// Other articles of the same section; nothing where there are none.
#[component]
pub fn Related(
    /// The articles.
    teasers: Vec<Teaser>,
    /// The section's name.
    section_name: String,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let heading = Words::fill(words(lang).related, &[("section", &section_name)]);
    (!teasers.is_empty()).then(|| {
        view! {
            <section class="related" aria-labelledby="related">
                <h2 class="related-heading" id="related">{heading}</h2>
                <TeaserList teasers=teasers lang=lang base=base nested=true />
            </section>
        }
    })
}
