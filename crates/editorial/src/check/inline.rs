//! The marks within a text: `**strong**`, `*emphasis*`, `[words](address)` and `<https://…>`, as
//! `CommonMark` has them.
//!
//! A text is one line of words. `CommonMark`'s headings, lists and quotations at the beginning of a
//! line stay plain words. Any other construct that a text cannot hold is a flaw with its position.
//!
//! A text that has no marks is read by [`read_plain`]: in it, every character stands for itself.

mod html;
mod plain;

pub use plain::read_plain;

use crate::diagnostics::{Message, Severity, Typed, short};
use crate::json::reasons;
use crate::message;
use model::{Address, Inline, Link, plain_text};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};
use std::collections::HashSet;
use std::ops::Range;

/// Stands before the text while it is parsed, so that its beginning is not the beginning of a line.
/// It is white space to the rules for marks, and never mistaken for an indent.
const GUARD: char = '\u{a0}';

/// A parsed text.
#[derive(Debug, Default)]
pub struct Text {
    /// The words and marks.
    pub runs: Vec<Inline>,
    /// The mistakes.
    pub flaws: Vec<Flaw>,
    /// The links, with the byte that each begins at.
    pub links: Vec<(usize, Address)>,
}

/// A mistake in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The byte offset in the text.
    pub at: usize,
    /// The message.
    pub message: Message,
    /// The help.
    pub help: Option<Message>,
    /// How severe it is.
    pub severity: Severity,
}

/// Reads a text with marks. White space around it is dropped, and a line break is a space.
pub fn read(text: &str) -> Text {
    let guarded = format!("{GUARD}{}", text.trim().replace('\n', " "));
    let skipped = text.len() - text.trim_start().len();
    let mut reader = Reader {
        source: &guarded,
        skipped,
        open: Vec::new(),
        text: Text::default(),
        tags: HashSet::new(),
        loose: 0..0,
    };
    for (event, range) in Parser::new_ext(&guarded, Options::empty()).into_offset_iter() {
        reader.take(event, range);
    }
    reader.end_of_words();
    if text.trim().contains("\n\n") {
        let at = skipped + text.trim().find("\n\n").unwrap_or_default();
        let help = message!("write it on one line; a new paragraph is a block of its own");
        reader.flaw_at(at, message!("an empty line stands in a text"), help);
    }
    reader.text
}

struct Reader<'a> {
    source: &'a str,
    skipped: usize,
    /// The marks that are open, each with the runs collected before it.
    open: Vec<(Mark, Vec<Inline>)>,
    text: Text,
    /// The names of the reported HTML tags, whose end tags are not reported.
    tags: HashSet<String>,
    /// The source range of the last words, merged as long as it is contiguous.
    loose: Range<usize>,
}

enum Mark {
    Strong,
    Emphasis,
    Link(Option<Address>, usize),
    /// A mark that is nested too deep.
    TooDeep,
}

