//! Picture files: their sizes, and that an SVG is a drawing and nothing more.

mod svg;

use crate::place::Place;
use crate::problem::Problem;
use imagesize::ImageType;
use std::path::Path;

/// What a picture file may be called at its end.
pub(crate) const ENDINGS: [&str; 5] = ["svg", "png", "jpg", "jpeg", "webp"];

/// Whether a file is a picture by its name.
pub(crate) fn is_picture(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// A picture's width and height in CSS pixels, or all that is wrong with it. `name` is what the file is called in
/// problems.
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
        let problem = |flaw: svg::Flaw| Problem::at(name, Place::new(text, flaw.at), flaw.message).help(flaw.remedy);
        flaws.into_iter().map(problem).collect()
    })
}

fn photograph(name: &str, ending: &str, bytes: &[u8]) -> Result<(u32, u32), Problem> {
    let unreadable = || Problem::with_file(name, "the picture cannot be read").help("export it anew");
    let right = match imagesize::image_type(bytes).map_err(|_| unreadable())? {
        ImageType::Png => "png",
        ImageType::Jpeg if ending == "jpeg" => "jpeg",
        ImageType::Jpeg => "jpg",
        ImageType::Webp => "webp",
        _ => return Err(unreadable()),
    };
    if right != ending {
        let message = format!("the picture is in fact a .{right} file");
        return Err(Problem::with_file(name, message).help(format!("rename it so that it ends in .{right}")));
    }
    let size = imagesize::blob_size(bytes).map_err(|_| unreadable())?;
    let positive = |pixels: usize| u32::try_from(pixels).ok().filter(|&pixels| pixels > 0).ok_or_else(unreadable);
    Ok((positive(size.width)?, positive(size.height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of a PNG of three by two pixels.
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0";

    #[test]
    fn a_photograph_is_measured() {
        assert_eq!(measure("a.png", PNG), Ok((3, 2)));
    }

    #[test]
    fn a_photograph_with_a_wrong_name_or_no_content_is_refused() {
        assert!(measure("a.jpg", PNG).unwrap_err()[0].message.contains(".png"));
        for bytes in [&b""[..], b"\x89PNG", b"<svg/>", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"] {
            assert!(measure("a.png", bytes).is_err());
        }
    }
}
