//! Losses: the content that could not be carried over. Nothing is dropped without one.

use editorial::diagnostics::characters::is_hidden;
use model::Address;
use std::collections::BTreeMap;

/// The longest excerpt, in characters.
const EXCERPT: usize = 90;

/// The most characters that are repeated of words that stand nowhere else.
const MOST_REPEATED: usize = 20_000;

/// A loss: content that could not be carried over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its kind and its outcome: lower case, no full stop.
    pub what: String,
    /// Its beginning, or its address; may be empty.
    pub excerpt: String,
}

impl Loss {
    /// A loss with its excerpt.
    pub fn new(what: impl Into<String>, excerpt: &str) -> Self {
        Self {
            what: what.into(),
            excerpt: self::excerpt(excerpt),
        }
    }

    /// A loss of words that stand nowhere else: they are repeated as a whole.
    pub fn whole(what: impl Into<String>, words: &str) -> Self {
        Self {
            what: what.into(),
            excerpt: in_one_line(words.chars().take(MOST_REPEATED)),
        }
    }

    /// A loss of invisible characters; `None` where there were none.
    pub fn hidden(hidden: &BTreeMap<char, usize>, words: &str) -> Option<Self> {
        let one = |(c, count): (&char, &usize)| format!("U+{:04X} ({count})", u32::from(*c));
        let codes: Vec<String> = hidden.iter().map(one).collect();
        (!codes.is_empty()).then(|| {
            Self::new(
                format!(
                    "characters that nobody sees were left out: {}",
                    codes.join(", ")
                ),
                words,
            )
        })
    }

    /// A loss of a link whose words stay.
    pub fn link(to: &Address, words: &str) -> Self {
        Self::new(
            format!(
                "a link became words alone, it led to {}",
                excerpt(to.as_str())
            ),
            words,
        )
    }
}

/// The beginning of a text in one line, safe to print.
pub fn excerpt(text: &str) -> String {
    let line = in_one_line(text.chars().take(20 * EXCERPT));
    if line.chars().count() <= EXCERPT {
        return line;
    }
    format!(
        "{}…",
        line.chars().take(EXCERPT).collect::<String>().trim_end()
    )
}

/// Characters in one line, safe to print.
fn in_one_line(text: impl Iterator<Item = char>) -> String {
    let shown = |c: char| if is_hidden(c) { ' ' } else { c };
    let line: String = text.map(shown).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
