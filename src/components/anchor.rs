//! The words of a heading.

use crate::markup::{Markup, html};
use leptos::prelude::*;

/// A heading's words as a link to it: an address that leads here can be copied or kept. It is
/// `external` so that the browser follows it itself and goes there.
#[component]
pub(super) fn Anchor(
    /// The heading's id.
    id: String,
    /// The words.
    text: String,
) -> Markup {
    html! { <a class="anchor" href=format!("#{id}") rel="external">{text}</a> }
}
