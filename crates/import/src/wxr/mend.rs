//! Characters that no XML can hold, and what is no XML. WordPress and other programs write them all the
//! same: as they are and as numbers, names of HTML, a bare `&`, ends of sections that stand twice.

use crate::html;
use std::fmt::Write;

/// Replaces characters that XML cannot hold by spaces of the same length, and numbers that stand for
/// one by a space. Two numbers that are the halves of one character become that character. What other
/// references mean is kept. Returns the text and how many characters were replaced by spaces.
pub(super) fn mend(text: &str) -> (String, usize) {
    let (text, characters) = characters(text);
    let (text, numbers) = references(&text);
    (text, characters + numbers)
}

fn is_forbidden(c: char) -> bool {
    (c.is_ascii_control() && !"\t\n\r\u{7f}".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn characters(text: &str) -> (String, usize) {
    let count = text.matches(is_forbidden).count();
    if count == 0 {
        return (text.to_owned(), 0);
    }
    let mut mended = String::with_capacity(text.len());
    for c in text.chars() {
        if is_forbidden(c) {
            mended.push_str(&" ".repeat(c.len_utf8()));
        } else {
            mended.push(c);
        }
    }
    (mended, count)
}

const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// Mends what stands outside of sections of plain characters: numbers of no character, names that only
/// HTML knows, signs that should be written as names, and ends of sections that are over.
fn references(text: &str) -> (String, usize) {
    let (mut mended, mut count) = (String::with_capacity(text.len()), 0);
    let mut rest = text;
    while !rest.is_empty() {
        let begin = rest.find(CDATA.0).unwrap_or(rest.len());
        count += between(&rest[..begin], &mut mended);
        let end = rest[begin..]
            .find(CDATA.1)
            .map_or(rest.len(), |at| begin + at + CDATA.1.len());
        let (section, behind) = rest[begin..].split_at(end - begin);
        rest = behind;
        let Some(more) = continued(section, behind) else {
            mended.push_str(section);
            continue;
        };
        // The first end belongs to the text: as a part of it, it is written so.
        mended.push_str(&section[..section.len() - 1]);
        mended.push_str("]]><![CDATA[>");
        mended.push_str(&behind[..more]);
        rest = &behind[more..];
    }
    (mended, count)
}

/// How much of what stands behind a section belongs to it: a text that was saved with the marks of a
/// section in it, and not written as a text, ends its own section too early.
fn continued(section: &str, behind: &str) -> Option<usize> {
    section.get(1..)?.contains(CDATA.0).then_some(())?;
    let end = behind.find(CDATA.1)? + CDATA.1.len();
    let text = &behind[..end];
    let is_other = [
        CDATA.0,
        "</wp:",
        "</content:",
        "</excerpt:",
        "</title>",
        "</item>",
    ];
    let is_whole = behind[end..].trim_start().starts_with("</");
    (is_whole && !is_other.iter().any(|mark| text.contains(mark))).then_some(end)
}

fn between(text: &str, mended: &mut String) -> usize {
    let (mut count, mut rest) = (0, text);
    while let Some(at) = rest.find(['&', ']']) {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        // A text that was saved with the marks of a section in it ends its own section.
        if let Some(behind) = rest.strip_prefix(CDATA.1) {
            mended.push_str("   ");
            rest = behind;
            continue;
        }
        if let Some(behind) = rest.strip_prefix(']') {
            mended.push(']');
            rest = behind;
            continue;
        }
        let Some((code, behind)) = number(rest) else {
            rest = name(rest, mended);
            continue;
        };
        let pair = (0xd800..0xdc00)
            .contains(&code)
            .then(|| number(behind))
            .flatten()
            .filter(|(low, _)| (0xdc00..0xe000).contains(low));
        if let Some((low, behind)) = pair {
            let whole = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            mended.extend(char::from_u32(whole));
            rest = behind;
            continue;
        }
        if char::from_u32(code).is_some_and(|c| !is_forbidden(c)) {
            mended.push_str(&rest[..rest.len() - behind.len()]);
        } else {
            mended.push(' ');
            count += 1;
        }
        rest = behind;
    }
    mended.push_str(rest);
    count
}

/// Writes what a `&` begins: a name of XML as it is, one of HTML as numbers, and anything else as the
/// sign itself. Returns what stands behind it.
fn name<'a>(text: &'a str, mended: &mut String) -> &'a str {
    let inside = &text[1..];
    let length = inside.bytes().take(32).position(|byte| byte == b';');
    let name = length.map(|length| &inside[..length]);
    let name = name.filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        mended.push_str("&amp;");
        return inside;
    };
    let whole = &text[..name.len() + 2];
    if ["amp", "lt", "gt", "quot", "apos"].contains(&name) {
        mended.push_str(whole);
    } else if let Some(characters) = html::named(whole) {
        for c in characters.chars() {
            let _ = write!(mended, "&#{};", u32::from(c));
        }
    } else {
        mended.push_str("&amp;");
        return inside;
    }
    &text[whole.len()..]
}

/// The number at the beginning of a text, and what stands behind it.
fn number(text: &str) -> Option<(u32, &str)> {
    let inside = text.strip_prefix("&#")?;
    let length = inside.bytes().take(12).position(|byte| byte == b';')?;
    let (digits, behind) = (&inside[..length], &inside[length + 1..]);
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let is_number = !digits.is_empty() && !digits.contains('+');
    is_number.then_some(())?;
    // A number that no character has is larger than any.
    Some((code.unwrap_or(u32::MAX), behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_no_character_become_spaces_and_pairs_one_character() {
        let text =
            "A &#8; &#x1F; &#xFFFF; &#55357;&#56832; &#55357; &#65; &#; &#x; B <![CDATA[&#8;]]>";
        assert_eq!(
            mend(text),
            (
                "A       😀   &#65; &amp;#;   B <![CDATA[&#8;]]>".to_owned(),
                5
            )
        );
        assert_eq!(mend("a\u{8}b\u{ffff}"), ("a b   ".to_owned(), 2));
    }

    #[test]
    fn what_other_programs_leave_unwritten_is_written() {
        for (text, mended) in [
            (
                "<title>A & B &amp; C&</title>",
                "<title>A &amp; B &amp; C&amp;</title>",
            ),
            (
                "A&nbsp;&eacute; &bogus; &lt;",
                "A&#160;&#233; &amp;bogus; &lt;",
            ),
            (
                "<x><![CDATA[a <![CDATA[ b ]]> c]]></x>",
                "<x><![CDATA[a <![CDATA[ b ]]]]><![CDATA[> c]]></x>",
            ),
            ("<x><![CDATA[a]]> b]]></x>", "<x><![CDATA[a]]> b   </x>"),
            (
                "<x><![CDATA[a <![CDATA[ b]]></x><y>c</wp:y>]]></y>",
                "<x><![CDATA[a <![CDATA[ b]]></x><y>c</wp:y>   </y>",
            ),
            ("[a]] & ]", "[a]] &amp; ]"),
            ("<![CDATA[ & &nbsp; ]]>", "<![CDATA[ & &nbsp; ]]>"),
        ] {
            assert_eq!(mend(text), (mended.to_owned(), 0));
        }
    }
}
