//! The names of a portal, as each language writes them, and where they stand in a text. Addresses and
//! names of files are no words.

mod words;

use crate::hash::CacheKey;
use aho_corasick::{AhoCorasick, MatchKind};
use model::Lang;
use std::collections::BTreeMap;
use std::ops::Range;
use words::{is_no_words, is_whole, without_addresses};

/// The names of a portal, as each language writes them.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// How each name is written.
    names: Vec<BTreeMap<Lang, String>>,
    /// What is looked for in the texts of each language.
    spellings: BTreeMap<Lang, Spellings>,
    hash: u64,
}

/// All spellings of a language.
#[derive(Clone, Debug)]
struct Spellings {
    /// Finds them.
    automaton: AhoCorasick,
    /// Each spelling: the number of its name, its length, and whether it is right.
    all: Vec<(usize, usize, bool)>,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub range: Range<usize>,
    /// Which name of the glossary it is.
    pub name: usize,
    /// Whether it is spelled as it should be.
    pub is_right: bool,
}

impl Glossary {
    /// The names with their spellings: the text, the number of the name, and whether it is right.
    pub fn new(
        names: Vec<BTreeMap<Lang, String>>,
        spellings: BTreeMap<Lang, Vec<(String, usize, bool)>>,
    ) -> Self {
        let mut glossary = Self {
            names,
            ..Self::default()
        };
        let mut key = CacheKey::default();
        for (lang, mut texts) in spellings {
            texts.sort();
            for (text, name, is_right) in &texts {
                key = key
                    .add(lang.tag())
                    .add(text)
                    .number(*name as u64)
                    .number(u64::from(*is_right));
                key = key.add(glossary.right(*name, lang).unwrap_or_default());
            }
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(texts.iter().map(|(text, ..)| text));
            // It is refused only where it had more states than there are numbers.
            if let Ok(automaton) = automaton {
                let all = texts
                    .iter()
                    .map(|(text, name, is_right)| (*name, text.len(), *is_right));
                let all = all.collect();
                glossary
                    .spellings
                    .insert(lang, Spellings { automaton, all });
            }
        }
        glossary.hash = if glossary.is_empty() { 0 } else { key.finish() };
        glossary
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How each name is written, by language.
    pub fn names(&self) -> &[BTreeMap<Lang, String>] {
        &self.names
    }

    /// Whether a language has a name.
    pub fn has(&self, lang: Lang) -> bool {
        self.spellings.contains_key(&lang)
    }

    /// What the names and spellings are, in short.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// How a language writes a name.
    pub fn right(&self, name: usize, lang: Lang) -> Option<&str> {
        self.names.get(name)?.get(&lang).map(String::as_str)
    }

    /// The names in a text, the first first. Of two that overlap, the longer one counts.
    pub fn mentions(&self, lang: Lang, text: &str) -> Vec<Mention> {
        let Some(spellings) = self.spellings.get(&lang).filter(|_| !is_no_words(text)) else {
            return Vec::new();
        };
        let masked = without_addresses(text);
        let found = spellings.automaton.find_overlapping_iter(masked.as_bytes());
        let whole = found.filter(|found| is_whole(&masked, found.range()));
        let mut mentions: Vec<Mention> = whole
            .map(|found| {
                let (name, _, is_right) = spellings.all[found.pattern().as_usize()];
                Mention {
                    range: found.range(),
                    name,
                    is_right,
                }
            })
            .collect();
        mentions.sort_by_key(|found| {
            (
                found.range.start,
                usize::MAX - found.range.end,
                !found.is_right,
            )
        });
        let all = mentions.clone();
        // What stands within a longer one is a part of that one.
        mentions.retain(|inner| {
            !all.iter().any(|outer| {
                outer.range.len() > inner.range.len()
                    && outer.range.start < inner.range.end
                    && inner.range.start < outer.range.end
            })
        });
        mentions.dedup_by(|one, other| one.range == other.range);
        mentions
    }
}
