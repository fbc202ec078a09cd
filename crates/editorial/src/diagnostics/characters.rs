//! Characters that no text may hold: those that nobody sees, and those that stand for nothing.
//!
//! They change how a text reads, hide what it says, keep the search from finding it, or do not come back from XML as they
//! went in. Some of them are what honest texts are made of, in their places: the joiners of emoji and of scripts that join
//! their letters, variation selectors behind what varies, the tags in the flags of England, Scotland and Wales. Where each
//! belongs stands in [`context`].

mod context;

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// What no text may hold, with the byte that each character begins at.
pub fn unwanted(text: &str) -> Vec<(usize, char)> {
    if !text.chars().any(is_suspect) {
        return Vec::new();
    }
    let characters: Vec<char> = text.chars().collect();
    let suspects = text.char_indices().enumerate().filter(|(_, (_, c))| is_suspect(*c));
    let out_of_place = suspects.filter(|(index, _)| !context::belongs(&characters, *index));
    out_of_place.map(|(_, place)| place).collect()
}

/// Whether a character could change how a line of a terminal or of a report reads.
pub fn is_hidden(c: char) -> bool {
    c == '\n' || is_suspect(c)
}

/// A character with what it is: `U+200B, a zero-width space`.
pub fn named(c: char) -> String {
    format!("U+{:04X}, {}", u32::from(c), name(c))
}

/// Whether a character stands for nothing: every font and every program takes it as it likes.
pub fn means_nothing(c: char) -> bool {
    is_noncharacter(c) || is_private(c) || matches!(c, '\u{fffc}' | '\u{fffd}')
}

/// Whether a character needs a place to be wanted in.
fn is_suspect(c: char) -> bool {
    if (' '..='~').contains(&c) || c == '\n' {
        return false;
    }
    c.is_control()
        || means_nothing(c)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{2800}' | '\u{1d159}' | '\u{16fe4}')
}

/// U+FDD0 to U+FDEF, and the last two of each plane: they are for programs alone and never for texts.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// What a font may show as it likes, and every other font otherwise.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

fn name(c: char) -> &'static str {
    match c {
        c if is_noncharacter(c) => "a noncharacter",
        c if is_private(c) => "a private-use character",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' => "a zero-width joiner",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a control of the writing direction"
        }
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "a filler of Korean letters",
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            "a variation selector"
        }
        '\u{feff}' => "a byte order mark",
        '\u{fff9}'..='\u{fffb}' => "a mark of an annotation",
        '\u{fffc}' => "a placeholder of an object",
        '\u{fffd}' => "a replacement of a broken character",
        '\u{e0000}'..='\u{e007f}' => "a tag character",
        c if c.is_control() => "a control character",
        _ => "an invisible character",
    }
}

#[cfg(test)]
mod tests;
