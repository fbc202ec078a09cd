//! The portals of other agencies.

use super::erased::Erase;
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
) -> impl IntoView {
    let links = agencies.into_iter().map(|Agency { name, address }| {
        view! { <li><a href=address.as_str().to_owned() rel="external">{name}</a></li> }.erase()
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="agencies" aria-labelledby="agencies">
                <h2 class="agencies-heading" id="agencies">{heading}</h2>
                <ul class="footer-links">{links}</ul>
            </nav>
        }
        .erase()
    })
}
