//! Characters that are right in hardly any text: ligatures, half-width letters, and letters that look
//! like the Vietnamese Đ.

use crate::diagnostics::message::Message;
use crate::message;
/// Ligatures, and the letters that they stand for.
const LIGATURES: [(char, &str); 7] = [
    ('ﬀ', "ff"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
    ('ﬅ', "st"),
    ('ﬆ', "st"),
];

/// The first character of a text that is probably not meant: its offset, the message and the help.
pub fn doubt(text: &str) -> Option<(usize, Message, Message)> {
    if text.is_ascii() {
        return None;
    }
    text.char_indices().find_map(|(at, c)| {
        if let Some((_, letters)) = LIGATURES.iter().find(|(sign, _)| *sign == c) {
            let message = message!("{c} is one sign for the letters {letters}, a ligature (U+{code})", c, letters, code = format!("{:04X}", u32::from(c)));
            return Some((at, message, message!("search would not find the word: write {letters}", letters)));
        }
        if matches!(c, '\u{ff61}'..='\u{ff9f}' | '\u{ffa1}'..='\u{ffdc}') {
            let message = message!("{c} is a half-width form (U+{code})", c, code = format!("{:04X}", u32::from(c)));
            let help = message!("search would not find the word: switch the keyboard to full-width letters, and type it anew");
            return Some((at, message, help));
        }
        None
    })
}

/// The first letter of a Vietnamese text that looks like Đ and is another: its offset, the message
/// and the help.
pub fn crossed_d(text: &str) -> Option<(usize, Message, Message)> {
    let is_look_alike = |c: char| matches!(c, 'Ð' | 'Ɖ' | 'ð' | 'ɖ');
    let (at, c) = text.char_indices().find(|(_, c)| is_look_alike(*c))?;
    let (of, right) = match c {
        'Ð' => (message!("Icelandic"), 'Đ'),
        'ð' => (message!("Icelandic"), 'đ'),
        'Ɖ' => (message!("Ewe, a language of Africa"), 'Đ'),
        _ => (message!("Ewe, a language of Africa"), 'đ'),
    };
    let count = text.chars().filter(|c| is_look_alike(*c)).count();
    let more = (count > 1).then(|| message!(" ({count} such letters in this text)", count));
    let message = message!(
        "{c} is a letter of {of} (U+{code}){more}",
        c,
        of,
        code = format!("{:04X}", u32::from(c)),
        more
    );
    Some((
        at,
        message,
        message!("search would not find the word: write {right}", right),
    ))
}
