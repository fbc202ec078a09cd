//! Vietnamese in the encodings of old fonts: TCVN3 (ABC) and VNI.
//!
//! Such texts look like Latin letters with odd signs. They are decoded only where that is certain:
//! where what comes out is Vietnamese, syllable by syllable, and what stood there was not.

mod syllables;
mod tables;

use syllables::is_syllable;

/// An encoding of old fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Legacy {
    /// TCVN3, for fonts such as `.VnTime`.
    Tcvn3,
    /// VNI, for fonts such as VNI-Times.
    Vni,
}

/// What a text turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Recognised {
    /// The encoding is certain.
    Certain(Legacy),
    /// The encoding is likely, but some words would not be Vietnamese.
    Likely(Legacy),
}

impl Legacy {
    /// Its name for an editor.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC fonts such as .VnTime)",
            Self::Vni => "VNI (fonts such as VNI-Times)",
        }
    }

    /// A text in this encoding, decoded.
    pub(crate) fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tables::tcvn3(text),
            Self::Vni => tables::vni(text),
        }
    }
}

/// A text that was written for old fonts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldFonts {
    /// The same in Unicode.
    pub text: String,
    /// The encoding, for an editor.
    pub name: &'static str,
}

/// What HTML says that was written for old fonts, certainly or likely; `None` for any other.
pub fn old_fonts(html: &str) -> Option<OldFonts> {
    if html.is_ascii() {
        return None;
    }
    let (Recognised::Certain(legacy) | Recognised::Likely(legacy)) =
        recognise(&crate::html::words(html))?;
    Some(OldFonts {
        text: legacy.decode(html),
        name: legacy.name(),
    })
}

/// The fewest words with other than ASCII letters by which an encoding is recognised.
const FEWEST: usize = 3;

/// The encoding of old fonts that a text is in; `None` for any other text.
pub(crate) fn recognise(text: &str) -> Option<Recognised> {
    if text.is_ascii() || text.chars().any(tables::is_only_vietnamese) {
        return None;
    }
    let (sound, all) = soundness(text);
    if all < FEWEST || sound * 2 > all {
        return None;
    }
    let decoded = [Legacy::Tcvn3, Legacy::Vni].map(|legacy| {
        let (sound, all) = soundness(&legacy.decode(text));
        (sound, all, legacy)
    });
    let (sound, all, legacy) = decoded
        .into_iter()
        .filter(|(_, all, _)| *all >= FEWEST)
        .max_by_key(|(sound, all, _)| sound * 1_000 / all)?;
    match sound * 100 / all {
        90.. => Some(Recognised::Certain(legacy)),
        60.. => Some(Recognised::Likely(legacy)),
        _ => None,
    }
}

/// HTML with `Đ` for the letters that look like it, `Ð` of Icelandic and `Ɖ` of Ewe, and how many
/// there were. What stands within tags stays.
pub(crate) fn crossed(html: &str) -> (String, usize) {
    let (mut count, mut in_tag) = (0, false);
    let letter = |c: char| {
        in_tag = (in_tag || c == '<') && c != '>';
        let right = match c {
            'Ð' | 'Ɖ' => 'Đ',
            'ð' | 'ɖ' => 'đ',
            _ => return c,
        };
        if in_tag {
            return c;
        }
        count += 1;
        right
    };
    (html.chars().map(letter).collect(), count)
}

/// How many of the words with other than ASCII letters are Vietnamese syllables, and how many of
/// them there are.
pub(crate) fn soundness(text: &str) -> (usize, usize) {
    let mut counts = (0, 0);
    for word in text.split(is_between).filter(|word| !word.is_ascii()) {
        counts.1 += 1;
        counts.0 += usize::from(is_syllable(word));
    }
    counts
}

/// Whether a character stands between words.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || c.is_ascii_digit()
        || "“”‘’–—…·•«»".contains(c) && !tables::is_letter(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// “Hải Phòng, thành phố cảng lớn ở miền Bắc”.
    const TCVN3: &str = "H¶i Phßng, thµnh phè c¶ng lín ë miÒn B¾c";
    const VNI: &str = "Haûi Phoøng, thaønh phoá caûng lôùn ôû mieàn Baéc";
    const RIGHT: &str = "Hải Phòng, thành phố cảng lớn ở miền Bắc";

    #[test]
    fn texts_for_old_fonts_are_recognised_and_decoded() {
        for (text, legacy) in [(TCVN3, Legacy::Tcvn3), (VNI, Legacy::Vni)] {
            assert_eq!(recognise(text), Some(Recognised::Certain(legacy)), "{text}");
            assert_eq!(legacy.decode(text), RIGHT);
        }
    }

    #[test]
    fn html_for_old_fonts_keeps_its_elements() {
        let html = format!("<p class=x><b>{TCVN3}</b></p>");
        let old = old_fonts(&html).unwrap();
        assert_eq!(old.text, format!("<p class=x><b>{RIGHT}</b></p>"));
        assert!(old.name.starts_with("TCVN3"));
        assert_eq!(old_fonts(&format!("<p>{RIGHT}</p>")), None);
    }

    #[test]
    fn letters_that_look_like_the_crossed_d_become_it() {
        let html = "Ðồ Sơn, ðường <a href=\"/ðuong/\">Ɖi</a>";
        let right = "Đồ Sơn, đường <a href=\"/ðuong/\">Đi</a>";
        assert_eq!(crossed(html), (right.to_owned(), 3));
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            RIGHT,
            "Un été à Paris, où l’âme rêve déjà d’être ailleurs",
            "El señor Núñez comió jamón en la Península",
            "Größe, Äpfel, Straße, übergroß",
            "항만 확장, 港口扩建",
            "ASCII only",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
