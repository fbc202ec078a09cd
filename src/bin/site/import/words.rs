//! Words while they are collected: characters with the marks that they carry, and the one form that they settle in.
//!
//! What comes out can be written in our marks and reads back as the same runs; it is NFC and holds no character that
//! nobody sees. Settling what has settled changes nothing.

use super::marks;
use crate::place::is_invisible;
use portal::model::{Address, Inline, Link};
use std::collections::BTreeMap;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most groups of marks in one text that are tried one by one where they cannot all be written.
const MOST_GROUPS: usize = 64;

/// The marks that a character carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Whether it is important.
    pub(crate) strong: bool,
    /// Whether it is stressed.
    pub(crate) emphasis: bool,
    /// Where it leads.
    pub(crate) link: Option<Rc<Address>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Glyph {
    c: char,
    style: Style,
}

/// Words that are being collected.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    glyphs: Vec<Glyph>,
    /// The characters that were left out because nobody sees them, with how often.
    hidden: BTreeMap<char, usize>,
}

/// Words in the form that can be written.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// The runs.
    pub(crate) runs: Vec<Inline>,
    /// The characters that were left out because nobody sees them, with how often.
    pub(crate) hidden: BTreeMap<char, usize>,
    /// Whether a mark was given up because our marks cannot say it.
    pub(crate) lost_marks: bool,
    /// Whether punctuation at the edge of marked words has no mark now.
    pub(crate) lost_edges: bool,
    /// The addresses that words no longer lead to.
    pub(crate) lost_links: Vec<Address>,
}

impl Words {
    /// Adds characters. White space of every kind is a space, and one is enough; the ideographic space stays.
    pub(crate) fn push(&mut self, text: &str, style: &Style) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{3000}' {
                self.space(style);
            } else if c.is_control() || is_invisible(c) || c == '\u{fffd}' {
                *self.hidden.entry(c).or_default() += 1;
            } else {
                self.glyphs.push(Glyph { c, style: style.clone() });
            }
        }
    }

    /// Adds a space where there is none.
    pub(crate) fn space(&mut self, style: &Style) {
        if self.glyphs.last().is_some_and(|last| last.c != ' ') {
            self.glyphs.push(Glyph { c: ' ', style: style.clone() });
        }
    }

    /// Adds other words after a space.
    pub(crate) fn append(&mut self, other: Self) {
        self.space(&Style::default());
        self.glyphs.extend(other.glyphs);
        for (c, count) in other.hidden {
            *self.hidden.entry(c).or_default() += count;
        }
    }

    /// Whether nothing would be read.
    pub(crate) fn is_blank(&self) -> bool {
        self.glyphs.iter().all(|glyph| glyph.c.is_whitespace())
    }

    /// The characters alone.
    pub(crate) fn plain(&self) -> String {
        let text: String = self.glyphs.iter().map(|glyph| glyph.c).collect();
        text.trim().nfc().collect()
    }

    /// The addresses that words lead to.
    pub(crate) fn links(&self) -> Vec<Address> {
        let mut links: Vec<Address> = Vec::new();
        for link in self.glyphs.iter().filter_map(|glyph| glyph.style.link.as_deref()) {
            if links.last() != Some(link) {
                links.push(link.clone());
            }
        }
        links
    }

    /// The characters that were left out because nobody sees them.
    pub(crate) fn hidden(&self) -> &BTreeMap<char, usize> {
        &self.hidden
    }

    /// The form that can be written.
    pub(crate) fn settle(self) -> Settled {
        let mut glyphs = composed(trimmed(self.glyphs));
        let lost_edges = settle_edges(&mut glyphs);
        let before = links_of(&glyphs);
        let (runs, lost) = written(&mut glyphs);
        let after = links_of(&glyphs);
        let lost_links = before.into_iter().filter(|link| !after.contains(link)).collect();
        Settled { runs, hidden: self.hidden, lost_marks: lost, lost_edges, lost_links }
    }
}

fn links_of(glyphs: &[Glyph]) -> Vec<Address> {
    Words { glyphs: glyphs.to_vec(), ..Words::default() }.links()
}

fn trimmed(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let end = glyphs.iter().rposition(|glyph| !glyph.c.is_whitespace()).map_or(0, |at| at + 1);
    glyphs.truncate(end);
    let start = glyphs.iter().position(|glyph| !glyph.c.is_whitespace()).unwrap_or_default();
    glyphs.drain(..start);
    glyphs
}

/// The characters in NFC. A loose mark belongs to its letter, and so do its marks.
fn composed(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    for at in 1..glyphs.len() {
        if is_combining_mark(glyphs[at].c) {
            glyphs[at].style = glyphs[at - 1].style.clone();
        }
    }
    let mut whole = Vec::with_capacity(glyphs.len());
    for piece in glyphs.chunk_by(|a, b| a.style == b.style) {
        let text = piece.iter().map(|glyph| glyph.c).nfc();
        whole.extend(text.map(|c| Glyph { c, style: piece[0].style.clone() }));
    }
    whole
}

/// The kinds of marks, in the order in which they stand within each other where they cover the same words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Link,
    Emphasis,
    Strong,
}

const KINDS: [Kind; 3] = [Kind::Link, Kind::Emphasis, Kind::Strong];

impl Kind {
    fn is_on(self, style: &Style) -> bool {
        match self {
            Self::Link => style.link.is_some(),
            Self::Emphasis => style.emphasis,
            Self::Strong => style.strong,
        }
    }

    fn remove(self, style: &mut Style) {
        match self {
            Self::Link => style.link = None,
            Self::Emphasis => style.emphasis = false,
            Self::Strong => style.strong = false,
        }
    }

