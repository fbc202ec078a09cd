//! How long something plays.

use crate::markup::{Markup, html};
use leptos::prelude::*;

/// The length of a film or a recording.
#[component]
pub(super) fn Length(
    /// The length.
    length: model::Length,
) -> Markup {
    html! { <time class="length" datetime=length.machine()>{length.to_string()}</time> }
}
