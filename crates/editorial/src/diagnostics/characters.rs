//! Characters that no text may hold: invisible ones, and ones without a meaning.
//!
//! They can reorder or hide words, break the search, or change on the way through XML. In certain
//! contexts, texts need some of them: joiners in emoji and in joining scripts, variation selectors,
//! and the tags in the flags of England, Scotland and Wales. [`context`] has these contexts.

mod context;
mod doubts;

pub use doubts::{crossed_d, doubt};

use crate::diagnostics::message::Message;
use crate::message;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// The characters of a text that no text may hold, each with its byte offset.
pub fn unwanted(text: &str) -> Vec<(usize, char)> {
    if !text.chars().any(is_suspect) {
        return Vec::new();
    }
    let characters: Vec<char> = text.chars().collect();
    let suspects = text
        .char_indices()
        .enumerate()
        .filter(|(_, (_, c))| is_suspect(*c));
    let out_of_place = suspects.filter(|(index, _)| !context::belongs(&characters, *index));
    out_of_place.map(|(_, place)| place).collect()
}

/// Whether a character could change how a line of a terminal or of a report reads.
pub fn is_hidden(c: char) -> bool {
    c == '\n' || is_suspect(c)
}

/// A character's code point and name: `U+200B, a zero-width space`.
pub fn named(c: char) -> Message {
    message!(
        "U+{code}, {name}",
        code = format!("{:04X}", u32::from(c)),
        name = name(c)
    )
}

/// Whether a character has no meaning that all fonts and programs share: a noncharacter, a
/// private-use or a replacement character.
pub fn means_nothing(c: char) -> bool {
    is_noncharacter(c) || is_private(c) || matches!(c, '\u{fffc}' | '\u{fffd}')
}

/// Whether a character is allowed in certain contexts only, or nowhere.
fn is_suspect(c: char) -> bool {
    if (' '..='~').contains(&c) || c == '\n' {
        return false;
    }
    c.is_control()
        || means_nothing(c)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{fff9}'
                ..='\u{fffb}' | '\u{2800}' | '\u{1d159}' | '\u{16fe4}'
        )
}

/// Noncharacters: U+FDD0 to U+FDEF, and the last two code points of each plane. They are for
/// internal use in programs.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Private-use characters, which every font may show in its own way.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

fn name(c: char) -> Message {
    match c {
        c if is_noncharacter(c) => message!("a noncharacter"),
        c if is_private(c) => message!("a private-use character"),
        '\u{ad}' => message!("a soft hyphen"),
        '\u{200b}' => message!("a zero-width space"),
        '\u{200c}' | '\u{200d}' => message!("a zero-width joiner"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            message!("a control of the writing direction")
        }
        '\u{2028}' => message!("a line separator"),
        '\u{2029}' => message!("a paragraph separator"),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => message!("a filler of Korean letters"),
        '\u{180b}'..='\u{180d}'
        | '\u{180f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => message!("a variation selector"),
        '\u{feff}' => message!("a byte order mark"),
        '\u{fff9}'..='\u{fffb}' => message!("a mark of an annotation"),
        '\u{fffc}' => message!("a placeholder of an object"),
        '\u{fffd}' => message!("a replacement of a broken character"),
        '\u{e0000}'..='\u{e007f}' => message!("a tag character"),
        c if c.is_control() => message!("a control character"),
        _ => message!("an invisible character"),
    }
}

#[cfg(test)]
mod tests;
