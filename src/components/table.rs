//! Tables.

use super::erased::Erase;
use super::inline::Runs;
use leptos::prelude::*;
use model::{Lang, Table};

/// A table that scrolls on its own where it is wider than the text. It takes the focus, so that the
/// keyboard can scroll it.
#[component]
pub(super) fn TableBlock(
    /// The table.
    table: Table,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let header = table
        .header
        .into_iter()
        .map(|name| view! { <th scope="col">{name}</th> }.erase());
    let rows = table.rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(at, runs)| {
            let text = view! { <Runs runs=runs lang=lang base=base.clone() /> };
            if at == 0 {
                view! { <th scope="row">{text}</th> }.erase()
            } else {
                view! { <td>{text}</td> }.erase()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }.erase()
    });
    let caption = table.caption.clone();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption>{table.caption}</caption>
                <thead><tr>{header.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
