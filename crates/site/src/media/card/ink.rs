//! The colours of the words on a card, and their places in its palette.

use std::ops::Range;

/// How many strengths an ink has.
pub(super) const STRENGTHS: u8 = 15;

/// A colour of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Titles.
    White,
    /// Sections.
    Red,
    /// What is of less weight.
    Steel,
}

impl Ink {
    /// All inks, in the order of the palette.
    pub(super) const ALL: [Self; 3] = [Self::White, Self::Red, Self::Steel];

    /// Its colour in full strength.
    pub(super) fn colour(self) -> u32 {
        match self {
            Self::White => 0xff_ff_ff,
            Self::Red => 0xff_a1_96,
            Self::Steel => 0xc4_d1_dc,
        }
    }

    /// The places of its strengths in the palette; the weakest first.
    pub(super) fn places(self) -> Range<u8> {
        let first = 1 + self as u8 * STRENGTHS;
        first..first + STRENGTHS
    }
}
