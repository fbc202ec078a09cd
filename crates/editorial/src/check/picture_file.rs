//! Checks picture files: their sizes, that an SVG is a harmless drawing, and that a photograph can
//! be published.

mod kinds;
pub mod raster;
mod svg;

use crate::diagnostics::{Lines, Location, Message, Problem};
use crate::message;
use image::ImageFormat;
use raster::Flaw;
use std::path::Path;

/// The extensions of picture files.
pub const ENDINGS: [&str; 5] = ["svg", "png", "jpg", "jpeg", "webp"];

/// Whether a file is a picture by its name.
pub fn is_picture(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// A picture's published width and height in CSS pixels. A photograph is decoded completely, as in
/// a build. `name` is the file's name in problems.
///
/// # Errors
/// All problems of the picture.
pub fn measure(name: &str, bytes: &[u8]) -> Result<(u32, u32), Vec<Problem>> {
    measure_with(name, bytes, svg::measure, raster::measure)
}

/// The same for a picture that was measured before: a photograph's header is enough, and a drawing
/// is not checked.
///
/// # Errors
/// The problems of reading the size.
pub fn measure_header(name: &str, bytes: &[u8]) -> Result<(u32, u32), Vec<Problem>> {
    measure_with(name, bytes, svg::measure_unchecked, raster::measure_header)
}

/// Measures a drawing.
type MeasureDrawing = fn(&str) -> Result<(u32, u32), Vec<svg::Flaw>>;

/// Measures a photograph.
type MeasurePhotograph = fn(ImageFormat, &[u8]) -> Result<(u32, u32), Flaw>;

fn measure_with(
    name: &str,
    bytes: &[u8],
    measure_drawing: MeasureDrawing,
    measure_photograph: MeasurePhotograph,
) -> Result<(u32, u32), Vec<Problem>> {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    if ending == "svg" {
        drawing(name, bytes, measure_drawing)
    } else {
        photograph(name, ending, bytes, measure_photograph).map_err(|problem| vec![problem])
    }
}

/// The largest drawing, in bytes: it is published unchanged.
const MOST_OF_A_DRAWING: usize = 10_000_000;

fn drawing(name: &str, bytes: &[u8], measure: MeasureDrawing) -> Result<(u32, u32), Vec<Problem>> {
    let refused =
        |message: Message, help: Message| vec![Problem::with_file(name, message).help(help)];
    if bytes.len() > MOST_OF_A_DRAWING {
        let most = MOST_OF_A_DRAWING / 1_000_000;
        return Err(refused(
            message!("the drawing has more than {most} MB", most),
            message!("make it simpler, or publish it as a photograph"),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| match bytes {
        [0x1f, 0x8b, ..] => refused(
            message!("the drawing is compressed"),
            message!("save it as plain SVG, not as SVGZ"),
        ),
        _ => refused(
            message!("the drawing is not UTF-8"),
            message!("save it as plain SVG in UTF-8"),
        ),
    })?;
    measure(text).map_err(|flaws| {
        let lines = Lines::of(text);
        let place = |at| Location::among(&lines, text, at);
        let problem =
            |flaw: svg::Flaw| Problem::at(name, place(flaw.at), flaw.message).help(flaw.help);
        flaws.into_iter().map(problem).collect()
    })
}

fn photograph(
    name: &str,
    ending: &str,
    bytes: &[u8],
    measure: MeasurePhotograph,
) -> Result<(u32, u32), Problem> {
    let refused = |flaw: &Flaw| {
        let (message, help) = flaw.words();
        Problem::with_file(name, message).help(help)
    };
    let Some((format, right)) = format(ending, bytes) else {
        let (message, help) = kinds::words(bytes);
        return Err(Problem::with_file(name, message).help(help));
    };
    if right != ending {
        let message = message!("the picture is in fact a .{right} file", right);
        return Err(Problem::with_file(name, message)
            .help(message!("rename it so that it ends in .{right}", right)));
    }
    if format == ImageFormat::Png && bytes.get(12..16) == Some(b"CgBI") {
        let message = message!("this is a PNG for apps of iPhones, which nothing else can read");
        return Err(Problem::with_file(name, message)
            .help(message!("get the picture itself, not the one from an app")));
    }
    measure(format, bytes).map_err(|flaw| refused(&flaw))
}

/// The format of these bytes, and its file extension.
fn format(ending: &str, bytes: &[u8]) -> Option<(ImageFormat, &'static str)> {
    match image::guess_format(bytes).ok()? {
        ImageFormat::Png => Some((ImageFormat::Png, "png")),
        ImageFormat::Jpeg if ending == "jpeg" => Some((ImageFormat::Jpeg, "jpeg")),
        ImageFormat::Jpeg => Some((ImageFormat::Jpeg, "jpg")),
        ImageFormat::WebP => Some((ImageFormat::WebP, "webp")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png() -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(3, 2)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_photograph_is_measured() {
        assert_eq!(measure("a.png", &png()), Ok((3, 2)));
    }

    #[test]
    fn a_photograph_with_a_wrong_name_or_no_content_is_refused() {
        assert!(
            measure("a.jpg", &png()).unwrap_err()[0]
                .message
                .contains(".png")
        );
        for bytes in [
            &b""[..],
            b"\x89PNG",
            b"<svg/>",
            b"\xff\xd8\xff",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert!(measure("a.png", bytes).is_err());
        }
    }
}
