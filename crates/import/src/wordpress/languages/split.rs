//! Splits texts that hold several languages into a text for each.

use crate::multilingual::{codes, in_code};
use crate::wxr::{Export, Item};

/// Splits the texts of an export. Each part keeps the number and the place of its text.
pub(crate) fn split(export: &mut Export) {
    let items = std::mem::take(&mut export.items);
    export.items = items.into_iter().flat_map(parts).collect();
}

fn parts(item: Item) -> Vec<Item> {
    if item.kind == "attachment" {
        return vec![item];
    }
    let codes = codes(&[&item.title, &item.content, &item.excerpt]);
    let part = |code: &&str| {
        let of = |text: &str| in_code(text, code);
        Item {
            language: Some((*code).to_ascii_lowercase()),
            title: of(&item.title),
            content: of(&item.content),
            excerpt: of(&item.excerpt),
            ..item.clone()
        }
    };
    let parts: Vec<Item> = codes.iter().map(part).filter(Item::has_words).collect();
    if parts.is_empty() { vec![item] } else { parts }
}
