//! Characters that are right in hardly any text: ligatures, half-width letters, and letters that look
//! like the Vietnamese Đ.

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
pub fn doubt(text: &str) -> Option<(usize, String, String)> {
    if text.is_ascii() {
        return None;
    }
    text.char_indices().find_map(|(at, c)| {
        if let Some((_, letters)) = LIGATURES.iter().find(|(sign, _)| *sign == c) {
            let message = format!("{c} is one sign for the letters {letters}, a ligature (U+{:04X})", u32::from(c));
            return Some((at, message, format!("search would not find the word: write {letters}")));
        }
        if matches!(c, '\u{ff61}'..='\u{ff9f}' | '\u{ffa1}'..='\u{ffdc}') {
            let message = format!("{c} is a half-width form (U+{:04X})", u32::from(c));
            let help = "search would not find the word: switch the keyboard to full-width letters, and type it anew";
            return Some((at, message, help.to_owned()));
        }
        None
    })
}

/// The first letter of a Vietnamese text that looks like Đ and is another: its offset, the message
/// and the help.
pub fn crossed_d(text: &str) -> Option<(usize, String, String)> {
    let is_look_alike = |c: char| matches!(c, 'Ð' | 'Ɖ' | 'ð' | 'ɖ');
    let (at, c) = text.char_indices().find(|(_, c)| is_look_alike(*c))?;
    let (of, right) = match c {
        'Ð' => ("Icelandic", 'Đ'),
        'ð' => ("Icelandic", 'đ'),
        'Ɖ' => ("Ewe, a language of Africa", 'Đ'),
        _ => ("Ewe, a language of Africa", 'đ'),
    };
    let count = text.chars().filter(|c| is_look_alike(*c)).count();
    let more = if count > 1 {
        format!(" ({count} such letters in this text)")
    } else {
        String::new()
    };
    let message = format!("{c} is a letter of {of} (U+{:04X}){more}", u32::from(c));
    Some((
        at,
        message,
        format!("search would not find the word: write {right}"),
    ))
}
