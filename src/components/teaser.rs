//! Teasers: articles in lists.

use super::erased::Erase;
use super::image::{Image, Placement};
use i18n::date_time;
use leptos::prelude::*;
use model::route::Route;
use model::{self, Lang, Picture};

/// An article in a list: its title, which leads to it, its date, and, where the list has room, its
/// summary and picture. The picture is decorative, so its text alternative is empty.
#[component]
pub fn Teaser(
    /// The article.
    teaser: model::Teaser,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// Whether it stands below an `<h2>`, so that its title is an `<h3>`.
    nested: bool,
    /// The position of its picture on the page.
    placement: Placement,
) -> impl IntoView {
    let href = Route::Article(lang, teaser.section, teaser.slug).href(&base);
    let cover = teaser.cover.map(|cover| {
        let cover = Picture { alternative: String::new(), ..cover };
        view! { <Image picture=cover base=base placement=placement /> }
    });
    let cover = cover.map(Erase::erase);
    let link = view! { <a href=href>{teaser.title}</a> };
    let title = if nested {
        view! { <h3 class="teaser-title">{link}</h3> }.erase()
    } else {
        view! { <h2 class="teaser-title">{link}</h2> }.erase()
    };
    view! {
        <article class="teaser">
            {cover} <div class="teaser-text">
                {title}
                <p class="teaser-date">
                    <time datetime=teaser.published.to_string()>{date_time(teaser.published, lang)}</time>
                </p>
                {teaser.summary.map(|summary| view! { <p class="teaser-summary">{summary}</p> }.erase())}
            </div>
        </article>
    }
}

/// A list of teasers, one below the other or side by side; an ordered one where they are ranked.
#[component]
pub fn TeaserList(
    /// The articles.
    teasers: Vec<model::Teaser>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// Whether the list stands below an `<h2>`.
    nested: bool,
    /// Whether their ranks are shown.
    ranked: bool,
) -> impl IntoView {
    let placement = if nested { Placement::Section } else { Placement::List };
    let items = teasers.into_iter().map(|teaser| {
        view! { <li><Teaser teaser=teaser lang=lang base=base.clone() nested=nested placement=placement /></li> }
            .erase()
    });
    let items = items.collect_view();
    if ranked {
        view! { <ol class="teaser-list teaser-list-ranked">{items}</ol> }.erase()
    } else {
        view! { <ul class="teaser-list">{items}</ul> }.erase()
    }
}
