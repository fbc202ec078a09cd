//! From a picture's bytes to its pixels, eight bits a colour: as few copies of them as can be, because they are large.

use super::guard::guarded;
use super::{Flaw, MAX_BESIDE, decoder};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, GrayAlphaImage, GrayImage, ImageDecoder, ImageFormat, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::io::Cursor;

/// A picture's pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Bytes of one pixel: grey, grey and how much it covers, red, green and blue, or these and how much it covers.
    pub depth: usize,
    /// The pixels, row by row.
    pub bytes: Vec<u8>,
}

/// A picture that was decoded, as it lies in the file.
#[derive(Debug)]
pub struct Decoded {
    /// Its pixels.
    pub pixels: Pixels,
    /// How it has to be turned.
    pub orientation: Orientation,
    /// What its colours mean, where that is not what they mean on the web.
    pub profile: Option<ColorProfile>,
    /// Whether it came in a format that loses nothing, as drawings and pictures of screens do.
    pub lossless: bool,
}

/// Decodes a picture whose beginning was read ([`super::header`]), in the room that it has.
///
/// # Errors
/// Where it cannot be decoded.
pub fn decode(format: ImageFormat, bytes: &[u8]) -> Result<Decoded, Flaw> {
    guarded(Flaw::Damaged, || decoded(format, bytes))
}

fn decoded(format: ImageFormat, bytes: &[u8]) -> Result<Decoded, Flaw> {
    let mut decoder = decoder(format, bytes)?;
    let orientation = decoder.orientation().map_err(|_| Flaw::Unreadable)?;
    // A profile that cannot be read is left out, as browsers do.
    let profile = decoder.icc_profile().ok().flatten().and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
    let pixels = if format == ImageFormat::Png {
        drop(decoder);
        png(bytes)
    } else {
        others(decoder)
    };
    let pixels = pixels.ok_or(Flaw::Damaged)?;
    Ok(Decoded { pixels, orientation, profile, lossless: format == ImageFormat::Png })
}

/// Decodes a PNG file: 16 bits become eight row by row, never the whole picture at once.
fn png(bytes: &[u8]) -> Option<Pixels> {
    let limits = png::Limits { bytes: MAX_BESIDE };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let shown = reader.next_frame(&mut bytes).ok()?;
    bytes.truncate(shown.buffer_size());
    Some(Pixels { width: shown.width, height: shown.height, depth: shown.color_type.samples(), bytes })
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
    Some(Pixels { width, height, depth, bytes })
}

impl Pixels {
    /// Whether a pixel says how much it covers.
    pub fn has_cover(&self) -> bool {
        self.depth.is_multiple_of(2)
    }

    /// The rows, but for those that are like the one before.
    pub fn different_rows(&self) -> impl Iterator<Item = &[u8]> {
        let mut last: &[u8] = &[];
        self.bytes.chunks_exact(self.width as usize * self.depth).filter(move |&row| {
            let differs = row != last;
            last = row;
            differs
        })
    }

    /// Whether something shows through.
    pub fn shows_through(&self) -> bool {
        let cover = |row: &[u8]| row.iter().skip(self.depth - 1).step_by(self.depth).any(|&cover| cover != u8::MAX);
        self.has_cover() && self.different_rows().any(cover)
    }

    /// Turned upright, in the colours of the web: red, green and blue, and how much each pixel covers where that is asked
    /// for.
    pub fn upright(self, orientation: Orientation, profile: Option<&ColorProfile>, cover: bool) -> Option<Self> {
        let Self { width, height, depth, bytes } = self;
        let mut image = match depth {
            1 => DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, bytes)?),
            2 => DynamicImage::ImageLumaA8(GrayAlphaImage::from_raw(width, height, bytes)?),
            3 => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes)?),
            _ => DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, bytes)?),
        };
        image.apply_orientation(orientation);
        let (width, height) = (image.width(), image.height());
        let (depth, bytes) = if cover { (4, image.into_rgba8().into_raw()) } else { (3, image.into_rgb8().into_raw()) };
        let mut pixels = Self { width, height, depth, bytes };
        if let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Rgb) {
            pixels.change_to_srgb(profile);
        }
        Some(pixels)
    }

    /// Changes the colours from those of a profile to those that a picture without one has. A profile that cannot be used
    /// is left out, as browsers do.
    fn change_to_srgb(&mut self, profile: &ColorProfile) {
        let layout = if self.has_cover() { Layout::Rgba } else { Layout::Rgb };
        let changed = guarded(Flaw::Damaged, || {
            let srgb = ColorProfile::new_srgb();
            let unusable = |_| Flaw::Damaged;
            let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default());
            let mut changed = vec![0; self.bytes.len()];
            transform.map_err(unusable)?.transform(&self.bytes, &mut changed).map_err(unusable)?;
            Ok(changed)
        });
        if let Ok(changed) = changed {
            self.bytes = changed;
        }
    }
}
