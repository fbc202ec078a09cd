//! The card without its words: the portal's drawing, with the sign in its box.
//!
//! A card has a palette, which makes its file small. Each ink has fifteen strengths of it, mixed
//! with the ground of its words; the rest are the colours of the drawing. A colour that is not in
//! the palette becomes the nearest one.

use crate::media::drawing::{Frame, render};
use editorial::content::drawings::{CARD, CardBox, CardForm, Holds};
use editorial::diagnostics::Failure;
use editorial::hash;
use portal::app::Colours;
use resvg::tiny_skia::{Color, Pixmap};
use std::collections::HashMap;

/// How many strengths an ink has.
pub(super) const STRENGTHS: u8 = 15;

/// How many colours a palette has at most (PNG, 11.2.2).
const COLOURS: usize = 256;

/// How far apart two colours are that are taken for one: the sum of the squared differences of red,
/// green and blue. Hardly anybody sees a difference of a few steps at an edge.
const SAME: u32 = 60;

/// Red, green and blue, in the lower three bytes.
type Colour = u32;

/// The card's pixels and their palette.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Each pixel's place in the palette.
    pixels: Vec<u8>,
    palette: Vec<Colour>,
    /// The boxes of words.
    boxes: Vec<CardBox>,
}

impl Sheet {
    /// Draws the sheet.
    ///
    /// # Errors
    /// Where the form or the sign cannot be rendered.
    pub(super) fn new(form: &CardForm, sign: &str) -> Result<Self, Failure> {
        let drawn = drawn(form, sign)?;
        let boxes: Vec<CardBox> = form
            .boxes
            .iter()
            .filter(|found| found.holds != Holds::Sign)
            .cloned()
            .collect();
        let mut palette: Vec<Colour> = Vec::new();
        for found in &boxes {
            let ground = ground(&drawn, found);
            let strengths =
                (0..=STRENGTHS).map(|strength| mixed(ground, colour(found.ink), strength));
            palette.extend(strengths);
        }
        palette.sort_unstable();
        palette.dedup();
        let inks = palette.len();
        let mut known: HashMap<Colour, u8> = palette.iter().copied().zip(0..).collect();
        let mut pixels = Vec::with_capacity(drawn.len());
        // Most of a drawing is large areas of one colour: each run of them is looked up once.
        for run in drawn.chunk_by(|one, next| one == next) {
            let place = *known
                .entry(run[0])
                .or_insert_with(|| place(&mut palette, inks, run[0]));
            pixels.resize(pixels.len() + run.len(), place);
        }
        Ok(Self {
            pixels,
            palette,
            boxes,
        })
    }

    /// A fresh copy of the sheet, to write on.
    pub(super) fn canvas(&self) -> Canvas<'_> {
        Canvas {
            sheet: self,
            pixels: self.pixels.clone(),
            nearest: HashMap::new(),
        }
    }

    /// The boxes of words.
    pub(super) fn boxes(&self) -> &[CardBox] {
        &self.boxes
    }

    /// What tells this sheet from another drawing, and from other boxes.
    pub(super) fn identity(&self) -> String {
        let palette: Vec<u8> = self
            .palette
            .iter()
            .flat_map(|colour| colour.to_be_bytes())
            .collect();
        let boxes = format!("{:?}", self.boxes);
        hash::short(&[&self.pixels[..], &palette, boxes.as_bytes()].concat())
    }
}

/// A card that is being written on.
pub(super) struct Canvas<'a> {
    sheet: &'a Sheet,
    /// Each pixel's place in the palette.
    pixels: Vec<u8>,
    /// The places of colours that are not in the palette.
    nearest: HashMap<Colour, u8>,
}

impl Canvas<'_> {
    /// Puts an ink of this strength, from 0 to [`STRENGTHS`], over a pixel. Nothing happens outside
    /// the card.
    pub(super) fn ink(&mut self, x: i32, y: i32, ink: [u8; 3], strength: u8) {
        let Some(pixel) = at(x, y)
            .and_then(|at| self.pixels.get_mut(at))
            .filter(|_| strength > 0)
        else {
            return;
        };
        let palette = &self.sheet.palette;
        let wanted = mixed(palette[usize::from(*pixel)], colour(ink), strength);
        *pixel = *self
            .nearest
            .entry(wanted)
            .or_insert_with(|| nearest(palette, 0, wanted).unwrap_or_default());
    }

    /// Each pixel's place in the palette.
    #[cfg(test)]
    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The card as a PNG file.
    pub(super) fn png(&self) -> Vec<u8> {
        let palette: Vec<u8> = self
            .sheet
            .palette
            .iter()
            .flat_map(|colour| colour.to_be_bytes()[1..].to_vec())
            .collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, CARD.0, CARD.1);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette);
        encoder.set_deflate_compression(png::DeflateCompression::Level(6));
        encoder.set_filter(png::Filter::NoFilter);
        // Writing into memory fails only where the pixels are not as many as the size says, and
        // they are the sheet's.
        if let Ok(mut writer) = encoder.write_header() {
            let _ = writer.write_image_data(&self.pixels);
        }
        bytes
    }
}

