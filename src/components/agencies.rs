//! The portals of other agencies.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::Agency;

/// Links to the portals of other agencies, below a heading; nothing where there are none.
/// `rel="external"` says that they leave this portal.
#[component]
pub fn Agencies(
    /// The agencies.
    agencies: Vec<Agency>,
    /// The heading.
    heading: &'static str,
) -> Markup {
    let links = agencies.into_iter().map(|Agency { name, address }| {
        html! { <li><a href=address.as_str().to_owned() rel="external">{name}</a></li> }
    });
    let links: Vec<_> = links.collect();
    if links.is_empty() {
        return Markup::Nothing;
    }
    html! {
        <nav class="agencies" aria-labelledby="agencies">
            <h2 class="agencies-heading" id="agencies">{heading}</h2>
            <ul class="footer-links">{links}</ul>
        </nav>
    }
}
