//! Tests with pictures that are made here.

use super::*;
use image::{ImageEncoder, RgbImage};

fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg_with_orientation(orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    let exif = [&b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[orientation], &[0; 6]].concat();
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&RgbImage::new(6, 4)).unwrap();
    bytes
}

#[test]
fn a_picture_is_measured_as_it_is_shown() {
    for (orientation, size) in
        [(1, (6, 4)), (2, (6, 4)), (3, (6, 4)), (4, (6, 4)), (5, (4, 6)), (6, (4, 6)), (7, (4, 6)), (8, (4, 6))]
    {
        let bytes = jpeg_with_orientation(orientation);
        assert_eq!(measure(ImageFormat::Jpeg, &bytes), Ok(size), "orientation {orientation}");
    }
}

#[test]
fn a_picture_is_measured_as_large_as_it_is_published() {
    for (size, published) in [
        ((1, 1), (1, 1)),
        ((1920, 1080), (1920, 1080)),
        ((4000, 3000), (1920, 1440)),
        ((1921, 1), (1920, 1)),
        ((1000, 16_384), (500, 8192)),
        ((40_000, 2), (1920, 1)),
        ((2, 40_000), (1, 8192)),
        ((u32::MAX, u32::MAX), (1920, 1920)),
    ] {
        assert_eq!(published_size(size), published, "{size:?}");
    }
}

#[test]
fn a_picture_that_is_cut_off_is_refused_wherever_it_ends() {
    let image =
        RgbImage::from_fn(40, 30, |x, y| image::Rgb([x, y, x * y].map(|value| u8::try_from(value % 256).unwrap())));
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let bytes = encoded(&image, format);
        assert_eq!(measure(format, &bytes), Ok((40, 30)), "{format:?}");
        for end in 0..bytes.len() - 1 {
            let flaw = measure(format, &bytes[..end]).unwrap_err();
            assert!([Flaw::CutOff, Flaw::Unreadable].contains(&flaw), "{format:?} after {end} bytes: {flaw:?}");
        }
        assert_eq!(measure(format, &bytes[..bytes.len() - 2]), Err(Flaw::CutOff), "{format:?}");
    }
}

#[test]
fn any_damage_is_a_flaw_or_nothing() {
    let image = RgbImage::from_fn(9, 7, |x, y| image::Rgb([x, y, x * y].map(|value| u8::try_from(value).unwrap())));
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let sound = encoded(&image, format);
        for at in 0..sound.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut damaged = sound.clone();
                damaged[at] = byte;
                let _ = measure(format, &damaged);
            }
        }
    }
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_by_its_size() {
    let mut png = encoded(&RgbImage::new(1, 1), ImageFormat::Png);
    for (at, byte) in [20_000_u32.to_be_bytes(), 9000_u32.to_be_bytes()].concat().into_iter().enumerate() {
        png[16 + at] = byte;
    }
    let sum = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    let flaw = measure(ImageFormat::Png, &png).unwrap_err();
    assert_eq!(flaw, Flaw::TooLarge(20_000, 9000));
    assert_eq!(flaw.to_string(), "the picture has 20000 × 9000 pixels, more than 100 million");
}

/// The checksum of PNG chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[test]
fn animations_are_refused() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for _ in 0..2 {
        writer.write_image_data(&[0]).unwrap();
    }
    writer.finish().unwrap();
    assert_eq!(measure(ImageFormat::Png, &bytes), Err(Flaw::Moves));

    let config = webp::WebPConfig::new().unwrap();
    let mut encoder = webp::AnimEncoder::new(2, 2, &config);
    for (at, frame) in [[0; 12], [255; 12]].iter().enumerate() {
        encoder.add_frame(webp::AnimFrame::from_rgb(frame, 2, 2, i32::try_from(at).unwrap() * 100));
    }
    assert_eq!(measure(ImageFormat::WebP, &encoder.encode()), Err(Flaw::Moves));
}

#[test]
fn the_colours_of_printing_are_refused() {
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    encoder.write_image(&[0; 12], 2, 2, image::ExtendedColorType::Rgb8).unwrap();
    // The frame's number of colours: it says three.
    let frame = bytes.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    assert_eq!(bytes[frame + 9], 3);
    bytes[frame + 9] = 4;
    assert_eq!(measure(ImageFormat::Jpeg, &bytes), Err(Flaw::ForPrinting));
}
