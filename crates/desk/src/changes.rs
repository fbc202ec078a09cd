//! What changed from one text to another, word by word. Scripts without spaces between words are
//! compared sign by sign.

use serde::Serialize;

/// The most comparisons of one text; a longer one counts as changed as a whole.
const MOST_STEPS: usize = 4_000_000;

/// A part of a text, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What became of it.
    pub was: Was,
    /// The words.
    pub text: String,
}

/// What became of a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Was {
    /// It is in both texts.
    Kept,
    /// It is only in the former text.
    Removed,
    /// It is only in the present text.
    Added,
}

/// The present text in pieces, with what was removed where it stood.
pub fn between(former: &str, present: &str) -> Vec<Piece> {
    let (former, present) = (tokens(former), tokens(present));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |was, text: &str| match pieces.last_mut() {
        Some(last) if last.was == was => last.text.push_str(text),
        _ => pieces.push(Piece {
            was,
            text: text.to_owned(),
        }),
    };
    let is_same = |one: usize, other: usize| usize::from(former[one] == present[other]);
    for (before, after) in paired(former.len(), present.len(), is_same) {
        match (before, after) {
            (Some(_), Some(now)) => add(Was::Kept, present[now]),
            (Some(before), None) => add(Was::Removed, former[before]),
            (None, Some(now)) => add(Was::Added, present[now]),
            (None, None) => {}
        }
    }
    pieces
}

/// Which entries of one list are which of another, in the order of both, so that the sum of `alike` is
/// the largest. Entries with 0 are no pair. Of entries without a pair, the first list's come first.
pub fn paired(
    one: usize,
    other: usize,
    alike: impl Fn(usize, usize) -> usize,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut begin = 0;
    let full = |a: usize, b: usize| a < one && b < other && alike(a, b) > 0;
    if one.saturating_mul(other) > MOST_STEPS {
        while full(begin, begin) {
            begin += 1;
        }
        let head = (0..begin).map(|at| (Some(at), Some(at)));
        let gone = (begin..one).map(|at| (Some(at), None));
        let new = (begin..other).map(|at| (None, Some(at)));
        return head.chain(gone).chain(new).collect();
    }
    // best[a][b] is the best sum of what is behind a and b.
    let width = other + 1;
    let mut best = vec![0_usize; (one + 1) * width];
    for a in (0..one).rev() {
        for b in (0..other).rev() {
            let pair = match alike(a, b) {
                0 => 0,
                alike => alike + best[(a + 1) * width + b + 1],
            };
            best[a * width + b] = pair
                .max(best[(a + 1) * width + b])
                .max(best[a * width + b + 1]);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < one || b < other {
        let here = best[a * width + b];
        let is_pair = a < one && b < other && {
            let alike = alike(a, b);
            alike > 0 && here == alike + best[(a + 1) * width + b + 1]
        };
        if is_pair {
            pairs.push((Some(a), Some(b)));
            a += 1;
            b += 1;
        } else if a < one && (b == other || best[(a + 1) * width + b] == here) {
            pairs.push((Some(a), None));
            a += 1;
        } else {
            pairs.push((None, Some(b)));
            b += 1;
        }
    }
    pairs
}

/// How much two texts have in common: 0 to 100.
pub fn likeness(one: &str, other: &str) -> usize {
    let sorted = |text| {
        let mut words = tokens(text);
        words.retain(|word| !word.trim().is_empty());
        words.sort_unstable();
        words
    };
    let (one, other) = (sorted(one), sorted(other));
    let (mut a, mut b, mut common) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        match one[a].cmp(other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                a += 1;
                b += 1;
            }
        }
    }
    200 * common / (one.len() + other.len()).max(1)
}

/// The words of a text with what stands between them. A sign of a script without spaces is a word.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut begin = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let kind = Sort::of(c);
        if at > 0 && (last != Some(kind) || kind == Sort::Alone) {
            tokens.push(&text[begin..at]);
            begin = at;
        }
        last = Some(kind);
    }
    if begin < text.len() {
        tokens.push(&text[begin..]);
    }
    tokens
}

/// The sorts of characters that make words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Space,
    Alone,
}

impl Sort {
    fn of(c: char) -> Self {
        match c {
            '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                Self::Alone
            }
            c if c.is_whitespace() => Self::Space,
            // Marks that stand behind their letter are a part of its word.
            c if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) => Self::Letter,
            _ => Self::Alone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    fn shown(former: &str, present: &str) -> String {
        let pieces = between(former, present);
        pieces
            .iter()
            .map(|Piece { was, text }| match was {
                Was::Kept => text.clone(),
                Was::Removed => format!("[-{text}-]"),
                Was::Added => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn what_changed_is_seen_word_by_word() {
        assert_eq!(
            shown("Cảng có hai bến.", "Cảng có bốn bến."),
            "Cảng có [-hai-][+bốn+] bến."
        );
        assert_eq!(
            shown("海防港有两个码头", "海防港有四个码头"),
            "海防港有[-两-][+四+]个码头"
        );
        assert_eq!(shown("", "New"), "[+New+]");
        assert_eq!(shown("same", "same"), "same");
    }

    #[test]
    fn a_very_long_text_counts_as_changed_behind_its_beginning() {
        let long = "a ".repeat(3_000);
        let pieces = between(&format!("x {long}"), &format!("x b {long}"));
        assert_eq!(pieces[0].text, "x ");
        assert_eq!(pieces.len(), 3);
    }

    #[test]
    fn texts_with_the_same_words_are_alike() {
        assert_eq!(likeness("a b c", "a b c"), 100);
        assert_eq!(likeness("a b", "c d"), 0);
        assert_eq!(likeness("", ""), 0);
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(500) })]

        /// Both texts can be read from the pieces.
        #[test]
        fn nothing_is_lost_between_two_texts(former in "[ab đ港。 ]{0,14}", present in "[ab đ港。 ]{0,14}") {
            let pieces = between(&former, &present);
            let without = |was: Was| pieces.iter().filter(|piece| piece.was != was).map(|piece| piece.text.as_str()).collect::<String>();
            prop_assert_eq!(without(Was::Added), former);
            prop_assert_eq!(without(Was::Removed), present);
        }
    }
}
