//! The words of HTML that a reader could see, in their order: nothing but words, found without the
//! rules by which a text becomes blocks.

use super::tree;
use markup5ever_rcdom::{Handle, NodeData};

/// Elements whose words stand in the line around them, and may be a part of a word.
const IN_LINE: [&str; 30] = [
    "abbr", "acronym", "b", "bdi", "bdo", "big", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "nobr", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "var",
];

/// Elements that show no words.
const SILENT: [&str; 15] = [
    "script", "style", "head", "title", "template", "iframe", "object", "video", "audio",
    "noembed", "noframes", "embed", "datalist", "canvas", "noscript",
];

/// The words of HTML. Shortcodes in brackets are none.
pub fn visible(html: &str) -> String {
    let html = without_shortcodes(html);
    let Ok(dom) = tree::fragment(&html) else {
        return tree::without_markup(&html);
    };
    let mut words = String::new();
    let mut open = vec![Step::Enter(dom.document.clone())];
    while let Some(step) = open.pop() {
        let node = match step {
            Step::Enter(node) => node,
            Step::End => {
                words.push('\n');
                continue;
            }
        };
        match &node.data {
            NodeData::Text { contents } => words.push_str(&contents.borrow()),
            // A block begins or ends.
            NodeData::Comment { .. } => words.push('\n'),
            NodeData::Element { name, .. } => {
                let name = &*name.local;
                if SILENT.contains(&name) || is_button(&node) {
                    // A film ends the line before it, and the words after it are others.
                    words.push('\n');
                    continue;
                }
                if !IN_LINE.contains(&name) {
                    words.push('\n');
                    open.push(Step::End);
                }
            }
            _ => {}
        }
        let children = node.children.borrow();
        open.extend(children.iter().rev().cloned().map(Step::Enter));
    }
    words
}

enum Step {
    Enter(Handle),
    /// The end of an element whose words stand in a line of their own.
    End,
}

/// Whether an element is the button of a file, whose label every page gives anew.
fn is_button(node: &Handle) -> bool {
    super::tag::Tag::new(node).is_some_and(|tag| tag.has_class("wp-block-file__button"))
}

/// The longest shortcode, in bytes.
const MOST_BYTES: usize = 5_000;

/// The text without `[name …]` and `[/name]`.
fn without_shortcodes(html: &str) -> String {
    let mut rest = html;
    let mut without = String::with_capacity(html.len());
    while let Some(at) = rest.find('[') {
        without.push_str(&rest[..at]);
        rest = &rest[at..];
        let inside = rest[1..].trim_start_matches('/');
        // Counted in bytes, because to count characters would be a walk for each bracket.
        let near = (MOST_BYTES.min(inside.len())..=inside.len())
            .find(|at| inside.is_char_boundary(*at))
            .unwrap_or(inside.len());
        let is_code = inside.starts_with(|c: char| c.is_ascii_alphabetic());
        match inside[..near].find([']', '[']).filter(|_| is_code) {
            Some(end) if inside[end..].starts_with(']') => {
                without.push(' ');
                rest = &inside[end + 1..];
            }
            _ => {
                without.push(' ');
                rest = &rest[1..];
            }
        }
    }
    without.push_str(rest);
    without
}
