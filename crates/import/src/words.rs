//! Collects words: characters with their marks, which are normalised to one canonical form.
//!
//! Normalised words can be written with our marks and read back as the same runs. They are NFC and
//! hold no invisible characters. Normalising them again changes nothing.

mod groups;

use editorial::diagnostics::characters::unwanted;
use groups::{expressible_runs, normalise_edges};
use model::{Address, Inline};
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The marks that a character carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether it is important.
    pub strong: bool,
    /// Whether it is stressed.
    pub emphasis: bool,
    /// The address that it links to.
    pub link: Option<Rc<Address>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Glyph {
    c: char,
    style: Style,
}

/// Words that are being collected.
#[derive(Clone, Debug, Default)]
pub struct Words {
    glyphs: Vec<Glyph>,
    /// The invisible characters that were left out, with how often.
    hidden: BTreeMap<char, usize>,
}

/// Words in the form that can be written.
#[derive(Debug, Default)]
pub struct Normalised {
    /// The runs.
    pub runs: Vec<Inline>,
    /// The invisible characters that were left out, with how often.
    pub hidden: BTreeMap<char, usize>,
    /// Whether a mark was given up because our marks cannot express it.
    pub lost_marks: bool,
    /// Whether punctuation at the edge of marked words has no mark now.
    pub lost_edges: bool,
    /// The addresses that words no longer lead to.
    pub lost_links: Vec<Address>,
}

impl Words {
    /// Adds characters. White space of any length and kind becomes one space, except the
    /// ideographic space, which stays.
    pub fn push(&mut self, text: &str, style: &Style) {
        let unwanted = unwanted(text);
        for (at, c) in text.char_indices() {
            if c.is_whitespace() && c != '\u{3000}' {
                self.space(style);
            } else if unwanted.binary_search(&(at, c)).is_ok() {
                *self.hidden.entry(c).or_default() += 1;
            } else {
                self.glyphs.push(Glyph {
                    c,
                    style: style.clone(),
                });
            }
        }
    }

    /// Adds a space, unless the words are empty or end with one.
    pub fn space(&mut self, style: &Style) {
        if self.glyphs.last().is_some_and(|last| last.c != ' ') {
            self.glyphs.push(Glyph {
                c: ' ',
                style: style.clone(),
            });
        }
    }

    /// Adds other words after a space.
    pub fn append(&mut self, other: Self) {
        self.space(&Style::default());
        self.glyphs.extend(other.glyphs);
        for (c, count) in other.hidden {
            *self.hidden.entry(c).or_default() += count;
        }
    }

    /// How many characters there are.
    pub(crate) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.glyphs.iter().all(|glyph| glyph.c.is_whitespace())
    }

    /// Whether a sentence ends where the words end.
    pub fn ends_sentence(&self) -> bool {
        let last = self
            .glyphs
            .iter()
            .rev()
            .map(|glyph| glyph.c)
            .find(|c| !c.is_whitespace() && !"”’»)*".contains(*c));
        last.is_none_or(|c| ".!?:;…。！？：；".contains(c))
    }

    /// The characters without their marks, in NFC.
    pub fn plain(&self) -> String {
        let text: String = self.glyphs.iter().map(|glyph| glyph.c).collect();
        text.trim().nfc().collect()
    }

    /// The addresses that words lead to.
    pub fn links(&self) -> Vec<Address> {
        let mut links: Vec<Address> = Vec::new();
        for link in self
            .glyphs
            .iter()
            .filter_map(|glyph| glyph.style.link.as_deref())
        {
            if links.last() != Some(link) {
                links.push(link.clone());
            }
        }
        links
    }

    /// The invisible characters that were left out, with how often.
    pub fn hidden(&self) -> &BTreeMap<char, usize> {
        &self.hidden
    }

    /// Normalises the words to the form that can be written.
    pub fn normalise(self) -> Normalised {
        let mut glyphs = composed(trimmed(self.glyphs));
        let (lost_edges, gave_up) = normalise_edges(&mut glyphs);
        let before = links_of(&glyphs);
        let (runs, lost) = expressible_runs(&mut glyphs);
        let after = links_of(&glyphs);
        let after: HashSet<&str> = after.iter().map(Address::as_str).collect();
        let lost_links = before
            .into_iter()
            .filter(|link| !after.contains(link.as_str()))
            .collect();
        Normalised {
            runs,
            hidden: self.hidden,
            lost_marks: lost || gave_up,
            lost_edges,
            lost_links,
        }
    }
}

fn links_of(glyphs: &[Glyph]) -> Vec<Address> {
    Words {
        glyphs: glyphs.to_vec(),
        ..Words::default()
    }
    .links()
}

fn trimmed(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let end = glyphs
        .iter()
        .rposition(|glyph| !glyph.c.is_whitespace())
        .map_or(0, |at| at + 1);
    glyphs.truncate(end);
    let start = glyphs
        .iter()
        .position(|glyph| !glyph.c.is_whitespace())
        .unwrap_or_default();
    glyphs.drain(..start);
    glyphs
}

/// The characters in NFC. A combining mark takes the style of its letter.
fn composed(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    for at in 1..glyphs.len() {
        if is_combining_mark(glyphs[at].c) {
            glyphs[at].style = glyphs[at - 1].style.clone();
        }
    }
    let mut whole = Vec::with_capacity(glyphs.len());
    for piece in glyphs.chunk_by(|a, b| a.style == b.style) {
        let text = piece.iter().map(|glyph| glyph.c).nfc();
        whole.extend(text.map(|c| Glyph {
            c,
            style: piece[0].style.clone(),
        }));
    }
    whole
}
