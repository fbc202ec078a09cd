//! What of a text is words, and where a word begins and ends.

use std::ops::Range;

/// Whether a text is an address, a date, a slug or the name of a file.
pub(super) fn is_no_words(text: &str) -> bool {
    let is_sign =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./:#?=&%@+~".contains(c);
    let is_address = text.contains("://") && !text.contains(char::is_whitespace);
    text.chars().all(is_sign) || (is_address && !text.contains("]("))
}

/// The text with blanks in place of addresses, byte by byte.
pub(super) fn without_addresses(text: &str) -> String {
    let mut masked: Vec<u8> = text.as_bytes().to_vec();
    let mut hide = |range: Range<usize>| masked[range].fill(b' ');
    let mut from = 0;
    while let Some(found) = text[from..].find("](") {
        let begin = from + found + 1;
        let length = text[begin..]
            .find(')')
            .map_or(text.len() - begin, |end| end + 1);
        hide(begin..begin + length);
        from = begin + length;
    }
    let mut begin = 0;
    for word in text.split_inclusive(is_edge) {
        if is_address(word.trim_end_matches(is_edge)) {
            hide(begin..begin + word.len());
        }
        begin += word.len();
    }
    // Whole characters were replaced, because every edge is one.
    String::from_utf8(masked).unwrap_or_default()
}

/// Whether a character ends an address.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || "<>()[]\"“”".contains(c)
}

/// Whether a word is an address of the web, a mailbox or the name of a host.
fn is_address(word: &str) -> bool {
    let is_host = || {
        let inner = word.split(['/', '?', '#']).next().unwrap_or_default();
        let mut labels = inner.trim_end_matches(['.', ',', ';', ':']).split('.');
        let is_label = |label: &str| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        labels.clone().count() > 1
            && labels.all(is_label)
            && inner.contains(|c: char| c.is_ascii_lowercase())
    };
    word.contains("://") || word.contains('@') || is_host()
}

/// Whether what stands in a range is not a part of a longer word. Scripts without spaces have no
/// edges of words; in Korean, an ending stands directly behind a name.
pub(super) fn is_whole(text: &str, range: Range<usize>) -> bool {
    let edge = |text: &str, is_begin: bool| {
        if is_begin {
            text.chars().next()
        } else {
            text.chars().next_back()
        }
    };
    let inner = &text[range.clone()];
    let before = edge(&text[..range.start], false);
    let behind = edge(&text[range.end..], true);
    let is_free = |outer: Option<char>, inner: Option<char>| {
        let (Some(outer), Some(inner)) = (outer, inner) else {
            return true;
        };
        !(is_spaced(outer) && is_spaced(inner))
    };
    let hangul = |c: Option<char>| c.is_some_and(is_hangul);
    let is_inside_korean = hangul(before) && hangul(edge(inner, true));
    is_free(before, edge(inner, true)) && is_free(behind, edge(inner, false)) && !is_inside_korean
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c) || ('\u{1100}'..='\u{11ff}').contains(&c)
}

/// Whether a character belongs to words that have spaces between them.
fn is_spaced(c: char) -> bool {
    let is_close =
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    (c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)) && !is_close && !is_hangul(c)
}
