//! Groups of marks: what each covers, how they nest, and which of them our marks cannot express.

use super::{Glyph, Style};
use crate::marks;
use model::{Inline, Link};
use unicode_normalization::char::is_combining_mark;

/// The most groups of marks in one text that are tried one by one where they cannot all be written.
const MOST_GROUPS: usize = 64;

/// The most characters that these trials go through: the longer a text, the fewer of its groups are
/// tried.
const MOST_TRIED: usize = 1_000_000;

/// How many rounds go over the edges of marks before all marks are given up. What people write
/// needs two or three.
const MOST_ROUNDS: usize = 100;

/// The kinds of marks, from the outermost to the innermost where they cover the same words.
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

/// Takes marks away from edges where they would not be read as marks: from white space, and from
/// punctuation next to a letter, as in `**「港」**の`. Returns whether punctuation lost its mark, and
/// whether all marks were given up because the edges changed in every round.
pub(super) fn normalise_edges(glyphs: &mut [Glyph]) -> (bool, bool) {
    let mut lost = false;
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for (kind, start, end) in groups_within(&tree_ranges(glyphs)) {
            changed |= trim(glyphs, kind, start, end);
            for (at, beside) in [(start, start.checked_sub(1)), (end - 1, Some(end))] {
                let c = glyphs[at].c;
                let beside = beside
                    .and_then(|beside| glyphs.get(beside))
                    .map(|glyph| glyph.c);
                let blocked = kind != Kind::Link && !is_word(c) && beside.is_some_and(is_word);
                if blocked && kind.is_on(&glyphs[at].style) {
                    kind.remove(&mut glyphs[at].style);
                    changed = true;
                    lost = true;
                    // Both brackets of a pair lose the mark.
                    let other = if at == start { end - 1 } else { start };
                    if PAIRS.contains(&(glyphs[start].c, glyphs[end - 1].c)) {
                        kind.remove(&mut glyphs[other].style);
                    }
                }
            }
        }
        if !changed {
            return (lost, false);
        }
    }
    for glyph in glyphs.iter_mut() {
        glyph.style = Style::default();
    }
    (lost, true)
}

/// Takes a mark away from all white space at both edges of what it covers.
fn trim(glyphs: &mut [Glyph], kind: Kind, start: usize, end: usize) -> bool {
    let is_space = |glyph: &&mut Glyph| glyph.c.is_whitespace();
    let mut changed = false;
    let mut clear = |glyph: &mut Glyph| {
        changed |= kind.is_on(&glyph.style);
        kind.remove(&mut glyph.style);
    };
    glyphs[start..end]
        .iter_mut()
        .take_while(is_space)
        .for_each(&mut clear);
    glyphs[start..end]
        .iter_mut()
        .rev()
        .take_while(is_space)
        .for_each(&mut clear);
    changed
}

/// Brackets and quotation marks that form pairs.
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

/// A mark with the glyphs that it covers, and the marks nested in it.
struct Span {
    kind: Kind,
    start: usize,
    end: usize,
    within: Vec<Span>,
}

/// The tree of marks. Of several that begin at one glyph, the longest is the outermost.
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
        // `max_by_key` takes the last of equals, so the order is reversed.
        let Some((kind, last)) = open
            .rev()
            .map(|kind| (*kind, extent(&kind)))
            .max_by_key(|(_, last)| *last)
        else {
            at += 1;
            continue;
        };
        let inner: Vec<Kind> = kinds
            .iter()
            .copied()
            .filter(|other| *other != kind)
            .collect();
        found.push(Span {
            kind,
            start: at,
            end: last,
            within: spans(glyphs, at, last, &inner),
        });
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
    let text = |from: usize, to: usize| {
        Inline::Text(glyphs[from..to].iter().map(|glyph| glyph.c).collect())
    };
    for span in spans {
        if at < span.start {
            runs.push(text(at, span.start));
        }
        let inner = runs_of(glyphs, span.start, span.end, &span.within);
        runs.push(match (span.kind, &glyphs[span.start].style.link) {
            (Kind::Strong, _) => Inline::Strong(inner),
            (Kind::Link, Some(to)) => Inline::Link(Link {
                to: (**to).clone(),
                text: inner,
                lang: None,
            }),
            _ => Inline::Emphasis(inner),
        });
        at = span.end;
    }
    if at < end {
        runs.push(text(at, end));
    }
    runs
}

/// The runs that can be written, and whether marks had to be taken away for it.
pub(super) fn expressible_runs(glyphs: &mut [Glyph]) -> (Vec<Inline>, bool) {
    let whole = runs(glyphs);
    if marks::write(&whole).is_some() {
        return (whole, false);
    }
    let wanted = glyphs.to_vec();
    for glyph in glyphs.iter_mut() {
        glyph.style = Style::default();
    }
    let most = MOST_GROUPS.min(MOST_TRIED / wanted.len().max(1));
    for (kind, start, end) in groups_within(&tree_ranges(&wanted)).into_iter().take(most) {
        let kept: Vec<Style> = glyphs[start..end]
            .iter()
            .map(|glyph| glyph.style.clone())
            .collect();
        for at in start..end {
            kind.copy(&wanted[at].style, &mut glyphs[at].style);
        }
        if would_change_again(glyphs) || marks::write(&runs(glyphs)).is_none() {
            glyphs[start..end]
                .iter_mut()
                .zip(kept)
                .for_each(|(glyph, style)| glyph.style = style);
        }
    }
    (runs(glyphs), true)
}

/// Whether the edges of marks would change once more.
fn would_change_again(glyphs: &[Glyph]) -> bool {
    let mut copy = glyphs.to_vec();
    normalise_edges(&mut copy);
    copy != glyphs
}
