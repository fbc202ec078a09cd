//! Words on a card.

use super::CardText;
use super::fonts::Fonts;
use super::ink::{Ink, STRENGTHS};
use super::line::{cut, lines, pieces};
use super::sheet::{HEIGHT, WIDTH};
use cosmic_text::{
    Attrs, Buffer, CacheKeyFlags, Family, FontSystem, LayoutGlyph, Metrics, Shaping, SwashCache, SwashContent,
    SwashImage, Weight, Wrap,
};
use model::Lang;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Where words begin, from the left.
const LEFT: f32 = 72.0;
/// How wide a title may be.
const ROOM: f32 = 1056.0;
/// How wide the line above the flower's petals may be.
const NARROW_ROOM: f32 = 880.0;
/// How wide the date may be: the drawing begins beside it.
const DATE_ROOM: f32 = 340.0;
/// Where the title's first line begins, from above. In no size does its last one reach the date.
const TITLE_TOP: f32 = 206.0;
/// The sizes in which a title can be set, and how many lines it may have in each.
const SIZES: [(f32, usize); 6] = [(78.0, 2), (70.0, 3), (62.0, 3), (56.0, 4), (50.0, 4), (44.0, 4)];
/// The end of a line that is worth a smaller size.
const BAD_END: f32 = 0.25;
/// How many sizes smaller the title may be for better ends of lines.
const STEPS_FOR_ENDS: usize = 2;
/// How many letters of a text are looked at: more never fit.
const LETTERS: usize = 300;
/// How many marks a letter may carry. Vietnamese has two.
const MARKS: usize = 3;
/// How many drawn letters are kept.
const KEPT: usize = 2000;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
struct Style {
    size: f32,
    weight: Weight,
    ink: Ink,
}

