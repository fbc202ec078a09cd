//! Guesses the encoding of a file that is not UTF-8. The guess is only shown to the editor, who has
//! to save the file anew.

use crate::diagnostics::Message;
use crate::message;

/// The message for a file in UTF-16 or UTF-32; `None` for any other file.
pub(super) fn wide(bytes: &[u8]) -> Option<Message> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            Some(message!("the file is UTF-32, not UTF-8"))
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(message!("the file is UTF-16, not UTF-8")),
        // Without a byte order mark, UTF-16 shows in ASCII characters: every other byte is zero.
        [0, first, 0, second, ..] | [first, 0, second, 0, ..]
            if is_plain(*first) && is_plain(*second) =>
        {
            Some(message!("the file is UTF-16, not UTF-8"))
        }
        _ => None,
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

/// The single-byte encoding of a Vietnamese text. windows-1258 writes a tone as a byte of its own
/// after the vowel. TCVN3 has one byte for each vowel with its tone, in a range that other
/// encodings use for symbols.
pub(super) fn guess(bytes: &[u8]) -> Option<Message> {
    let (valid, broken) = bytes.utf8_chunks().fold((0, 0), |(valid, broken), chunk| {
        (
            valid + chunk.valid().chars().filter(|c| !c.is_ascii()).count(),
            broken + chunk.invalid().len(),
        )
    });
    if valid > broken {
        // UTF-8 with a few broken bytes, which do not show any other encoding.
        return None;
    }
    let pairs = bytes
        .windows(2)
        .filter(|pair| is_1258_vowel(pair[0]) && is_1258_tone(pair[1]))
        .count();
    let signs = bytes.iter().filter(|&&byte| is_tcvn3_only(byte)).count();
    match (pairs, signs) {
        (0, 0) => None,
        _ if pairs >= signs => Some(Message::verbatim("windows-1258")),
        _ => Some(message!("TCVN3 (ABC fonts such as .VnTime)")),
    }
}

/// Vowels with circumflex, breve or horn, and the plain vowels, in both cases.
fn is_1258_vowel(byte: u8) -> bool {
    let shaped = [
        0xc2, 0xc3, 0xca, 0xd4, 0xd5, 0xdd, 0xe2, 0xe3, 0xea, 0xf4, 0xf5, 0xfd,
    ];
    b"aeiouyAEIOUY".contains(&byte) || shaped.contains(&byte)
}

/// Grave, hook, tilde, acute and dot below.
fn is_1258_tone(byte: u8) -> bool {
    [0xcc, 0xd2, 0xde, 0xec, 0xf2].contains(&byte)
}

/// The letters ă, â, ê, ô, ơ, ư and đ, and the vowels a and ă with their tones.
fn is_tcvn3_only(byte: u8) -> bool {
    (0xa8..=0xae).contains(&byte) || (0xb5..=0xbe).contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_in_old_encodings_is_recognised() {
        // "Hải Phòng, thành phố cảng"
        let in_1258 = b"Ha\xd2i Pho\xccng, tha\xccnh ph\xf4\xec ca\xd2ng";
        let in_tcvn3 = b"H\xb6i Ph\xdfng, th\xb5nh ph\xe8 c\xb6ng";
        assert_eq!(guess(in_1258).as_deref(), Some("windows-1258"));
        assert_eq!(
            guess(in_tcvn3).as_deref(),
            Some("TCVN3 (ABC fonts such as .VnTime)")
        );
        assert_eq!(guess(b"caf\xe9"), None);
        assert_eq!(
            guess(&["Thuyền trưởng ở cảng Hải Phòng".as_bytes(), b"\xea"].concat()),
            None
        );
    }

    #[test]
    fn wide_characters_are_recognised_with_and_without_their_mark() {
        for bytes in [&b"\xff\xfe{\0"[..], b"\xfe\xff\0{", b"{\0\n\0", b"\0{\0\n"] {
            assert_eq!(
                wide(bytes).as_deref(),
                Some("the file is UTF-16, not UTF-8"),
                "{bytes:?}"
            );
        }
        assert_eq!(
            wide(b"\xff\xfe\0\0{\0\0\0").as_deref(),
            Some("the file is UTF-32, not UTF-8")
        );
        assert_eq!(wide("{ \"lead\": \"Hải Phòng\" }".as_bytes()), None);
    }
}
