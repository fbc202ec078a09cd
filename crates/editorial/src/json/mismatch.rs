//! Mismatches between a tree and the wanted type, as data. `wording` alone chooses the words for
//! them.

use super::reasons;
use crate::diagnostics::{Message, short};
use crate::message;
use serde::de::{Expected, Unexpected};
use std::fmt;

/// A mistake with the path to it.
#[derive(Debug)]
pub struct Mismatch {
    /// The kind of mistake.
    pub fault: Fault,
    /// The child indices from the root to the value, or to the value whose key is wrong.
    pub path: Vec<usize>,
}

/// The kinds of mistakes.
#[derive(Debug)]
pub enum Fault {
    /// A key that the type does not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The valid keys.
        known: &'static [&'static str],
    },
    /// An object of one key, where the key names no variant.
    UnknownVariant {
        /// The key.
        key: String,
        /// The valid keys.
        known: &'static [&'static str],
    },
    /// An object that needs exactly one key and has another number of them.
    NotOneKey {
        /// How many keys it has.
        found: usize,
        /// The valid keys.
        known: &'static [&'static str],
    },
    /// A required key that is missing.
    MissingKey(&'static str),
    /// A value of another kind.
    WrongKind {
        /// The kind that was found.
        found: Message,
        /// The kind that was expected.
        wanted: Message,
    },
    /// A value of the right kind that the type refuses, with the reason.
    Refused(Message),
}

impl Mismatch {
    /// A mistake of this value itself.
    pub fn new(fault: Fault) -> Self {
        Self {
            fault,
            path: Vec::new(),
        }
    }

    /// The same mistake with the number as it was written: the parsed number may be rounded.
    pub(super) fn of_number(mut self, written: &str) -> Self {
        if let Fault::WrongKind { found, wanted } = &mut self.fault {
            *found = Message::verbatim(short(written));
            if *wanted == whole_number() && written.bytes().all(|byte| byte.is_ascii_digit()) {
                *wanted = message!("a whole number up to {most}", most = u64::MAX);
            }
        }
        self
    }

    /// The same mistake, with the child `index` in front of its path.
    pub fn below(mut self, index: usize) -> Self {
        self.path.insert(0, index);
        self
    }
}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Fault::Refused(reasons::said(&message.to_string())))
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::new(Fault::WrongKind {
            found: name(found),
            wanted: plain(&wanted.to_string()),
        })
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(found, wanted)
    }

    fn invalid_length(length: usize, wanted: &dyn Expected) -> Self {
        Self::new(Fault::WrongKind {
            found: message!("a list of {length}", length),
            wanted: plain(&wanted.to_string()),
        })
    }

    fn unknown_variant(key: &str, known: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownVariant {
            key: key.to_owned(),
            known,
        })
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownKey {
            key: key.to_owned(),
            known,
        })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Fault::MissingKey(key))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.fault)
    }
}

impl std::error::Error for Mismatch {}

/// The words for an unsigned integer.
fn whole_number() -> Message {
    message!("a whole number, 0 or more")
}

/// The kind that was found, in an editor's words.
fn name(found: Unexpected<'_>) -> Message {
    match found {
        Unexpected::Bool(value) => Message::verbatim(value.to_string()),
        Unexpected::Unsigned(number) => Message::verbatim(number.to_string()),
        Unexpected::Signed(number) => Message::verbatim(number.to_string()),
        Unexpected::Float(number) => Message::verbatim(number.to_string()),
        Unexpected::Str(_) | Unexpected::Char(_) => message!("a text"),
        Unexpected::Seq => message!("a list"),
        Unexpected::Map => message!("an object"),
        Unexpected::Unit | Unexpected::Option => Message::verbatim("null"),
        other => Message::verbatim(other.to_string()),
    }
}

/// The kind that was expected, in an editor's words. Types with words of their own
/// (`#[serde(expecting = …)]`) keep them.
fn plain(wanted: &str) -> Message {
    match wanted {
        "a string" | "a borrowed string" | "str" => message!("a text"),
        "u8" | "u16" | "u32" | "u64" | "usize" => whole_number(),
        "i8" | "i16" | "i32" | "i64" | "isize" => message!("a whole number"),
        "f32" | "f64" => message!("a number"),
        "a boolean" => message!("true or false"),
        "a sequence" => message!("a list"),
        "a map" => message!("an object"),
        _ if wanted.starts_with("struct ") || wanted.starts_with("enum ") => message!("an object"),
        _ => match wanted.strip_prefix("an array of length ") {
            Some(number) => message!("a list of exactly {number}", number),
            None => Message::known(wanted),
        },
    }
}
