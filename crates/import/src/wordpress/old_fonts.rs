//! Texts that were written for old Vietnamese fonts, before Unicode.

use super::subjects::subject;
use crate::html;
use crate::loss::Loss;
use crate::vietnamese::{Legacy, Recognised, recognise};
use crate::wxr::{Export, Item};

/// Decodes the texts of an export where that is certain, and names those where it is only likely.
pub(super) fn decode(export: &mut Export) {
    for item in &mut export.items {
        let words = [&item.title, &item.excerpt, &item.content];
        let words = words.map(|text| {
            if text.is_ascii() {
                String::new()
            } else {
                html::words(text)
            }
        });
        let note = match recognise(&words.join(" ")) {
            Some(Recognised::Certain(legacy)) => {
                rewrite(item, legacy);
                format!(
                    "it was written in {}: its words are Unicode now",
                    legacy.name()
                )
            }
            Some(Recognised::Likely(legacy)) => {
                format!(
                    "it looks like {}: compare it with the old site",
                    legacy.name()
                )
            }
            None => continue,
        };
        let subject = subject(None, item);
        export.notes.push((subject, Loss::new(note, "")));
    }
}

fn rewrite(item: &mut Item, legacy: Legacy) {
    for text in [&mut item.title, &mut item.excerpt, &mut item.content] {
        *text = legacy.decode(text);
    }
}
