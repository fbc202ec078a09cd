//! Names that Windows reserves for devices. No file or folder can have one there, whatever its
//! extension, so that a portal with such a name could not be checked out on Windows.

use crate::diagnostics::Message;
use crate::message;

/// Whether a name, without its extension, is a device's.
pub fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end_matches(' ')
        .to_ascii_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" => true,
        numbered => ["com", "lpt"].iter().any(|kind| {
            let number = numbered.strip_prefix(kind).unwrap_or_default();
            number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
                || matches!(number, "¹" | "²" | "³")
        }),
    }
}

/// The message and the help for such a name.
pub fn refusal(name: &str) -> (Message, Message) {
    let help = message!("choose another name, for example {name}-1", name);
    (
        message!(
            "\"{name}\" is the name of a device on Windows: no file or folder can be called so there",
            name
        ),
        help,
    )
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn devices_are_known_by_their_names_alone() {
        for name in ["con", "NUL", "aux.json", "com1", "lpt9.svg", "COM²", "prn "] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["console", "com", "com10", "icon", "lpt-1", "null", ""] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
