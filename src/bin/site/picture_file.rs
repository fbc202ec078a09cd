//! Picture files: their sizes, that an SVG is a drawing and nothing more, and that a photograph can be published.

pub(crate) mod raster;
mod svg;

use crate::place::{Lines, Place};
use crate::problem::Problem;
use image::ImageFormat;
use raster::Flaw;
use std::path::Path;

/// What a picture file may be called at its end.
pub(crate) const ENDINGS: [&str; 5] = ["svg", "png", "jpg", "jpeg", "webp"];

/// Whether a file is a picture by its name.
pub(crate) fn is_picture(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// A picture's width and height as it is published, in CSS pixels, or all that is wrong with it. `name` is what the file
/// is called in problems.
pub(crate) fn measure(name: &str, bytes: &[u8]) -> Result<(u32, u32), Vec<Problem>> {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if ending == "svg" {
        drawing(name, bytes)
    } else {
        photograph(name, ending, bytes).map_err(|problem| vec![problem])
    }
}

fn drawing(name: &str, bytes: &[u8]) -> Result<(u32, u32), Vec<Problem>> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        vec![Problem::with_file(name, "the drawing is not UTF-8").help("save it as plain SVG in UTF-8")]
    })?;
    svg::measure(text).map_err(|flaws| {
        let lines = Lines::of(text);
        let place = |at| Place::among(&lines, text, at);
        let problem = |flaw: svg::Flaw| Problem::at(name, place(flaw.at), flaw.message).help(flaw.remedy);
        flaws.into_iter().map(problem).collect()
    })
}

fn photograph(name: &str, ending: &str, bytes: &[u8]) -> Result<(u32, u32), Problem> {
    let refused = |flaw: &Flaw| {
        let (message, remedy) = flaw.words();
        Problem::with_file(name, message).help(remedy)
    };
    let Some((format, right)) = format(ending, bytes) else { return Err(refused(&Flaw::Unreadable)) };
    if right != ending {
        let message = format!("the picture is in fact a .{right} file");
        return Err(Problem::with_file(name, message).help(format!("rename it so that it ends in .{right}")));
    }
    raster::measure(format, bytes).map_err(|flaw| refused(&flaw))
}

/// The format that these bytes are in, and what a file in it is called at its end.
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
        image::RgbImage::new(3, 2).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_photograph_is_measured() {
        assert_eq!(measure("a.png", &png()), Ok((3, 2)));
    }

    #[test]
    fn a_photograph_with_a_wrong_name_or_no_content_is_refused() {
        assert!(measure("a.jpg", &png()).unwrap_err()[0].message.contains(".png"));
        for bytes in [&b""[..], b"\x89PNG", b"<svg/>", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"] {
            assert!(measure("a.png", bytes).is_err());
        }
    }
}
