//! How a title is divided into lines: as few as can be, and then as even as can be, with ends where
//! a reader pauses.

use model::Lang;
use std::ops::Range;

/// What stands together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// The bytes of the text, with the space that follows.
    pub(super) range: Range<usize>,
    /// How wide it is within a line.
    pub(super) width: f32,
    /// How wide it is at the end of a line, without the space.
    pub(super) end_width: f32,
    /// How much a reader minds when a line ends here: 0 is not at all, 1 is very.
    pub(super) cost: f32,
}

/// How much an end in a bad place weighs against empty room: the worst place as much as a line that
/// is half empty.
const MIND: f32 = 0.25;

/// Divides a text where its language lets a line end. `width` says how wide a part of the text is;
/// no piece but a single letter is wider than `room`.
pub(super) fn pieces(
    text: &str,
    lang: Lang,
    room: f32,
    width: impl Fn(Range<usize>) -> f32,
) -> Vec<Piece> {
    let end_width = |range: &Range<usize>| {
        width(range.start..range.start + text[range.clone()].trim_end().len())
    };
    let ends = unicode_linebreak::linebreaks(text).map(|(end, _)| end);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for end in ends {
        let start = pieces.last().map_or(0, |piece| piece.end);
        pieces.push(start..end);
    }
    if lang == Lang::Ko {
        pieces = whole_words(text, pieces, |range| end_width(range) <= room);
    }
    let fitting = pieces.into_iter().flat_map(|range| {
        if end_width(&range) <= room {
            vec![range]
        } else {
            letters(text, range)
        }
    });
    let piece = |range: Range<usize>| Piece {
        width: width(range.clone()),
        end_width: end_width(&range),
        cost: cost(text, range.end, lang),
        range,
    };
    fitting.map(piece).collect()
}

/// Puts syllables back together that no space divides: Korean lines end between words.
fn whole_words(
    text: &str,
    pieces: Vec<Range<usize>>,
    fits: impl Fn(&Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        match words.last_mut() {
            Some(last) if !text[last.clone()].ends_with(' ') && fits(&(last.start..piece.end)) => {
                last.end = piece.end;
            }
            _ => words.push(piece),
        }
    }
    words
}

