//! Texts without marks, such as headlines: every character in them stands for itself, `<` and `*`
//! too.
//!
//! Marks and HTML in them are a warning and no error: only the editor knows whether readers are to
//! see `<b>` itself. The help repeats the words without them.

use super::{Flaw, GUARD, html};
use crate::diagnostics::{Message, Severity};
use crate::message;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

/// The longest text that a help repeats, in characters.
const MOST_REPEATED: usize = 200;

/// The characters that editors escape with a backslash in texts with marks.
const ESCAPED: &str = "*[]<`";

/// Replacements for `_`: they separate words as `_` does, but are no marks. Hardly any text has one
/// of them, and none has all.
const SHIELDS: [char; 4] = ['‿', '⁀', '⁔', '﹍'];

/// Reads a text without marks. It is returned as it was written, without the white space around it;
/// a line break is a space.
pub fn read_plain(text: &str) -> (String, Vec<Flaw>) {
    let words = text.trim();
    let skipped = text.len() - text.trim_start().len();
    let empty_line = words.find("\n\n").map(|at| Flaw {
        at: skipped + at,
        message: message!("an empty line stands in a text"),
        help: Some(message!("write it on one line")),
        severity: Severity::Error,
    });
    let doubt = Reader::read(words).map(|doubt| Flaw {
        at: skipped + doubt.at,
        ..doubt
    });
    (
        words.replace('\n', " "),
        empty_line.into_iter().chain(doubt).collect(),
    )
}

/// A parser that reads a plain text as if it had marks.
struct Reader {
    /// The text with a guard at its beginning, and with `shield` for every `_`, which is not meant
    /// as a mark in `__init__`.
    source: String,
    /// The replacement for `_`.
    shield: char,
    /// The words without marks and HTML.
    words: String,
    /// The offset and the message of the first construct that seems to be more than words.
    doubt: Option<(usize, Message)>,
}

impl Reader {
    fn read(words: &str) -> Option<Flaw> {
        let shield = SHIELDS
            .into_iter()
            .find(|shield| !words.contains(*shield))
            .unwrap_or(SHIELDS[0]);
        let source = format!(
            "{GUARD}{}",
            words.replace('\n', " ").replace('_', &shield.to_string())
        );
        let mut reader = Self {
            source: source.clone(),
            shield,
            words: String::new(),
            doubt: None,
        };
        for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
            reader.take(event, range);
        }
        let (at, message) = reader.doubt.take()?;
        let before = source[..at].replace(reader.shield, "_");
        let at = before.len().saturating_sub(GUARD.len_utf8());
        Some(Flaw {
            at,
            message,
            help: Some(reader.help()),
            severity: Severity::Warning,
        })
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(words) => self.text(&words, range),
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. }) => {
                self.doubt(
                    range.start,
                    message!("marks and links have no meaning in this text: readers see them as they stand"),
                );
            }
            Event::Html(tag) | Event::InlineHtml(tag) if is_markup(&tag, &self.source) => {
                self.doubt(
                    range.start,
                    message!("HTML has no meaning in this text: readers see it as it stands"),
                );
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) => {
                self.words.push_str(&self.source[range]);
            }
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            _ => {}
        }
    }

    fn text(&mut self, words: &str, range: Range<usize>) {
        let source = self.source[range.clone()].to_owned();
        let words = if range.start == 0 {
            words.strip_prefix(GUARD).unwrap_or(words)
        } else {
            words
        };
        let slashes = self.source[..range.start]
            .bytes()
            .rev()
            .take_while(|&byte| byte == b'\\')
            .count();
        let escaped = words
            .chars()
            .next()
            .filter(|c| slashes % 2 == 1 && c.is_ascii_punctuation());
        match escaped {
            Some(c) if ESCAPED.contains(c) => {
                self.doubt(
                    range.start - 1,
                    message!(
                        "a backslash has no meaning in this text: readers see it as it stands"
                    ),
                );
            }
            Some(_) => self.words.push('\\'),
            None => {}
        }
        if source.starts_with('&') && source != *words {
            self.doubt(
                range.start,
                message!(
                    "{source} is HTML's way to write a character: readers see it as it stands",
                    source
                ),
            );
            self.words.push_str(html::seen(words));
        } else {
            self.words.push_str(words);
        }
    }

    fn doubt(&mut self, at: usize, message: Message) {
        self.doubt.get_or_insert((at, message));
    }

    fn help(&self) -> Message {
        let words = self.words.replace(self.shield, "_");
        let words = words.trim();
        let leave = message!("leave it where readers are to see the signs");
        if words.is_empty() {
            message!("{leave}; otherwise write words in its place", leave)
        } else if words.chars().count() > MOST_REPEATED {
            message!("{leave}; otherwise write the words alone", leave)
        } else {
            message!(
                "{leave}; otherwise write the words alone: {words}",
                leave,
                words
            )
        }
    }
}

/// Whether a tag was probably meant as markup. A single `<b>` or `<script>` is a word in a text
/// about HTML.
fn is_markup(html: &str, text: &str) -> bool {
    let name: String = html
        .chars()
        .skip(1)
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    html.starts_with("</")
        || html.starts_with("<!--")
        || html.contains('=')
        || (!name.is_empty() && text.contains(&format!("</{name}")))
        || ["br", "hr", "p", "div", "wbr"].contains(&name.to_ascii_lowercase().as_str())
}
