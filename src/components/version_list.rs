//! The versions of an article in other languages.

use super::erased::Erase;
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
) -> impl IntoView {
    let items = versions
        .into_iter()
        .map(|Version { lang, title }: Version| {
            let href = Route::Article(lang, section.clone(), slug.clone()).href(&base);
            view! {
                <li lang=lang.tag()>
                    <span class="version-list-language">{Lang::native_name(lang)}</span>
                    <a href=href hreflang=lang.tag()>{title}</a>
                </li>
            }
            .erase()
        });
    view! { <ul class="version-list">{items.collect_view()}</ul> }
}
