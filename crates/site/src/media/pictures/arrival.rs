//! A photograph as it is put beside an article: upright, without what a camera or a program wrote into
//! it (place, device, person), and not larger than is of use. A JPEG that is so already keeps its
//! pixels as they are; every other one is encoded anew, so that nothing but pixels is left of it.

use super::renditions;
use editorial::check::picture_file::raster::{self, Decoded};
use image::ImageFormat;
use image::metadata::Orientation;

/// The longest side, in pixels: twice what is published.
const MOST_SIDE: u32 = 3840;

/// The quality of files that are encoded anew, of 100. What is published is made of them.
const QUALITY: u8 = 92;

/// The bytes to keep of a photograph that the check passes.
///
/// # Errors
/// Why it cannot be decoded or encoded.
pub(crate) fn kept(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let format = image::guess_format(bytes).map_err(|error| error.to_string())?;
    let header = raster::header(format, bytes).map_err(|flaw| flaw.to_string())?;
    let is_small = header.sides().0.max(header.sides().1) <= MOST_SIDE;
    if format == ImageFormat::Jpeg
        && is_small
        && header.orientation() == Orientation::NoTransforms
        && let Some(bare) = bare_jpeg(bytes)
    {
        return Ok(bare);
    }
    let _permit = header.permit();
    let decoded = raster::decode(format, bytes).map_err(|flaw| flaw.to_string())?;
    let is_lossless = decoded.lossless || is_vp8l(bytes);
    anew(format, decoded, is_lossless)
}

/// The file anew, from its pixels alone.
fn anew(format: ImageFormat, decoded: Decoded, is_lossless: bool) -> Result<Vec<u8>, String> {
    let Decoded {
        pixels,
        orientation,
        profile,
        ..
    } = decoded;
    let is_translucent = pixels.is_translucent();
    let within = within((pixels.width, pixels.height));
    let smaller = renditions::resized(pixels, within, is_translucent)?;
    let upright = smaller
        .upright(orientation, profile.as_ref(), is_translucent)
        .ok_or("its rows are not all there")?;
    match format {
        ImageFormat::Png => renditions::png(&upright),
        ImageFormat::WebP => renditions::webp(&upright, is_lossless, f32::from(QUALITY)),
        _ => renditions::jpeg(&upright, QUALITY),
    }
}

/// The same shape, with no side longer than is kept.
fn within((width, height): (u32, u32)) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= MOST_SIDE {
        return (width, height);
    }
    let scaled = |side: u32| {
        let side =
            (u64::from(side) * u64::from(MOST_SIDE) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(side).unwrap_or(MOST_SIDE).max(1)
    };
    (scaled(width), scaled(height))
}

/// Whether a WebP is encoded without loss.
fn is_vp8l(bytes: &[u8]) -> bool {
    bytes.get(12..16).is_some_and(|kind| kind == b"VP8L")
}

/// A JPEG with the segments that say how to show it, and no others; `None` where it is not made as it
/// should be. What follows its end is left out.
fn bare_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut bare = bytes
        .get(..2)
        .filter(|start| *start == [0xff, 0xd8])?
        .to_vec();
    let mut rest = &bytes[2..];
    loop {
        // A marker may be filled up with 0xff.
        let filled = rest.iter().take_while(|byte| **byte == 0xff).count();
        let marker = *rest.get(filled).filter(|_| filled > 0)?;
        rest = &rest[filled + 1..];
        if marker == 0xd9 {
            bare.extend([0xff, 0xd9]);
            return Some(bare);
        }
        let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
        let segment = rest.get(..length).filter(|_| length >= 2)?;
        rest = &rest[length..];
        if is_needed(marker, &segment[2..]) {
            bare.extend([0xff, marker]);
            bare.extend(segment);
        }
        if marker == 0xda {
            let end = scan_end(rest)?;
            bare.extend(&rest[..end]);
            rest = &rest[end..];
        }
    }
}

/// Where the data of a scan end: at a marker that is neither data nor a restart.
fn scan_end(rest: &[u8]) -> Option<usize> {
    rest.windows(2)
        .position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xd0..=0xd7 | 0xff))
}

/// Whether a segment says how to show the picture.
fn is_needed(marker: u8, data: &[u8]) -> bool {
    match marker {
        0xe0 => data.starts_with(b"JFIF\0"),
        0xe2 => data.starts_with(b"ICC_PROFILE\0"),
        0xee => data.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GenericImageView, Rgb, RgbImage};

    /// A photograph as a telephone writes it, held this way, with a name, a place and a second picture
    /// behind its end.
    fn photograph(orientation: u8, size: (u32, u32)) -> Vec<u8> {
        let image = RgbImage::from_fn(size.0, size.1, |x, _| {
            Rgb(if x < size.0 / 2 {
                [250, 20, 20]
            } else {
                [20, 20, 250]
            })
        });
        let mut bytes = Vec::new();
        let mut exif = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
        exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        exif.extend([0x01, 0x3b, 0, 2, 0, 0, 0, 12, 0, 0, 0, 50]);
        exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 62, 0, 0, 0, 0]);
        exif.extend(b"Minh Photog\0\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
        image::ImageEncoder::set_exif_metadata(&mut encoder, exif).unwrap();
        encoder.encode_image(&image).unwrap();
        bytes.extend(b"PK\x03\x04<script>alert(1)</script>");
        bytes
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn nothing_but_the_picture_is_kept() {
        for orientation in [1, 6] {
            let bytes = photograph(orientation, (40, 20));
            let kept = kept(&bytes).unwrap();
            for part in [&b"Exif"[..], b"Minh", b"<script>", b"PK\x03\x04"] {
                assert!(holds(&bytes, part) && !holds(&kept, part), "{orientation}");
            }
            let size = image::load_from_memory(&kept).unwrap().dimensions();
            assert_eq!(size, if orientation == 1 { (40, 20) } else { (20, 40) });
        }
    }

    #[test]
    fn a_picture_that_lay_on_its_side_stands_upright() {
        let image = image::load_from_memory(&kept(&photograph(6, (40, 20))).unwrap()).unwrap();
        let red = |y| image.get_pixel(10, y).0[0] > 128;
        assert!(red(4) && !red(35));
    }

    #[test]
    fn an_upright_jpeg_keeps_its_pixels_and_stays_as_it_is() {
        let bytes = photograph(1, (40, 20));
        let once = kept(&bytes).unwrap();
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
        assert_eq!(pixels(&once), pixels(&bytes));
        assert_eq!(kept(&once).unwrap(), once);
    }

    #[test]
    fn a_picture_that_is_too_large_is_made_smaller() {
        let large = kept(&photograph(1, (8000, 40))).unwrap();
        let size = image::load_from_memory(&large).unwrap().dimensions();
        assert_eq!(size, (MOST_SIDE, 19));
    }

    #[test]
    fn every_kind_of_photograph_stays_what_it_is_and_passes_the_check() {
        let samples = synthetic::pictures::pngs()
            .into_iter()
            .chain(synthetic::pictures::jpegs())
            .chain(synthetic::pictures::webps());
        for sample in samples {
            let kept = kept(&sample.bytes).unwrap_or_else(|why| panic!("{}: {why}", sample.name));
            let format = image::guess_format(&kept).unwrap();
            assert_eq!(format, image::guess_format(&sample.bytes).unwrap());
            let name = format!("a.{}", format.extensions_str()[0]);
            let measured = editorial::check::picture_file::measure(&name, &kept);
            assert!(measured.is_ok(), "{}: {measured:?}", sample.name);
        }
    }
}
