//! Pictures with their captions.

use crate::i18n::words;
use crate::model::{Lang, Picture};
use leptos::prelude::*;

/// A picture, its caption and who made it. Its place is kept while it loads.
#[component]
pub fn Figure(
    /// The picture.
    picture: Picture,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// Whether it may load late, because it stands further down.
    lazy: bool,
) -> impl IntoView {
    let credit = picture.credit.map(|credit| {
        view! { <span class="figure-credit">{format!("{}: {credit}", words(lang).credit)}</span> }.into_any()
    });
    let caption = picture.caption.map(|caption| view! { <span>{caption}</span> }.into_any());
    let line = (caption.is_some() || credit.is_some())
        .then(|| view! { <figcaption class="figure-caption">{caption} {credit}</figcaption> }.into_any());
    view! {
        <figure class="figure">
            <img
                src=format!("{base}{}", picture.file)
                alt=picture.alternative
                width=picture.width
                height=picture.height
                loading=lazy.then_some("lazy")
                decoding="async"
            />
            {line}
        </figure>
    }
}