/// A part that is wider than a line, letter by letter with their marks.
fn letters(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let starts = text[range.clone()]
        .char_indices()
        .filter(|(at, letter)| *at == 0 || !is_mark(*letter));
    let starts: Vec<usize> = starts.map(|(at, _)| range.start + at).collect();
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// How much a reader minds when a line ends before `at`. Japanese has no spaces: its words begin
/// where the script changes to Han characters or Katakana, and never within Katakana. Where a word
/// of Chinese begins, only a dictionary knows.
fn cost(text: &str, at: usize, lang: Lang) -> f32 {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    let (Some(before), Some(after)) = (before, after) else {
        return 0.0;
    };
    let pauses = |letter: char| ",:;.!?–—、。，：；！？」』》".contains(letter);
    if before.is_whitespace() {
        let is_pause = text[..at].trim_end().ends_with(pauses);
        return match lang {
            Lang::Ja | Lang::ZhHans => 0.0,
            _ if is_pause => 0.0,
            // A space may stand within a word of Vietnamese.
            Lang::Vi => 0.25,
            Lang::En | Lang::Ko => 0.2,
        };
    }
    match (kind(before), kind(after)) {
        _ if pauses(before) => 0.0,
        (Kind::Other, Kind::Han) => 0.9,
        _ if lang == Lang::ZhHans => 0.6,
        _ if before == '・' => 0.4,
        (Kind::Hiragana, Kind::Han | Kind::Katakana | Kind::Other) => 0.3,
        (Kind::Hiragana, Kind::Hiragana)
        | (Kind::Han, Kind::Katakana)
        | (Kind::Katakana, Kind::Han) => 0.5,
        (Kind::Katakana, Kind::Katakana) => 1.0,
        _ => 0.7,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Hiragana,
    Katakana,
    Han,
    Other,
}

fn kind(letter: char) -> Kind {
    match letter {
        '\u{3041}'..='\u{309f}' => Kind::Hiragana,
        '\u{30a0}'..='\u{30ff}' => Kind::Katakana,
        '\u{3400}'..='\u{9fff}' | '々' => Kind::Han,
        _ => Kind::Other,
    }
}

/// The best lines within `room`, as ranges of bytes without the space at their ends, and how much a
/// reader minds the worst of their ends; `None` where more than `most` are needed.
pub(super) fn lines(
    text: &str,
    pieces: &[Piece],
    room: f32,
    most: usize,
) -> Option<(Vec<Range<usize>>, f32)> {
    let count = fewest(pieces, room);
    if count > most || pieces.is_empty() {
        return None;
    }
    // best[n][i]: the least cost of the first i pieces in n lines, and where the last of them
    // begins.
    let mut best = vec![vec![(f32::INFINITY, 0); pieces.len() + 1]; count + 1];
    best[0][0] = (0.0, 0);
    for line in 1..=count {
        for start in 0..pieces.len() {
            let (before, _) = best[line - 1][start];
            let mut width = 0.0;
            for (end, piece) in pieces.iter().enumerate().skip(start) {
                if width + piece.end_width > room && end > start {
                    break;
                }
                let empty = (1.0 - (width + piece.end_width) / room).max(0.0);
                let cost = before
                    + empty * empty
                    + if end + 1 < pieces.len() {
                        piece.cost * MIND
                    } else {
                        0.0
                    };
                if cost < best[line][end + 1].0 {
                    best[line][end + 1] = (cost, start);
                }
                width += piece.width;
            }
        }
    }
    let (mut lines, mut worst) = (Vec::new(), 0.0_f32);
    let mut end = pieces.len();
    for line in (1..=count).rev() {
        let (cost, start) = best[line][end];
        if cost.is_infinite() {
            return None;
        }
        lines.push(trimmed(
            text,
            pieces[start].range.start..pieces[end - 1].range.end,
        ));
        if end < pieces.len() {
            worst = worst.max(pieces[end - 1].cost);
        }
        end = start;
    }
    lines.reverse();
    Some((lines, worst))
}

/// As much as fits into `most` lines, and the last line's end, to which an ellipsis of `ellipsis`
/// wide still fits.
pub(super) fn cut(
    text: &str,
    pieces: &[Piece],
    room: f32,
    most: usize,
    ellipsis: f32,
) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < pieces.len() && lines.len() < most {
        let room = if lines.len() + 1 == most {
            room - ellipsis
        } else {
            room
        };
        let start = pieces[at].range.start;
        let mut width = 0.0;
        let first = at;
        while let Some(piece) = pieces.get(at)
            && (at == first || width + piece.end_width <= room)
        {
            width += piece.width;
            at += 1;
        }
        lines.push(trimmed(text, start..pieces[at - 1].range.end));
    }
    lines
}

/// How many lines there are when each takes as much as it can.
fn fewest(pieces: &[Piece], room: f32) -> usize {
    let (mut count, mut width) = (1, 0.0);
    for (at, piece) in pieces.iter().enumerate() {
        if width + piece.end_width > room && at > 0 {
            count += 1;
            width = 0.0;
        }
        width += piece.width;
    }
    count
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text in which each letter is as wide as `width` says.
    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    fn set(text: &str, lang: Lang, room: f32, most: usize) -> Option<Vec<&str>> {
        let wide = |letter: char| if letter.is_ascii() { 1.0 } else { 2.0 };
        let latin = matches!(lang, Lang::Vi | Lang::En);
        let width = |range: Range<usize>| {
            let text = &text[range];
            if latin {
                text.chars().count() as f32
            } else {
                text.chars().map(wide).sum()
            }
        };
        let pieces = pieces(text, lang, room, width);
        assert_eq!(
            pieces
                .iter()
                .map(|piece| &text[piece.range.clone()])
                .collect::<String>(),
            text
        );
        Some(
            lines(text, &pieces, room, most)?
                .0
                .into_iter()
                .map(|line| &text[line])
                .collect(),
        )
    }

    #[test]
    fn lines_are_few_and_even_and_end_where_a_reader_pauses() {
        for (lang, text, room, expected) in [
            (Lang::En, "Nine words", 20.0, &["Nine words"][..]),
            (
                Lang::En,
                "From the capital to the sea in 105.5 kilometres",
                40.0,
                &["From the capital to the", "sea in 105.5 kilometres"],
            ),
            (
                Lang::En,
                "Five kilometres over the water: the Tan Vu–Lach Huyen bridge",
                42.0,
                &[
                    "Five kilometres over the water:",
                    "the Tan Vu–Lach Huyen bridge",
                ],
            ),
            (
                Lang::Ja,
                "ハイフォンとハイズオンが合併 住所と行政はこう変わる",
                28.0,
                &["ハイフォンとハイズオンが合併", "住所と行政はこう変わる"],
            ),
            (
                Lang::ZhHans,
                "沥县深水港：越南北方货物由此直航远洋",
                26.0,
                &["沥县深水港：", "越南北方货物由此直航远洋"],
            ),
            (
                Lang::Vi,
                "105,5 km từ Thủ đô ra biển",
                14.0,
                &["105,5 km từ", "Thủ đô ra biển"],
            ),
            (
                Lang::Ko,
                "하이퐁·하이즈엉 통합, 무엇이 달라지나",
                24.0,
                &["하이퐁·하이즈엉 통합,", "무엇이 달라지나"],
            ),
            (
                Lang::Ja,
                "海の玄関に広がるディンブー・カットハイ経済区",
                30.0,
                &["海の玄関に広がる", "ディンブー・カットハイ経済区"],
            ),
            (
                Lang::ZhHans,
                "海防大剧院：伫立市中心的百年舞台",
                22.0,
                &["海防大剧院：", "伫立市中心的百年舞台"],
            ),
        ] {
            assert_eq!(set(text, lang, room, 4).unwrap(), expected);
        }
    }

    #[test]
    fn a_line_never_begins_with_what_ends_a_sentence() {
        let text = "港港港港港港港港港、港港港港港港港港。";
        for room in [4.0, 6.0, 8.0, 10.0, 18.0, 20.0] {
            for line in set(text, Lang::Ja, room, 40).unwrap() {
                assert!(!line.starts_with(['、', '。']), "{line} in {room}");
            }
        }
    }

    #[test]
    fn a_word_that_is_wider_than_a_line_is_divided_but_no_letter_loses_its_marks() {
        let text = "a\u{323}\u{302}".repeat(12);
        for line in set(&text, Lang::Vi, 9.0, 12).unwrap() {
            assert!(line.starts_with('a'), "{line:?}");
        }
        assert_eq!(
            set("아주긴낱말하나", Lang::Ko, 8.0, 4).unwrap().concat(),
            "아주긴낱말하나"
        );
    }

    #[test]
    fn too_much_is_none_and_is_cut_where_the_ellipsis_fits() {
        let text = "one two three four five six seven";
        assert_eq!(set(text, Lang::En, 9.0, 2), None);
        #[expect(clippy::cast_precision_loss, reason = "a few letters")]
        let pieces = pieces(text, Lang::En, 9.0, |range| range.len() as f32);
        let lines = cut(text, &pieces, 9.0, 2, 1.0);
        assert_eq!(
            lines
                .into_iter()
                .map(|line| &text[line])
                .collect::<Vec<_>>(),
            ["one two", "three"]
        );
        assert!(cut("", &[], 9.0, 2, 1.0).is_empty());
    }
}
