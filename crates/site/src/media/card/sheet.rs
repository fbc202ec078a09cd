//! The card without its words: the sea at dusk, a quay with cranes and a ship, and a flamboyant flower. Its colours are
//! those of `style/tokens/colour.css`.
//!
//! A card has a palette, which makes its file small: first the paper and the inks on it in fifteen strengths, then the
//! colours of the drawing.

use super::ink::{Ink, STRENGTHS};
use editorial::hash;
use std::collections::HashMap;
use std::f32::consts::TAU;
use tiny_skia::{Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// The card's width in pixels, as social networks ask for it.
pub(crate) const WIDTH: u32 = 1200;
/// The card's height in pixels.
pub(crate) const HEIGHT: u32 = 630;

/// Where the quay begins: words stand above it.
pub(super) const QUAY: f32 = 588.0;

/// Sea 800, the colour of the portal's header.
const PAPER: u32 = 0x06_2b_48;
const WATER: u32 = 0x04_1f_35;
const FOAM: u32 = 0x0b_3a_5e;
const FAR: u32 = 0x0d_39_5b;
const MIDDLE: u32 = 0x16_4a_70;
const NEAR: u32 = 0x2a_62_8a;
const STEEL: u32 = 0x5f_86_a6;
const PALE: u32 = 0x9d_b9_cf;
const RED_DARK: u32 = 0xa5_12_1b;
const RED: u32 = 0xd4_22_2a;
const RED_LIGHT: u32 = 0xff_6f_61;
const LAMP: u32 = 0xff_d1_66;

/// The card's pixels and their palette.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Each pixel's place in the palette.
    pixels: Vec<u8>,
    /// Red, green and blue of each colour.
    palette: Vec<u8>,
}

impl Sheet {
    /// Draws the sheet.
    pub(super) fn new() -> Self {
        let mut colours = vec![PAPER];
        for ink in Ink::ALL {
            colours.extend((1..=STRENGTHS).map(|strength| between(PAPER, ink.colour(), strength)));
        }
        let drawn = Pixmap::new(WIDTH, HEIGHT).map(|mut picture| {
            draw(&mut picture);
            picture.pixels().iter().map(|pixel| rgb(pixel.red(), pixel.green(), pixel.blue())).collect::<Vec<_>>()
        });
        let drawn = drawn.unwrap_or_else(|| vec![PAPER; (WIDTH * HEIGHT) as usize]);
        let mut known: HashMap<u32, u8> = HashMap::from([(PAPER, 0)]);
        let pixels =
            drawn.into_iter().map(|colour| *known.entry(colour).or_insert_with(|| place(&mut colours, colour)));
        let pixels = pixels.collect();
        Self { pixels, palette: colours.into_iter().flat_map(|colour| colour.to_be_bytes()[1..].to_vec()).collect() }
    }

    /// A fresh copy of the pixels, to write on.
    pub(super) fn pixels(&self) -> Vec<u8> {
        self.pixels.clone()
    }

    /// What tells this sheet from another drawing.
    pub(super) fn identity(&self) -> String {
        hash::short(&[&self.pixels[..], &self.palette].concat())
    }

    /// Pixels as a PNG file.
    pub(super) fn png(&self, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(&self.palette[..]);
        encoder.set_deflate_compression(png::DeflateCompression::Level(6));
        encoder.set_filter(png::Filter::NoFilter);
        // Writing into memory fails only where the pixels are not as many as the size says, and they are the sheet's.
        if let Ok(mut writer) = encoder.write_header() {
            let _ = writer.write_image_data(pixels);
        }
        bytes
    }
}

/// The place of a colour in the palette: a new one, or where there is none left, that of the nearest colour of the
/// drawing.
fn place(colours: &mut Vec<u32>, colour: u32) -> u8 {
    let first = Ink::ALL.len() * usize::from(STRENGTHS) + 1;
    let distance = |other: u32| -> u32 {
        other.to_be_bytes().into_iter().zip(colour.to_be_bytes()).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let nearest = (first..colours.len()).min_by_key(|&at| distance(colours[at]));
    let place = match nearest {
        // Hardly anybody sees a difference of a few steps at an edge.
        Some(near) if distance(colours[near]) <= 60 || colours.len() > 255 => near,
        _ => {
            colours.push(colour);
            colours.len() - 1
        }
    };
    u8::try_from(place).unwrap_or_default()
}

fn rgb(red: u8, green: u8, blue: u8) -> u32 {
    u32::from_be_bytes([0, red, green, blue])
}

/// The colour of an ink of this strength on a ground.
fn between(ground: u32, ink: u32, strength: u8) -> u32 {
    let [_, red, green, blue] = ground.to_be_bytes();
    let [_, ink_red, ink_green, ink_blue] = ink.to_be_bytes();
    let (of, all) = (u16::from(strength), u16::from(STRENGTHS));
    let mix = |a: u8, b: u8| u8::try_from((u16::from(a) * (all - of) + u16::from(b) * of) / all).unwrap_or(u8::MAX);
    rgb(mix(red, ink_red), mix(green, ink_green), mix(blue, ink_blue))
}

/// A pen for flat shapes.
struct Pen<'a> {
    picture: &'a mut Pixmap,
    transform: Transform,
}

