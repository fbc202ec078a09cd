//! Which words are Vietnamese syllables, by the rules of their spelling.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

const VOWELS: [&str; 59] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây",
    "eo", "êu", "ia", "iê", "iêu", "iu", "oa", "oă", "oai", "oao", "oay", "oe", "oeo", "oi", "oo",
    "ôi", "ơi", "ua", "uâ", "uê", "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "uây", "ưa",
    "ưi", "ươ", "ươi", "ươu", "ưu", "yê", "yêu", "uă", "uao", "uai", "uay",
];

const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Grave, acute, tilde, hook and dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Whether a word is a Vietnamese syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let toneless = word.nfd().filter(|c| {
        let is_tone = TONES.contains(c);
        tones += usize::from(is_tone);
        !is_tone
    });
    let plain: String = toneless
        .collect::<String>()
        .nfc()
        .flat_map(char::to_lowercase)
        .collect();
    tones <= 1
        && ONSETS
            .iter()
            .filter_map(|onset| plain.strip_prefix(onset))
            .any(is_rhyme)
}

fn is_rhyme(rest: &str) -> bool {
    CODAS
        .iter()
        .filter_map(|coda| rest.strip_suffix(coda))
        .any(|vowels| VOWELS.contains(&vowels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "Hải",
            "Phòng",
            "nghiêng",
            "quốc",
            "giếng",
            "Đường",
            "khuỷu",
            "ƯỚC",
            "ý",
            "xoắn",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in [
            "été",
            "señor",
            "Größe",
            "Haûi",
            "H¶i",
            "hảải",
            "trườngg",
            "港",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
