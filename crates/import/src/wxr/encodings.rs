//! The encoding of an export: UTF-8, or one that is certain because the file declares it, because
//! somebody says so, or because nothing else can be read in it.

use super::refused;
use crate::loss::Loss;
use crate::vietnamese::{self, Recognised, soundness};
use editorial::diagnostics::Problem;
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258,
};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

const BOM: &[u8] = "\u{feff}".as_bytes();

/// Decodes a file. `given` is the encoding that somebody says it has.
pub(super) fn decode(
    name: &str,
    bytes: &[u8],
    given: Option<&'static Encoding>,
    notes: &mut Vec<Loss>,
) -> Result<String, Problem> {
    let mut bytes = bytes;
    while let Some(rest) = bytes.strip_prefix(BOM) {
        bytes = rest;
    }
    if let Some(encoding) = wide(bytes) {
        let (text, broken) = encoding.decode_with_bom_removal(bytes);
        if broken {
            return Err(refused::not_utf8(name, bytes, encoding.name(), None));
        }
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => error,
    };
    let declared = given
        .or_else(|| declared(bytes))
        .filter(|found| *found != UTF_8);
    if let Some(encoding) = declared {
        return read_as(encoding, bytes, notes)
            .ok_or_else(|| refused::not_utf8(name, bytes, encoding.name(), Some(error)));
    }
    if let Some(text) = with_pairs(bytes) {
        let what = "characters that were cut into two halves were put together, and bytes of nothing became spaces";
        notes.push(Loss::new(what, ""));
        return Ok(text);
    }
    match guess(bytes) {
        Guess::Certain(text, encoding) => {
            notes.push(said(encoding));
            Ok(text)
        }
        Guess::Likely(encoding) => Err(refused::looks_like(name, bytes, error, encoding)),
        Guess::None => Err(refused::not_utf8(name, bytes, "not UTF-8", Some(error))),
    }
}

fn said(encoding: &str) -> Loss {
    Loss::new(
        format!("the file is {encoding}, and was read as such: look at a few texts"),
        "",
    )
}

/// UTF-16, where a file begins with its mark, or with a tag of which each sign has two bytes.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] | [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that the declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).into_owned();
    let declaration = head.split_once("<?xml")?.1.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
    let label = value[1..].split_once(quote)?.0.trim();
    Encoding::for_label(label.as_bytes())
}

/// A file in an encoding, with a note; `None` where it has bytes that stand for nothing there.
fn read_as(encoding: &'static Encoding, bytes: &[u8], notes: &mut Vec<Loss>) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    notes.push(said(encoding.name()));
    let lost = text
        .as_bytes()
        .windows(3)
        .filter(|bytes| bytes[1] == b'?' && bytes[0].is_ascii_alphabetic())
        .filter(|bytes| bytes[2].is_ascii_alphabetic())
        .count();
    if lost > 0 {
        let what = format!(
            "{lost} question marks stand within words: whoever saved the file lost letters there"
        );
        notes.push(Loss::new(what, ""));
    }
    Some(composed(&text))
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// UTF-8 in which each half of a surrogate pair was written by itself (CESU-8), and in which NUL
/// has two bytes; `None` where other bytes are wrong too.
fn with_pairs(bytes: &[u8]) -> Option<String> {
    let mut mended = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        match rest {
            [
                0xed,
                a @ 0xa0..=0xaf,
                b @ 0x80..=0xbf,
                0xed,
                c @ 0xb0..=0xbf,
                d @ 0x80..=0xbf,
                after @ ..,
            ] => {
                let half = |high: u8, low: u8| u32::from(high & 0x0f) << 6 | u32::from(low & 0x3f);
                let code = 0x1_0000 + (half(*a, *b) << 10) + half(*c & 0x0f, *d);
                let c = char::from_u32(code)?;
                mended.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = after;
            }
            [0xc0, 0x80, after @ ..] => {
                mended.push(b' ');
                rest = after;
            }
            _ => {
                mended.push(first);
                rest = &rest[1..];
            }
        }
    }
    String::from_utf8(mended).ok()
}

