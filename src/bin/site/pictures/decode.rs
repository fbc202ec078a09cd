//! From a photograph's bytes to pixels as they are shown: upright, eight bits a colour, in the colours of the web.

use crate::picture_file::raster;
use image::{DynamicImage, ImageDecoder, ImageFormat};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// A picture's pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    /// Its width.
    pub(super) width: u32,
    /// Its height.
    pub(super) height: u32,
    /// Whether something shows through: then each pixel has four bytes, else three.
    pub(super) transparent: bool,
    /// Red, green, blue, and how much it covers.
    pub(super) bytes: Vec<u8>,
}

/// A picture that was decoded.
#[derive(Debug)]
pub(super) struct Source {
    /// Its pixels.
    pub(super) pixels: Pixels,
    /// Whether it came in a format that loses nothing, as drawings and pictures of screens do.
    pub(super) lossless: bool,
}

/// Decodes a picture.
///
/// # Errors
/// Why it cannot be decoded.
pub(super) fn decode(bytes: &[u8]) -> Result<Source, String> {
    let format = image::guess_format(bytes).map_err(|error| error.to_string())?;
    let mut decoder = raster::decoder(format, bytes).map_err(|flaw| flaw.to_string())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > raster::MAX_PIXELS {
        return Err(raster::Flaw::TooLarge(width, height).to_string());
    }
    let orientation = decoder.orientation().map_err(|error| error.to_string())?;
    // A profile that cannot be read is left out, as browsers do.
    let profile = decoder.icc_profile().ok().flatten().and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
    image.apply_orientation(orientation);
    let mut pixels = Pixels::of(image);
    if let Some(profile) = profile {
        pixels.to_srgb(&profile);
    }
    Ok(Source { pixels, lossless: format == ImageFormat::Png })
}

impl Pixels {
    fn of(image: DynamicImage) -> Self {
        let (width, height) = (image.width(), image.height());
        if image.color().has_alpha() {
            let bytes = image.into_rgba8().into_raw();
            if bytes.chunks_exact(4).any(|pixel| pixel[3] != u8::MAX) {
                return Self { width, height, transparent: true, bytes };
            }
            let bytes = bytes.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            return Self { width, height, transparent: false, bytes };
        }
        Self { width, height, transparent: false, bytes: image.into_rgb8().into_raw() }
    }

    /// Changes the colours from those of a profile to those that a picture without one has.
    fn to_srgb(&mut self, profile: &ColorProfile) {
        let layout = if self.transparent { Layout::Rgba } else { Layout::Rgb };
        let options = TransformOptions::default();
        if profile.color_space != DataColorSpace::Rgb {
            return;
        }
        if let Ok(transform) = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options) {
            let mut changed = vec![0; self.bytes.len()];
            if transform.transform(&self.bytes, &mut changed).is_ok() {
                self.bytes = changed;
            }
        }
    }

    /// Bytes of one pixel.
    pub(super) fn depth(&self) -> usize {
        if self.transparent { 4 } else { 3 }
    }
}