/// How deep marks may be nested.
const MOST_DEEP: usize = 6;

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if !matches!(event, Event::Text(_)) {
            self.end_of_words();
        }
        match event {
            Event::Text(words) => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.push_text(" "),
            Event::Start(Tag::Paragraph) | Event::End(pulldown_cmark::TagEnd::Paragraph) => {}
            Event::Start(Tag::Strong) => self.begin(Mark::Strong, range.start),
            Event::Start(Tag::Emphasis) => self.begin(Mark::Emphasis, range.start),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                self.begin_link(link_type, &dest_url, &title, range.start);
            }
            Event::Start(Tag::Image { .. }) => {
                self.begin(Mark::Link(None, range.start), range.start);
                self.flaw(
                    range.start,
                    message!("a picture cannot stand within a text"),
                    message!("put a space between ! and [ where a link is meant; a picture of an article is a block of its own, { \"picture\": \"name\" }"),
                );
            }
            Event::End(_) => self.end(),
            Event::Code(_) => {
                self.flaw(
                    range.start,
                    message!("words between ` and ` are code, and there is no code in texts"),
                    message!(
                        "use quotation marks, or write {sign} for the character itself",
                        sign = Typed("\\`")
                    ),
                );
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, range.start),
            _ => self.flaw(
                range.start,
                message!("this cannot stand within a text"),
                message!("use words and the marks **…**, *…* and […](…)"),
            ),
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        let first = range.start == 0;
        let words = if first {
            words.strip_prefix(GUARD).unwrap_or(words)
        } else {
            words
        };
        if self.source[range.clone()].starts_with('&') && self.source[range.clone()] != *words {
            let message = message!(
                "{sign} is HTML's way to write a character",
                sign = &self.source[range.clone()]
            );
            self.flaw(range.start, message, html::instead_of(words));
        }
        if self.loose.end == range.start && !self.loose.is_empty() {
            self.loose.end = range.end;
        } else {
            self.end_of_words();
            self.loose = range;
        }
        self.push_text(words);
    }

    /// Reports `**` and `](` that are left over as words.
    fn end_of_words(&mut self) {
        let piece = std::mem::replace(&mut self.loose, 0..0);
        let escaped = self.source[..piece.start].ends_with('\\');
        let start = piece.start + usize::from(escaped && !piece.is_empty());
        let Some(words) = self.source.get(start..piece.end) else {
            return;
        };
        if let Some(at) = words.find("**") {
            self.flaw(
                start + at,
                message!("these ** mark nothing"),
                message!(
                    "they must touch the words on their inside; put quotation marks and brackets outside: “**words**”; for the characters themselves write {signs}",
                    signs = Typed("\\*\\*")
                ),
            );
        }
        if let Some(at) = words.find("](") {
            let (message, help) = incomplete(&words[at + 2..]);
            self.flaw(start + at, message, help);
        } else {
            self.doubts(start, start..piece.end);
        }
    }

    /// Warns of addresses that are no links, and of a link with a space in its middle.
    fn doubts(&mut self, start: usize, piece: Range<usize>) {
        let Some(words) = self.source.get(piece) else {
            return;
        };
        let in_link = self
            .open
            .iter()
            .any(|(mark, _)| matches!(mark, Mark::Link(..)));
        if in_link {
            return;
        }
        let (at, message, help) = if let Some(at) = split_link(words) {
            (
                at,
                message!("a space stands between ] and (: this is no link"),
                message!("write [words](https://…) without a space"),
            )
        } else if let Some(at) = spaced_address(words) {
            (
                at,
                message!("a space stands in this address: it is no link"),
                message!("write %20 for each space: <https://…>"),
            )
        } else if let Some(at) = bare_address(words, &["https://", "http://"]) {
            (
                at,
                message!("an address alone is no link here: readers see it as words"),
                message!("write <https://…>, or [words](https://…)"),
            )
        } else if let Some(at) = bare_address(words, &["www."]) {
            (
                at,
                message!("an address alone is no link here: readers see it as words"),
                message!("write [words](https://www.…)"),
            )
        } else {
            return;
        };
        let flaw = Flaw {
            at: self.offset(start + at),
            message,
            help: Some(help),
            severity: Severity::Warning,
        };
        self.text.flaws.push(flaw);
    }

    fn push_text(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(Inline::Text(last)) = self.text.runs.last_mut() {
            last.push_str(words);
        } else {
            self.text.runs.push(Inline::Text(words.to_owned()));
        }
    }

    fn begin(&mut self, mark: Mark, at: usize) {
        if self.open.len() == MOST_DEEP {
            self.flaw(
                at,
                message!("too many marks stand within each other"),
                message!("one or two are enough"),
            );
        }
        if self.open.len() >= MOST_DEEP {
            // The runs stay where they are: nesting them at every further mark could take hours.
            return self.open.push((Mark::TooDeep, Vec::new()));
        }
        let before = std::mem::take(&mut self.text.runs);
        self.open.push((mark, before));
    }

    fn begin_link(&mut self, link_type: LinkType, target: &str, title: &str, at: usize) {
        let target = if link_type == LinkType::Email {
            format!("mailto:{target}")
        } else {
            target.replace(' ', "%20")
        };
        if !title.is_empty() {
            self.flaw(
                at,
                message!("a link has no title here"),
                message!("say it in the words of the link or beside it"),
            );
        }
        if self
            .open
            .iter()
            .any(|(mark, _)| matches!(mark, Mark::Link(..)))
        {
            let help = message!("write one of the two: <https://…>, or [words](https://…)");
            self.flaw(
                at,
                message!("a link stands within the words of a link"),
                help,
            );
        }
        let address = Address::new(&target);
        if let Err(error) = &address {
            let escaped = target.escape_debug().to_string();
            let message = reasons::said(&error.to_string())
                .with_plain(&|plain| plain.replace(&escaped, &short(&target)));
            self.text.flaws.push(Flaw {
                at: self.offset(at),
                message,
                help: None,
                severity: Severity::Error,
            });
        }
        if let Ok(address) = &address {
            self.text.links.push((self.offset(at), address.clone()));
        }
        self.begin(Mark::Link(address.ok(), at), at);
    }

    fn end(&mut self) {
        let Some((mark, before)) = self.open.pop() else {
            return;
        };
        if matches!(mark, Mark::TooDeep) {
            return;
        }
        let inner = std::mem::replace(&mut self.text.runs, before);
        match mark {
            Mark::Strong => self.text.runs.push(Inline::Strong(inner)),
            Mark::Emphasis => self.text.runs.push(Inline::Emphasis(inner)),
            Mark::Link(_, at) if plain_text(&inner).trim().is_empty() => {
                self.flaw(
                    at,
                    message!("this link has no words"),
                    message!("write what it leads to: [words](https://…)"),
                );
            }
            Mark::Link(Some(to), _) => self.text.runs.push(Inline::Link(Link {
                to,
                text: inner,
                lang: None,
            })),
            Mark::Link(None, _) | Mark::TooDeep => {}
        }
    }

    fn html(&mut self, html: &str, at: usize) {
        let name = html::name(html);
        if html.starts_with("</") && self.tags.contains(&name) {
            return;
        }
        self.tags.insert(name);
        let shown: String = html.chars().take(40).collect();
        self.flaw(
            at,
            message!("{shown} is HTML, and there is no HTML in texts", shown),
            html::help(html),
        );
    }

    /// The byte of the text for a byte of the guarded source.
    fn offset(&self, at: usize) -> usize {
        self.skipped + at.saturating_sub(GUARD.len_utf8())
    }

    fn flaw(&mut self, at: usize, message: Message, help: Message) {
        self.flaw_at(self.offset(at), message, help);
    }

    fn flaw_at(&mut self, at: usize, message: Message, help: Message) {
        self.text.flaws.push(Flaw {
            at,
            message,
            help: Some(help),
            severity: Severity::Error,
        });
    }
}

