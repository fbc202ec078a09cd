//! The text of an article or a standing page.

use super::{Figure, Place, Runs};
use crate::model::{Block, Inline, Lang, Quote, Table};
use leptos::prelude::*;

/// The blocks, one below the other.
#[component]
pub fn Body(
    /// The blocks.
    blocks: Vec<Block>,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let blocks = blocks.into_iter().map(|block| {
        let text = |runs: Vec<Inline>| view! { <Runs runs=runs lang=lang base=base.clone() /> };
        let items = |items: Vec<Vec<Inline>>| {
            items.into_iter().map(|item| view! { <li>{text(item)}</li> }.into_any()).collect_view()
        };
        match block {
            Block::Paragraph(runs) => view! { <p>{text(runs)}</p> }.into_any(),
            Block::Heading(words) => view! { <h2>{words}</h2> }.into_any(),
            Block::Subheading(words) => view! { <h3>{words}</h3> }.into_any(),
            Block::Picture(picture) => {
                view! { <Figure picture=picture lang=lang base=base.clone() place=Place::Text /> }.into_any()
            }
            Block::List(list) => view! { <ul>{items(list)}</ul> }.into_any(),
            Block::Numbered(list) => view! { <ol>{items(list)}</ol> }.into_any(),
            Block::Quote(Quote { text: runs, source }) => view! {
                <figure class="quote">
                    <blockquote><p>{text(runs)}</p></blockquote>
                    {source.map(|source| view! { <figcaption class="quote-source">{source}</figcaption> }.into_any())}
                </figure>
            }
            .into_any(),
            Block::Table(table) => view! { <TableBlock table=table lang=lang base=base.clone() /> }.into_any(),
        }
    });
    view! { <div class="body">{blocks.collect_view()}</div> }
}

/// A table that scrolls by itself where it is wider than the text. The keyboard can reach it to scroll it.
#[component]
fn TableBlock(
    /// The table.
    table: Table,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
) -> impl IntoView {
    let header = table.header.into_iter().map(|name| view! { <th scope="col">{name}</th> }.into_any());
    let rows = table.rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(at, runs)| {
            let text = view! { <Runs runs=runs lang=lang base=base.clone() /> };
            if at == 0 {
                view! { <th scope="row">{text}</th> }.into_any()
            } else {
                view! { <td>{text}</td> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }.into_any()
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
