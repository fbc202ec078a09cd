//! How bodies are written: links, lists, headings, tables.

use model::{Address, Block, Heading, Inline, Lang, Link, Slug, Table};

/// Words as they are.
pub(super) fn text(words: impl Into<String>) -> Inline {
    Inline::Text(words.into())
}

/// A cell or an entry of plain words.
pub(super) fn plain(words: impl Into<String>) -> Vec<Inline> {
    vec![text(words)]
}

/// A link. The address of a page of ours is below its language: `/pages/about/`.
pub(super) fn link(to: &str, words: impl Into<String>) -> Inline {
    link_in(None, to, words)
}

/// A link to a page in another language.
pub(super) fn link_in(lang: Option<Lang>, to: &str, words: impl Into<String>) -> Inline {
    let words = plain(words);
    match Address::new(to) {
        Ok(to) => Inline::Link(Link {
            to,
            text: words,
            lang,
        }),
        Err(_) => Inline::Strong(words),
    }
}

/// The link to a standing page.
pub(super) fn page_link(slug: &str, words: impl Into<String>) -> Inline {
    link(&format!("/pages/{slug}/"), words)
}

/// A paragraph of runs with a separator between each two.
pub(super) fn row(runs: impl IntoIterator<Item = Vec<Inline>>) -> Block {
    let mut all = Vec::new();
    for run in runs {
        if !all.is_empty() {
            all.push(text(" · "));
        }
        all.extend(run);
    }
    Block::Paragraph(all)
}

/// A paragraph of plain words.
pub(super) fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph(plain(words))
}

/// A heading. `id` is the same in every language.
pub(super) fn heading(id: &str, words: impl Into<String>) -> Option<Block> {
    let id = Slug::new(id).ok()?;
    Some(Block::Heading(Heading {
        id,
        text: words.into(),
    }))
}

/// A table; `None` where it has no rows.
pub(super) fn table(caption: &str, header: &[&str], rows: Vec<Vec<Vec<Inline>>>) -> Option<Block> {
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: caption.to_owned(),
            header: header.iter().map(|&name| name.to_owned()).collect(),
            rows,
        })
    })
}
