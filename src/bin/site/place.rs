//! Places in a text: line, column, and the piece of the line that a report shows. The piece is made safe to print and
//! its caret position is counted in terminal cells, so that `^` stands right below its character in every script.

use crate::characters::is_hidden;
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthChar;

/// How many terminal cells of a line are shown before the place, and at least as many after it.
const CELLS: usize = 48;

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    /// The line, or the piece of it around the place where it is long.
    pub(crate) excerpt: String,
    /// The terminal cells before the place in `excerpt`.
    pub(crate) caret: usize,
}

impl Place {
    /// The place of the byte `offset` in `text`. An offset past the end is the end, one inside a character is that
    /// character.
    pub(crate) fn new(text: &str, offset: usize) -> Self {
        let is_boundary = |&at: &usize| text.is_char_boundary(at);
        let offset = (0..=offset.min(text.len())).rev().find(is_boundary).unwrap_or_default();
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
        let (before, after) = (&text[start..offset], text[offset..end].trim_end_matches('\r'));
        let (left, cut_left) = last_cells(before);
        let (right, cut_right) = first_cells(after, 2 * CELLS - width(&left));
        let mark = |cut| if cut { "…" } else { "" };
        Self {
            line: text[..start].matches('\n').count() + 1,
            column: before.chars().count() + 1,
            caret: width(&left) + usize::from(cut_left),
            excerpt: format!("{}{left}{right}{}", mark(cut_left), mark(cut_right)),
        }
    }
}

/// The terminal cells that `text` takes: two for a Chinese character, none for a combining mark.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(cells).sum()
}

fn cells(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The end of `text` that fits, and whether something was cut.
fn last_cells(text: &str) -> (String, bool) {
    let mut room = CELLS;
    let kept: Vec<char> = text.chars().rev().take_while(|&c| take(&mut room, c)).collect();
    let cut = kept.len() < text.chars().count();
    (kept.into_iter().rev().map(visible).collect(), cut)
}

/// The beginning of `text` that fits into so many cells, and whether something was cut.
fn first_cells(text: &str, mut room: usize) -> (String, bool) {
    let kept: Vec<char> = text.chars().take_while(|&c| take(&mut room, c)).collect();
    let cut = kept.len() < text.chars().count();
    (kept.into_iter().map(visible).collect(), cut)
}

/// Takes the cells of a character, where there are enough.
fn take(room: &mut usize, c: char) -> bool {
    let cells = cells(visible(c));
    let fits = cells <= *room;
    *room = room.saturating_sub(cells);
    fits
}

/// The character as a report may print it: a control character could move the cursor or turn the line around.
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

    fn caret_below(text: &str, what: &str) -> Place {
        let place = Place::new(text, text.find(what).unwrap());
        let at = place.excerpt.find(what).unwrap();
        assert_eq!(width(&place.excerpt[..at]), place.caret, "{}", place.excerpt);
        place
    }

    #[test]
    fn lines_and_columns_count_from_one_and_columns_count_characters() {
        let place = Place::new("a\nđường x\r\n", "a\nđường ".len());
        assert_eq!((place.line, place.column, place.excerpt.as_str()), (2, 7, "đường x"));
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
        assert_eq!(Place::new("", 9).column, 1);
        assert_eq!(Place::new("海", 1).column, 1);
    }

    #[test]
    fn what_could_turn_the_line_around_is_not_printed() {
        assert_eq!(Place::new("a\u{202e}b\u{1b}[1m", 0).excerpt, "a\u{fffd}b\u{fffd}[1m");
    }
}
