//! A photograph in the widths and formats in which it is published.

use editorial::check::picture_file::raster::{Decoded, Pixels, is_sideways, published_size};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The version of the encoding, which is part of cache keys. Change it whenever something in this
/// file or in the decoder gives other bytes.
pub(super) const SETTINGS: &str = "renditions 2";

/// The widths in pixels, besides the published width of the picture itself.
const WIDTHS: [u32; 4] = [320, 640, 960, 1280];

/// The quality of JPEG files, of 100.
const JPEG_QUALITY: u8 = 80;

/// The quality of WebP files, of 100, which looks as good as the JPEG.
const WEBP_QUALITY: f32 = 78.0;

/// A format in which pictures are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    /// For every current browser.
    WebP,
    /// For all other clients.
    Jpeg,
    /// For all other clients, where the picture has few colours or is partly transparent.
    Png,
}

impl Format {
    /// The file extension of the format.
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

/// Encodes all files of a picture. WebP files are left out where they save nothing.
///
/// # Errors
/// Why a file cannot be encoded.
pub(super) fn encode(source: Decoded) -> Result<Encoded, String> {
    let Decoded {
        pixels,
        orientation,
        profile,
        lossless,
    } = source;
    let transparent = pixels.is_translucent();
    let flat = lossless && palette(&pixels).is_some();
    let format = if flat || transparent {
        Format::Png
    } else {
        Format::Jpeg
    };
    let turned = |(width, height)| {
        if is_sideways(orientation) {
            (height, width)
        } else {
            (width, height)
        }
    };
    let full = published_size(turned((pixels.width, pixels.height)));
    // Reduced first, so that the later steps need less memory.
    let reduced = resized(pixels, turned(full), transparent)?;
    let upright = reduced.upright(orientation, profile.as_ref(), transparent);
    let mut from = upright.ok_or("its rows are not all there")?;
    let (mut modern, mut others) = (Vec::new(), Vec::new());
    // From the widest down, so that each is resized from a smaller source.
    for size in sizes(full).into_iter().rev() {
        from = resized(from, size, transparent)?;
        let width = from.width;
        let bytes = if format == Format::Png {
            png(&from)?
        } else {
            jpeg(&from, JPEG_QUALITY)?
        };
        others.push(EncodedPicture {
            format,
            width,
            bytes,
        });
        modern.push(EncodedPicture {
            format: Format::WebP,
            width,
            bytes: webp(&from, flat, WEBP_QUALITY)?,
        });
    }
    let size = |pictures: &[EncodedPicture]| {
        pictures
            .iter()
            .map(|picture| picture.bytes.len())
            .sum::<usize>()
    };
    if size(&modern) >= size(&others) {
        modern.clear();
    }
    others.reverse();
    modern.reverse();
    others.append(&mut modern);
    Ok(Encoded { pictures: others })
}

/// The sizes of a picture, narrowest first. One that would hardly differ from the widest is left
/// out.
fn sizes((width, height): (u32, u32)) -> Vec<(u32, u32)> {
    let at = |narrower: u32| (narrower, (height * narrower + width / 2) / width);
    let narrower = WIDTHS
        .into_iter()
        .filter(|&narrower| narrower * 10 <= width * 9)
        .map(at);
    narrower
        .filter(|&(_, height)| height > 0)
        .chain([(width, height)])
        .collect()
}

/// Resizes a picture. With `transparent`, colours are weighted by their alpha.
///
/// # Errors
/// Where the bytes do not fit the size.
pub(super) fn resized(
    pixels: Pixels,
    (width, height): (u32, u32),
    transparent: bool,
) -> Result<Pixels, String> {
    if (pixels.width, pixels.height) == (width, height) {
        return Ok(pixels);
    }
    let Pixels {
        width: from_width,
        height: from_height,
        depth,
        bytes,
    } = pixels;
    let sizes = ((from_width, from_height), (width, height));
    Ok(Pixels {
        width,
        height,
        depth,
        bytes: resize::resized(bytes, depth, sizes, transparent)?,
    })
}

/// A WebP file of these pixels.
///
/// # Errors
/// Why it cannot be encoded.
pub(super) fn webp(pixels: &Pixels, lossless: bool, quality: f32) -> Result<Vec<u8>, String> {
    let Pixels {
        width,
        height,
        ref bytes,
        ..
    } = *pixels;
    let encoder = if pixels.has_alpha() {
        webp::Encoder::from_rgba(bytes, width, height)
    } else {
        webp::Encoder::from_rgb(bytes, width, height)
    };
    let file = encoder.encode_simple(lossless, quality);
    file.map(|bytes| bytes.to_vec())
        .map_err(|error| format!("{error:?}"))
}

/// A JPEG file of these pixels.
///
/// # Errors
/// Why it cannot be encoded.
pub(super) fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    let written = encoder.encode(
        &pixels.bytes,
        pixels.width,
        pixels.height,
        ExtendedColorType::Rgb8,
    );
    written.map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// A PNG file of these pixels.
///
/// # Errors
/// Why it cannot be encoded.
pub(super) fn png(pixels: &Pixels) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_compression(png::Compression::Balanced);
    let indexed;
    let data = if let Some(palette) = palette(pixels) {
        // Neighbouring pixels often have the same colour.
        let mut last: (&[u8], u8) = (&[], 0);
        let mut indices = Vec::with_capacity(pixels.bytes.len() / pixels.depth);
        for pixel in pixels.bytes.chunks_exact(pixels.depth) {
            if pixel != last.0 {
                last = (pixel, palette[pixel]);
            }
            indices.push(last.1);
        }
        indexed = indices;
        let mut colours: Vec<(&[u8], u8)> = palette.into_iter().collect();
        colours.sort_by_key(|&(_, at)| at);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(
            colours
                .iter()
                .flat_map(|(colour, _)| &colour[..3])
                .copied()
                .collect::<Vec<u8>>(),
        );
        if pixels.has_alpha() {
            encoder.set_trns(
                colours
                    .iter()
                    .map(|(colour, _)| colour[3])
                    .collect::<Vec<u8>>(),
            );
        }
        &indexed
    } else {
        encoder.set_color(if pixels.has_alpha() {
            png::ColorType::Rgba
        } else {
            png::ColorType::Rgb
        });
        &pixels.bytes
    };
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer
        .write_image_data(data)
        .map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// The picture's colours in the order of their first use; `None` for more than 256.
fn palette(pixels: &Pixels) -> Option<HashMap<&[u8], u8>> {
    let mut colours: HashMap<&[u8], u8> = HashMap::new();
    let mut last: &[u8] = &[];
    for pixel in pixels
        .different_rows()
        .flat_map(|row| row.chunks_exact(pixels.depth))
    {
        if pixel != last {
            last = pixel;
            let next = colours.len();
            colours
                .entry(pixel)
                .or_insert(u8::try_from(next).unwrap_or_default());
            if colours.len() > 256 {
                return None;
            }
        }
    }
    Some(colours)
}
