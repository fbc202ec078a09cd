//! Related articles.

use super::teaser::{TeaserList, TeaserListLook};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Lang, Teaser};

/// Articles on the same topics, then others of the same section; nothing where there are none.
#[component]
pub fn Related(
    /// The articles.
    teasers: Vec<Teaser>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    if teasers.is_empty() {
        return Markup::Nothing;
    }
    html! {
        <section class="related" aria-labelledby="related">
            <h2 class="related-heading" id="related">{words(lang).related}</h2>
            <TeaserList teasers=teasers lang=lang base=base nested=true look=TeaserListLook::Columns />
        </section>
    }
}
