//! What holds for every text of every file, keys included: composed characters, and none that nobody sees.

use super::node::Kind;
use super::spot::Spot;
use crate::place::is_invisible;
use crate::problem::Problem;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Checks all texts below `spot`.
pub(crate) fn check(spot: Spot<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    walk(spot, &mut problems);
    problems
}

fn walk(spot: Spot<'_>, problems: &mut Vec<Problem>) {
    match spot.kind() {
        Kind::Text(text) => {
            problems.extend(flaws(text).map(|(at, message, help)| spot.inside(at).problem(message).help(help)));
        }
        Kind::List(items) => (0..items.len()).for_each(|index| walk(spot.item(index), problems)),
        Kind::Object(members) => {
            for (index, member) in members.iter().enumerate() {
                let key = spot.starting_at(member.key_range.start);
                problems.extend(flaws(&member.key).map(|(_, message, help)| key.problem(message).help(help)));
                walk(spot.item(index), problems);
            }
        }
        _ => {}
    }
}

/// The flaws of one text, at most one of each kind: offset, message, help.
fn flaws(text: &str) -> impl Iterator<Item = (usize, String, String)> {
    let hidden = text.char_indices().find(|&(_, c)| is_unwanted(c)).map(|(at, c)| {
        let count = text.chars().filter(|&c| is_unwanted(c)).count();
        let more = if count > 1 { format!(" ({count} such characters in this text)") } else { String::new() };
        let message = format!("a character that nobody sees stands here: {}{more}", hidden_name(c));
        (at, message, "delete it: put the cursor behind it and press backspace, or type the words anew".to_owned())
    });
    let decomposed = first_decomposed(text).map(|(at, right)| {
        let message = format!("\"{right}\" is written as a letter and loose marks (the text is not in NFC)");
        (
            at,
            message,
            "search would not find it: set the keyboard to precomposed Unicode (“Unicode dựng sẵn”) and type it anew"
                .to_owned(),
        )
    });
    hidden.into_iter().chain(decomposed)
}

fn is_unwanted(c: char) -> bool {
    is_invisible(c) || (c.is_control() && c != '\n') || c == '\u{fffd}'
}

fn hidden_name(c: char) -> String {
    let name = match c {
        '\u{200b}' => "zero-width space",
        '\u{200c}' | '\u{200d}' => "zero-width joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "control of the writing direction"
        }
        '\u{feff}' => "byte order mark",
        '\u{fffd}' => "replacement of a broken character",
        c if c.is_control() => "control character",
        _ => "invisible character",
    };
    format!("U+{:04X}, a {name}", u32::from(c))
}

/// The first character that is not in its composed form, and that form.
fn first_decomposed(text: &str) -> Option<(usize, String)> {
    if is_nfc(text) {
        return None;
    }
    let composed: String = text.nfc().collect();
    let same = text.char_indices().zip(composed.chars()).find(|((_, a), b)| a != b);
    let (at, right) = same.map_or((text.len(), ' '), |((at, _), right)| (at, right));
    Some((at, right.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_marks_are_found_at_their_letter() {
        let (at, right) = first_decomposed("Hải Pho\u{300}ng").unwrap();
        assert_eq!((&"Hải Pho\u{300}ng"[at..], right.as_str()), ("o\u{300}ng", "ò"));
        assert_eq!(first_decomposed("Hải Phòng 하이퐁"), None);
    }

    #[test]
    fn a_text_is_reported_once_for_each_kind_of_flaw() {
        let found: Vec<_> = flaws("a\u{200b}b\u{202e}e\u{301}").collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].1.contains("U+200B") && found[0].1.contains("2 such"));
    }
}
