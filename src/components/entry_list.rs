//! A list of links.

use leptos::prelude::*;

/// A list of links, each with a figure behind its name where there is one.
#[component]
pub fn EntryList(
    /// Address, name and figure of each.
    entries: Vec<(String, String, Option<String>)>,
) -> impl IntoView {
    let entries = entries.into_iter().map(|(href, name, figure)| {
        let figure = figure.map(|figure| {
            view! {
                <span class="visually-hidden">", "</span>
                <span class="entry-figure">{figure}</span>
            }
        });
        view! { <li><a class="entry" href=href><span>{name}</span>{figure}</a></li> }
    });
    view! { <ul class="entry-list">{entries.collect_view()}</ul> }
}
