//! Recordings.

use super::inline::Runs;
use super::length::Length;
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Audio, Lang};

/// A recording in the browser's own player, with its transcript. The player loads nothing before
/// the reader starts it.
#[component]
pub(super) fn AudioBlock(
    /// The recording.
    audio: Audio,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let Audio {
        title,
        file,
        length,
        transcript,
    } = audio;
    let src = format!("{base}{}", file.file);
    let length = length.map(|length| html! { <Length length=length /> });
    let transcript = (!transcript.is_empty()).then(|| {
        let paragraphs = transcript
            .into_iter()
            .map(|runs| html! { <p><Runs runs=runs lang=lang base=base.clone() /></p> });
        html! {
            <details class="audio-transcript">
                <summary>{words(lang).transcript}</summary>
                {paragraphs.collect::<Vec<_>>()}
            </details>
        }
    });
    html! {
        <figure class="audio">
            <figcaption class="audio-about"><span class="audio-title">{title.clone()}</span> " " {length}</figcaption>
            <audio controls preload="none" src=src aria-label=title></audio>
            {transcript}
        </figure>
    }
}