/// The colours of a form without its boxes, with the sign in its own.
fn drawn(form: &CardForm, sign: &str) -> Result<Vec<Colour>, Failure> {
    let (width, height) = CARD;
    let mut picture = Pixmap::new(width, height)
        .ok_or_else(|| Failure::new("there is no memory for a share card"))?;
    // A drawing may leave its ground out.
    picture.fill(band());
    #[expect(
        clippy::cast_precision_loss,
        reason = "a card has a few hundred pixels"
    )]
    let whole = Frame {
        x: 0.0,
        y: 0.0,
        width: width as f32,
        height: height as f32,
    };
    render(&without_boxes(form), whole, &mut picture)?;
    for found in form.boxes.iter().filter(|found| found.holds == Holds::Sign) {
        let side = found.width.min(found.height);
        let (x, y) = (
            found.x + (found.width - side) / 2.0,
            found.y + (found.height - side) / 2.0,
        );
        render(
            sign,
            Frame {
                x,
                y,
                width: side,
                height: side,
            },
            &mut picture,
        )?;
    }
    // Every pixel is opaque, so its colours are what they are.
    Ok(picture
        .pixels()
        .iter()
        .map(|pixel| colour([pixel.red(), pixel.green(), pixel.blue()]))
        .collect())
}

fn without_boxes(form: &CardForm) -> String {
    let mut drawing = form.drawing.clone();
    for found in form.boxes.iter().rev() {
        drawing.replace_range(found.range.clone(), "");
    }
    drawing
}

/// The colour of the portal's header.
fn band() -> Color {
    let value = u32::from_str_radix(Colours::BAND.trim_start_matches('#'), 16).unwrap_or_default();
    let [_, red, green, blue] = value.to_be_bytes();
    Color::from_rgba8(red, green, blue, u8::MAX)
}

/// The most frequent colour in a box.
fn ground(drawn: &[Colour], found: &CardBox) -> Colour {
    #[expect(clippy::cast_possible_truncation, reason = "a box is within the card")]
    let [left, top, right, bottom] = [
        found.x,
        found.y,
        found.x + found.width,
        found.y + found.height,
    ]
    .map(|value| value as i32);
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    let within: Vec<Colour> = (top..bottom)
        .flat_map(|y| (left..right).filter_map(move |x| drawn.get(at(x, y)?).copied()))
        .collect();
    for run in within.chunk_by(|one, next| one == next) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    counts
        .into_iter()
        .max_by_key(|&(colour, count)| (count, colour))
        .map_or(0, |(colour, _)| colour)
}

/// The place of a colour of the drawing: a new one, or where that is not worth it, or there is none
/// left, that of the nearest colour. The first `inks` colours are those of words.
fn place(palette: &mut Vec<Colour>, inks: usize, colour: Colour) -> u8 {
    let from = if palette.len() < COLOURS { inks } else { 0 };
    match nearest(palette, from, colour) {
        Some(near)
            if distance(palette[usize::from(near)], colour) <= SAME || palette.len() >= COLOURS =>
        {
            near
        }
        _ => {
            palette.push(colour);
            u8::try_from(palette.len() - 1).unwrap_or(u8::MAX)
        }
    }
}

/// The place of the nearest colour, from a place on.
fn nearest(palette: &[Colour], from: usize, colour: Colour) -> Option<u8> {
    let nearest = (from..palette.len()).min_by_key(|&at| distance(palette[at], colour))?;
    u8::try_from(nearest).ok()
}

fn distance(a: Colour, b: Colour) -> u32 {
    a.to_be_bytes()
        .into_iter()
        .zip(b.to_be_bytes())
        .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
        .sum()
}

fn colour([red, green, blue]: [u8; 3]) -> Colour {
    u32::from_be_bytes([0, red, green, blue])
}

/// The colour of an ink of this strength on a ground.
fn mixed(ground: Colour, ink: Colour, strength: u8) -> Colour {
    let [_, red, green, blue] = ground.to_be_bytes();
    let [_, ink_red, ink_green, ink_blue] = ink.to_be_bytes();
    let (of, all) = (u16::from(strength), u16::from(STRENGTHS));
    let mix = |a: u8, b: u8| {
        u8::try_from((u16::from(a) * (all - of) + u16::from(b) * of) / all).unwrap_or(u8::MAX)
    };
    colour([
        mix(red, ink_red),
        mix(green, ink_green),
        mix(blue, ink_blue),
    ])
}

/// The place of a pixel.
fn at(x: i32, y: i32) -> Option<usize> {
    let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
    (x < CARD.0 && y < CARD.1).then_some((y * CARD.0 + x) as usize)
}
