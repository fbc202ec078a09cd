//! Galleries.

use super::figure::caption;
use super::image::{Image, Placement};
use crate::browser::lazy;
use crate::browser::task::spawn;
use crate::markup::{Markup, html};
use i18n::words;
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::{Gallery, Lang, Picture};

/// A grid of pictures, each a link to its file. While the program runs, a click opens the viewer of
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
            let opens = (id.clone(), href.clone());
            let open = move |event: Event| {
                if let Some(event) = event.dyn_ref::<MouseEvent>() {
                    view_here(event, opens.clone());
                }
            };
            html! {
                <li>
                    <figure>
                        <a class="gallery-link" id=id href=href rel="external" on:click=open>
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

/// Opens the viewer at a picture instead of following its link, unless the reader asks for another
/// window. Where the viewer fails to load, the link is followed after all.
fn view_here(event: &MouseEvent, (id, href): (String, String)) {
    if event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
    {
        event.prevent_default();
        spawn(async move {
            if !lazy::run("gallery", "open", &id).await {
                lazy::open_instead(&href);
            }
        });
    }
}
