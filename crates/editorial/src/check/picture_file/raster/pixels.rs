//! Decodes a picture's bytes into pixels of eight bits a channel, with as few copies as possible,
//! because they are large.

use super::guard::catch_panics;
use super::{Flaw, MAX_DECODER_MEMORY, decoder};
use image::metadata::Orientation;
use image::{
    ColorType, DynamicImage, GrayAlphaImage, GrayImage, ImageDecoder, ImageFormat, RgbImage,
    RgbaImage,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::io::Cursor;

/// A picture's pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The channels of a pixel, one byte each: grey, grey and alpha, RGB, or RGBA.
    pub depth: usize,
    /// The pixels, row by row.
    pub bytes: Vec<u8>,
}

/// A decoded picture, with orientation and colours as in the file.
#[derive(Debug)]
pub struct Decoded {
    /// Its pixels.
    pub pixels: Pixels,
    /// The orientation that its metadata gives.
    pub orientation: Orientation,
    /// The colour profile, where the file has a readable one.
    pub profile: Option<ColorProfile>,
    /// Whether the format is lossless (PNG), as it is for drawings and screenshots.
    pub lossless: bool,
}

/// Decodes a picture whose header was read ([`super::header`]), while the caller holds its
/// [`super::Permit`].
///
/// # Errors
/// Where it cannot be decoded.
pub fn decode(format: ImageFormat, bytes: &[u8]) -> Result<Decoded, Flaw> {
    catch_panics(Flaw::Damaged, || decoded(format, bytes))
}

fn decoded(format: ImageFormat, bytes: &[u8]) -> Result<Decoded, Flaw> {
    let mut decoder = decoder(format, bytes)?;
    let orientation = decoder.orientation().map_err(|_| Flaw::Unreadable)?;
    // An unreadable profile is ignored, as in browsers.
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
    let pixels = if format == ImageFormat::Png {
        drop(decoder);
        png(bytes)
    } else {
        others(decoder)
    };
    let pixels = pixels.ok_or(Flaw::Damaged)?;
    Ok(Decoded {
        pixels,
        orientation,
        profile,
        lossless: format == ImageFormat::Png,
    })
}

/// Decodes a PNG file: 16 bits become eight row by row, never the whole picture at once.
fn png(bytes: &[u8]) -> Option<Pixels> {
    let limits = png::Limits {
        bytes: MAX_DECODER_MEMORY,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let shown = reader.next_frame(&mut bytes).ok()?;
    bytes.truncate(shown.buffer_size());
    Some(Pixels {
        width: shown.width,
        height: shown.height,
        depth: shown.color_type.samples(),
        bytes,
    })
}

/// Decodes a JPEG or WebP file.
fn others(decoder: Box<dyn ImageDecoder + '_>) -> Option<Pixels> {
    let (width, height) = decoder.dimensions();
    let depth = match decoder.color_type() {
        ColorType::L8 => 1,
        ColorType::La8 => 2,
        ColorType::Rgb8 => 3,
        ColorType::Rgba8 => 4,
        _ => return None,
    };
    let mut bytes = vec![0; usize::try_from(decoder.total_bytes()).ok()?];
    decoder.read_image_boxed(&mut bytes).ok()?;
    Some(Pixels {
        width,
        height,
        depth,
        bytes,
    })
}

impl Pixels {
    /// Whether there is an alpha channel.
    pub fn has_alpha(&self) -> bool {
        self.depth.is_multiple_of(2)
    }

    /// The rows, without those that equal the row before.
    pub fn different_rows(&self) -> impl Iterator<Item = &[u8]> {
        let mut last: &[u8] = &[];
        self.bytes
            .chunks_exact(self.width as usize * self.depth)
            .filter(move |&row| {
                let differs = row != last;
                last = row;
                differs
            })
    }

    /// Whether any pixel is not opaque.
    pub fn is_translucent(&self) -> bool {
        let alpha = |row: &[u8]| {
            row.iter()
                .skip(self.depth - 1)
                .step_by(self.depth)
                .any(|&alpha| alpha != u8::MAX)
        };
        self.has_alpha() && self.different_rows().any(alpha)
    }

    /// The picture upright and in sRGB, with an alpha channel where `alpha` asks for it. `None`
    /// where the bytes do not fit the size.
    pub fn upright(
        self,
        orientation: Orientation,
        profile: Option<&ColorProfile>,
        alpha: bool,
    ) -> Option<Self> {
        let Self {
            width,
            height,
            depth,
            bytes,
        } = self;
        let mut image = match depth {
            1 => DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, bytes)?),
            2 => DynamicImage::ImageLumaA8(GrayAlphaImage::from_raw(width, height, bytes)?),
            3 => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes)?),
            _ => DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, bytes)?),
        };
        image.apply_orientation(orientation);
        let (width, height) = (image.width(), image.height());
        let (depth, bytes) = if alpha {
            (4, image.into_rgba8().into_raw())
        } else {
            (3, image.into_rgb8().into_raw())
        };
        let mut pixels = Self {
            width,
            height,
            depth,
            bytes,
        };
        if let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Rgb)
        {
            pixels.change_to_srgb(profile);
        }
        Some(pixels)
    }

    /// Converts the colours from a profile to sRGB. An unusable profile is ignored, as in browsers.
    fn change_to_srgb(&mut self, profile: &ColorProfile) {
        let layout = if self.has_alpha() {
            Layout::Rgba
        } else {
            Layout::Rgb
        };
        let changed = catch_panics(Flaw::Damaged, || {
            let srgb = ColorProfile::new_srgb();
            let unusable = |_| Flaw::Damaged;
            let transform =
                profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default());
            let mut changed = vec![0; self.bytes.len()];
            transform
                .map_err(unusable)?
                .transform(&self.bytes, &mut changed)
                .map_err(unusable)?;
            Ok(changed)
        });
        if let Ok(changed) = changed {
            self.bytes = changed;
        }
    }
}
