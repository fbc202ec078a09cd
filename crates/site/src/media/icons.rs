//! The portal's icon as pictures, for home screens and for what cannot show a drawing. It is the drawing of
//! `public/favicon.svg`, on its grid of 32 by 32: a flamboyant flower, one of whose five petals is white, over the sea.

use crate::output::Output;
use crate::output::hashed_file;
use editorial::diagnostics::Failure;
use portal::app::Icons;
use tiny_skia::{Color, FillRule, Mask, Paint, Path, PathBuilder, Pixmap, Rect, Transform};

/// The width of the drawing's grid.
const GRID: f32 = 32.0;

/// Where the petals meet.
const MIDDLE: (f32, f32) = (16.0, 15.7);

/// How a picture of the icon is cut.
#[derive(Clone, Copy)]
enum Cut {
    /// With round corners, which are empty.
    Round,
    /// To the edges, with the flower at this part of its size around the middle.
    Full(f32),
}

/// A device may cut a maskable icon down to a circle of 40 % of its width around the middle (W3C, Web Application
/// Manifest): at this size the flower is within it.
const WITHIN_THE_CIRCLE: f32 = 0.95;

/// Apple's devices cut the corners only.
const WITHIN_THE_CORNERS: f32 = 1.0;

/// Writes the pictures.
///
/// # Errors
/// Where one cannot be written.
pub(crate) fn write(output: &Output) -> Result<Icons, Failure> {
    let publish = |name: &str, size: u32, cut: Cut| -> Result<String, Failure> {
        Ok(hashed_file::publish(output, name, &png(size, cut)?)?.file)
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
    picture.fill_path(&background, &paint(0x06, 0x2b, 0x48), FillRule::Winding, whole, clip);
    picture.fill_path(&sea()?, &paint(0x1f, 0x71, 0x99), FillRule::Winding, place, clip);
    let (red, white) = (paint(0xff, 0x52, 0x44), paint(0xff, 0xf4, 0xe0));
    for (colour, turn) in [(&red, 72.0), (&red, 144.0), (&red, 216.0), (&red, 288.0), (&white, 0.0)] {
        picture.fill_path(&petal()?, colour, FillRule::Winding, place.pre_rotate_at(turn, MIDDLE.0, MIDDLE.1), clip);
    }
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

/// The petal that points up.
fn petal() -> Option<Path> {
    let (x, y) = MIDDLE;
    let mut path = PathBuilder::new();
    path.move_to(x, y - 0.7);
    path.cubic_to(x - 6.0, y - 5.0, x - 6.6, y - 11.7, x, y - 11.7);
    path.cubic_to(x + 6.6, y - 11.7, x + 6.0, y - 5.0, x, y - 0.7);
    path.close();
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
        assert_eq!(pixel(&round, 96, 6), (0x06, 0x2b, 0x48, 255));
        assert_eq!(pixel(&round, 30, 180), (0x1f, 0x71, 0x99, 255));
        assert_eq!(pixel(&round, 96, 48), (0xff, 0xf4, 0xe0, 255), "the petal that points up");
        assert_eq!(pixel(&round, 60, 130), (0xff, 0x52, 0x44, 255), "one of the others");
        let maskable = draw(512, Cut::Full(WITHIN_THE_CIRCLE)).unwrap();
        assert_eq!(pixel(&maskable, 0, 0), (0x06, 0x2b, 0x48, 255));
        assert_eq!(pixel(&maskable, 511, 511), (0x1f, 0x71, 0x99, 255));
    }

    #[test]
    fn the_flower_of_the_maskable_icon_is_within_the_circle_that_every_device_shows() {
        let picture = draw(512, Cut::Full(WITHIN_THE_CIRCLE)).unwrap();
        let plain = [(0x06, 0x2b, 0x48, 255), (0x1f, 0x71, 0x99, 255)];
        for (x, y) in (0..512_i32).flat_map(|y| (0..512_i32).map(move |x| (x, y))) {
            let far = (x - 256).pow(2) + (y - 256).pow(2) > 205_i32.pow(2);
            let colour = pixel(&picture, x.unsigned_abs(), y.unsigned_abs());
            // The edge of the sea is a mixture of the two.
            assert!(!far || plain.contains(&colour) || colour.0 < 0x20, "{x} {y} {colour:?}");
        }
    }
}
