//! Words in UTF-8 that a program once took for Windows-1252 and saved so: `Cáº£ng` for `Cảng`.
//!
//! They are put right where that is certain: every run of such letters is UTF-8 when it is undone, which
//! no run of other letters is.

use encoding_rs::WINDOWS_1252;

/// What was put right in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mended {
    /// The text.
    pub(crate) text: String,
    /// How many letters of the same kind could not be undone, because a part of them is lost.
    pub(crate) lost: usize,
}

/// The fewest runs of letters by which such words are known.
const FEWEST: usize = 3;

/// A text with its letters; `None` for a text that is right as it is.
pub(crate) fn mend(text: &str) -> Option<Mended> {
    if text.is_ascii() {
        return None;
    }
    let (mut mended, mut right, mut lost) = (String::with_capacity(text.len()), 0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        mended.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let end = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        if run.is_empty() {
            continue;
        }
        if let Some(letters) = undone(run) {
            mended.push_str(&letters);
            right += 1;
        } else {
            mended.push_str(run);
            lost += usize::from(run.chars().any(char::is_alphabetic));
        }
    }
    (right >= FEWEST && lost * 4 <= right).then_some(Mended { text: mended, lost })
}

/// The letters of a run of signs.
fn undone(run: &str) -> Option<String> {
    let (bytes, _, is_other) = WINDOWS_1252.encode(run);
    if is_other {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoilt(text: &str) -> String {
        WINDOWS_1252
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }

    #[test]
    fn letters_that_were_read_as_another_encoding_are_put_right() {
        for text in [
            "<p>Cảng nước sâu đã mở cửa</p>",
            "항만을 넓힌다 지금",
            "港の 工事が 始まった",
            "l’été à l’école déjà",
        ] {
            let mended = mend(&spoilt(text)).unwrap();
            assert_eq!((mended.text.as_str(), mended.lost), (text, 0));
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            "Cảng nước sâu đã mở cửa",
            "Un été à Paris, où l’âme rêve déjà d’être ailleurs",
            "Größe, Äpfel, Straße",
            "항만 확장, 港口扩建",
            "“Words” – and more…",
            "Ã©",
            "plain",
        ] {
            assert_eq!(mend(text), None, "{text}");
        }
        assert_eq!(
            mend(&spoilt(&spoilt("Cảng nước đã mở"))).unwrap().text,
            spoilt("Cảng nước đã mở")
        );
    }
}
