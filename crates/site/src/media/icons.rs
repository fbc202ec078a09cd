//! The portal's icon, made of its sign: as a drawing for tabs, and as pictures for home screens and
//! for what shows no drawings. Its ground has the colour of the portal's header, on which readers
//! know the sign.

use crate::media::drawing::{Frame, around, nested, render};
use crate::memo::Memo;
use crate::output::Output;
use crate::output::hashed_file;
use editorial::diagnostics::Failure;
use editorial::hash;
use portal::app::{Colours, Icons};
use resvg::tiny_skia::Pixmap;

/// Where the icon is as a drawing: browsers and feed readers look for it at such an address by
/// themselves.
const DRAWING: &str = "favicon.svg";

/// The width of the icon's grid.
const GRID: u32 = 32;

/// How the ground of an icon is cut, and how much of the icon's width the sign takes.
#[derive(Clone, Copy)]
enum IconShape {
    /// With round corners, which are empty.
    Round,
    /// To the edges, because Apple's devices cut the corners.
    Touch,
    /// To the edges, because a device may cut a maskable icon down to a circle of 40 % of its width
    /// around the middle (W3C, Web Application Manifest). The corners of the sign are within it.
    Maskable,
}

impl IconShape {
    fn sign(self) -> f32 {
        match self {
            Self::Round => 0.75,
            Self::Touch => 0.7,
            Self::Maskable => 0.56,
        }
    }

    fn radius(self) -> u32 {
        if matches!(self, Self::Round) { 7 } else { 0 }
    }
}

/// The icons that are pictures: their names, widths in pixels, and shapes.
const PICTURES: [(&str, u32, IconShape); 4] = [
    ("icon-192.png", 192, IconShape::Round),
    ("icon-512.png", 512, IconShape::Round),
    ("icon-maskable-512.png", 512, IconShape::Maskable),
    ("icon-180.png", 180, IconShape::Touch),
];

/// Writes the icons, and says where the drawing is and where the pictures are.
///
/// # Errors
/// Where the sign is no drawing, or a file cannot be written.
pub(crate) fn write(
    sign: &str,
    memo: &Memo<Vec<Vec<u8>>>,
    output: &Output,
) -> Result<(String, Icons), Failure> {
    output.write(DRAWING, icon(sign, IconShape::Round)?.as_bytes())?;
    let drawn = memo.get(hash::of(sign.as_bytes()), || {
        let pictures = PICTURES.iter();
        pictures
            .map(|(_, size, shape)| png(sign, *size, *shape))
            .collect()
    })?;
    let mut files = Vec::new();
    for ((name, ..), picture) in PICTURES.iter().zip(drawn) {
        files.push(hashed_file::publish(output, name, &picture)?.file);
    }
    let [small, large, maskable, touch] = <[String; 4]>::try_from(files)
        .map_err(|_| Failure::new("an icon is missing; this is a mistake of the program"))?;
    let icons = Icons {
        small,
        large,
        maskable,
        touch,
    };
    Ok((DRAWING.to_owned(), icons))
}

/// The icon as a drawing.
fn icon(sign: &str, shape: IconShape) -> Result<String, Failure> {
    #[expect(clippy::cast_precision_loss, reason = "the grid is small")]
    let grid = GRID as f32;
    let (width, corner) = (grid * shape.sign(), grid * (1.0 - shape.sign()) / 2.0);
    let sign = nested(
        sign,
        Frame {
            x: corner,
            y: corner,
            width,
            height: width,
        },
    )?;
    let (radius, colour) = (shape.radius(), Colours::BAND);
    let ground =
        format!("<rect width=\"{GRID}\" height=\"{GRID}\" rx=\"{radius}\" fill=\"{colour}\"/>");
    Ok(around(GRID, GRID, &format!("{ground}{sign}")))
}

fn png(sign: &str, size: u32, shape: IconShape) -> Result<Vec<u8>, Failure> {
    let failure = || Failure::new(format!("the icon of {size} pixels cannot be drawn"));
    draw(sign, size, shape)?.encode_png().map_err(|_| failure())
}

fn draw(sign: &str, size: u32, shape: IconShape) -> Result<Pixmap, Failure> {
    let failure = || Failure::new(format!("there is no memory for an icon of {size} pixels"));
    let mut picture = Pixmap::new(size, size).ok_or_else(failure)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "an icon has a few hundred pixels"
    )]
    let side = size as f32;
    render(
        &icon(sign, shape)?,
        Frame {
            x: 0.0,
            y: 0.0,
            width: side,
            height: side,
        },
        &mut picture,
    )?;
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sign that fills its square.
    const SQUARE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path fill=\"#ff0000\" d=\"M0 0h10v10H0z\"/></svg>";
    const RED: (u8, u8, u8, u8) = (255, 0, 0, 255);
    const BAND: (u8, u8, u8, u8) = (0x06, 0x2b, 0x48, 255);

    fn pixel(picture: &Pixmap, x: u32, y: u32) -> (u8, u8, u8, u8) {
        let colour = picture.pixel(x, y).unwrap().demultiply();
        (colour.red(), colour.green(), colour.blue(), colour.alpha())
    }

    #[test]
    fn an_icon_has_the_sign_on_the_colour_of_the_header_and_only_the_round_one_has_empty_corners() {
        for (shape, corner) in [
            (IconShape::Round, (0, 0, 0, 0)),
            (IconShape::Touch, BAND),
            (IconShape::Maskable, BAND),
        ] {
            let picture = draw(SQUARE, 192, shape).unwrap();
            assert_eq!(pixel(&picture, 0, 0), corner);
            assert_eq!(pixel(&picture, 96, 6), BAND);
            assert_eq!(pixel(&picture, 96, 96), RED);
        }
    }

    #[test]
    fn the_sign_of_the_maskable_icon_is_within_the_circle_that_every_device_shows() {
        let picture = draw(SQUARE, 512, IconShape::Maskable).unwrap();
        for (x, y) in (0..512_i32).flat_map(|y| (0..512_i32).map(move |x| (x, y))) {
            let far = (x - 256).pow(2) + (y - 256).pow(2) > 205_i32.pow(2);
            let colour = pixel(&picture, x.unsigned_abs(), y.unsigned_abs());
            assert!(!far || colour == BAND, "{x} {y} {colour:?}");
        }
    }
}
