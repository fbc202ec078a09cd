//! XML that is well-formed whatever the texts are.
//!
//! Texts come out as they went in. The only exceptions are characters that XML 1.0 has no way to
//! write (most control characters, U+FFFE and U+FFFF): a replacement character stands for each of
//! them.

use std::fmt::Write;

/// An XML document that is being written.
pub(crate) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document without an element.
    pub(crate) fn new() -> Self {
        Self {
            text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// A part of a document, without the declaration at its beginning.
    pub(crate) fn fragment() -> Self {
        Self {
            text: String::new(),
            open: Vec::new(),
        }
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>\n");
    }

    /// Writes an element that holds a text.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.tag(name, &[], ">");
        escape(text, &mut self.text);
        let _ = writeln!(self.text, "</{name}>");
    }

    /// Writes XML as it is: the result of a document that began with [`Xml::fragment`].
    pub(crate) fn fragments(&mut self, xml: &str) {
        self.text.push_str(xml);
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// The whole document; closes what is open.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        let _ = write!(self.text, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.text, " {key}=\"");
            escape(value, &mut self.text);
            self.text.push('"');
        }
        self.text.push_str(end);
    }
}

/// Escapes a text for an element or an attribute. Line ends and tabs become character references,
/// because a parser would normalise them.
fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '&' => xml.push_str("&amp;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(xml, "&#{};", u32::from(c));
            }
            c => xml.push(writable(c)),
        }
    }
}

/// The character, or the replacement character where XML 1.0 (section 2.2, `Char`) does not allow
/// it.
fn writable(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => c,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::diagnostics::characters;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    #[test]
    fn a_text_reads_back_whatever_it_is() {
        for text in [
            "a & b",
            "]]>",
            "<!--",
            "\r\n\t x",
            "\"'",
            "đường 海 🚢",
            "&lt;",
            "",
        ] {
            let mut xml = Xml::new();
            xml.open("a", &[("b", text)]);
            xml.text("c", text);
            let written = xml.finish();
            let read = roxmltree::Document::parse(&written).unwrap();
            assert_eq!(read.root_element().attribute("b"), Some(text));
            assert_eq!(
                read.descendants()
                    .find(|node| node.has_tag_name("c"))
                    .unwrap()
                    .text()
                    .unwrap_or_default(),
                text
            );
        }
    }

    #[test]
    fn what_xml_cannot_write_becomes_a_replacement_character() {
        let mut xml = Xml::new();
        xml.text("a", "\0\u{1}\u{b}\u{1f}\u{fffe}\u{ffff}");
        let written = xml.finish();
        let read = roxmltree::Document::parse(&written).unwrap();
        assert_eq!(
            read.root_element().text(),
            Some("\u{fffd}".repeat(6).as_str())
        );
    }

    /// Texts of characters of every kind, with many odd ones.
    fn texts() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(
            "a1 é港👩🚀🏴😀\u{200d}\u{200c}\u{fe0f}\u{fe00}\u{e0100}\u{1f3fd}\u{20e3}مक\u{94d}<&\"'\n\u{301}\u{fffe}\u{e000}\u{ad}\u{2028}\u{e0067}\u{1}"
                .chars()
                .collect::<Vec<char>>(),
        );
        prop_oneof![
            proptest::collection::vec(odd, 0..12).prop_map(String::from_iter),
            proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
        ]
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(20_000) })]

        #[test]
        fn what_a_text_may_hold_comes_back_from_xml_and_json_as_it_went_in(text in texts()) {
            let text = if characters::unwanted(&text).is_empty() { text } else {
                let found = characters::unwanted(&text);
                text.char_indices().filter(|place| !found.contains(place)).map(|(_, c)| c).collect()
            };
            let mut xml = Xml::new();
            xml.open("a", &[("b", &text)]);
            xml.text("c", &text);
            let written = xml.finish();
            let read = roxmltree::Document::parse(&written).unwrap();
            prop_assert_eq!(read.root_element().attribute("b"), Some(text.as_str()));
            let inner = read.descendants().find(|node| node.has_tag_name("c")).and_then(|node| node.text());
            prop_assert_eq!(inner.unwrap_or_default(), text.as_str());
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
