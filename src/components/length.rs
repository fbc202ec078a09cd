//! How long something plays.

use super::erased::Erase;
use leptos::prelude::*;

/// The length of a film or a recording.
#[component]
pub(super) fn Length(
    /// The length.
    length: model::Length,
) -> impl IntoView {
    view! { <time class="length" datetime=length.machine()>{length.to_string()}</time> }.erase()
}
