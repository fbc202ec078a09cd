//! Rules for every text of every file, keys included: composed characters (NFC), and no unwanted
//! ones.

use super::cursor::Cursor;
use super::node::Kind;
use crate::diagnostics::{Message, Problem, characters};
use crate::message;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Checks all texts below `cursor`.
pub fn check(cursor: Cursor<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    walk(cursor, &mut problems);
    problems
}

fn walk(cursor: Cursor<'_>, problems: &mut Vec<Problem>) {
    match cursor.kind() {
        Kind::Text(text) => {
            problems.extend(
                flaws(text)
                    .map(|(at, message, help)| cursor.inside(at).problem(message).help(help)),
            );
            let doubt = characters::doubt(text);
            problems.extend(doubt.map(|(at, message, help)| {
                cursor.inside(at).problem(message).help(help).warning()
            }));
        }
        Kind::List(items) => (0..items.len()).for_each(|index| walk(cursor.item(index), problems)),
        Kind::Object(members) => {
            for (index, member) in members.iter().enumerate() {
                let key = cursor.starting_at(member.key_range.start);
                problems.extend(
                    flaws(&member.key).map(|(_, message, help)| key.problem(message).help(help)),
                );
                walk(cursor.item(index), problems);
            }
        }
        _ => {}
    }
}

/// The flaws of one text, at most one of each kind: offset, message, help.
fn flaws(text: &str) -> impl Iterator<Item = (usize, Message, Message)> {
    let decomposed = first_decomposed(text).map(|(at, right)| {
        if let Some(flaw) = compatibility(text, at, &right) {
            return flaw;
        }
        let message = message!("\"{right}\" is written as a letter and loose marks (the text is not in NFC)", right);
        (
            at,
            message,
            message!("search would not find it: set the keyboard to precomposed Unicode (“Unicode dựng sẵn”) and type it anew")
                .to_owned(),
        )
    });
    unwanted(text).into_iter().chain(decomposed)
}

/// The flaw of a character that looks like another one and is kept for old encodings only.
fn compatibility(text: &str, at: usize, right: &str) -> Option<(usize, Message, Message)> {
    let c = text[at..].chars().next()?;
    let is_ideograph = matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    is_ideograph.then(|| {
        let message = message!(
            "{c} is a compatibility ideograph (U+{code}), which only looks like {right}",
            c,
            code = format!("{:04X}", u32::from(c)),
            right
        );
        (
            at,
            message,
            message!("search would not find it: write {right}", right),
        )
    })
}

/// The flaw of the first character that no text may hold; the message counts all of them.
fn unwanted(text: &str) -> Option<(usize, Message, Message)> {
    let found = characters::unwanted(text);
    let &(at, c) = found.first()?;
    let number = found.len();
    let more = (number > 1).then(|| message!(" ({number} such characters in this text)", number));
    let (what, anew) = if characters::means_nothing(c) {
        (
            message!("a character that stands for nothing is here"),
            message!("or write what was meant"),
        )
    } else {
        (
            message!("a character that nobody sees stands here"),
            message!("or type the words anew"),
        )
    };
    let help = message!(
        "delete it: put the cursor behind it and press backspace, {anew}",
        anew
    );
    Some((
        at,
        message!(
            "{what}: {character}{more}",
            what,
            character = characters::named(c),
            more
        ),
        help,
    ))
}

/// The first character that is not in its composed form, and that form.
fn first_decomposed(text: &str) -> Option<(usize, String)> {
    if is_nfc(text) {
        return None;
    }
    let composed: String = text.nfc().collect();
    let same = text
        .char_indices()
        .zip(composed.chars())
        .find(|((_, a), b)| a != b);
    let (at, right) = same.map_or((text.len(), ' '), |((at, _), right)| (at, right));
    Some((at, right.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_marks_are_found_at_their_letter() {
        let (at, right) = first_decomposed("Hải Pho\u{300}ng").unwrap();
        assert_eq!(
            (&"Hải Pho\u{300}ng"[at..], right.as_str()),
            ("o\u{300}ng", "ò")
        );
        assert_eq!(first_decomposed("Hải Phòng 하이퐁"), None);
    }

    #[test]
    fn a_text_is_reported_once_for_each_kind_of_flaw() {
        let found: Vec<_> = flaws("a\u{200b}b\u{202e}e\u{301}").collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].1.contains("U+200B") && found[0].1.contains("2 such"));
    }
}
