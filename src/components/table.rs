//! Tables.

use super::inline::Runs;
use crate::markup::{Markup, html};
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
) -> Markup {
    let header = table
        .header
        .into_iter()
        .map(|name| html! { <th scope="col">{name}</th> });
    let rows = table.rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(at, runs)| {
            let text = html! { <Runs runs=runs lang=lang base=base.clone() /> };
            if at == 0 {
                html! { <th scope="row">{text}</th> }
            } else {
                html! { <td>{text}</td> }
            }
        });
        html! { <tr>{cells.collect::<Vec<_>>()}</tr> }
    });
    let caption = table.caption.clone();
    html! {
        <div class="table" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption>{table.caption}</caption>
                <thead><tr>{header.collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
}
