//! Positions in a text: line, column, and the excerpt of the line that a report shows. The excerpt
//! is safe to print. Its caret is counted in terminal cells, so that `^` stands below its character
//! in every script.

use crate::diagnostics::characters::is_hidden;
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthChar;

/// How many terminal cells of a line are shown before the place, and at least as many after it.
const CELLS: usize = 48;

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line, or a part of a long line around the place.
    pub excerpt: String,
    /// The terminal cells before the place in `excerpt`.
    pub caret: usize,
}

/// The most characters of a line that are shown on either side of a place. Combining marks take no
/// cell, so that the cells alone are no limit.
const MOST_SHOWN: usize = 400;

/// The interval of the character counts in [`Lines`], in bytes.
const STEP: usize = 1_024;

/// An index of the lines of a text, for many look-ups of places. Without it, each look-up scans the
/// text from its beginning.
#[derive(Debug)]
pub struct Lines {
    /// The byte at which each line begins.
    starts: Vec<usize>,
    /// How many characters begin before every [`STEP`]th byte.
    characters: Vec<usize>,
}

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let begun = |piece: &[u8]| piece.iter().filter(|byte| begins_character(**byte)).count();
        let sums = text.as_bytes().chunks(STEP).scan(0, |sum, piece| {
            let before = *sum;
            *sum += begun(piece);
            Some(before)
        });
        Self {
            starts,
            characters: sums.collect(),
        }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, text: &str, at: usize) -> usize {
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let known = self.characters.get(step).copied().unwrap_or_default();
        known
            + text.as_bytes()[step * STEP..at]
                .iter()
                .filter(|byte| begins_character(**byte))
                .count()
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

impl Location {
    /// The place of the byte `offset` in `text`. An offset past the end is the end, one inside a
    /// character is that character.
    pub fn new(text: &str, offset: usize) -> Self {
        let offset = boundary(text, offset);
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line = text[..start].matches('\n').count() + 1;
        Self::shown(
            text,
            start,
            offset,
            line,
            text[start..offset].chars().count() + 1,
        )
    }

    /// The same with an index of the text's lines.
    pub fn among(lines: &Lines, text: &str, offset: usize) -> Self {
        let offset = boundary(text, offset);
        let line = lines.starts.partition_point(|start| *start <= offset);
        let start = lines.starts[line - 1];
        let column =
            lines.characters_before(text, offset) - lines.characters_before(text, start) + 1;
        Self::shown(text, start, offset, line, column)
    }

    /// A place in the line that begins at `start`.
    fn shown(text: &str, start: usize, offset: usize, line: usize, column: usize) -> Self {
        let rest = &text[offset..];
        let most = rest
            .char_indices()
            .nth(MOST_SHOWN)
            .map_or(rest.len(), |(at, _)| at);
        let end = rest[..most].find('\n');
        let after = rest[..end.unwrap_or(most)].trim_end_matches('\r');
        let (left, cut_left) = last_cells(&text[start..offset]);
        let (right, cut_right) = first_cells(after, 2 * CELLS - width(&left));
        let cut_right = cut_right || (end.is_none() && most < rest.len());
        let mark = |cut| if cut { "…" } else { "" };
        Self {
            line,
            column,
            caret: width(&left) + usize::from(cut_left),
            excerpt: format!("{}{left}{right}{}", mark(cut_left), mark(cut_right)),
        }
    }
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, offset: usize) -> usize {
    let is_boundary = |&at: &usize| text.is_char_boundary(at);
    (0..=offset.min(text.len()))
        .rev()
        .find(is_boundary)
        .unwrap_or_default()
}

/// The terminal cells that `text` takes: two for a Chinese character, none for a combining mark.
pub fn width(text: &str) -> usize {
    text.chars().map(cells).sum()
}

fn cells(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The end of `text` that fits into [`CELLS`], and whether something was cut.
fn last_cells(text: &str) -> (String, bool) {
    let mut room = CELLS;
    let kept: Vec<char> = text
        .chars()
        .rev()
        .take(MOST_SHOWN)
        .take_while(|&c| take(&mut room, c))
        .collect();
    let cut = kept.iter().map(|c| c.len_utf8()).sum::<usize>() < text.len();
    (kept.into_iter().rev().map(visible).collect(), cut)
}

/// The beginning of `text` that fits into so many cells, and whether something was cut.
fn first_cells(text: &str, mut room: usize) -> (String, bool) {
    let kept: Vec<char> = text.chars().take_while(|&c| take(&mut room, c)).collect();
    let cut = kept.iter().map(|c| c.len_utf8()).sum::<usize>() < text.len();
    (kept.into_iter().map(visible).collect(), cut)
}

/// Takes the cells of a character from `room`. Returns whether there were enough.
fn take(room: &mut usize, c: char) -> bool {
    let cells = cells(visible(c));
    let fits = cells <= *room;
    *room = room.saturating_sub(cells);
    fits
}

/// The character as a report may print it: a control character could move the cursor or turn the
/// line around.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn caret_below(text: &str, what: &str) -> Location {
        let place = Location::new(text, text.find(what).unwrap());
        let at = place.excerpt.find(what).unwrap();
        assert_eq!(
            width(&place.excerpt[..at]),
            place.caret,
            "{}",
            place.excerpt
        );
        place
    }

    #[test]
    fn lines_and_columns_count_from_one_and_columns_count_characters() {
        let place = Location::new("a\nđường x\r\n", "a\nđường ".len());
        assert_eq!(
            (place.line, place.column, place.excerpt.as_str()),
            (2, 7, "đường x")
        );
    }

    #[test]
    fn the_caret_stands_below_its_character_in_every_script() {
        assert_eq!(caret_below("ハイフォン!", "!").caret, 10);
        assert_eq!(caret_below("Ha\u{309}i Pho\u{300}ng!", "!").caret, 9);
        assert_eq!(caret_below("하이퐁\t!", "!").caret, 7);
    }

    #[test]
    fn a_long_line_is_shortened_around_the_place() {
        let place = caret_below(&format!("{}!{}", "海".repeat(90), "x".repeat(90)), "!");
        assert!(width(&place.excerpt) <= 2 * CELLS + 2);
        assert!(place.excerpt.starts_with('…') && place.excerpt.ends_with('…'));
        assert_eq!(place.column, 91);
    }

    #[test]
    fn an_offset_past_the_end_or_inside_a_character_is_no_panic() {
        assert_eq!(Location::new("", 9).column, 1);
        assert_eq!(Location::new("海", 1).column, 1);
    }

    #[test]
    fn what_could_turn_the_line_around_is_not_printed() {
        assert_eq!(
            Location::new("a\u{202e}b\u{1b}[1m", 0).excerpt,
            "a\u{fffd}b\u{fffd}[1m"
        );
    }

    #[test]
    fn a_line_of_marks_that_take_no_cell_is_cut_all_the_same() {
        let text = format!("a{}!{}", "\u{301}".repeat(10_000), "\u{301}".repeat(10_000));
        let place = Location::new(&text, text.find('!').unwrap());
        assert!(place.excerpt.starts_with('…') && place.excerpt.ends_with('…'));
        assert!(
            place.excerpt.chars().count() <= 2 * MOST_SHOWN + 2,
            "{}",
            place.excerpt.chars().count()
        );
    }

    proptest! {
        #[test]
        fn a_place_is_the_same_where_the_lines_are_known(text in "[a\n\r海đ\u{301}]{0,60}|(海[a-z]{1,3000}\n?){0,3}", offset in 0_usize..9_000) {
            prop_assert_eq!(Location::among(&Lines::of(&text), &text, offset), Location::new(&text, offset));
        }
    }
}
