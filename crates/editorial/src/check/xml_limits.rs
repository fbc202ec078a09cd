//! Limits on attributes and namespaces, checked before XML is parsed. The parser compares every
//! attribute of an element with all others, and every name with all namespaces, so that a small
//! file could take hours.
//!
//! The check knows just enough of XML to count, and scans a text once. Everything else is left to
//! the parser.

use crate::diagnostics::Message;
use crate::message;

/// The most attributes that an element may have, declarations of namespaces included.
pub const MOST_ATTRIBUTES: usize = 250;

/// The most namespaces that may be in scope of an element, its own included.
pub const MOST_NAMESPACES: usize = 100;

/// A limit that a text exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The byte at which the element begins.
    pub at: usize,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Attributes,
    Namespaces,
}

impl Excess {
    /// The message for an editor.
    pub fn message(self) -> Message {
        match self.what {
            What::Attributes => message!(
                "an element has more than {most} attributes",
                most = MOST_ATTRIBUTES
            ),
            What::Namespaces => message!(
                "more than {most} namespaces hold at one place",
                most = MOST_NAMESPACES
            ),
        }
    }
}

/// Looks for an element that exceeds a limit.
///
/// # Errors
/// The first such element.
pub fn check(text: &str) -> Result<(), Excess> {
    // The number of namespaces that each open element declares, and their sum.
    let (mut declared, mut all) = (Vec::new(), 0_usize);
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[start..];
        let behind = |mark: &str| {
            rest.find(mark)
                .map_or(text.len(), |found| start + found + mark.len())
        };
        let without_end = [
            ("<!--", "-->"),
            ("<![CDATA[", "]]>"),
            ("<?", "?>"),
            ("<!", ">"),
        ];
        if let Some((_, end)) = without_end
            .iter()
            .find(|(begin, _)| rest.starts_with(begin))
        {
            at = behind(end);
        } else if rest.starts_with("</") {
            all -= declared.pop().unwrap_or_default();
            at = behind(">");
        } else {
            let tag = Tag::read(rest);
            let excess = |what| Err(Excess { at: start, what });
            if tag.attributes > MOST_ATTRIBUTES {
                return excess(What::Attributes);
            }
            if all + tag.namespaces > MOST_NAMESPACES {
                return excess(What::Namespaces);
            }
            if !tag.is_whole {
                all += tag.namespaces;
                declared.push(tag.namespaces);
            }
            at = start + tag.length;
        }
    }
    Ok(())
}

/// A start tag.
struct Tag {
    attributes: usize,
    namespaces: usize,
    /// Whether it is self-closing: `<a/>`.
    is_whole: bool,
    /// In bytes.
    length: usize,
}

impl Tag {
    fn read(text: &str) -> Self {
        let mut tag = Self {
            attributes: 0,
            namespaces: 0,
            is_whole: false,
            length: text.len(),
        };
        let (mut quote, mut name) = (None, 1);
        for (at, byte) in text.bytes().enumerate().skip(1) {
            match (quote, byte) {
                (Some(mark), _) if mark == byte => (quote, name) = (None, at + 1),
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => {
                    tag.attributes += 1;
                    let is_namespace = text.as_bytes()[name..at].starts_with(b"xmlns");
                    tag.namespaces += usize::from(is_namespace);
                }
                (None, b'>') => {
                    return Self {
                        is_whole: text.as_bytes()[at - 1] == b'/',
                        length: at + 1,
                        ..tag
                    };
                }
                (None, byte) if byte.is_ascii_whitespace() && !is_behind_name(text, name, at) => {
                    name = at + 1;
                }
                _ => {}
            }
        }
        tag
    }
}

/// Whether white space follows the name of a namespace declaration, as in `xmlns:b = 'c'`. It then
/// begins no other name.
fn is_behind_name(text: &str, name: usize, at: usize) -> bool {
    text.as_bytes()[name..at].starts_with(b"xmlns")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(count: usize) -> String {
        (0..count).map(|number| format!(" a{number}='>'")).collect()
    }

    #[test]
    fn as_much_as_may_be_is_taken_and_one_more_is_named_at_its_place() {
        let element = |count| format!("<!-- <a --><r>\n<a{}/></r>", attributes(count));
        assert_eq!(check(&element(MOST_ATTRIBUTES)), Ok(()));
        let excess = check(&element(MOST_ATTRIBUTES + 1)).unwrap_err();
        assert_eq!(
            (excess.at, excess.what),
            (element(0).find("<a/>").unwrap(), What::Attributes)
        );
        assert_eq!(excess.message(), "an element has more than 250 attributes");
    }

    #[test]
    fn namespaces_are_counted_where_they_hold() {
        let beside = "<a xmlns:b='c'/><a xmlns='d'></a>".repeat(MOST_NAMESPACES);
        assert_eq!(check(&format!("<r>{beside}</r>")), Ok(()));
        for declaration in [
            "xmlns:b='c'",
            "xmlns='c'",
            "x='y' xmlns:b = 'c'",
            "xmlns:b\n='c' x='y'",
            "x='y'xmlns:b='c'",
        ] {
            let within = format!("<a {declaration}>");
            assert_eq!(
                check(&within.repeat(MOST_NAMESPACES)),
                Ok(()),
                "{declaration}"
            );
            assert!(
                check(&within.repeat(MOST_NAMESPACES + 1)).is_err(),
                "{declaration}"
            );
        }
    }

    #[test]
    fn what_is_no_element_is_not_counted() {
        let many = attributes(1_000);
        for text in [
            format!("<![CDATA[<a{many}>]]>"),
            format!("<!--<a{many}>-->"),
            format!("<?a {many}?>"),
            many,
        ] {
            assert_eq!(check(&text), Ok(()));
        }
        assert!(
            check("<!-- --><a").is_ok()
                && check("<").is_ok()
                && check("</").is_ok()
                && check("<a b='").is_ok()
        );
    }
}
