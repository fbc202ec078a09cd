//! XML that is well-formed whatever the texts are.
//!
//! Texts come out as they went in. The only exceptions are characters that XML 1.0 has no way to write (most control
//! characters, U+FFFE and U+FFFF): a replacement character stands for each of them.

use std::fmt::Write;

/// An XML document that is being written.
pub(crate) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document without an element.
    pub(crate) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// A part of a document, without the declaration at its beginning.
    pub(crate) fn fragment() -> Self {
        Self { text: String::new(), open: Vec::new() }
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

    /// Writes elements that are XML already: what [`Xml::fragment`] made.
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

/// Writes a text so that it reads back as it is, in an element as well as in an attribute: line ends and tabs are
/// written by their numbers, because a parser would change them.
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

/// The character, or what stands for it where XML 1.0 (section 2.2, `Char`) cannot write it.
fn writable(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => c,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_back_whatever_it_is() {
        for text in ["a & b", "]]>", "<!--", "\r\n\t x", "\"'", "đường 海 🚢", "&lt;", ""] {
            let mut xml = Xml::new();
            xml.open("a", &[("b", text)]);
            xml.text("c", text);
            let written = xml.finish();
            let read = roxmltree::Document::parse(&written).unwrap();
            assert_eq!(read.root_element().attribute("b"), Some(text));
            assert_eq!(
                read.descendants().find(|node| node.has_tag_name("c")).unwrap().text().unwrap_or_default(),
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
        assert_eq!(read.root_element().text(), Some("\u{fffd}".repeat(6).as_str()));
    }
}
