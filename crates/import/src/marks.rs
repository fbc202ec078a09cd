//! Writes runs with the marks of editors. A text that would not read back as the same runs is not
//! written.

use editorial::check::inline;
use model::{Address, Inline, Link};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text that [`inline::read`] reads as these runs without a flaw; `None` where no text does, as
/// for marks that touch each other within a word.
pub fn write(runs: &[Inline]) -> Option<String> {
    let ways = [('*', false), ('_', false), ('*', true), ('_', true)];
    ways.into_iter()
        .map(|(stress, all)| Writer { stress, all }.text(runs))
        .find(|text| reads_as(text, runs))
}

fn reads_as(text: &str, runs: &[Inline]) -> bool {
    let read = inline::read(text);
    read.flaws.is_empty() && read.runs == runs && is_nfc(text)
}

/// A text without marks, such as a heading, as [`inline::read_plain`] takes it: on one line and in
/// NFC. Returns whether that changed it. Nothing in it is a mark, so its characters stay as they
/// are.
pub fn plain(text: &str) -> (String, bool) {
    let text = text.trim();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line: String = lines.collect::<Vec<_>>().join(" ").nfc().collect();
    let changed = line != text;
    (line, changed)
}

/// One way to write: the character for emphasis, and whether all ASCII punctuation is escaped.
struct Writer {
    stress: char,
    all: bool,
}

/// A piece of the text to be written.
enum Token {
    /// A character of the words, and whether it is in a link.
    Character(char, bool),
    /// A mark.
    Mark(String),
}

impl Token {
    fn first(&self) -> Option<char> {
        match self {
            Self::Character(c, _) => Some(*c),
            Self::Mark(mark) => mark.chars().next(),
        }
    }
}

impl Writer {
    fn text(&self, runs: &[Inline]) -> String {
        let mut tokens = Vec::new();
        self.tokens(runs, false, &mut tokens);
        let mut text = String::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Mark(mark) => text.push_str(mark),
                Token::Character(c, in_link) => {
                    if self.needs_escape(*c, *in_link, text.chars().next_back(), &tokens[at + 1..])
                    {
                        text.push('\\');
                    }
                    text.push(*c);
                }
            }
        }
        text
    }

    fn tokens(&self, runs: &[Inline], in_link: bool, tokens: &mut Vec<Token>) {
        for run in runs {
            match run {
                Inline::Text(text) => {
                    tokens.extend(text.chars().map(|c| Token::Character(c, in_link)));
                }
                Inline::Strong(inner) => self.between("**", inner, "**", in_link, tokens),
                Inline::Emphasis(inner) => {
                    let mark = self.stress.to_string();
                    self.between(&mark, inner, &mark, in_link, tokens);
                }
                Inline::Link(link) if is_its_own_words(link) && !self.all => {
                    tokens.push(Token::Mark(format!("<{}>", link.to.as_str())));
                }
                Inline::Link(link) => {
                    self.between(
                        "[",
                        &link.text,
                        &format!("]({})", destination(&link.to)),
                        true,
                        tokens,
                    );
                }
            }
        }
    }

    fn between(
        &self,
        open: &str,
        inner: &[Inline],
        close: &str,
        in_link: bool,
        tokens: &mut Vec<Token>,
    ) {
        tokens.push(Token::Mark(open.to_owned()));
        self.tokens(inner, in_link, tokens);
        tokens.push(Token::Mark(close.to_owned()));
    }

    /// Whether a character has to be escaped. `before` is the character that was written before it.
    fn needs_escape(&self, c: char, in_link: bool, before: Option<char>, rest: &[Token]) -> bool {
        let next = rest.first().and_then(Token::first);
        let alone = before.is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace);
        match c {
            c if !c.is_ascii_punctuation() => false,
            _ if self.all => true,
            '*' => !alone,
            '_' => ![before, next]
                .iter()
                .all(|c| c.is_some_and(char::is_alphanumeric)),
            '`' => true,
            '[' => in_link,
            ']' => in_link || next == Some('('),
            '!' => next == Some('['),
            '<' => next.is_some_and(|next| !next.is_whitespace() && !next.is_ascii_digit()),
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '&' => begins_entity(rest),
            _ => false,
        }
    }
}