/// What is wrong with a link that was left over as words, and what to write. `rest` is what follows `](`.
fn incomplete(rest: &str) -> (Message, Message) {
    let mut depth = 1;
    let end = rest.char_indices().find_map(|(at, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        (depth == 0).then_some(at)
    });
    let target = &rest[..end.unwrap_or(rest.len())];
    match end {
        None if target.contains('(') => (
            message!("a bracket is open in this link"),
            message!("end the link with ); within an address write %28 for ( and %29 for )"),
        ),
        None => (
            message!("this link has no end"),
            message!("write ) behind its address"),
        ),
        Some(_) if target.trim_start().starts_with("tel:") => (
            message!("a telephone number in a link has no spaces"),
            message!("write it like [words](tel:+842250000001)"),
        ),
        Some(_) => (
            message!("this link is not complete"),
            message!(
                "write [words](https://…), with %20 for each space in the address; for the characters themselves write {signs}",
                signs = Typed("\\](")
            ),
        ),
    }
}

/// Where an address with a space stands between `<` and `>`.
fn spaced_address(words: &str) -> Option<usize> {
    ["<https://", "<http://"].iter().find_map(|begin| {
        let at = words.find(begin)?;
        let address = words[at..].split_once('>')?.0;
        address.contains(char::is_whitespace).then_some(at)
    })
}

/// Where a link has a space between its words and its address.
fn split_link(words: &str) -> Option<usize> {
    let at = words.find("] (")?;
    let behind = words[at + 3..].trim_start_matches('<');
    let is_target = ["http", "www.", "/", "mailto:", "tel:"]
        .iter()
        .any(|begin| behind.starts_with(begin));
    (is_target && words[..at].contains('[')).then_some(at)
}

/// Where an address stands among words.
fn bare_address(words: &str, begins: &[&str]) -> Option<usize> {
    begins.iter().find_map(|begin| {
        let at = words.find(begin)?;
        let before = words[..at].chars().next_back();
        let is_alone = before.is_none_or(|c| !c.is_alphanumeric() && c != '/');
        let has_name = words[at + begin.len()..].starts_with(char::is_alphanumeric);
        (is_alone && has_name).then_some(at)
    })
}

#[cfg(test)]
mod tests;
