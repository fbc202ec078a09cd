//! JSON pointers (RFC 6901): the places of values in a document.

use editorial::json::{Kind, Node};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The place of a value: the keys and indexes that lead to it from the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// Reads a pointer; `None` where it does not begin with a slash, or has an escape that means
    /// nothing.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let parts = text.strip_prefix('/')?.split('/');
        parts.map(unescaped).collect::<Option<_>>().map(Self)
    }

    /// The keys and indexes from the root on.
    pub fn parts(&self) -> &[String] {
        &self.0
    }

    /// The place of a part of this value.
    #[must_use]
    pub fn child(&self, part: impl fmt::Display) -> Self {
        let mut parts = self.0.clone();
        parts.push(part.to_string());
        Self(parts)
    }

    /// The value that this one is a part of, and which part; `None` for the root.
    pub fn parent(&self) -> Option<(Self, &str)> {
        let (last, above) = self.0.split_last()?;
        Some((Self(above.to_vec()), last))
    }

    /// The value at this place.
    pub fn find<'a>(&self, root: &'a Node) -> Option<&'a Node> {
        self.0.iter().try_fold(root, |node, part| match &node.kind {
            Kind::Object(_) => node.member(part).map(|member| &member.value),
            Kind::List(items) => items.get(index(part)?),
            _ => None,
        })
    }
}

/// An index in a list, as a pointer spells it.
pub fn index(part: &str) -> Option<usize> {
    let is_plain = part == "0" || !part.starts_with('0');
    let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && digits).then(|| part.parse().ok()).flatten()
}

fn unescaped(part: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = part.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '~' => match rest.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|part| write!(f, "/{}", part.replace('~', "~0").replace('/', "~1")))
    }
}

impl TryFrom<String> for Pointer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("\"{text}\" is no JSON pointer"))
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        pointer.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_read_and_written_alike() {
        for text in ["", "/", "/body/0/paragraph", "/a~1b/~0", "//"] {
            let pointer = Pointer::parse(text).unwrap();
            assert_eq!(pointer.to_string(), text);
        }
        for text in ["body", "/~", "/~2"] {
            assert_eq!(Pointer::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_index_has_no_sign_and_no_zero_before_it() {
        for (part, number) in [
            ("0", Some(0)),
            ("12", Some(12)),
            ("012", None),
            ("+1", None),
        ] {
            assert_eq!(index(part), number, "{part}");
        }
        for part in ["-", "", "-1", " 1", "99999999999999999999999"] {
            assert_eq!(index(part), None, "{part}");
        }
    }
}
