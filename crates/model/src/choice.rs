//! The display settings that readers choose.

/// A display setting for all pages. The chosen value stands in `data-<name>` of `<html>`, where the
/// style sheets read it, and is stored on the device under the same name. The default is neither
/// written nor stored. `src/early.js` has the same names and values; `tests/portal/contrast.rs`
/// compares them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The colours.
    Theme,
    /// The text size, in per cent of the browser's setting.
    Text,
    /// The space between lines.
    Spacing,
}

impl Choice {
    /// All choices, in display order. [`Choice::place`] is the index in this array.
    pub const ALL: [Self; 3] = [Self::Theme, Self::Text, Self::Spacing];

    /// The name in attributes and storage keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Text => "text",
            Self::Spacing => "spacing",
        }
    }

    /// The values, in display order.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Self::Theme => &["system", "light", "dark", "contrast"],
            Self::Text => &["90", "100", "125", "150", "200"],
            Self::Spacing => &["normal", "wide", "widest"],
        }
    }

    /// The index of the default among the values.
    pub fn default_index(self) -> usize {
        usize::from(self == Self::Text)
    }

    /// The index in [`Choice::ALL`].
    pub fn place(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;

    #[test]
    fn the_default_values_are_those_of_a_page_without_choices() {
        assert_eq!(
            Choice::ALL.map(|choice| choice.values()[choice.default_index()]),
            ["system", "100", "normal"]
        );
        assert_eq!(Choice::ALL.map(Choice::place), [0, 1, 2]);
    }
}
