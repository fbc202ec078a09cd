//! The pictures above the portal's name.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model;

/// The pictures with their captions, side by side. Narrow screens get a file with a composition of
/// its own. The banners are at the top of every page, so they are not lazy.
#[component]
pub fn Banners(
    /// The pictures.
    banners: Vec<model::Banner>,
    /// The site's base.
    base: String,
) -> Markup {
    let figures = banners.into_iter().map(|banner| {
        let wide = banner.wide;
        html! {
            <figure class="banner">
                <picture>
                    <source media="(max-width: 63.99em)" srcset=format!("{base}{}", banner.narrow) />
                    <img
                        src=format!("{base}{}", wide.file)
                        alt=wide.alternative
                        width=wide.width
                        height=wide.height
                        decoding="async"
                    />
                </picture>
                <figcaption class="banner-caption">{banner.caption}</figcaption>
            </figure>
        }
    });
    html! { <div class="banners">{figures.collect::<Vec<_>>()}</div> }
}
