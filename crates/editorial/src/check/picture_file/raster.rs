//! Checks photographs and other raster pictures: whether they can be published, and at which size.
//!
//! A picture passes only after it was decoded with the same code that publishes it ([`pixels`]), so
//! that a build finds no further mistakes. All threads share one memory limit for decoding
//! ([`gate`]).

mod gate;
mod guard;
mod jpeg;
mod pixels;
mod riff;

use crate::diagnostics::Message;
use crate::message;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageResult, Limits};
use std::fmt;
use std::io::Cursor;

pub use gate::Permit;
pub use pixels::{Decoded, Pixels, decode};

/// How many pixels a picture may have. Decoding takes about 10 bytes for each at most
/// ([`Header::cost`]). A small file that claims to have more is a decompression bomb.
pub const MAX_PIXELS: u64 = 100_000_000;

/// How wide or high a picture may be, in pixels. This is the limit of JPEG; that of WebP is lower.
const MAX_SIDE: u32 = 65_535;

/// How many bytes a decoder may allocate in addition to the pixels.
const MAX_DECODER_MEMORY: usize = 64 << 20;

/// The largest file of a picture, in bytes.
pub const MAX_FILE: u64 = 100_000_000;

/// The widest that a picture is published, in pixels.
const MAX_WIDTH: u32 = 1920;

/// The highest that a picture is published, in pixels: the limit of WebP is 16,383.
const MAX_HEIGHT: u32 = 8192;

/// The reason why a picture cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No decoder can read it.
    Unreadable,
    /// Its end is missing.
    CutOff,
    /// Its header can be read, but not all of its data.
    Damaged,
    /// It has this many pixels in width and height.
    TooLarge(u32, u32),
    /// It is an animation.
    Moves,
    /// Its colours are for printing (CMYK).
    ForPrinting,
}

impl Flaw {
    /// The message and the help.
    pub(super) fn words(&self) -> (Message, Message) {
        match self {
            Self::Unreadable => (
                message!("the picture cannot be read"),
                message!("export it anew"),
            ),
            Self::CutOff => (
                message!("the end of the picture is missing"),
                message!("copy it again, or export it anew"),
            ),
            Self::Damaged => (
                message!("the picture is damaged inside"),
                message!("copy it again, or export it anew"),
            ),
            Self::TooLarge(width, height) => {
                let message = if u64::from(*width) * u64::from(*height) > MAX_PIXELS {
                    let limit = MAX_PIXELS / 1_000_000;
                    message!(
                        "the picture has {width} × {height} pixels, more than {limit} million",
                        width,
                        height,
                        limit
                    )
                } else {
                    message!(
                        "the picture has {width} × {height} pixels, more than {most} on one side",
                        width,
                        height,
                        most = MAX_SIDE
                    )
                };
                (
                    message,
                    message!("export it smaller: it is published at most 1920 pixels wide"),
                )
            }
            Self::Moves => (
                message!("the picture is an animation"),
                message!("export one of its pictures alone"),
            ),
            Self::ForPrinting => (
                message!("the picture has the colours of printing (CMYK)"),
                message!("export it in RGB, best in sRGB"),
            ),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().0)
    }
}

/// The header of a picture.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The width and height in the file, in pixels.
    size: (u32, u32),
    /// The orientation that its metadata gives.
    orientation: Orientation,
    /// How many bytes decoding and scaling it take at most.
    cost: u64,
}

impl Header {
    /// The picture's published width and height in pixels: upright, and scaled down to the limits.
    pub fn published(&self) -> (u32, u32) {
        let (width, height) = self.size;
        published_size(if is_sideways(self.orientation) {
            (height, width)
        } else {
            (width, height)
        })
    }

    /// The width and height in the file, in pixels.
    pub fn sides(&self) -> (u32, u32) {
        self.size
    }

    /// The orientation that its metadata gives.
    pub fn orientation(&self) -> Orientation {
        self.orientation
    }

    /// Waits until there is memory to decode the picture. A thread that holds a [`Permit`] must not
    /// ask for another one, which could deadlock.
    pub fn permit(&self) -> Permit<'static> {
        gate::GATE.acquire(self.cost)
    }
}

/// The picture's published width and height, from its header alone.
pub(super) fn measure_header(format: ImageFormat, bytes: &[u8]) -> Result<(u32, u32), Flaw> {
    header(format, bytes).map(|header| header.published())
}

/// The picture's published width and height. The picture is decoded completely, as in a build.
pub(super) fn measure(format: ImageFormat, bytes: &[u8]) -> Result<(u32, u32), Flaw> {
    let cut_off = |flaw| match complete(format, bytes, (1, 1)) {
        Err(Flaw::CutOff) if flaw == Flaw::Unreadable => Flaw::CutOff,
        _ => flaw,
    };
    let header = header(format, bytes).map_err(cut_off)?;
    complete(format, bytes, header.size)?;
    let _permit = header.permit();
    decode(format, bytes)?;
    Ok(header.published())
}

