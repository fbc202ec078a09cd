//! Stamps: hashes of the words of a version, in ten hexadecimal digits. A translation records the
//! stamp of its original, and is out of date when the original has another one. White space and the
//! order of keys do not count; every word, number and address does.

use crate::hash;
use serde_json::Value;

/// The keys of a language's file that a stamp ignores. Corrections belong to one language, so that
/// a new one makes no translation out of date.
pub const NOT_WORDS: [&str; 5] = ["$schema", "translated_from", "draft", "machine", "history"];

/// The stamp of a language's file; `None` where it is not JSON.
pub fn of(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    if let Value::Object(keys) = &mut value {
        for key in NOT_WORDS {
            keys.remove(key);
        }
    }
    value.sort_all_objects();
    Some(hash::short(value.to_string().as_bytes())[..10].to_owned())
}

/// Whether a text has the form of a stamp.
pub fn is_stamp(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_stamp_changes_with_the_words_and_with_nothing_else() {
        let first = of(br#"{"lead":"a","body":[]}"#).unwrap();
        assert_eq!(first.len(), 10);
        assert_eq!(
            of(br#" { "body" : [ ], "lead": "a", "draft": true, "machine": true, "translated_from": "x", "history": [1] } "#).unwrap(),
            first
        );
        assert_ne!(of(br#"{"lead":"b","body":[]}"#).unwrap(), first);
        assert_eq!(of(b"{"), None);
    }
}
