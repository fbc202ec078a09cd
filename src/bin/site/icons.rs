//! The portal's icon as pictures, for home screens and for what cannot show a drawing. It is the drawing of
//! `public/favicon.svg`, on its grid of 32 by 32: a crane, the sea and a flamboyant flower.

use crate::assets;
use crate::failure::Failure;
use crate::output::Output;
use portal::app::Icons;
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// The width of the drawing's grid.
const GRID: f32 = 32.0;

/// How a picture of the icon is cut.
#[derive(Clone, Copy)]
enum Cut {
    /// With round corners, which are empty.
    Round,
    /// To the edges, with crane and flower at this part of their size around the middle.
    Full(f32),
}

/// A device may cut a maskable icon down to a circle of 40 % of its width around the middle (W3C, Web Application
/// Manifest): at this size crane and flower are within it.
const WITHIN_THE_CIRCLE: f32 = 0.7;

/// Apple's devices cut the corners only.
const WITHIN_THE_CORNERS: f32 = 0.86;

/// Writes the pictures.
///
/// # Errors
/// Where one cannot be written.
pub(crate) fn write(output: &Output) -> Result<Icons, Failure> {
    let publish = |name: &str, size: u32, cut: Cut| -> Result<String, Failure> {
        Ok(assets::publish(output, name, &png(size, cut)?)?.file)
    };
    Ok(Icons {
        small: publish("icon-192.png", 192, Cut::Round)?,
        large: publish("icon-512.png", 512, Cut::Round)?,
        maskable: publish("icon-maskable-512.png", 512, Cut::Full(WITHIN_THE_CIRCLE))?,
        touch: publish("icon-180.png", 180, Cut::Full(WITHIN_THE_CORNERS))?,
    })
}

fn png(size: u32, cut: Cut) -> Result<Vec<u8>, Failure> {
    let failure = || Failure::new(format!("the icon of {size} pixels cannot be drawn"));
    draw(size, cut).and_then(|picture| picture.encode_png().ok()).ok_or_else(failure)
}

fn draw(size: u32, cut: Cut) -> Option<Pixmap> {
    let mut picture = Pixmap::new(size, size)?;
    #[expect(clippy::cast_precision_loss, reason = "an icon has a few hundred pixels")]
    let scale = size as f32 / GRID;
    let whole = Transform::from_scale(scale, scale);
    let (place, mask) = match cut {
        Cut::Round => {
            let mut mask = Mask::new(size, size)?;
            mask.fill_path(&rounded(7.0)?, FillRule::Winding, true, whole);
            (whole, Some(mask))
        }
        Cut::Full(part) => {
            let margin = GRID * (1.0 - part) / 2.0;
            (whole.pre_translate(margin, margin).pre_scale(part, part), None)
        }
    };
    let clip = mask.as_ref();
    let background = PathBuilder::from_rect(Rect::from_xywh(0.0, 0.0, GRID, GRID)?);
    picture.fill_path(&background, &paint(0x0f, 0x4a, 0x75), FillRule::Winding, whole, clip);
    picture.fill_path(&sea()?, &paint(0x3f, 0x9c, 0xc4), FillRule::Winding, place, clip);
    let rope = Stroke { width: 2.2, line_join: LineJoin::Round, ..Stroke::default() };
    picture.stroke_path(&crane()?, &paint(0xff, 0xff, 0xff), &rope, place, clip);
    picture.fill_path(&flower()?, &paint(0xff, 0x4a, 0x35), FillRule::Winding, place, clip);
    let thread = Stroke { width: 0.8, line_cap: LineCap::Round, ..Stroke::default() };
    picture.stroke_path(&stamens()?, &paint(0xa3, 0x16, 0x1b), &thread, place, clip);
    Some(picture)
}

fn paint(red: u8, green: u8, blue: u8) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(Color::from_rgba8(red, green, blue, 255));
    paint
}