impl Pen<'_> {
    fn paint(colour: u32) -> Paint<'static> {
        let [_, red, green, blue] = colour.to_be_bytes();
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(Color::from_rgba8(red, green, blue, u8::MAX));
        paint
    }

    fn fill(&mut self, path: Option<Path>, colour: u32) {
        if let Some(path) = path {
            self.picture.fill_path(&path, &Self::paint(colour), FillRule::Winding, self.transform, None);
        }
    }

    fn boxed(&mut self, x: f32, y: f32, width: f32, height: f32, colour: u32) {
        self.fill(Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect), colour);
    }

    fn shape(&mut self, corners: &[(f32, f32)], colour: u32) {
        self.fill(outline(corners, true), colour);
    }

    fn line(&mut self, corners: &[(f32, f32)], width: f32, colour: u32) {
        let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
        if let Some(path) = outline(corners, false) {
            self.picture.stroke_path(&path, &Self::paint(colour), &stroke, self.transform, None);
        }
    }

    /// A pen that draws at another place, larger or smaller, from the ground of the quay.
    fn at(&mut self, x: f32, scale: f32) -> Pen<'_> {
        Pen { picture: self.picture, transform: Transform::from_row(scale, 0.0, 0.0, scale, x, QUAY) }
    }
}

fn outline(corners: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, &(x, y)) in corners.iter().enumerate() {
        if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn draw(picture: &mut Pixmap) {
    let [_, red, green, blue] = PAPER.to_be_bytes();
    picture.fill(Color::from_rgba8(red, green, blue, u8::MAX));
    let mut pen = Pen { picture, transform: Transform::identity() };
    for (x, scale) in [(470.0, 0.42), (560.0, 0.42), (650.0, 0.42)] {
        crane(&mut pen.at(x, scale), FAR, FAR);
    }
    crane(&mut pen.at(760.0, 0.56), MIDDLE, MIDDLE);
    crane(&mut pen.at(1046.0, 0.7), NEAR, RED_DARK);
    stack(&mut pen.at(985.0, 0.7));
    pen.boxed(0.0, QUAY, 1200.0, 42.0, WATER);
    pen.boxed(0.0, QUAY, 1200.0, 2.0, MIDDLE);
    ship(&mut pen.at(800.0, 0.86));
    for (x, y, length) in [
        (96.0, 604.0, 64.0),
        (210.0, 615.0, 120.0),
        (420.0, 602.0, 90.0),
        (560.0, 617.0, 150.0),
        (700.0, 605.0, 50.0),
        (1060.0, 606.0, 80.0),
        (1120.0, 618.0, 60.0),
        (880.0, 620.0, 110.0),
    ] {
        pen.line(&[(x, y), (x + length, y)], 2.5, FOAM);
    }
    flower(&mut pen);
}

/// A ship-to-shore crane: its boom reaches out over the water to the left.
fn crane(pen: &mut Pen<'_>, steel: u32, cab: u32) {
    for (x, width) in [(0.0, 8.0), (62.0, 8.0)] {
        pen.boxed(x, -120.0, width, 120.0, steel);
    }
    pen.boxed(-6.0, -8.0, 20.0, 8.0, steel);
    pen.boxed(56.0, -8.0, 20.0, 8.0, steel);
    pen.boxed(0.0, -62.0, 70.0, 6.0, steel);
    pen.boxed(-128.0, -124.0, 250.0, 8.0, steel);
    pen.line(&[(6.0, -120.0), (34.0, -178.0), (66.0, -120.0)], 5.0, steel);
    pen.line(&[(-118.0, -122.0), (34.0, -178.0), (116.0, -122.0)], 3.0, steel);
    pen.line(&[(-54.0, -122.0), (34.0, -178.0)], 3.0, steel);
    pen.line(&[(4.0, -58.0), (66.0, -116.0)], 4.0, steel);
    pen.boxed(84.0, -116.0, 30.0, 14.0, steel);
    pen.boxed(-74.0, -116.0, 18.0, 12.0, cab);
    pen.line(&[(-68.0, -104.0), (-68.0, -72.0)], 2.0, steel);
    pen.line(&[(-60.0, -104.0), (-60.0, -72.0)], 2.0, steel);
    pen.boxed(-82.0, -74.0, 36.0, 13.0, cab);
}

/// Containers on the quay.
fn stack(pen: &mut Pen<'_>) {
    let rows: [&[u32]; 2] = [&[MIDDLE, NEAR, FAR, STEEL], &[NEAR, RED_DARK, MIDDLE]];
    for (row, y) in rows.iter().zip([-16.0, -33.0]) {
        let mut x = 96.0;
        for &colour in *row {
            pen.boxed(x, y, 37.0, 16.0, colour);
            x += 39.0;
        }
    }
}

/// A container ship at the quay.
fn ship(pen: &mut Pen<'_>) {
    let colours = [NEAR, STEEL, MIDDLE, RED, PALE, NEAR, RED_DARK, STEEL, MIDDLE, NEAR, PALE];
    let mut next = (0..colours.len()).cycle();
    for (column, high) in [3, 4, 4, 3, 4, 4, 3, 2].into_iter().enumerate() {
        for row in 0..high {
            let colour = colours[next.next().unwrap_or_default()];
            #[expect(clippy::cast_precision_loss, reason = "a few containers")]
            let (x, y) = (-108.0 + column as f32 * 27.0, -26.0 - row as f32 * 12.0);
            pen.boxed(x, y, 25.0, 11.0, colour);
        }
    }
    pen.boxed(-150.0, -74.0, 32.0, 62.0, PALE);
    pen.boxed(-154.0, -80.0, 42.0, 8.0, PALE);
    pen.boxed(-136.0, -94.0, 12.0, 16.0, RED_DARK);
    for y in [-66.0, -54.0, -42.0] {
        pen.boxed(-145.0, y, 22.0, 4.0, MIDDLE);
    }
    pen.shape(&[(-164.0, -15.0), (114.0, -15.0), (150.0, -27.0), (132.0, 14.0), (-156.0, 14.0)], NEAR);
    pen.shape(&[(-159.0, 6.0), (136.0, 6.0), (132.0, 14.0), (-156.0, 14.0)], RED_DARK);
}

/// A flamboyant flower that reaches in from the corner: four petals that spread, one that stands upright with its
/// streaks, and the long stamens.
fn flower(pen: &mut Pen<'_>) {
    let centre = (1122.0, 52.0);
    let petals = [(0.10, RED_DARK), (0.30, RED), (0.50, RED_DARK), (0.70, RED_DARK), (0.90, RED)];
    for (turn, colour) in petals {
        let transform = Transform::from_rotate(turn * 360.0).post_translate(centre.0, centre.1);
        let mut pen = Pen { picture: pen.picture, transform };
        pen.fill(petal(1.0), colour);
        pen.line(&[(26.0, 0.0), (84.0, 0.0)], 2.0, if colour == RED { RED_DARK } else { RED });
        pen.line(&[(36.0, -8.0), (78.0, -18.0)], 1.5, if colour == RED { RED_DARK } else { RED });
        pen.line(&[(36.0, 8.0), (78.0, 18.0)], 1.5, if colour == RED { RED_DARK } else { RED });
    }
    for (at, length) in [0.30, 0.36, 0.43, 0.49, 0.55, 0.62].into_iter().zip([74.0, 84.0, 78.0, 86.0, 76.0, 68.0]) {
        let angle: f32 = at * TAU;
        let end = (centre.0 + angle.cos() * length, centre.1 + angle.sin() * length);
        pen.line(&[centre, end], 2.0, RED_LIGHT);
        pen.fill(PathBuilder::from_circle(end.0, end.1, 4.0), LAMP);
    }
    pen.fill(PathBuilder::from_circle(centre.0, centre.1, 10.0), RED_LIGHT);
}

/// A petal that begins at the centre with a narrow claw and opens to the right.
fn petal(size: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    let s = |value: f32| value * size;
    path.move_to(0.0, s(-5.0));
    path.cubic_to(s(34.0), s(-10.0), s(44.0), s(-52.0), s(88.0), s(-50.0));
    path.cubic_to(s(112.0), s(-48.0), s(126.0), s(-22.0), s(122.0), 0.0);
    path.cubic_to(s(126.0), s(22.0), s(112.0), s(48.0), s(88.0), s(50.0));
    path.cubic_to(s(44.0), s(52.0), s(34.0), s(10.0), 0.0, s(5.0));
    path.close();
    path.finish()
}
