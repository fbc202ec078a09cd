//! Words on a card.

use super::CardText;
use super::fonts::Fonts;
use super::line::{cut, lines, pieces};
use super::sheet::{Canvas, STRENGTHS};
use cosmic_text::{
    Attrs, Buffer, CacheKeyFlags, Family, FontSystem, LayoutGlyph, Metrics, Shaping, SwashCache,
    SwashContent, SwashImage, Weight, Wrap,
};
use editorial::content::drawings::{CardBox, Holds};
use model::Lang;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The sizes in which a title can be set, as parts of the height of its box.
const SIZES: [f32; 6] = [0.26, 0.2333, 0.2067, 0.1867, 0.1667, 0.1467];
/// How many lines a title may have at most.
const MOST_LINES: usize = 4;
/// The height of a line, as a part of the size of its letters. Vietnamese capitals carry two marks;
/// squares of Han and Hangul fill their line.
const LINE: f32 = 1.3;
/// The same of English, which has neither.
const LINE_OF_ENGLISH: f32 = 1.2;
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
    ink: [u8; 3],
}

/// Sets words. It belongs to one thread at a time and keeps the letters that it has drawn.
pub(super) struct Setter {
    system: FontSystem,
    letters: SwashCache,
    families: [(Lang, &'static str); 5],
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
        Self {
            system: fonts.system(),
            letters: SwashCache::new(),
            families,
        }
    }

    /// Writes a card's words on a sheet.
    pub(super) fn set(&mut self, card: &CardText, boxes: &[CardBox], canvas: &mut Canvas<'_>) {
        for found in boxes {
            match found.holds {
                Holds::Title => self.title(&card.title, card.lang, found, canvas),
                Holds::Section => self.line(&card.section, card.lang, Weight::BOLD, found, canvas),
                Holds::Name => self.line(&card.site_name, card.lang, Weight::BOLD, found, canvas),
                Holds::Date => self.line(&card.date, card.lang, Weight::NORMAL, found, canvas),
                Holds::Sign => {}
            }
        }
        if self.letters.image_cache.len() > KEPT {
            self.letters.image_cache.clear();
        }
    }

    /// One line, cut where it is too long.
    fn line(
        &mut self,
        text: &str,
        lang: Lang,
        weight: Weight,
        found: &CardBox,
        canvas: &mut Canvas<'_>,
    ) {
        let (style, room) = (
            Style {
                size: found.height,
                weight,
                ink: found.ink,
            },
            found.width,
        );
        let text = self.tidy(text, lang, style.weight);
        let shaped = self.shape(&text, lang, style);
        let width = shaped.width(0..text.len());
        let shaped = if width > room {
            let ellipsis = self.shape("…", lang, style).width(0..3);
            let parts = pieces(&shaped.text, lang, room - ellipsis, |range| {
                shaped.width(range)
            });
            let first = cut(&shaped.text, &parts, room, 1, ellipsis)
                .pop()
                .unwrap_or_default();
            self.shape(&format!("{}…", &shaped.text[first]), lang, style)
        } else {
            shaped
        };
        self.draw(&shaped, style, (found.x, found.y + found.height), canvas);
    }

    /// The title, in the largest size in which it fits.
    fn title(&mut self, text: &str, lang: Lang, found: &CardBox, canvas: &mut Canvas<'_>) {
        let text = self.tidy(text, lang, Weight::BOLD);
        let room = found.width;
        let style = |size| Style {
            size,
            weight: Weight::BOLD,
            ink: found.ink,
        };
        let mut first: Option<Candidate> = None;
        for (step, (size, most)) in sizes(found.height).into_iter().enumerate() {
            let shaped = self.shape(&text, lang, style(size));
            let parts = pieces(&text, lang, room, |range| shaped.width(range));
            let Some((lines, worst)) = lines(&text, &parts, room, most) else {
                continue;
            };
            // A step smaller is better than a line that ends within a word.
            let best = first.get_or_insert_with(|| Candidate {
                step,
                size,
                lines: lines.clone(),
                worst,
            });
            if best.worst > BAD_END && (worst <= BAD_END || worst < best.worst / 2.0) {
                *best = Candidate {
                    step,
                    size,
                    lines,
                    worst,
                };
            }
            if best.worst <= BAD_END || step >= best.step + STEPS_FOR_ENDS {
                break;
            }
        }
        if let Some(Candidate { size, lines, .. }) = first {
            let lines: Vec<String> = lines
                .into_iter()
                .map(|line| text[line].to_owned())
                .collect();
            return self.lines(&lines, lang, style(size), found, canvas);
        }
        let [.., (size, most)] = sizes(found.height);
        let shaped = self.shape(&text, lang, style(size));
        let ellipsis = self.shape("…", lang, style(size)).width(0..3);
        let parts = pieces(&text, lang, room - ellipsis, |range| shaped.width(range));
        let lines = cut(&text, &parts, room, most, ellipsis);
        let mut lines: Vec<String> = lines
            .into_iter()
            .map(|line| text[line].to_owned())
            .collect();
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
        self.lines(&lines, lang, style(size), found, canvas);
    }

    fn lines(
        &mut self,
        lines: &[String],
        lang: Lang,
        style: Style,
        found: &CardBox,
        canvas: &mut Canvas<'_>,
    ) {
        let height = style.size
            * if lang == Lang::En {
                LINE_OF_ENGLISH
            } else {
                LINE
            };
        let mut foot = found.y + style.size;
        for line in lines {
            let shaped = self.shape(line, lang, style);
            self.draw(&shaped, style, (found.x, foot), canvas);
            foot += height;
        }
    }

    /// A text without what cannot be set: no letters that none of the fonts has, no signs that are
    /// not seen, no towers of marks, and no more than can fit.
    fn tidy(&mut self, text: &str, lang: Lang, weight: Weight) -> String {
        let mut marks = 0;
        let visible = text
            .nfc()
            .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
            .filter(|&letter| {
                marks = if is_combining_mark(letter) {
                    marks + 1
                } else {
                    0
                };
                marks <= MARKS && !letter.is_control() && !is_unseen(letter)
            });
        let text: String = visible.take(LETTERS).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shaped = self.shape(
            &text,
            lang,
            Style {
                size: 20.0,
                weight,
                ink: [0; 3],
            },
        );
        let lacking: Vec<Range<usize>> = shaped
            .glyphs
            .iter()
            .filter(|glyph| glyph.glyph_id == 0)
            .map(|glyph| glyph.start..glyph.end)
            .collect();
        if lacking.is_empty() {
            return text;
        }
        let kept = text
            .char_indices()
            .filter(|(at, _)| !lacking.iter().any(|range| range.contains(at)));
        let kept: String = kept.map(|(_, letter)| letter).collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Shapes a text as one line.
    fn shape(&mut self, text: &str, lang: Lang, style: Style) -> Shaped {
        let family = self
            .families
            .iter()
            .find(|(known, _)| *known == lang)
            .map_or("Noto Sans", |(_, family)| family);
        let attributes = Attrs::new()
            .family(Family::Name(family))
            .weight(style.weight)
            .cache_key_flags(CacheKeyFlags::DISABLE_HINTING);
        let mut buffer = Buffer::new_empty(Metrics::new(style.size, style.size));
        buffer.set_wrap(Wrap::None);
        buffer.set_size(None, None);
        buffer.set_text(text, &attributes, Shaping::Advanced, None);
        buffer.shape_until_scroll(&mut self.system, false);
        let glyphs = buffer
            .layout_runs()
            .flat_map(|run| run.glyphs.to_vec())
            .collect();
        Shaped {
            text: text.to_owned(),
            glyphs,
        }
    }

    fn draw(&mut self, shaped: &Shaped, style: Style, start: (f32, f32), canvas: &mut Canvas<'_>) {
        for glyph in &shaped.glyphs {
            let glyph = glyph.physical(start, 1.0);
            let image = self.letters.get_image(&mut self.system, glyph.cache_key);
            if let Some(image) = image
                .as_ref()
                .filter(|image| image.content == SwashContent::Mask)
            {
                print(image, (glyph.x, glyph.y), style.ink, canvas);
            }
        }
    }
}

impl Shaped {
    /// How wide a part of the text is.
    fn width(&self, range: Range<usize>) -> f32 {
        self.glyphs
            .iter()
            .filter(|glyph| range.contains(&glyph.start))
            .map(|glyph| glyph.w)
            .sum()
    }
}

/// Signs that steer how text is shown and are not seen themselves.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Prints a letter.
fn print(image: &SwashImage, (x, y): (i32, i32), ink: [u8; 3], canvas: &mut Canvas<'_>) {
    let (left, top) = (x + image.placement.left, y - image.placement.top);
    let width = image.placement.width.max(1) as usize;
    for (row, strengths) in (top..).zip(image.data.chunks_exact(width)) {
        for (column, &strength) in (left..).zip(strengths) {
            let strength =
                u8::try_from(u16::from(strength) * u16::from(STRENGTHS) / 255).unwrap_or(STRENGTHS);
            canvas.ink(column, row, ink, strength);
        }
    }
}

/// The sizes in which a title can be set in a box of this height, and how many lines it may have in
/// each.
fn sizes(height: f32) -> [(f32, usize); SIZES.len()] {
    SIZES.map(|part| {
        let size = height * part;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a title has a few lines"
        )]
        let lines = (height / (size * LINE)) as usize;
        (size, lines.clamp(1, MOST_LINES))
    })
}