/// Sets words. It belongs to one thread at a time and keeps the letters that it has drawn.
pub(super) struct Setter {
    system: FontSystem,
    letters: SwashCache,
    families: [(Lang, &'static str); 5],
}

/// Where a line that stands alone is set.
#[derive(Clone, Copy, Debug)]
struct Line {
    style: Style,
    /// The line on which letters stand, from above.
    foot: f32,
    /// How wide it may be.
    room: f32,
}

/// A way to set a title.
struct Candidate {
    /// Which size it has in the list of sizes.
    step: usize,
    size: f32,
    lines: Vec<Range<usize>>,
    /// How much a reader minds the worst end of a line.
    worst: f32,
}

/// A text with its shape.
struct Shaped {
    text: String,
    glyphs: Vec<LayoutGlyph>,
}

impl Setter {
    /// A setter with these fonts.
    pub(super) fn new(fonts: &Fonts) -> Self {
        let families = Lang::ALL.map(|lang| (lang, fonts.family(lang)));
        Self { system: fonts.system(), letters: SwashCache::new(), families }
    }

    /// Writes a card's words on the pixels of a sheet.
    pub(super) fn set(&mut self, card: &CardText, pixels: &mut [u8]) {
        let lang = card.lang;
        let line = |size, weight, ink, foot, room| Line { style: Style { size, weight, ink }, foot, room };
        let (bold, normal) = (Weight::BOLD, Weight::NORMAL);
        self.line(&card.site_name, lang, line(30.0, bold, Ink::White, 88.0, NARROW_ROOM), pixels);
        self.line(&card.section, lang, line(28.0, bold, Ink::Red, 178.0, NARROW_ROOM), pixels);
        self.line(&card.date, lang, line(26.0, normal, Ink::Steel, 548.0, DATE_ROOM), pixels);
        self.title(&card.title, lang, pixels);
        if self.letters.image_cache.len() > KEPT {
            self.letters.image_cache.clear();
        }
    }

    /// One line, cut where it is too long.
    fn line(&mut self, text: &str, lang: Lang, line: Line, pixels: &mut [u8]) {
        let Line { style, foot, room } = line;
        let text = self.tidy(text, lang, style.weight);
        let shaped = self.shape(&text, lang, style);
        let width = shaped.width(0..text.len());
        let shaped = if width > room {
            let ellipsis = self.shape("…", lang, style).width(0..3);
            let parts = pieces(&shaped.text, lang, room - ellipsis, |range| shaped.width(range));
            let first = cut(&shaped.text, &parts, room, 1, ellipsis).pop().unwrap_or_default();
            self.shape(&format!("{}…", &shaped.text[first]), lang, style)
        } else {
            shaped
        };
        self.draw(&shaped, style, foot, pixels);
    }

    /// The title, in the largest size in which it fits.
    fn title(&mut self, text: &str, lang: Lang, pixels: &mut [u8]) {
        let text = self.tidy(text, lang, Weight::BOLD);
        let style = |size| Style { size, weight: Weight::BOLD, ink: Ink::White };
        let mut first: Option<Candidate> = None;
        for (step, (size, most)) in SIZES.into_iter().enumerate() {
            let shaped = self.shape(&text, lang, style(size));
            let parts = pieces(&text, lang, ROOM, |range| shaped.width(range));
            let Some((lines, worst)) = lines(&text, &parts, ROOM, most) else { continue };
            // A step smaller is better than a line that ends within a word.
            let best = first.get_or_insert_with(|| Candidate { step, size, lines: lines.clone(), worst });
            if best.worst > BAD_END && (worst <= BAD_END || worst < best.worst / 2.0) {
                *best = Candidate { step, size, lines, worst };
            }
            if best.worst <= BAD_END || step >= best.step + STEPS_FOR_ENDS {
                break;
            }
        }
        if let Some(Candidate { size, lines, .. }) = first {
            let lines: Vec<String> = lines.into_iter().map(|line| text[line].to_owned()).collect();
            return self.lines(&lines, lang, style(size), pixels);
        }
        let (size, most) = SIZES[SIZES.len() - 1];
        let shaped = self.shape(&text, lang, style(size));
        let ellipsis = self.shape("…", lang, style(size)).width(0..3);
        let parts = pieces(&text, lang, ROOM - ellipsis, |range| shaped.width(range));
        let lines = cut(&text, &parts, ROOM, most, ellipsis);
        let mut lines: Vec<String> = lines.into_iter().map(|line| text[line].to_owned()).collect();
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
        self.lines(&lines, lang, style(size), pixels);
    }

    fn lines(&mut self, lines: &[String], lang: Lang, style: Style, pixels: &mut [u8]) {
        // Vietnamese capitals carry two marks; squares of Han and Hangul fill their line.
        let height = style.size * if lang == Lang::En { 1.2 } else { 1.3 };
        let mut foot = TITLE_TOP + style.size;
        for line in lines {
            let shaped = self.shape(line, lang, style);
            self.draw(&shaped, style, foot, pixels);
            foot += height;
        }
    }

    /// A text without what cannot be set: no letters that none of the fonts has, no signs that are not seen, no towers
    /// of marks, and no more than can fit.
    fn tidy(&mut self, text: &str, lang: Lang, weight: Weight) -> String {
        let mut marks = 0;
        let visible = text.nfc().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).filter(|&letter| {
            marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
            marks <= MARKS && !letter.is_control() && !is_unseen(letter)
        });
        let text: String = visible.take(LETTERS).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shaped = self.shape(&text, lang, Style { size: 20.0, weight, ink: Ink::White });
        let lacking: Vec<Range<usize>> =
            shaped.glyphs.iter().filter(|glyph| glyph.glyph_id == 0).map(|glyph| glyph.start..glyph.end).collect();
        if lacking.is_empty() {
            return text;
        }
        let kept = text.char_indices().filter(|(at, _)| !lacking.iter().any(|range| range.contains(at)));
        let kept: String = kept.map(|(_, letter)| letter).collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Shapes a text as one line.
    fn shape(&mut self, text: &str, lang: Lang, style: Style) -> Shaped {
        let family = self.families.iter().find(|(known, _)| *known == lang).map_or("Noto Sans", |(_, family)| family);
        let attributes = Attrs::new()
            .family(Family::Name(family))
            .weight(style.weight)
            .cache_key_flags(CacheKeyFlags::DISABLE_HINTING);
        let mut buffer = Buffer::new_empty(Metrics::new(style.size, style.size));
        buffer.set_wrap(Wrap::None);
        buffer.set_size(None, None);
        buffer.set_text(text, &attributes, Shaping::Advanced, None);
        buffer.shape_until_scroll(&mut self.system, false);
        let glyphs = buffer.layout_runs().flat_map(|run| run.glyphs.to_vec()).collect();
        Shaped { text: text.to_owned(), glyphs }
    }

    fn draw(&mut self, shaped: &Shaped, style: Style, foot: f32, pixels: &mut [u8]) {
        for glyph in &shaped.glyphs {
            let glyph = glyph.physical((LEFT, foot), 1.0);
            let image = self.letters.get_image(&mut self.system, glyph.cache_key);
            if let Some(image) = image.as_ref().filter(|image| image.content == SwashContent::Mask) {
                print(image, (glyph.x, glyph.y), style.ink, pixels);
            }
        }
    }
}

impl Shaped {
    /// How wide a part of the text is.
    fn width(&self, range: Range<usize>) -> f32 {
        self.glyphs.iter().filter(|glyph| range.contains(&glyph.start)).map(|glyph| glyph.w).sum()
    }
}

/// Signs that steer how text is shown and are not seen themselves.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Prints a letter where the paper is free. Where two letters touch, the stronger ink stays.
fn print(image: &SwashImage, (x, y): (i32, i32), ink: Ink, pixels: &mut [u8]) {
    let places = ink.places();
    let (left, top) = (x + image.placement.left, y - image.placement.top);
    let width = image.placement.width.max(1) as usize;
    for (row, strengths) in (top..).zip(image.data.chunks_exact(width)) {
        for (column, &strength) in (left..).zip(strengths) {
            let strength = u8::try_from(u16::from(strength) * u16::from(STRENGTHS) / 255).unwrap_or(STRENGTHS);
            let Some(pixel) = at(column, row).and_then(|at| pixels.get_mut(at)) else { continue };
            if strength > 0 && (*pixel == 0 || places.contains(pixel)) {
                *pixel = (*pixel).max(places.start + strength - 1);
            }
        }
    }
}

/// The place of a pixel.
fn at(x: i32, y: i32) -> Option<usize> {
    let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
    (x < WIDTH && y < HEIGHT).then_some((y * WIDTH + x) as usize)
}