/// Whether an ampersand begins a character reference such as `&amp;`. `rest` follows it.
fn begins_entity(rest: &[Token]) -> bool {
    let following = rest.iter().map_while(|token| match token {
        Token::Character(c, _) => Some(*c),
        Token::Mark(_) => None,
    });
    following
        .take(40)
        .find(|c| !(c.is_ascii_alphanumeric() || *c == '#'))
        == Some(';')
}

/// Whether a link's words are its address.
fn is_its_own_words(link: &Link) -> bool {
    matches!(&link.text[..], [Inline::Text(text)] if text == link.to.as_str())
        && link.to.local_path().is_none()
}

/// An address, escaped for the brackets of a link.
fn destination(to: &Address) -> String {
    let has_end_of_entity = to.as_str().contains(';');
    to.as_str().chars().fold(String::new(), |mut text, c| {
        if "()<>&*[]`\\".contains(c) && (c != '&' || has_end_of_entity) {
            text.push('\\');
        }
        text.push(c);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Style, Words};
    use model::plain_text;
    use proptest::prelude::*;
    use proptest::test_runner::Config;
    use std::rc::Rc;

    fn style(strong: bool, emphasis: bool, link: Option<&str>) -> Style {
        Style {
            strong,
            emphasis,
            link: link.map(|to| Rc::new(Address::new(to).unwrap())),
        }
    }

    fn words(pieces: &[(&str, bool, bool, Option<&str>)]) -> Words {
        let mut words = Words::default();
        for (text, strong, emphasis, link) in pieces {
            words.push(text, &style(*strong, *emphasis, *link));
        }
        words
    }

    #[test]
    fn what_editors_would_write_is_what_is_written() {
        let link = Some("https://a.example/");
        for (pieces, text) in [
            (
                vec![
                    ("a ", false, false, None),
                    ("b", true, false, None),
                    (" c", false, false, None),
                ],
                "a **b** c",
            ),
            (
                vec![("Cảng ", true, false, None), ("biển", true, true, None)],
                "**Cảng *biển***",
            ),
            (
                vec![("a ", false, false, None), ("b c", false, false, link)],
                "a [b c](https://a.example/)",
            ),
            (
                vec![("https://a.example/", false, false, link)],
                "<https://a.example/>",
            ),
            (
                vec![("5 * 3 < 4 & snake_case R&D [1] a)", false, false, None)],
                "5 * 3 < 4 & snake_case R&D [1] a)",
            ),
            (
                vec![("*a* **b** `c` <d> [e](f) &amp; \\*", false, false, None)],
                "\\*a\\* \\*\\*b\\*\\* \\`c\\` \\<d> [e\\](f) \\&amp; \\\\\\*",
            ),
            (
                vec![("「港」", true, false, None), ("の", false, false, None)],
                "「**港**」の",
            ),
            (
                vec![("x", false, false, Some("https://a.example/b_(c)?d=1&e=2"))],
                "[x](https://a.example/b_\\(c\\)?d=1&e=2)",
            ),
            (
                vec![("x", false, false, Some("https://a.example/?a=1&copy;=2"))],
                "[x](https://a.example/?a=1\\&copy;=2)",
            ),
        ] {
            let normalised = words(&pieces).normalise();
            assert_eq!(write(&normalised.runs).as_deref(), Some(text));
            assert_eq!(inline::read(text).runs, normalised.runs, "{text}");
        }
    }

    #[test]
    fn white_space_never_carries_a_mark_at_its_edge() {
        let normalised = words(&[
            ("a", false, false, None),
            (" b ", true, false, None),
            ("c", false, false, None),
        ])
        .normalise();
        assert_eq!(
            (write(&normalised.runs).as_deref(), normalised.lost_marks),
            (Some("a **b** c"), false)
        );
    }

    #[test]
    fn a_plain_text_keeps_its_words_whatever_they_look_like() {
        for (text, fitting) in [
            ("5 * 3", "5 * 3"),
            ("Cảng *lớn* nhất", "Cảng *lớn* nhất"),
            ("<b>x</b>", "<b>x</b>"),
            ("a &nbsp; b", "a &nbsp; b"),
            (" a\n\n b", "a b"),
            ("Pho\u{300}ng", "Phòng"),
        ] {
            assert_eq!(plain(text).0, fitting);
        }
    }

    /// Pieces of words with whatever could be taken for a mark.
    fn hostile() -> impl Strategy<Value = Vec<(String, bool, bool, u8)>> {
        let text = prop_oneof![
            3 => "[a-cđ港ế *_`<>&;!#()\\[\\]\\\\.,「」“”-]{1,6}",
            1 => "\\PC{1,5}",
            1 => Just("&amp;".to_owned()),
            1 => Just("e\u{301}\u{338}\u{200b}".to_owned()),
        ];
        proptest::collection::vec((text, any::<bool>(), any::<bool>(), 0u8..4), 0..6)
    }

    fn collected(pieces: &[(String, bool, bool, u8)]) -> Words {
        let links = [
            None,
            None,
            Some("https://a.example/_x_?a=1&lt;=(2)"),
            Some("mailto:a*b*@c.example"),
        ];
        let mut words = Words::default();
        for (text, strong, emphasis, link) in pieces {
            words.push(text, &style(*strong, *emphasis, links[usize::from(*link)]));
        }
        words
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

        #[test]
        fn whatever_is_written_reads_back_as_the_same_runs(pieces in hostile()) {
            let words = collected(&pieces);
            let plain = words.plain();
            let normalised = words.normalise();
            let text = write(&normalised.runs);
            prop_assert!(text.is_some(), "{:?}", normalised.runs);
            let read = inline::read(&text.unwrap_or_default());
            prop_assert_eq!(&read.flaws, &[]);
            prop_assert_eq!(&read.runs, &normalised.runs);
            let read: String = unicode_normalization::UnicodeNormalization::nfc(plain_text(&normalised.runs).as_str()).collect();
            prop_assert_eq!(read, plain);
        }

        #[test]
        fn a_plain_text_has_no_flaw(text in "\\PC{0,20}|[a-c *_`<>&;!\\[\\]()\\\\]{0,12}") {
            let mut words = Words::default();
            words.push(&text, &Style::default());
            let (fitting, changed) = plain(&words.plain());
            let (read, flaws) = inline::read_plain(&fitting);
            prop_assert!(flaws.iter().all(|flaw| flaw.severity == editorial::diagnostics::Severity::Warning), "{:?}", flaws);
            prop_assert_eq!(&read, &fitting);
            prop_assert_eq!(plain(&fitting), (fitting.clone(), false));
            prop_assert!(changed || fitting == words.plain());
        }

        /// Whole words with marks and spaces between them, as people write.
        #[test]
        fn marks_around_whole_words_are_never_lost(
            pieces in proptest::collection::vec(("[a-zđếộ港가]{1,6}", any::<bool>(), any::<bool>(), 0u8..4), 1..8)
        ) {
            let spaced: Vec<_> = pieces.iter().flat_map(|piece| {
                [piece.clone(), (" ".to_owned(), false, false, 0)]
            }).collect();
            let normalised = collected(&spaced).normalise();
            prop_assert!(!normalised.lost_marks && !normalised.lost_edges, "{:?}", normalised.runs);
            prop_assert_eq!(normalised.lost_links, vec![]);
        }
    }
}
