//! HTML as plug-ins for translation look at it: texts, the marks around words, and what ends a line.

use std::collections::HashSet;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// A tag that may stand within a sentence.
    Mark(&'a str),
    /// Whatever ends a sentence: any other tag, a shortcode, a comment, an empty line.
    Border(&'a str),
}

/// The elements that may stand within a sentence.
const IN_LINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
    "var",
];

/// The elements whose content is no text.
const SILENT: [&str; 4] = ["script", "style", "textarea", "svg"];

/// The longest tag, in bytes, in which quotation marks are looked at.
const MOST_TAG: usize = 65_536;

/// The longest shortcode, in bytes.
const MOST_CODE: usize = 4_096;

/// The pieces of HTML, in their order. Together they are the HTML.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut reader = Reader {
        html,
        pieces: Vec::new(),
        from: 0,
        closed: closed(html),
        unclosed: HashSet::new(),
    };
    let mut at = 0;
    while let Some(found) = html[at..].find(['<', '[', '\n']) {
        at = reader.piece(at + found);
    }
    reader.text(html.len());
    reader.pieces
}

struct Reader<'a> {
    html: &'a str,
    pieces: Vec<Piece<'a>>,
    /// Where the text begins that is not a piece yet.
    from: usize,
    /// The names of shortcodes that are closed somewhere.
    closed: HashSet<&'a str>,
    /// What is known to end nowhere, so that it is looked for once.
    unclosed: HashSet<&'static str>,
}

impl Reader<'_> {
    /// Takes what begins at a byte. Returns where to go on.
    fn piece(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        if rest.starts_with('\n') {
            let space = rest.len() - rest.trim_start().len();
            if rest[..space].matches('\n').count() > 1 {
                return self.border(at, at + space);
            }
            return at + space;
        }
        if rest.starts_with('[') {
            return match self.code(rest) {
                Some(end) => self.border(at, at + end),
                None => at + 1,
            };
        }
        if rest.starts_with("<!--") {
            let end = self.after(rest, "-->").unwrap_or(rest.len());
            return self.border(at, at + end);
        }
        let Some(end) = tag_end(rest) else {
            return at + 1;
        };
        let tag = &rest[..end];
        let name = tag_name(tag);
        if IN_LINE.contains(&&*name) {
            self.text(at);
            self.pieces.push(Piece::Mark(tag));
            self.from = at + end;
            return self.from;
        }
        let silent = SILENT.iter().find(|known| **known == name);
        let inside = silent.filter(|_| !tag.starts_with("</") && !tag.ends_with("/>"));
        let end = inside.map_or(end, |name| end + self.closing(&rest[end..], name));
        self.border(at, at + end)
    }

    /// Where the closing tag of a silent element begins; the end where there is none.
    fn closing(&mut self, rest: &str, name: &'static str) -> usize {
        if self.unclosed.contains(name) {
            return rest.len();
        }
        let is_end = |at: &usize| {
            let after = rest.get(at + 2..at + 2 + name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(name))
        };
        let found = rest.match_indices("</").map(|(at, _)| at).find(is_end);
        if found.is_none() {
            self.unclosed.insert(name);
        }
        found.unwrap_or(rest.len())
    }

    /// The end of a mark in a text, where it is there.
    fn after(&mut self, rest: &str, end: &'static str) -> Option<usize> {
        if self.unclosed.contains(end) {
            return None;
        }
        let found = rest.find(end).map(|at| at + end.len());
        if found.is_none() {
            self.unclosed.insert(end);
        }
        found
    }

    fn text(&mut self, until: usize) {
        if self.from < until {
            self.pieces.push(Piece::Text(&self.html[self.from..until]));
        }
        self.from = until;
    }

    fn border(&mut self, from: usize, until: usize) -> usize {
        self.text(from);
        self.pieces.push(Piece::Border(&self.html[from..until]));
        self.from = until;
        until
    }

    /// The length of a shortcode at the beginning of a text. Other brackets are words.
    fn code(&self, rest: &str) -> Option<usize> {
        let near = &rest[..floor(rest, MOST_CODE)];
        let end = near.find(']')?;
        let inside = &near[1..end];
        let name = name_of(inside.trim_start_matches('/'))?;
        let is_code = inside.starts_with('/')
            || inside.contains('=')
            || inside.ends_with('/')
            || ["gallery", "embed", "audio", "video", "playlist"].contains(&name)
            || self.closed.contains(name);
        is_code.then_some(end + 1)
    }
}

/// The names of the shortcodes that are closed in a text.
fn closed(html: &str) -> HashSet<&str> {
    let names = html.split("[/").skip(1);
    names
        .filter_map(|rest| Some((name_of(rest)?, rest)))
        .filter(|(name, rest)| rest[name.len()..].starts_with(']'))
        .map(|(name, _)| name)
        .collect()
}

fn name_of(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    Some(&text[..end]).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The nearest border between characters at or before a byte.
fn floor(text: &str, most: usize) -> usize {
    let mut at = most.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The length of the tag at the beginning of a text; `None` where `<` is a word.
pub(super) fn tag_end(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('<')?;
    let inside = inside.strip_prefix(['/', '!', '?']).unwrap_or(inside);
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let near = &rest[..floor(rest, MOST_TAG)];
    let mut quote = None;
    for (at, byte) in near.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if near[..at].ends_with('=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            // A tag does not begin within another one.
            (None, b'<') if at > 0 => return None,
            _ => {}
        }
    }
    near.find('>').map(|at| at + 1)
}

/// The name of a tag, in lower case.
pub(super) fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/', '!', '?']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    name[..end.unwrap_or(name.len())].to_ascii_lowercase()
}

/// The words of HTML: without tags, and with characters in place of their names.
pub(super) fn plain(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = tag_end(rest);
        match end {
            Some(end) if IN_LINE.contains(&&*tag_name(&rest[..end])) => {}
            Some(_) => words.push(' '),
            None => words.push('<'),
        }
        rest = &rest[end.unwrap_or(1)..];
    }
    words.push_str(rest);
    decoded(&words)
}

/// The longest name of a character.
const MOST_NAME: usize = 12;

/// A text with characters in place of their names.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let near = &rest[1..][..floor(&rest[1..], MOST_NAME)];
        let named = near
            .find(';')
            .and_then(|end| Some((character(&near[..end])?, end + 2)));
        let (character, length) = named.unwrap_or_else(|| ("&".to_owned(), 1));
        decoded.push_str(&character);
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    decoded
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = match hex {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "hellip" => "…",
        "ndash" => "–",
        "mdash" => "—",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        _ => {
            let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return super::named(name).filter(|_| is_name && !name.is_empty());
        }
    };
    Some(known.to_owned())
}
