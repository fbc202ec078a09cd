//! A text in sentences: where a list has no whole text, it may have each of its sentences.

/// The most sentences that are looked for as one.
const MOST_TOGETHER: usize = 8;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a, T> {
    /// A sentence, or several, with what the list has for them.
    Found(&'a str, T),
    /// A sentence that the list has not.
    Missing(&'a str),
}

/// The parts of a text, in their order: of what the list has, the longest first.
pub(super) fn parts<T>(text: &str, find: impl Fn(&str) -> Option<T>) -> Vec<Part<'_, T>> {
    let ends = ends(text);
    let mut parts = Vec::new();
    let (mut from, mut next) = (0, 0);
    while next < ends.len() {
        let last = ends.len().min(next + MOST_TOGETHER);
        let found = (next..last)
            .rev()
            .find_map(|end| Some((end, find(&text[from..ends[end]])?)));
        let end = if let Some((end, translation)) = found {
            parts.push(Part::Found(&text[from..ends[end]], translation));
            end
        } else {
            parts.push(Part::Missing(&text[from..ends[next]]));
            next
        };
        from = ends[end];
        next = end + 1;
    }
    parts
}

/// Where the sentences of a text end, each with the spaces behind it.
fn ends(text: &str) -> Vec<usize> {
    let closes = |c: char| "\"”’')」』）".contains(c);
    let mut ends = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let is_wide = "。！？".contains(c);
        if !is_wide && !".!?…\n".contains(c) {
            continue;
        }
        let behind = rest.trim_start_matches(closes);
        if is_wide || c == '\n' || behind.starts_with(char::is_whitespace) {
            let behind = if c == '\n' { rest } else { behind };
            rest = behind.trim_start();
            ends.push(text.len() - rest.len());
        }
    }
    if ends.last().copied().unwrap_or_default() < text.len() {
        ends.push(text.len());
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_behind_its_sentences() {
        for (text, sentences) in [
            ("Một. Hai ba!  Bốn", vec!["Một. ", "Hai ba!  ", "Bốn"]),
            ("港口。扩建！好", vec!["港口。", "扩建！", "好"]),
            (
                "Ông nói: “Được.” Rồi đi.",
                vec!["Ông nói: “Được.” ", "Rồi đi."],
            ),
            ("Cao 3.5 m", vec!["Cao 3.5 m"]),
            ("", vec![]),
        ] {
            let mut from = 0;
            let cut = ends(text).into_iter().map(|end| {
                let part = &text[from..end];
                from = end;
                part
            });
            assert_eq!(cut.collect::<Vec<_>>(), sentences, "{text}");
        }
    }

    #[test]
    fn the_longest_that_is_known_is_taken() {
        let known = ["Một. Hai.", "Bốn."];
        let find = |text: &str| known.iter().position(|known| *known == text.trim());
        assert_eq!(
            parts("Một. Hai. Ba. Bốn.", find),
            [
                Part::Found("Một. Hai. ", 0),
                Part::Missing("Ba. "),
                Part::Found("Bốn.", 1)
            ]
        );
    }
}
