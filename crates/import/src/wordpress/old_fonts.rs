//! Texts that were written for old Vietnamese fonts, before Unicode, or once read in another encoding than
//! they were written in.

use super::subjects::subject;
use crate::html;
use crate::loss::Loss;
use crate::mojibake;
use crate::vietnamese::{Legacy, Recognised, recognise};
use crate::wxr::{Export, Item};
use std::fmt::Write;

/// Decodes the texts of an export where that is certain, and names those where it is only likely.
pub(super) fn decode(export: &mut Export) {
    for item in &mut export.items {
        if let Some(note) = put_right(item) {
            export
                .notes
                .push((subject(None, item), Loss::new(note, "")));
        }
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

/// Puts right what was read in another encoding. Returns the note on it.
fn put_right(item: &mut Item) -> Option<String> {
    let whole = [&item.title, &item.excerpt, &item.content].map(String::as_str);
    // A title alone has too few letters to be certain of.
    let mended = mojibake::mend(&whole.join("\n\u{0}\n"))?;
    let mut parts = mended.text.splitn(3, "\n\u{0}\n").map(str::to_owned);
    for text in [&mut item.title, &mut item.excerpt, &mut item.content] {
        *text = parts.next().unwrap_or_default();
    }
    let mut note =
        "its letters were UTF-8 that had been read as Windows-1252: they are right now".to_owned();
    if mended.lost > 0 {
        let _ = write!(
            note,
            ", but for {} that had lost a part: look at them",
            mended.lost
        );
    }
    Some(note)
}

fn rewrite(item: &mut Item, legacy: Legacy) {
    for text in [&mut item.title, &mut item.excerpt, &mut item.content] {
        *text = legacy.decode(text);
    }
}
