//! Galleries.

use super::figure::caption;
use super::image::{Image, Placement};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Gallery, Lang, Picture};

/// A grid of pictures, each a link to its file. With scripts, a press opens the viewer of
/// `src/lazy/gallery.js` instead, which reads its texts from the gallery's attributes.
#[component]
pub(super) fn GalleryBlock(
    /// The gallery.
    gallery: Gallery,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// The prefix of its pictures' ids.
    id: String,
) -> Markup {
    let words = words(lang);
    let name = gallery
        .title
        .clone()
        .unwrap_or_else(|| words.gallery.to_owned());
    let title = gallery
        .title
        .map(|title| html! { <p class="gallery-title">{title}</p> });
    let pictures = gallery.pictures.into_iter().enumerate().map(
        |(at, mut picture): (usize, Picture)| {
            let id = format!("{id}-{at}");
            let href = format!("{base}{}", picture.file);
            let line = caption(&mut picture, lang);
            html! {
                <li>
                    <figure>
                        <a class="gallery-link" id=id href=href rel="external">
                            <Image picture=picture base=base.clone() placement=Placement::Gallery />
                        </a>
                        {line}
                    </figure>
                </li>
            }
        },
    );
    html! {
        <div
            class="gallery"
            role="group"
            aria-label=name
            data-picture-of=words.picture_of
            data-previous=words.previous_picture
            data-next=words.next_picture
            data-close=words.close
        >
            {title}
            <ul>{pictures.collect::<Vec<_>>()}</ul>
        </div>
    }
}