    fn copy(self, from: &Style, to: &mut Style) {
        match self {
            Self::Link => to.link.clone_from(&from.link),
            Self::Emphasis => to.emphasis = from.emphasis,
            Self::Strong => to.strong = from.strong,
        }
    }

    /// Whether two neighbours carry the same mark of this kind.
    fn joins(self, a: &Style, b: &Style) -> bool {
        self.is_on(a) && self.is_on(b) && (self != Self::Link || a.link == b.link)
    }
}

/// Takes marks away from where they would not be marks: from white space at the edges of what they cover, and from
/// punctuation there with a letter beside it, as in `**「港」**の`. Says whether punctuation lost its mark.
fn settle_edges(glyphs: &mut [Glyph]) -> bool {
    let mut lost = false;
    loop {
        let mut changed = false;
        for (kind, start, end) in groups_within(&tree_ranges(glyphs)) {
            for (at, beside) in [(start, start.checked_sub(1)), (end - 1, Some(end))] {
                let c = glyphs[at].c;
                let beside = beside.and_then(|beside| glyphs.get(beside)).map(|glyph| glyph.c);
                let blocked = kind != Kind::Link && !is_word(c) && beside.is_some_and(is_word);
                if (c.is_whitespace() || blocked) && kind.is_on(&glyphs[at].style) {
                    kind.remove(&mut glyphs[at].style);
                    changed = true;
                    lost |= !c.is_whitespace();
                    // Brackets stay together.
                    let other = if at == start { end - 1 } else { start };
                    if PAIRS.contains(&(glyphs[start].c, glyphs[end - 1].c)) && blocked {
                        kind.remove(&mut glyphs[other].style);
                    }
                }
            }
        }
        if !changed {
            return lost;
        }
    }
}

/// Brackets and quotation marks that belong together.
const PAIRS: [(char, char); 12] = [
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('“', '”'),
    ('‘', '’'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
];

/// Whether the rules for marks take a character for a part of a word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A mark with the glyphs that it covers, and the marks within.
struct Span {
    kind: Kind,
    start: usize,
    end: usize,
    within: Vec<Span>,
}

/// The marks as they stand within each other. Of several that begin at one place the longest stands outside.
fn tree_ranges(glyphs: &[Glyph]) -> Vec<Span> {
    spans(glyphs, 0, glyphs.len(), &KINDS)
}

fn spans(glyphs: &[Glyph], start: usize, end: usize, kinds: &[Kind]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = start;
    while at < end {
        let open = kinds.iter().filter(|kind| kind.is_on(&glyphs[at].style));
        let extent = |kind: &&Kind| {
            let joined = |next: &usize| kind.joins(&glyphs[*next - 1].style, &glyphs[*next].style);
            at + 1 + (at + 1..end).take_while(joined).count()
        };
        // Of equals the last is taken, so the order is turned around.
        let Some((kind, last)) = open.rev().map(|kind| (*kind, extent(&kind))).max_by_key(|(_, last)| *last) else {
            at += 1;
            continue;
        };
        let inner: Vec<Kind> = kinds.iter().copied().filter(|other| *other != kind).collect();
        found.push(Span { kind, start: at, end: last, within: spans(glyphs, at, last, &inner) });
        at = last;
    }
    found
}

fn groups_within(spans: &[Span]) -> Vec<(Kind, usize, usize)> {
    let mut groups = Vec::new();
    for span in spans {
        groups.push((span.kind, span.start, span.end));
        groups.extend(groups_within(&span.within));
    }
    groups
}

fn runs(glyphs: &[Glyph]) -> Vec<Inline> {
    runs_of(glyphs, 0, glyphs.len(), &tree_ranges(glyphs))
}

fn runs_of(glyphs: &[Glyph], start: usize, end: usize, spans: &[Span]) -> Vec<Inline> {
    let mut runs = Vec::new();
    let mut at = start;
    let text = |from: usize, to: usize| Inline::Text(glyphs[from..to].iter().map(|glyph| glyph.c).collect());
    for span in spans {
        if at < span.start {
            runs.push(text(at, span.start));
        }
        let inner = runs_of(glyphs, span.start, span.end, &span.within);
        runs.push(match (span.kind, &glyphs[span.start].style.link) {
            (Kind::Strong, _) => Inline::Strong(inner),
            (Kind::Link, Some(to)) => Inline::Link(Link { to: (**to).clone(), text: inner, lang: None }),
            _ => Inline::Emphasis(inner),
        });
        at = span.end;
    }
    if at < end {
        runs.push(text(at, end));
    }
    runs
}

/// The runs as they can be written. Marks that cannot be are taken away; says whether there were any.
fn written(glyphs: &mut [Glyph]) -> (Vec<Inline>, bool) {
    let whole = runs(glyphs);
    if marks::write(&whole).is_some() {
        return (whole, false);
    }
    let wanted = glyphs.to_vec();
    glyphs.iter_mut().for_each(|glyph| glyph.style = Style::default());
    for (kind, start, end) in groups_within(&tree_ranges(&wanted)).into_iter().take(MOST_GROUPS) {
        let kept: Vec<Style> = glyphs[start..end].iter().map(|glyph| glyph.style.clone()).collect();
        for at in start..end {
            kind.copy(&wanted[at].style, &mut glyphs[at].style);
        }
        if unsettled(glyphs) || marks::write(&runs(glyphs)).is_none() {
            glyphs[start..end].iter_mut().zip(kept).for_each(|(glyph, style)| glyph.style = style);
        }
    }
    (runs(glyphs), true)
}

/// Whether the edges of marks would change once more.
fn unsettled(glyphs: &[Glyph]) -> bool {
    let mut copy = glyphs.to_vec();
    settle_edges(&mut copy);
    copy != glyphs
}
