//! What could not be carried over. Nothing is dropped without an entry of this kind.

use editorial::diagnostics::characters::is_hidden;
use model::Address;
use std::collections::BTreeMap;

/// The longest excerpt, in characters.
const EXCERPT: usize = 90;

/// Something that could not be carried over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What it was and what became of it: lower case, no full stop.
    pub what: String,
    /// Its beginning, or its address; may be empty.
    pub excerpt: String,
}

impl Loss {
    /// A loss with the beginning of what was lost.
    pub fn new(what: impl Into<String>, excerpt: &str) -> Self {
        Self { what: what.into(), excerpt: self::excerpt(excerpt) }
    }

    /// Characters that nobody sees; `None` where there were none.
    pub fn hidden(hidden: &BTreeMap<char, usize>, words: &str) -> Option<Self> {
        let one = |(c, count): (&char, &usize)| format!("U+{:04X} ({count})", u32::from(*c));
        let codes: Vec<String> = hidden.iter().map(one).collect();
        (!codes.is_empty())
            .then(|| Self::new(format!("characters that nobody sees were left out: {}", codes.join(", ")), words))
    }

    /// A link that is a link no more.
    pub fn link(to: &Address, words: &str) -> Self {
        Self::new(format!("a link became words alone, it led to {}", excerpt(to.as_str())), words)
    }
}

/// The beginning of a text in one line, safe to print.
pub fn excerpt(text: &str) -> String {
    let shown = |c: char| if is_hidden(c) { ' ' } else { c };
    let line: String = text.chars().take(20 * EXCERPT).map(shown).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    format!("{}…", line.chars().take(EXCERPT).collect::<String>().trim_end())
}
