//! Films.

use super::image::{Image, Placement};
use super::length::Length;
use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::{Address, File, Lang, Picture, Video};

/// A film: in the browser's own player where it is a file of ours, else as a link with its poster.
/// The film is not loaded, and no third party is contacted, before the reader asks for it.
#[component]
pub(super) fn VideoBlock(
    /// The film.
    video: Video,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let Video {
        title,
        address,
        length,
        poster,
        file,
        captions,
    } = video;
    let length = length.map(|length| html! { <Length length=length /> });
    if let Some(film) = file {
        let elsewhere = address.map(|to| {
            let words = watch_at(&to, lang);
            html! { " " <a href=to.as_str().to_owned() rel="external noopener noreferrer">{words}</a> }
        });
        let player = player(&title, &film, captions, poster, lang, &base);
        html! {
            <figure class="video">
                {player}
                <figcaption class="figure-caption">
                    <span class="video-title">{title}</span> " " {length} {elsewhere}
                </figcaption>
            </figure>
        }
    } else {
        let poster = poster.map(|picture| {
            html! { <Image picture=picture base=base placement=Placement::Text /> }
        });
        let link = address.map(|to| {
            let words = watch_at(&to, lang);
            html! {
                <a class="video-link" href=to.as_str().to_owned() rel="external noopener noreferrer">
                    {poster}
                    <span class="video-about">
                        <span class="video-title">{title}</span> " " {length} " "
                        <span class="video-where">{words}</span>
                    </span>
                </a>
            }
        });
        html! { <div class="video">{link}</div> }
    }
}

/// The text of the link to a film's page.
fn watch_at(to: &Address, lang: Lang) -> String {
    let host = to
        .as_str()
        .trim_start_matches("https://")
        .split('/')
        .next()
        .unwrap_or_default();
    Words::fill(
        words(lang).watch_at,
        &[("host", host.trim_start_matches("www."))],
    )
}

/// The browser's own player, with captions where there are any.
fn player(
    title: &str,
    film: &File,
    captions: Option<File>,
    poster: Option<Picture>,
    lang: Lang,
    base: &str,
) -> Markup {
    let kind = if film.ending() == "webm" {
        "video/webm"
    } else {
        "video/mp4"
    };
    let captions = captions.map(|captions| {
        let src = format!("{base}{}", captions.file);
        html! { <track kind="captions" src=src srclang=lang.tag() label=lang.native_name() /> }
    });
    let poster = poster.map(|picture| format!("{base}{}", picture.file));
    html! {
        <video class="video-film" controls preload="none" poster=poster aria-label=title.to_owned()>
            <source src=format!("{base}{}", film.file) type=kind />
            {captions}
        </video>
    }
}
