//! Characters that no XML can hold. WordPress writes them all the same, as they are and as numbers.

/// Replaces characters that XML cannot hold by spaces of the same length, and numbers that stand for
/// one by a space. Two numbers that are the halves of one character become that character. Returns
/// the text and how many were replaced.
pub(super) fn mend(text: &str) -> (String, usize) {
    let (text, characters) = characters(text);
    let (text, numbers) = numbers(&text);
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

/// Mends numbers outside of sections of plain characters, in which they are no numbers.
fn numbers(text: &str) -> (String, usize) {
    if !text.contains("&#") {
        return (text.to_owned(), 0);
    }
    let (mut mended, mut count) = (String::with_capacity(text.len()), 0);
    let mut rest = text;
    while !rest.is_empty() {
        let begin = rest.find(CDATA.0).unwrap_or(rest.len());
        count += between(&rest[..begin], &mut mended);
        let end = rest[begin..]
            .find(CDATA.1)
            .map_or(rest.len(), |at| begin + at + CDATA.1.len());
        mended.push_str(&rest[begin..end]);
        rest = &rest[end..];
    }
    (mended, count)
}

fn between(text: &str, mended: &mut String) -> usize {
    let (mut count, mut rest) = (0, text);
    while let Some(at) = rest.find("&#") {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((code, behind)) = number(rest) else {
            mended.push_str("&#");
            rest = &rest[2..];
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
            ("A       😀   &#65; &#;   B <![CDATA[&#8;]]>".to_owned(), 5)
        );
        assert_eq!(mend("a\u{8}b\u{ffff}"), ("a b   ".to_owned(), 2));
    }
}