/// The width and height in the file, in pixels.
pub(super) fn dimensions(format: ImageFormat, bytes: &[u8]) -> Result<(u32, u32), Flaw> {
    header(format, bytes).map(|header| header.size)
}

/// Reads the header of a picture.
///
/// # Errors
/// Where it cannot be published.
pub fn header(format: ImageFormat, bytes: &[u8]) -> Result<Header, Flaw> {
    guard::catch_panics(Flaw::Unreadable, || header_of(format, bytes))
}

fn header_of(format: ImageFormat, bytes: &[u8]) -> Result<Header, Flaw> {
    let mut decoder = decoder(format, bytes)?;
    let size @ (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Flaw::Unreadable);
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS || width.max(height) > MAX_SIDE {
        return Err(Flaw::TooLarge(width, height));
    }
    let orientation = decoder.orientation().map_err(|_| Flaw::Unreadable)?;
    Ok(Header {
        size,
        orientation,
        cost: cost(format, bytes, size, decoder.color_type().channel_count()),
    })
}

/// How many bytes decoding and scaling a picture take at most.
fn cost(format: ImageFormat, bytes: &[u8], (width, height): (u32, u32), channels: u8) -> u64 {
    let pixels = u64::from(width) * u64::from(height);
    let channels = u64::from(channels);
    // The decoder's own memory, in addition to the pixels.
    let working = match format {
        ImageFormat::Jpeg => match jpeg::frame(bytes) {
            // A progressive picture has two bytes for each coefficient, and padding in the last
            // MCUs.
            Ok(frame) if frame.progressive => {
                pixels * 2 * frame.components.len() as u64 + pixels / 2
            }
            _ => pixels * 2 * channels,
        },
        ImageFormat::WebP => pixels * 4,
        _ => 0,
    };
    let (published_width, published_height) = published_size((width, height));
    let between =
        u64::from(width.max(published_width)) * u64::from(published_height.max(1)) * channels;
    let published = u64::from(published_width) * u64::from(published_height) * 16;
    pixels * channels + working + between + published + 2 * bytes.len() as u64
}

/// Whether a picture is complete. Decoders accept truncated ones.
fn complete(format: ImageFormat, bytes: &[u8], size: (u32, u32)) -> Result<(), Flaw> {
    match format {
        ImageFormat::Png => {
            let ends = bytes
                .windows(8)
                .rev()
                .any(|window| window == b"IEND\xae\x42\x60\x82");
            if ends { Ok(()) } else { Err(Flaw::CutOff) }
        }
        ImageFormat::Jpeg => jpeg::complete(bytes).map_err(|flaw| match flaw {
            jpeg::Flaw::CutOff => Flaw::CutOff,
            jpeg::Flaw::Damaged => Flaw::Damaged,
        }),
        _ => match riff::chunks(bytes, size) {
            riff::Chunks::Complete => Ok(()),
            riff::Chunks::CutOff => Err(Flaw::CutOff),
            riff::Chunks::Wrong => Err(Flaw::Damaged),
        },
    }
}

/// A picture's published size: the same aspect ratio, scaled down to the limits.
pub fn published_size((width, height): (u32, u32)) -> (u32, u32) {
    let scaled = |value: u32, by: u32, to: u32| {
        let value = (u64::from(value) * u64::from(to) + u64::from(by) / 2) / u64::from(by.max(1));
        u32::try_from(value).unwrap_or(to).max(1)
    };
    let (width, height) = if width > MAX_WIDTH {
        (MAX_WIDTH, scaled(height, width, MAX_WIDTH))
    } else {
        (width, height)
    };
    if height > MAX_HEIGHT {
        (scaled(width, height, MAX_HEIGHT), MAX_HEIGHT)
    } else {
        (width, height)
    }
}

/// A decoder that has read the file's header.
fn decoder(format: ImageFormat, bytes: &[u8]) -> Result<Box<dyn ImageDecoder + '_>, Flaw> {
    let unreadable = |_| Flaw::Unreadable;
    let input = Cursor::new(bytes);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_PIXELS * 8 + MAX_DECODER_MEMORY as u64);
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
            // The decoder converts four colours to three without knowing which inks they mean.
            if jpeg::component_count(bytes) == 4 {
                return Err(Flaw::ForPrinting);
            }
            Box::new(JpegDecoder::new(input).map_err(unreadable)?)
        }
        _ => return Err(Flaw::Unreadable),
    };
    // `header` refuses a picture that is too large, with its size.
    let _ = decoder.set_limits(limits);
    Ok(decoder)
}

fn still(moves: ImageResult<bool>) -> Result<(), Flaw> {
    if moves.map_err(|_| Flaw::Unreadable)? {
        Err(Flaw::Moves)
    } else {
        Ok(())
    }
}

/// Whether the upright picture has width and height swapped.
pub fn is_sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(
        orientation,
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH
    )
}

#[cfg(test)]
mod tests;
