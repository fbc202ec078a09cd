//! Parses HTML into a tree, within limits. An HTML parser goes through all open elements at every
//! tag, and through all attributes at every attribute. Without limits, a small text could take
//! hours.

mod attributes;
mod hidden_mail;
mod sink;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{LocalName, ParseOpts, Parser, QualName, ns, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use sink::{Count, Sink};

/// The most attributes that an element may have.
const MOST_ATTRIBUTES: usize = 250;

/// The most elements that may be open at once. The parser's time for each tag grows with them.
const MOST_DEEP: usize = 1_000;

/// How often the parser may visit an element: for each byte of a text, on top of [`FREE_VISITS`].
/// Texts that people write need one or two.
const VISITS_PER_BYTE: usize = 64;

/// How often the parser may visit an element in any text, whatever its length.
const FREE_VISITS: usize = 2_000_000;

/// The bytes that are parsed between two checks of the limits.
const CHUNK: usize = 4 * 1024;

/// The limit that a text's markup exceeds. Such markup is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkupLimit {
    /// One element has too many attributes.
    Attributes,
    /// Too many elements are open within each other.
    Depth,
    /// Elements are opened and closed across each other too often.
    Crossing,
}

impl MarkupLimit {
    /// The message for the report: what is wrong, and what became of the text.
    pub(super) fn what(self) -> String {
        match self {
            Self::Attributes => {
                format!(
                    "an element has more than {MOST_ATTRIBUTES} attributes: only the words of the text are there"
                )
            }
            Self::Depth => format!(
                "the markup is nested too deep, more than {MOST_DEEP}: only the words are there"
            ),
            Self::Crossing => {
                "the markup is nested and crossed too often to be read: only the words are there"
                    .to_owned()
            }
        }
    }
}

/// Parses a part of a page, such as a post.
///
/// # Errors
/// Where the markup exceeds a limit.
pub(super) fn fragment(html: &str) -> Result<RcDom, MarkupLimit> {
    let context = QualName::new(None, ns!(html), LocalName::from("body"));
    parse(
        html,
        parse_fragment(Sink::default(), options(), context, Vec::new(), false),
    )
}

/// Parses a whole page.
///
/// # Errors
/// Where the markup exceeds a limit.
pub(super) fn document(html: &str) -> Result<RcDom, MarkupLimit> {
    parse(html, parse_document(Sink::default(), options()))
}

fn options() -> ParseOpts {
    let tree_builder = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    ParseOpts {
        tree_builder,
        ..ParseOpts::default()
    }
}

fn parse(html: &str, mut parser: Parser<Sink>) -> Result<RcDom, MarkupLimit> {
    if attributes::most(html) > MOST_ATTRIBUTES {
        return Err(MarkupLimit::Attributes);
    }
    let mut rest = html;
    while !rest.is_empty() {
        let length = (CHUNK.min(rest.len())..=rest.len())
            .find(|at| rest.is_char_boundary(*at))
            .unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(length);
        parser.process(StrTendril::from(chunk));
        let builder = &parser.tokenizer.sink;
        let open: Count<Handle> = Count::default();
        builder.trace_handles(&open);
        if open.get() > MOST_DEEP {
            return Err(MarkupLimit::Depth);
        }
        if builder.sink.visits() > FREE_VISITS + VISITS_PER_BYTE * (html.len() - after.len()) {
            return Err(MarkupLimit::Crossing);
        }
        rest = after;
    }
    let dom = parser.finish();
    if hidden_mail::may_be_in(html) {
        hidden_mail::reveal(&dom);
    }
    Ok(dom)
}

/// The characters that HTML knows by this name, which is written as `&name;`.
pub(super) fn named(reference: &str) -> Option<String> {
    let dom = fragment(reference).ok()?;
    let mut open = vec![dom.document.clone()];
    let mut text = String::new();
    while let Some(node) = open.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    (!text.is_empty() && text != reference).then_some(text)
}

/// A text without its tags, for the parser to read in place of the original. Character references
/// stay as they are.
pub(super) fn without_markup(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut chunks = html.split('<');
    words.push_str(chunks.next().unwrap_or_default());
    for chunk in chunks {
        let is_tag = chunk.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if let Some((_, behind)) = chunk.split_once('>').filter(|_| is_tag) {
            words.push(' ');
            words.push_str(behind);
        } else {
            // A character that stands for itself, as in 3 < 4, or the beginning of a tag that never
            // ends.
            words.push_str("&lt;");
            words.push_str(chunk);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_within_the_limits() {
        for html in [
            "<p>a</p>".repeat(20_000),
            "<p>a <b>b <i>c</i></b> <a href='d'>e</a>\n".repeat(20_000),
            "<div>".repeat(900) + &"</div>".repeat(900),
            "<table>".to_owned() + &"<tr><td>a<td>b".repeat(10_000),
            "<p><b>a".repeat(200),
            format!("<p title=\"{}\">", "a b='c' ".repeat(10_000)),
        ] {
            assert!(
                fragment(&html).is_ok() && document(&html).is_ok(),
                "{}",
                &html[..40]
            );
        }
    }

    #[test]
    fn what_would_take_hours_is_refused_for_its_reason() {
        let many = |tag: &dyn Fn(usize) -> String| (0..20_000).map(tag).collect::<String>();
        for (html, limit) in [
            (
                format!("<p{}>", many(&|number| format!(" a{number}"))),
                MarkupLimit::Attributes,
            ),
            (
                format!("<p{}>", many(&|number| format!(" a{number}='b'"))),
                MarkupLimit::Attributes,
            ),
            (
                format!("<svg><style><p{}>", many(&|number| format!("/a{number}"))),
                MarkupLimit::Attributes,
            ),
            ("<div></x>".repeat(20_000), MarkupLimit::Depth),
            (
                many(&|number| format!("<b a{number}></i>")),
                MarkupLimit::Depth,
            ),
            (
                many(&|number| format!("<p><b a{number}>")),
                MarkupLimit::Depth,
            ),
            (
                "<div>".repeat(990) + &"<p></p>".repeat(20_000),
                MarkupLimit::Crossing,
            ),
        ] {
            assert_eq!(fragment(&html).err(), Some(limit), "{}", &html[..40]);
            assert_eq!(document(&html).err(), Some(limit), "{}", &html[..40]);
        }
    }

    #[test]
    fn words_are_what_is_left_without_markup() {
        assert_eq!(
            without_markup("a <b>c</b> 3 < 4 &lt; <d e"),
            "a  c  3 &lt; 4 &lt; &lt;d e"
        );
    }
}
