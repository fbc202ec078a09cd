//! Pictures with their captions.

use super::image::{Image, Placement};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Lang, Picture};

/// A picture with its caption and credit. Its space is reserved while it loads.
#[component]
pub fn Figure(
    /// The picture.
    mut picture: Picture,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// Its position on the page.
    placement: Placement,
) -> Markup {
    let line = caption(&mut picture, lang);
    html! {
        <figure class="figure">
            <Image picture=picture base=base placement=placement />
            {line}
        </figure>
    }
}

/// The line below a picture: caption and credit, which are taken out of `picture`.
pub(super) fn caption(picture: &mut Picture, lang: Lang) -> Option<Markup> {
    let credit = picture.credit.take().map(|credit| {
        html! { <span class="figure-credit">{format!("{}: {credit}", words(lang).credit)}</span> }
    });
    let caption = picture
        .caption
        .take()
        .map(|caption| html! { <span>{caption}</span> });
    (caption.is_some() || credit.is_some()).then(|| {
        html! { <figcaption class="figure-caption">{caption} " " {credit}</figcaption> }
    })
}
