//! The drawings that a portal may bring along: its sign, and the form of its share cards.

use std::ops::Range;

/// The drawings of a portal. The tool has drawings of its own for those that are missing.
#[derive(Debug, Default)]
pub struct Drawings {
    /// `sign.svg`: the portal's sign, as wide as it is high, without a ground of its own.
    pub sign: Option<String>,
    /// `card.svg`: what stands on share cards besides words.
    pub card: Option<CardForm>,
}

/// The width and height of a share card in pixels, as social networks ask for it.
pub const CARD: (u32, u32) = (1200, 630);

/// A drawing with boxes in it, which say where words and sign of a share card stand. Boxes are not
/// drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct CardForm {
    /// The drawing as SVG, with the boxes.
    pub drawing: String,
    /// The boxes, in the order of the drawing. There is one for the title.
    pub boxes: Vec<CardBox>,
}

/// A box in the form of a share card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardBox {
    /// What stands in it.
    pub holds: Holds,
    /// Its left edge in pixels.
    pub x: f32,
    /// Its upper edge in pixels.
    pub y: f32,
    /// Its width in pixels.
    pub width: f32,
    /// Its height in pixels. It is the size of the letters, but for the title, whose lines share
    /// it.
    pub height: f32,
    /// Red, green and blue of the words.
    pub ink: [u8; 3],
    /// The bytes of the box's element in the drawing.
    pub range: Range<usize>,
}

/// What stands in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The title of the article, or the portal's name.
    Title,
    /// The name of the section, or the portal's slogan.
    Section,
    /// The portal's name.
    Name,
    /// The day of publication.
    Date,
    /// The portal's sign.
    Sign,
}

impl Holds {
    /// Everything that a box can hold.
    pub const ALL: [Self; 5] = [
        Self::Title,
        Self::Section,
        Self::Name,
        Self::Date,
        Self::Sign,
    ];

    /// The id of the box in the drawing.
    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Section => "section",
            Self::Name => "name",
            Self::Date => "date",
            Self::Sign => "sign",
        }
    }
}
