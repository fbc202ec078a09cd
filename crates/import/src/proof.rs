//! The proof of an import: every word that a reader could see in a text is in the article or in the
//! report.
//!
//! It knows nothing of how a text becomes blocks. It reads the words of the source by itself and looks
//! for each in what was written.

use crate::html::visible;
use crate::loss::{Loss, excerpt};
use editorial::diagnostics::characters::is_hidden;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// The most words that are looked for letter by letter, because they are written otherwise.
const MOST_SEARCHED: usize = 2_000;

/// The most words that are named.
const MOST_NAMED: usize = 400;

/// What was written and reported of a text.
#[derive(Default)]
pub(crate) struct Evidence {
    words: HashSet<String>,
    /// All letters without what stands between them: marks may cut a word in two.
    letters: String,
}

impl Evidence {
    /// Adds words.
    pub(crate) fn add(&mut self, text: &str) {
        for word in words(text) {
            self.letters.push_str(&word);
            self.words.insert(word);
        }
        // Words of two texts are no word together.
        self.letters.push(' ');
    }

    /// Adds all texts of a file of ours.
    pub(crate) fn add_file(&mut self, bytes: &[u8]) {
        let value: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                serde_json::Value::String(text) => self.add(text),
                serde_json::Value::Array(values) => open.extend(values),
                serde_json::Value::Object(values) => open.extend(values.values()),
                _ => {}
            }
        }
    }

    /// Adds what the report says.
    pub(crate) fn add_losses<'a>(&mut self, losses: impl Iterator<Item = &'a Loss>) {
        for loss in losses {
            self.add(&loss.what);
            self.add(&loss.excerpt);
        }
    }
}

/// How many words a source has, and those that the evidence lacks.
pub(crate) fn missing(sources: &[&str], evidence: &Evidence) -> (usize, Option<Loss>) {
    let (mut all, mut searched) = (0, 0);
    let mut missing: Vec<String> = Vec::new();
    for word in sources.iter().flat_map(|source| words(&visible(source))) {
        all += 1;
        if evidence.words.contains(&word) {
            continue;
        }
        searched += 1;
        let is_there = searched <= MOST_SEARCHED && evidence.letters.contains(&word);
        if !is_there && !missing.contains(&word) && missing.len() < MOST_NAMED {
            missing.push(word);
        }
    }
    let loss = (!missing.is_empty()).then(|| {
        let words: Vec<String> = missing.iter().map(|word| excerpt(word)).collect();
        let what = "these words are not in the article: compare it with the old site";
        Loss::whole(what, &words.join(" "))
    });
    (all, loss)
}

/// The words of a text in one spelling: without what stands between them, and without what nobody
/// sees.
fn words(text: &str) -> Vec<String> {
    let seen = text
        .chars()
        .filter(|c| *c == '\n' || !is_hidden(*c) || c.is_whitespace());
    let same = |c: char| match c {
        'ð' | 'ɖ' => 'đ',
        c => c,
    };
    let folded: String = seen
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(same)
        .nfc()
        .collect();
    folded
        .split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, written: &[&str]) -> Option<String> {
        let mut evidence = Evidence::default();
        for text in written {
            evidence.add(text);
        }
        missing(&[source], &evidence).1.map(|loss| loss.excerpt)
    }

    #[test]
    fn a_word_that_stands_nowhere_is_named() {
        let source = "<p>Một <b>đo</b>ạn, m<sup>2</sup>.</p><script>x y</script><p>Hai</p>[box a=\"b\"]Ba[/box]";
        assert_eq!(found(source, &["Một **đo**ạn", "m²", "hai ba"]), None);
        assert_eq!(
            found(source, &["Một đoạn", "m2"]).as_deref(),
            Some("hai ba")
        );
        assert_eq!(found("<ul><li>港口<li>扩建</ul>", &["港口", "扩 建"]), None);
        assert_eq!(found("a\u{ad}b ﬁsch", &["ab fisch"]), None);
    }
}
