//! The ways on from a list.

use crate::i18n::{Words, words};
use crate::model::Part;
use crate::route::Route;
use leptos::prelude::*;

/// The links to a list's front, to its neighbouring parts by their numbers, and to the archive.
#[component]
pub fn Steps(
    /// The list's front.
    front: Route,
    /// The part with newer articles.
    newer: Option<Part>,
    /// The part with older articles.
    older: Option<Part>,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let lang = front.lang();
    let words = words(lang);
    let step = |class: &'static str, rel: Option<&'static str>, route: Route, name: &'static str, part: Part| {
        let number = (part != Part::FRONT).then(|| {
            let number = Words::fill(words.part, &[("n", &part.0.to_string())]);
            view! { <span class="step-part">{format!(" ({number})")}</span> }
        });
        view! { <li><a class=class rel=rel href=route.href(&base)>{name}{number}</a></li> }
    };
    let newest = newer.map(|part| {
        let rel = (part == Part::FRONT).then_some("prev");
        step("step step-newer", rel, front.clone(), words.newest, Part::FRONT)
    });
    let newer = newer.filter(|part| *part != Part::FRONT);
    let newer = newer.map(|part| step("step step-newer", Some("prev"), front.at_part(part), words.newer, part));
    let older = older.map(|part| step("step step-older", Some("next"), front.at_part(part), words.older, part));
    let archive = step("step", None, Route::Archive(lang), words.archive, Part::FRONT);
    view! {
        <nav class="steps" aria-label=words.more_articles>
            <ul>{newest} {newer} {older} {archive}</ul>
        </nav>
    }
}
