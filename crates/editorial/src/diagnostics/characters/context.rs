//! The contexts in which an invisible character is allowed, because readers see its effect.

use icu_properties::props::{Emoji, ExtendedPictographic, GeneralCategory, UnifiedIdeograph};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_script::{Script, UnicodeScript};

/// The flags of England, Scotland and Wales, behind a black flag: the tags that are in use (UTS 51,
/// section B.1).
const FLAGS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Scripts that join their letters, in which a joiner changes what is read (UAX 31, section 2.3.1).
const JOINING: [Script; 23] = [
    Script::Adlam,
    Script::Arabic,
    Script::Bengali,
    Script::Devanagari,
    Script::Gujarati,
    Script::Gurmukhi,
    Script::Hanifi_Rohingya,
    Script::Kannada,
    Script::Khmer,
    Script::Malayalam,
    Script::Mandaic,
    Script::Manichaean,
    Script::Mongolian,
    Script::Myanmar,
    Script::Nko,
    Script::Oriya,
    Script::Phags_Pa,
    Script::Sinhala,
    Script::Sogdian,
    Script::Syriac,
    Script::Tamil,
    Script::Telugu,
    Script::Tibetan,
];

/// Whether the character at `index` has an effect that readers see.
pub(super) fn belongs(text: &[char], index: usize) -> bool {
    let (before, after) = (&text[..index], &text[index + 1..]);
    match text[index] {
        '\u{200d}' => joins_emoji(before, after) || joining(before).is_some(),
        '\u{200c}' => joining(before)
            .is_some_and(|script| after.first().is_some_and(|c| c.script() == script)),
        selector @ '\u{fe00}'..='\u{fe0f}' => varies(before, selector, after),
        '\u{e0100}'..='\u{e01ef}' => before.last().is_some_and(|c| is::<UnifiedIdeograph>(*c)),
        '\u{180b}'..='\u{180f}' => is_letter_of(before, Script::Mongolian),
        '\u{115f}' => after
            .first()
            .is_some_and(|c| matches!(c, '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}')),
        '\u{1160}' => before
            .last()
            .is_some_and(|c| matches!(c, '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}')),
        '\u{2800}' => is_braille(before.last()) || is_braille(after.first()),
        '\u{e0020}'..='\u{e007f}' => is_in_flag(text, index),
        _ => false,
    }
}

fn is<P: icu_properties::props::BinaryProperty>(c: char) -> bool {
    CodePointSetData::new::<P>().contains(c)
}

/// Whether a joiner stands between two emoji (UTS 51, section 1.4.5). The first may carry an emoji
/// presentation selector or a skin tone.
fn joins_emoji(before: &[char], after: &[char]) -> bool {
    let first = match before {
        [.., c, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'] | [.., c] => is::<ExtendedPictographic>(*c),
        [] => false,
    };
    first
        && after
            .first()
            .is_some_and(|c| is::<ExtendedPictographic>(*c))
}

/// The script of the letter before a joiner, where it is a joining script. Combining marks are
/// skipped.
fn joining(before: &[char]) -> Option<Script> {
    let letter = before
        .iter()
        .rev()
        .find(|c| c.script() != Script::Inherited || is_joiner(**c))?;
    Some(letter.script()).filter(|script| JOINING.contains(script))
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a variation selector follows a character that it varies. A second selector never does.
fn varies(before: &[char], selector: char, after: &[char]) -> bool {
    let Some(&varied) = before.last() else {
        return false;
    };
    let is_key = varied.is_ascii_digit() || "#*".contains(varied);
    match selector {
        '\u{fe0f}' if is_key => after.first() == Some(&'\u{20e3}'),
        '\u{fe0e}' | '\u{fe0f}' => !is_key && is::<Emoji>(varied),
        _ => {
            let is_sign = CodePointMapData::<GeneralCategory>::new().get(varied)
                == GeneralCategory::MathSymbol;
            let scripts = [
                Script::Han,
                Script::Myanmar,
                Script::Phags_Pa,
                Script::Manichaean,
                Script::Egyptian_Hieroglyphs,
            ];
            (!varied.is_ascii() && is_sign)
                || varied == '0'
                || "、。，．：；！？“”‘’".contains(varied)
                || scripts.contains(&varied.script())
        }
    }
}

fn is_letter_of(before: &[char], script: Script) -> bool {
    before
        .last()
        .is_some_and(|c| c.is_alphabetic() && c.script() == script)
}

/// Whether a character is a Braille pattern with at least one dot.
fn is_braille(c: Option<&char>) -> bool {
    c.is_some_and(|c| ('\u{2801}'..='\u{28ff}').contains(c))
}

/// Whether a tag belongs to one of the [`FLAGS`].
fn is_in_flag(text: &[char], index: usize) -> bool {
    let is_tag = |c: &char| ('\u{e0020}'..='\u{e007f}').contains(c);
    let first = text[..index]
        .iter()
        .rposition(|c| !is_tag(c))
        .map(|flag| (flag, flag + 1));
    let Some((_, first)) = first.filter(|(flag, _)| text[*flag] == '\u{1f3f4}') else {
        return false;
    };
    FLAGS.iter().any(|flag| {
        let tags = flag
            .chars()
            .chain(['\u{7f}'])
            .filter_map(|c| char::from_u32(0xe0000 + u32::from(c)));
        index < first + flag.len() + 1
            && tags.eq(text[first..].iter().copied().take(flag.len() + 1))
    })
}