/// A square with round corners: each is a cubic curve as near to a quarter of a circle as one can be.
fn rounded(radius: f32) -> Option<Path> {
    let (near, far, handle) = (radius, GRID - radius, radius * (1.0 - 0.5523));
    let mut path = PathBuilder::new();
    path.move_to(near, 0.0);
    path.line_to(far, 0.0);
    path.cubic_to(GRID - handle, 0.0, GRID, handle, GRID, near);
    path.line_to(GRID, far);
    path.cubic_to(GRID, GRID - handle, GRID - handle, GRID, far, GRID);
    path.line_to(near, GRID);
    path.cubic_to(handle, GRID, 0.0, GRID - handle, 0.0, far);
    path.line_to(0.0, near);
    path.cubic_to(0.0, handle, handle, 0.0, near, 0.0);
    path.close();
    path.finish()
}

/// The sea: waves 16 wide. It is wider than the grid, so that it reaches the edges at any size.
fn sea() -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(-16.0, 24.0);
    for start in [-16.0, 0.0, 16.0, 32.0] {
        path.quad_to(start + 4.0, 21.0, start + 8.0, 24.0);
        path.quad_to(start + 12.0, 27.0, start + 16.0, 24.0);
    }
    path.line_to(48.0, 64.0);
    path.line_to(-16.0, 64.0);
    path.close();
    path.finish()
}

fn crane() -> Option<Path> {
    lines(&[
        &[(7.0, 24.0), (7.0, 10.0)],
        &[(14.0, 24.0), (14.0, 10.0)],
        &[(3.0, 10.0), (28.0, 10.0)],
        &[(14.0, 10.0), (14.0, 4.0), (4.0, 10.0)],
        &[(14.0, 4.0), (26.0, 10.0)],
    ])
}

fn flower() -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(21.4, 27.5);
    path.cubic_to(21.4, 23.5, 16.5, 22.0, 16.5, 17.7);
    path.cubic_to(16.5, 15.5, 18.2, 14.5, 19.7, 15.0);
    path.cubic_to(20.6, 12.8, 24.4, 12.8, 25.3, 15.0);
    path.cubic_to(26.8, 14.5, 28.5, 15.5, 28.5, 17.7);
    path.cubic_to(28.5, 22.0, 23.6, 23.5, 23.6, 27.5);
    path.close();
    path.finish()
}

fn stamens() -> Option<Path> {
    lines(&[&[(22.5, 25.0), (22.5, 18.0)], &[(20.5, 21.0), (19.5, 18.0)], &[(24.5, 21.0), (25.5, 18.0)]])
}

fn lines(lines: &[&[(f32, f32)]]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        for (number, &(x, y)) in line.iter().enumerate() {
            if number == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
    }
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixel(picture: &Pixmap, x: u32, y: u32) -> (u8, u8, u8, u8) {
        let colour = picture.pixel(x, y).unwrap().demultiply();
        (colour.red(), colour.green(), colour.blue(), colour.alpha())
    }

    #[test]
    fn the_icon_has_empty_corners_and_the_maskable_one_has_none() {
        let round = draw(192, Cut::Round).unwrap();
        assert_eq!(pixel(&round, 0, 0).3, 0);
        assert_eq!(pixel(&round, 96, 6), (0x0f, 0x4a, 0x75, 255));
        assert_eq!(pixel(&round, 30, 180), (0x3f, 0x9c, 0xc4, 255));
        assert_eq!(pixel(&round, 42, 100), (255, 255, 255, 255));
        let maskable = draw(512, Cut::Full(WITHIN_THE_CIRCLE)).unwrap();
        assert_eq!(pixel(&maskable, 0, 0), (0x0f, 0x4a, 0x75, 255));
        assert_eq!(pixel(&maskable, 511, 511), (0x3f, 0x9c, 0xc4, 255));
    }

    #[test]
    fn crane_and_flower_of_the_maskable_icon_are_within_the_circle_that_every_device_shows() {
        let picture = draw(512, Cut::Full(WITHIN_THE_CIRCLE)).unwrap();
        let plain = [(0x0f, 0x4a, 0x75, 255), (0x3f, 0x9c, 0xc4, 255)];
        for (x, y) in (0..512_i32).flat_map(|y| (0..512_i32).map(move |x| (x, y))) {
            let far = (x - 256).pow(2) + (y - 256).pow(2) > 205_i32.pow(2);
            let colour = pixel(&picture, x.unsigned_abs(), y.unsigned_abs());
            // The edge of the sea is a mixture of the two.
            assert!(!far || plain.contains(&colour) || colour.0 < 0x40, "{x} {y} {colour:?}");
        }
    }
}