/// What an encoding seems to be that nobody declares.
enum Guess {
    /// The text and the name of its encoding.
    Certain(String, &'static str),
    /// The name of an encoding.
    Likely(&'static str),
    None,
}

fn guess(bytes: &[u8]) -> Guess {
    if let Some(guess) = vietnamese_text(bytes) {
        return guess;
    }
    let read = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    };
    let share = |text: &str, scripts: &[Script]| {
        let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
        let (own, all) = letters.fold((0, 0), |(own, all), c| {
            (own + usize::from(scripts.contains(&c.script())), all + 1)
        });
        own * 100 / all.max(1)
    };
    let korean = read(EUC_KR).map_or(0, |text| share(&text, &[Script::Hangul]));
    let kana = [Script::Hiragana, Script::Katakana];
    let japanese = read(SHIFT_JIS)
        .filter(|text| !text.chars().any(|c| ('\u{ff61}'..='\u{ff9f}').contains(&c)))
        .map_or(0, |text| share(&text, &kana));
    if let Some(chinese) = chinese(read(GB18030), read(BIG5)) {
        return Guess::Likely(chinese);
    }
    match (korean, japanese) {
        (50.., _) => Guess::Likely("EUC-KR"),
        (_, 20..) => Guess::Likely("Shift_JIS"),
        _ => Guess::None,
    }
}

/// The characters that Chinese texts have most, in both forms.
const COMMON: &str = "的一是不在有人了这這中大为為上个個国國我以要他时時来來用们們生到作地于於出";

/// The encoding in which a text has many of the commonest characters of Chinese.
fn chinese(simplified: Option<String>, traditional: Option<String>) -> Option<&'static str> {
    let share = |text: Option<String>| {
        let text = text.unwrap_or_default();
        let all = text.chars().filter(|c| c.script() == Script::Han).count();
        let common = text.chars().filter(|c| COMMON.contains(*c)).count();
        common * 100 / all.max(1)
    };
    match (share(simplified), share(traditional)) {
        (0..8, 0..8) => None,
        (simplified, traditional) if simplified >= traditional => Some("GB18030"),
        _ => Some("Big5"),
    }
}

/// Vietnamese in one of its three old encodings, where what comes out is Vietnamese.
fn vietnamese_text(bytes: &[u8]) -> Option<Guess> {
    let signs: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    match vietnamese::recognise(&signs) {
        Some(Recognised::Certain(legacy)) => {
            return Some(Guess::Certain(legacy.decode(&signs), legacy.name()));
        }
        Some(Recognised::Likely(legacy)) => return Some(Guess::Likely(legacy.name())),
        None => {}
    }
    let text = WINDOWS_1258.decode_without_bom_handling_and_without_replacement(bytes)?;
    let text = composed(&text);
    match soundness(&text) {
        (sound, all) if all >= 3 && sound * 10 >= all * 9 => {
            Some(Guess::Certain(text, "windows-1258"))
        }
        (sound, all) if all >= 3 && sound * 10 >= all * 6 => Some(Guess::Likely("windows-1258")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<(String, usize), String> {
        let mut notes = Vec::new();
        decode("x", bytes, None, &mut notes)
            .map(|text| (text, notes.len()))
            .map_err(|problem| problem.message.into())
    }

    #[test]
    fn an_encoding_that_is_declared_is_read() {
        for (label, words) in [
            ("EUC-KR", "항만 확장"),
            ("Shift_JIS", "港の工事"),
            ("GB18030", "港口扩建"),
            ("Big5", "港口擴建"),
            ("gb2312", "港口扩建"),
        ] {
            let text = format!("<?xml version='1.0' encoding='{label}'?><rss>{words}</rss>");
            let (bytes, ..) = Encoding::for_label(label.as_bytes()).unwrap().encode(&text);
            assert_eq!(decoded(&bytes), Ok((text.clone(), 1)), "{label}");
        }
    }

    #[test]
    fn an_encoding_that_nobody_declares_is_read_where_it_is_certain_and_else_named() {
        let in_1258 = b"<rss>Ha\xd2i Pho\xccng, tha\xccnh ph\xf4\xec ca\xd2ng</rss>";
        assert_eq!(
            decoded(in_1258),
            Ok(("<rss>Hải Phòng, thành phố cảng</rss>".to_owned(), 1))
        );
        let in_tcvn3 = b"<rss>H\xb6i Ph\xdfng, th\xb5nh ph\xe8 c\xb6ng</rss>";
        assert_eq!(decoded(in_tcvn3), decoded(in_1258));
        for (encoding, words) in [
            (EUC_KR, "선석 두 곳이 늘어난다"),
            (SHIFT_JIS, "港の工事がはじまりました"),
            (GB18030, "这是中国的港口，我们在这里工作"),
            (BIG5, "這是中國的港口，我們在這裡工作"),
        ] {
            let (bytes, ..) = encoding.encode(words);
            let message = decoded(&bytes).unwrap_err();
            let name = if encoding == GB18030 {
                "GB18030"
            } else {
                encoding.name()
            };
            assert!(message.contains(name), "{words}: {message}");
        }
    }

    #[test]
    fn marks_pairs_and_wide_characters_are_undone() {
        assert_eq!(
            decoded("\u{feff}\u{feff}<rss/>".as_bytes()),
            Ok(("<rss/>".to_owned(), 0))
        );
        assert_eq!(
            decoded(b"a \xed\xa0\xbd\xed\xb8\x80 \xc0\x80."),
            Ok(("a 😀  .".to_owned(), 1))
        );
        let wide: Vec<u8> = "\u{feff}<rss>ế</rss>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decoded(&wide), Ok(("<rss>ế</rss>".to_owned(), 0)));
        assert_eq!(decoded(&wide[2..]), decoded(&wide));
        let other: Vec<u8> = wide.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        assert_eq!(decoded(&other[2..]), decoded(&wide));
    }
}
