//! A photograph in the widths and formats in which it is published.

use super::decode::{Pixels, Source};
use crate::picture_file::raster::published_size;
use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What the bytes of renditions depend on beside the source. Change it whenever something in this file or in the decoder
/// gives other bytes.
pub(super) const SETTINGS: &str = "renditions 1";

/// The widths in pixels, but for the widest, which is the picture's own.
const WIDTHS: [u32; 4] = [320, 640, 960, 1280];

/// The quality of JPEG files, of 100.
const JPEG_QUALITY: u8 = 80;

/// The quality of WebP files, of 100: what looks as good as the JPEG.
const WEBP_QUALITY: f32 = 78.0;

/// A format in which pictures are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    /// For every browser of today.
    WebP,
    /// For whatever else shows the picture.
    Jpeg,
    /// The same, for pictures with few colours and those through which something shows.
    Png,
}

impl Format {
    /// What files of the format are called at their end.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// All files of a picture, narrowest first, as the cache keeps them.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Encoded {
    /// The files.
    pub(super) pictures: Vec<EncodedPicture>,
}

/// A picture in one width and format.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EncodedPicture {
    /// The format.
    pub(super) format: Format,
    /// The width in pixels.
    pub(super) width: u32,
    /// The file.
    pub(super) bytes: Vec<u8>,
}

/// Makes all files of a picture. WebP files are left out where they save nothing.
///
/// # Errors
/// Why one cannot be made.
pub(super) fn encode(source: &Source) -> Result<Encoded, String> {
    let flat = source.lossless && palette(&source.pixels).is_some();
    let format = if flat || source.pixels.transparent { Format::Png } else { Format::Jpeg };
    let full = published_size((source.pixels.width, source.pixels.height));
    let (mut modern, mut others) = (Vec::new(), Vec::new());
    let mut from = source.pixels.clone();
    // From the widest down: each is made from the one before, which has less to read.
    for size in sizes(full).into_iter().rev() {
        from = resized(from, size)?;
        let width = from.width;
        let bytes = if format == Format::Png { png(&from)? } else { jpeg(&from)? };
        others.push(EncodedPicture { format, width, bytes });
        modern.push(EncodedPicture { format: Format::WebP, width, bytes: webp(&from, flat)? });
    }
    let size = |pictures: &[EncodedPicture]| pictures.iter().map(|picture| picture.bytes.len()).sum::<usize>();
    if size(&modern) >= size(&others) {
        modern.clear();
    }
    others.reverse();
    modern.reverse();
    others.append(&mut modern);
    Ok(Encoded { pictures: others })
}

/// The sizes of a picture, narrowest first. One that would hardly differ from the widest is left out.
fn sizes((width, height): (u32, u32)) -> Vec<(u32, u32)> {
    let at = |narrower: u32| (narrower, (height * narrower + width / 2) / width);
    let narrower = WIDTHS.into_iter().filter(|&narrower| narrower * 10 <= width * 9).map(at);
    narrower.filter(|&(_, height)| height > 0).chain([(width, height)]).collect()
}

fn resized(pixels: Pixels, (width, height): (u32, u32)) -> Result<Pixels, String> {
    if (pixels.width, pixels.height) == (width, height) {
        return Ok(pixels);
    }
    let kind = if pixels.transparent { PixelType::U8x4 } else { PixelType::U8x3 };
    let Pixels { width: from_width, height: from_height, transparent, bytes } = pixels;
    let source = Image::from_vec_u8(from_width, from_height, bytes, kind).map_err(|error| error.to_string())?;
    let mut target = Image::new(width, height, kind);
    let options = ResizeOptions::new();
    Resizer::new().resize(&source, &mut target, &options).map_err(|error| error.to_string())?;
    Ok(Pixels { width, height, transparent, bytes: target.into_vec() })
}

fn webp(pixels: &Pixels, lossless: bool) -> Result<Vec<u8>, String> {
    let Pixels { width, height, transparent, ref bytes } = *pixels;
    let encoder = if transparent {
        webp::Encoder::from_rgba(bytes, width, height)
    } else {
        webp::Encoder::from_rgb(bytes, width, height)
    };
    let encoded = encoder.encode_simple(lossless, WEBP_QUALITY);
    encoded.map(|bytes| bytes.to_vec()).map_err(|error| format!("{error:?}"))
}

fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
    let written = encoder.encode(&pixels.bytes, pixels.width, pixels.height, ExtendedColorType::Rgb8);
    written.map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_compression(png::Compression::Balanced);
    let indexed;
    let data = if let Some(palette) = palette(pixels) {
        indexed = pixels.bytes.chunks_exact(pixels.depth()).map(|pixel| palette[pixel]).collect::<Vec<u8>>();
        let mut colours: Vec<(&[u8], u8)> = palette.into_iter().collect();
        colours.sort_by_key(|&(_, at)| at);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(colours.iter().flat_map(|(colour, _)| &colour[..3]).copied().collect::<Vec<u8>>());
        if pixels.transparent {
            encoder.set_trns(colours.iter().map(|(colour, _)| colour[3]).collect::<Vec<u8>>());
        }
        &indexed
    } else {
        encoder.set_color(if pixels.transparent { png::ColorType::Rgba } else { png::ColorType::Rgb });
        &pixels.bytes
    };
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(data).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// The picture's colours in the order in which they first come, where there are no more than 256.
fn palette(pixels: &Pixels) -> Option<HashMap<&[u8], u8>> {
    let mut colours: HashMap<&[u8], u8> = HashMap::new();
    let mut last: &[u8] = &[];
    for pixel in pixels.bytes.chunks_exact(pixels.depth()) {
        if pixel != last {
            last = pixel;
            let next = colours.len();
            colours.entry(pixel).or_insert(u8::try_from(next).unwrap_or_default());
            if colours.len() > 256 {
                return None;
            }
        }
    }
    Some(colours)
}
