//! Galleries.

use super::erased::Erase;
use super::figure::caption;
use super::image::{Image, Placement};
use crate::browser::lazy;
use i18n::words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
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
) -> impl IntoView {
    let words = words(lang);
    let name = gallery
        .title
        .clone()
        .unwrap_or_else(|| words.gallery.to_owned());
    let title = gallery
        .title
        .map(|title| view! { <p class="gallery-title">{title}</p> }.erase());
    let pictures =
        gallery
            .pictures
            .into_iter()
            .enumerate()
            .map(|(at, mut picture): (usize, Picture)| {
                let id = format!("{id}-{at}");
                let href = format!("{base}{}", picture.file);
                let line = caption(&mut picture, lang);
                let opens = (id.clone(), href.clone());
                let open = move |event: MouseEvent| view_here(&event, opens.clone());
                view! {
            <li>
                <figure>
                    <a class="gallery-link" id=id href=href rel="external" on:click=open>
                        <Image picture=picture base=base.clone() placement=Placement::Gallery />
                    </a>
                    {line}
                </figure>
            </li>
        }
        .erase()
            });
    view! {
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
            <ul>{pictures.collect_view()}</ul>
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
        leptos::task::spawn_local(async move {
            if !lazy::run("gallery", "open", &id).await {
                lazy::open_instead(&href);
            }
        });
    }
}
