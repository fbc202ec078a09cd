//! The versions of an article in other languages.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::route::Route;
use model::{Lang, Slug, Version};

/// Links to an article's versions, each with its title in its own language.
#[component]
pub fn VersionList(
    /// The versions.
    versions: Vec<Version>,
    /// The section that the article stands in.
    section: Slug,
    /// The article's name in addresses.
    slug: Slug,
    /// The site's base.
    base: String,
) -> Markup {
    let items = versions
        .into_iter()
        .map(|Version { lang, title }: Version| {
            let href = Route::Article(lang, section.clone(), slug.clone()).href(&base);
            html! {
                <li lang=lang.tag()>
                    <span class="version-list-language">{Lang::native_name(lang)}</span>
                    <a href=href hreflang=lang.tag()>{title}</a>
                </li>
            }
        });
    html! { <ul class="version-list">{items.collect::<Vec<_>>()}</ul> }
}
