//! Tests of characters that no text may hold, and of those that texts need in their contexts.

use super::*;

fn refused(text: &str) -> Vec<char> {
    unwanted(text).into_iter().map(|(_, c)| c).collect()
}

#[test]
fn what_honest_texts_need_is_wanted() {
    for text in [
        "Thuyền trưởng ở cảng Hải Phòng",
        "한국어 日本語 简体中文 ー々〆〇",
        "👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🏴‍☠️ ❤️‍🔥 ⛓️‍💥 🧑🏽‍🤝‍🧑🏿 👁️‍🗨️ 🏃🏽‍♀️‍➡️",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
        "🇻🇳🎉 1️⃣ #️⃣ ☎️ ☎︎ ©️ 🀄︎",
        "葛\u{e0100}飾区 辻\u{e0101} 神\u{fe00} 、\u{fe01} ≨\u{fe00} 0\u{fe00}",
        "می\u{200c}خواهم ه\u{200d} क्\u{200d}ष क्\u{200c}ष ශ්\u{200d}රී",
        "ᠰᠣᠩ\u{180b}ᠭᠣ \u{115f}\u{1161} \u{1100}\u{1160}",
        "⠓⠊\u{2800}⠓⠕",
        "a\u{a0}b\u{202f}c\u{3000}d\u{2009}e",
        "5 °C, ½, ﷺ, e\u{301}\u{302}, x\u{323}",
        "\u{600}١ ۝",
        "a\nb",
        "\u{323b0} 🫪",
    ] {
        assert!(refused(text).is_empty(), "{text}: {:?}", refused(text));
    }
}

#[test]
fn what_nobody_sees_and_what_stands_for_nothing_is_unwanted_and_has_a_name() {
    for (text, name) in [
        ("\u{fffe}", "U+FFFE, a noncharacter"),
        ("\u{ffff}", "U+FFFF, a noncharacter"),
        ("\u{fdd0}", "U+FDD0, a noncharacter"),
        ("\u{fdef}", "U+FDEF, a noncharacter"),
        ("\u{1fffe}", "U+1FFFE, a noncharacter"),
        ("\u{10ffff}", "U+10FFFF, a noncharacter"),
        ("\u{e000}", "U+E000, a private-use character"),
        ("\u{f8ff}", "U+F8FF, a private-use character"),
        ("\u{f0000}", "U+F0000, a private-use character"),
        ("\u{10fffd}", "U+10FFFD, a private-use character"),
        ("\u{0}", "U+0000, a control character"),
        ("\t", "U+0009, a control character"),
        ("\r", "U+000D, a control character"),
        ("\u{7f}", "U+007F, a control character"),
        ("\u{85}", "U+0085, a control character"),
        ("\u{ad}", "U+00AD, a soft hyphen"),
        ("\u{34f}", "U+034F, an invisible character"),
        ("\u{61c}", "U+061C, a control of the writing direction"),
        ("\u{115f}", "U+115F, a filler of Korean letters"),
        ("\u{3164}", "U+3164, a filler of Korean letters"),
        ("\u{ffa0}", "U+FFA0, a filler of Korean letters"),
        ("\u{17b4}", "U+17B4, an invisible character"),
        ("\u{180e}", "U+180E, an invisible character"),
        ("\u{200b}", "U+200B, a zero-width space"),
        ("\u{200c}", "U+200C, a zero-width joiner"),
        ("\u{200d}", "U+200D, a zero-width joiner"),
        ("\u{202e}", "U+202E, a control of the writing direction"),
        ("\u{2028}", "U+2028, a line separator"),
        ("\u{2029}", "U+2029, a paragraph separator"),
        ("\u{2060}", "U+2060, an invisible character"),
        ("\u{206a}", "U+206A, an invisible character"),
        ("\u{2800}", "U+2800, an invisible character"),
        ("\u{fe0f}", "U+FE0F, a variation selector"),
        ("\u{e0100}", "U+E0100, a variation selector"),
        ("\u{feff}", "U+FEFF, a byte order mark"),
        ("\u{fff9}", "U+FFF9, a mark of an annotation"),
        ("\u{fffc}", "U+FFFC, a placeholder of an object"),
        ("\u{fffd}", "U+FFFD, a replacement of a broken character"),
        ("\u{1d173}", "U+1D173, an invisible character"),
        ("\u{e0001}", "U+E0001, a tag character"),
        ("\u{e0041}", "U+E0041, a tag character"),
    ] {
        let c = text.chars().next().unwrap();
        for text in [
            text.to_owned(),
            format!("cả{text}ng"),
            format!("a {text} b"),
            format!("港{text}口"),
        ] {
            if text.contains('港') && matches!(c, '\u{e0100}') {
                continue;
            }
            assert_eq!(refused(&text), [c], "{text:?}");
        }
        assert_eq!(named(c), name);
    }
}

#[test]
fn every_noncharacter_and_every_private_use_character_is_unwanted() {
    let all = (0..=0x10_ffff_u32).filter_map(char::from_u32);
    let nothing = all.filter(|c| {
        let number = u32::from(*c);
        number % 0x10000 >= 0xfffe
            || (0xfdd0..=0xfdef).contains(&number)
            || (0xe000..=0xf8ff).contains(&number)
            || number >= 0xf0000
    });
    let mut count = 0;
    for c in nothing {
        assert_eq!(refused(&format!("a{c}b")), [c]);
        count += 1;
    }
    assert_eq!(count, 66 + 6400 + 2 * 65534);
}

#[test]
fn what_belongs_somewhere_hides_nothing_elsewhere() {
    for (text, at) in [
        // A joiner between letters, at an edge, twice, or next to something else.
        ("Tên\u{200d}người", 3),
        ("\u{200d} x", 0),
        ("👩\u{200d}", 1),
        ("\u{200d}🚀", 0),
        ("👩\u{200d}a", 1),
        ("👩\u{200d}\u{200d}🚀", 1),
        ("می\u{200c}", 2),
        ("م\u{200c}a", 1),
        // A selector without anything to vary, or a second one, which could carry a hidden text.
        ("a\u{fe0f}", 1),
        ("1\u{fe0f}", 1),
        ("1\u{fe0e}", 1),
        ("😀\u{fe0f}\u{fe0f}", 2),
        ("😀\u{fe00}", 1),
        ("葛\u{e0100}\u{e0101}", 2),
        ("a\u{e0100}", 1),
        // Tags without a flag, of an unknown flag, or more than a flag has.
        ("a\u{e0067}", 1),
        ("🏴\u{e0067}\u{e0062}", 1),
        ("🏴\u{e0078}\u{e0078}\u{e007f}", 1),
        (
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}\u{e0061}",
            7,
        ),
        (
            "😀\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            1,
        ),
        ("가\u{1160}", 1),
        ("a\u{180b}", 1),
        ("a\u{2800}a", 1),
    ] {
        let found = unwanted(text);
        let place = text.char_indices().nth(at).unwrap();
        assert_eq!(found.first(), Some(&place), "{text:?}: {found:?}");
    }
}
