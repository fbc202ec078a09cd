//! Texts with marks as a field shows them: pieces of words, each with its marks. Only the reader and
//! the writer of marks that the rest of the program has know how a mark is spelled.

use editorial::check::inline;
use import::{Style, Words, write};
use model::{Address, Inline, plain_text};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Words with the same marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they are important.
    #[serde(default, skip_serializing_if = "is_not")]
    pub strong: bool,
    /// Whether they are stressed.
    #[serde(default, skip_serializing_if = "is_not")]
    pub emphasis: bool,
    /// Where they lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_not(value: &bool) -> bool {
    !*value
}

/// The words and marks of a text; `None` where it has a mistake, and is shown as it is written.
pub fn spans(text: &str) -> Option<Vec<Span>> {
    let read = inline::read(text);
    read.flaws.is_empty().then(|| flat(&read.runs))
}

/// The text of these words and marks. Where it is what was there before, that stays as it was
/// written.
pub fn written(spans: &[Span], before: Option<&str>) -> String {
    let spans = joined(spans.iter().cloned());
    if let Some(before) = before.filter(|before| self::spans(before).as_ref() == Some(&spans)) {
        return before.to_owned();
    }
    let mut words = Words::default();
    for span in &spans {
        let link = span.link.as_deref().and_then(|to| Address::new(to).ok());
        let style = Style {
            strong: span.strong,
            emphasis: span.emphasis,
            link: link.map(Rc::new),
        };
        words.push(&span.text, &style);
    }
    let runs = words.normalise().runs;
    write(&runs).unwrap_or_else(|| plain_text(&runs))
}

/// Runs without nesting.
fn flat(runs: &[Inline]) -> Vec<Span> {
    let mut spans = Vec::new();
    collect(runs, &Span::default(), &mut spans);
    joined(spans)
}

fn collect(runs: &[Inline], marks: &Span, spans: &mut Vec<Span>) {
    for run in runs {
        let mut marks = marks.clone();
        match run {
            Inline::Text(text) => {
                text.clone_into(&mut marks.text);
                spans.push(marks);
            }
            Inline::Strong(inner) => {
                marks.strong = true;
                collect(inner, &marks, spans);
            }
            Inline::Emphasis(inner) => {
                marks.emphasis = true;
                collect(inner, &marks, spans);
            }
            Inline::Link(link) => {
                marks.link = Some(link.to.as_str().to_owned());
                collect(&link.text, &marks, spans);
            }
        }
    }
}

/// The spans without empty ones, and neighbours with the same marks as one. White space at the ends
/// is no part of a text.
fn joined(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| !span.text.is_empty()) {
        match joined.last_mut() {
            Some(last) if is_alike(last, &span) => last.text.push_str(&span.text),
            _ => joined.push(span),
        }
    }
    if let Some(last) = joined.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    if let Some(first) = joined.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    joined.retain(|span| !span.text.is_empty());
    joined
}

fn is_alike(one: &Span, other: &Span) -> bool {
    (one.strong, one.emphasis, &one.link) == (other.strong, other.emphasis, &other.link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    fn plain(text: &str) -> Span {
        Span {
            text: text.to_owned(),
            ..Span::default()
        }
    }

    #[test]
    fn marks_are_shown_and_written() {
        let text = "Cảng **nước *sâu*** và [Cát Bà](/nature/cat-ba-heritage/)";
        let shown = spans(text).unwrap();
        assert_eq!(shown.len(), 5);
        assert!(shown[2].strong && shown[2].emphasis && shown[2].text == "sâu");
        assert_eq!(shown[4].link.as_deref(), Some("/nature/cat-ba-heritage/"));
        assert_eq!(written(&shown, None), text);
        assert_eq!(spans("**a"), None);
        assert_eq!(written(&[], Some("")), "");
    }

    #[test]
    fn what_is_the_same_stays_as_it_was_written() {
        for text in [
            "_a_ __b__",
            " a\\* ",
            "<https://a.example/>",
            "[https://a.example/](https://a.example/)",
            "a  b",
            "**a***b*",
        ] {
            if let Some(shown) = spans(text) {
                assert_eq!(written(&shown, Some(text)), text);
            }
        }
        assert_eq!(written(&[plain("a*b*")], Some("x")), "a\\*b\\*");
    }

    #[test]
    fn a_link_that_leads_nowhere_loses_no_words() {
        let broken = Span {
            link: Some("javascript:x".to_owned()),
            ..plain("words")
        };
        assert_eq!(written(&[broken], None), "words");
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(3_000) })]

        #[test]
        fn every_text_without_a_mistake_comes_back_as_it_was(text in "([ab đ港]|\\*\\*?|_|\\\\|<https://a\\.example/>|\\[b\\]\\(/port/\\)){0,12}") {
            if let Some(shown) = spans(&text) {
                prop_assert_eq!(written(&shown, Some(&text)), text);
            }
        }

        /// What was typed is there again, word by word.
        #[test]
        fn what_was_typed_reads_back(pieces in proptest::collection::vec(("[ab đ港*_<\\[\\]\\\\&;.,]{1,6}", any::<bool>(), any::<bool>(), any::<bool>()), 0..6)) {
            let typed: Vec<Span> = pieces.into_iter().map(|(text, strong, emphasis, is_link)| Span {
                text, strong, emphasis, link: is_link.then(|| "https://a.example/".to_owned()),
            }).collect();
            let text = written(&typed, None);
            let words = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
            let back = spans(&text);
            prop_assert!(back.is_some(), "{}", text);
            let back = back.unwrap_or_default();
            prop_assert_eq!(words(&back), words(&typed));
            prop_assert_eq!(written(&back, None), text);
        }
    }
}
