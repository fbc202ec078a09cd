//! What readers choose about how the pages look.

/// Something that readers choose for all pages at once. What is chosen stands as `data-<name>` on `<html>`, where the style
/// sheets look for it, and is stored on the device under the same name; what is usual is neither written nor stored.
/// `src/early.js` knows the same names and values: `tests/portal/contrast.rs` compares them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The colours.
    Theme,
    /// The size of the text, in hundredths of what the browser is set to.
    Text,
    /// The space between lines.
    Spacing,
}

impl Choice {
    /// All of them, in the order in which they are offered. [`Choice::place`] counts as this does.
    pub const ALL: [Self; 3] = [Self::Theme, Self::Text, Self::Spacing];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Text => "text",
            Self::Spacing => "spacing",
        }
    }

    /// What there is to choose from, in the order in which it is offered.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Self::Theme => &["system", "light", "dark", "contrast"],
            Self::Text => &["90", "100", "125", "150", "200"],
            Self::Spacing => &["normal", "wide", "widest"],
        }
    }

    /// The place of the usual one among the values: what holds until the reader chooses.
    pub fn usual(self) -> usize {
        usize::from(self == Self::Text)
    }

    /// Its place in [`Choice::ALL`].
    pub fn place(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;

    #[test]
    fn the_usual_values_are_those_of_a_page_without_choices() {
        assert_eq!(Choice::ALL.map(|choice| choice.values()[choice.usual()]), ["system", "100", "normal"]);
        assert_eq!(Choice::ALL.map(Choice::place), [0, 1, 2]);
    }
}
