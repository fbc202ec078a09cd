//! Photographs and other pictures made of pixels: whether they can be published, and how large they will be. Only the
//! beginning of a file is decoded here; whether its end is there is seen from its marks.

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageResult, Limits};
use std::fmt;
use std::io::Cursor;

/// How many pixels a picture may have. Some more would still be decoded, but no camera has them, and a small file that
/// claims to have them is made to fill the memory.
pub(crate) const MAX_PIXELS: u64 = 100_000_000;

/// How many bytes decoding one picture may take: the most pixels there may be, in 16 bits for each of four colours.
const MAX_BYTES: u64 = MAX_PIXELS * 8;

/// The widest that a picture is published, in pixels.
const MAX_WIDTH: u32 = 1920;

/// The highest that a picture is published, in pixels: WebP ends at 16,383.
const MAX_HEIGHT: u32 = 8192;

/// Why a picture cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// No decoder can read it.
    Unreadable,
    /// Its end is missing.
    CutOff,
    /// It has this many pixels in width and height.
    TooLarge(u32, u32),
    /// It is an animation.
    Moves,
    /// Its colours are those of printing.
    ForPrinting,
}

impl Flaw {
    /// What is wrong, and what to do about it.
    pub(super) fn words(&self) -> (String, &'static str) {
        match self {
            Self::Unreadable => ("the picture cannot be read".to_owned(), "export it anew"),
            Self::CutOff => ("the end of the picture is missing".to_owned(), "copy it again, or export it anew"),
            Self::TooLarge(width, height) => {
                let limit = MAX_PIXELS / 1_000_000;
                let message = format!("the picture has {width} × {height} pixels, more than {limit} million");
                (message, "export it smaller: it is published at most 1920 pixels wide")
            }
            Self::Moves => ("the picture is an animation".to_owned(), "export one of its pictures alone"),
            Self::ForPrinting => {
                ("the picture has the colours of printing (CMYK)".to_owned(), "export it in RGB, best in sRGB")
            }
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().0)
    }
}

/// The picture's width and height as it is published, in pixels: upright, and no larger than any screen needs.
pub(super) fn measure(format: ImageFormat, bytes: &[u8]) -> Result<(u32, u32), Flaw> {
    let mut decoder = decoder(format, bytes)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Flaw::Unreadable);
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Flaw::TooLarge(width, height));
    }
    if !is_complete(format, bytes) {
        return Err(Flaw::CutOff);
    }
    let orientation = decoder.orientation().map_err(|_| Flaw::Unreadable)?;
    Ok(published_size(if is_sideways(orientation) { (height, width) } else { (width, height) }))
}

/// A picture's size as it is published: the same shape, reduced to the limits.
pub(crate) fn published_size((width, height): (u32, u32)) -> (u32, u32) {
    let scaled = |value: u32, by: u32, to: u32| {
        let value = (u64::from(value) * u64::from(to) + u64::from(by) / 2) / u64::from(by.max(1));
        u32::try_from(value).unwrap_or(to).max(1)
    };
    let (width, height) =
        if width > MAX_WIDTH { (MAX_WIDTH, scaled(height, width, MAX_WIDTH)) } else { (width, height) };
    if height > MAX_HEIGHT { (scaled(width, height, MAX_HEIGHT), MAX_HEIGHT) } else { (width, height) }
}

/// A decoder that has read the file's beginning.
pub(crate) fn decoder(format: ImageFormat, bytes: &[u8]) -> Result<Box<dyn ImageDecoder + '_>, Flaw> {
    let unreadable = |_| Flaw::Unreadable;
    let input = Cursor::new(bytes);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    let mut decoder: Box<dyn ImageDecoder + '_> = match format {
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(input, limits.clone()).map_err(unreadable)?;
            still(decoder.is_apng())?;
            Box::new(decoder)
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(input).map_err(unreadable)?;
            still(Ok(decoder.has_animation()))?;
            Box::new(decoder)
        }
        ImageFormat::Jpeg => {
            // The decoder takes four colours for three without knowing which ink they mean.
            if jpeg(bytes).is_some_and(|jpeg| jpeg.colours == 4) {
                return Err(Flaw::ForPrinting);
            }
            Box::new(JpegDecoder::new(input).map_err(unreadable)?)
        }
        _ => return Err(Flaw::Unreadable),
    };
    // What is too large is told by `measure`, with its size.
    let _ = decoder.set_limits(limits);
    Ok(decoder)
}

fn still(moves: ImageResult<bool>) -> Result<(), Flaw> {
    if moves.map_err(|_| Flaw::Unreadable)? { Err(Flaw::Moves) } else { Ok(()) }
}

/// Whether the picture lies on its side in the file.
fn is_sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Whether the mark of the file's end is there.
fn is_complete(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Png => bytes.windows(8).rev().any(|window| window == b"IEND\xae\x42\x60\x82"),
        ImageFormat::Jpeg => jpeg(bytes).is_some_and(|jpeg| jpeg.ends),
        // RIFF says how many bytes follow its first eight.
        _ => bytes
            .get(4..8)
            .and_then(|length| length.try_into().ok())
            .is_some_and(|length| u64::from(u32::from_le_bytes(length)) + 8 <= bytes.len() as u64),
    }
}

/// What the segments of a JPEG file say.
struct Jpeg {
    colours: u8,
    ends: bool,
}

/// Walks over the segments up to the first scan (ITU-T T.81, annex B). From there on, `FF D9` can only be the end.
fn jpeg(bytes: &[u8]) -> Option<Jpeg> {
    let mut colours = 0;
    let mut at = 2;
    loop {
        while bytes.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let [0xff, marker] = bytes.get(at..at + 2)? else { return None };
        let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
        match marker {
            0xc4 | 0xc8 | 0xcc => {}
            // A frame: its precision, height and width come before its number of colours.
            0xc0..=0xcf => colours = *bytes.get(at + 9)?,
            0xda => {
                return Some(Jpeg { colours, ends: bytes.get(at..)?.windows(2).any(|window| window == [0xff, 0xd9]) });
            }
            _ => {}
        }
        at += 2 + length.max(2);
    }
}

#[cfg(test)]
mod tests;
