//! The choice of an article's parallel language.

use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::route::Route;
use model::{Document, Lang};
use std::sync::Arc;

/// Links to the article with each parallel language, and without any; nothing where it has one
/// language only. The links need the program and are shown only while it runs. Changes are
/// announced to assistive technology.
#[component]
pub fn ParallelChoice(
    /// The article as it is shown.
    route: Route,
    /// The languages of the article.
    languages: Vec<Lang>,
    /// The article's document in the parallel language.
    parallel: RwSignal<Option<Arc<Document>>>,
    /// The site's base.
    base: String,
) -> Markup {
    let (own, words) = (route.lang(), words(route.lang()));
    let others: Vec<Lang> = languages.into_iter().filter(|&lang| lang != own).collect();
    if others.is_empty() {
        return Markup::Nothing;
    }
    let shown =
        move || parallel.with(|parallel| parallel.as_ref().map(|document| document.site.lang));
    let choice = |lang: Option<Lang>, name: &'static str| {
        let href = lang.map_or_else(
            || route.href(&base),
            |lang| route.with_parallel(lang, &base),
        );
        let current = move || (shown() == lang).then_some("true");
        let tag = lang.unwrap_or(own).tag();
        html! { <li><a class="parallel-choice-link" href=href lang=tag aria-current=current>{name}</a></li> }
    };
    let links: Vec<Markup> = others
        .into_iter()
        .map(|lang| choice(Some(lang), lang.native_name()))
        .chain([choice(None, words.alone)])
        .collect();
    let mut before = None;
    let said = move || {
        let now = shown();
        let text = match now {
            Some(lang) => Words::fill(words.beside_shown, &[("language", lang.native_name())]),
            None if before.is_some() => words.beside_gone.to_owned(),
            None => String::new(),
        };
        before = now;
        text
    };
    html! {
        <nav class="parallel-choice" aria-labelledby="beside">
            <p class="parallel-choice-name" id="beside">{words.beside}</p>
            <ul class="parallel-choice-links">{links}</ul>
            <p class="visually-hidden" role="status">{said}</p>
        </nav>
    }
}
