//! Tests with generated pictures.

use super::*;
use image::{ImageEncoder, RgbImage};
use synthetic::pictures as samples;

fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg_with_orientation(orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    let exif = [
        &b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
        &[orientation],
        &[0; 6],
    ]
    .concat();
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&RgbImage::new(6, 4)).unwrap();
    bytes
}

#[test]
fn a_picture_is_measured_as_it_is_shown() {
    for (orientation, size) in [
        (1, (6, 4)),
        (2, (6, 4)),
        (3, (6, 4)),
        (4, (6, 4)),
        (5, (4, 6)),
        (6, (4, 6)),
        (7, (4, 6)),
        (8, (4, 6)),
    ] {
        let bytes = jpeg_with_orientation(orientation);
        assert_eq!(
            measure(ImageFormat::Jpeg, &bytes),
            Ok(size),
            "orientation {orientation}"
        );
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
    let image = RgbImage::from_fn(40, 30, |x, y| {
        image::Rgb([x, y, x * y].map(|value| u8::try_from(value % 256).unwrap()))
    });
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let bytes = encoded(&image, format);
        assert_eq!(measure(format, &bytes), Ok((40, 30)), "{format:?}");
        for end in 0..bytes.len() - 1 {
            let flaw = measure(format, &bytes[..end]).unwrap_err();
            assert!(
                [Flaw::CutOff, Flaw::Unreadable].contains(&flaw),
                "{format:?} after {end} bytes: {flaw:?}"
            );
        }
        assert_eq!(
            measure(format, &bytes[..bytes.len() - 2]),
            Err(Flaw::CutOff),
            "{format:?}"
        );
    }
}

#[test]
fn any_damage_is_a_flaw_or_nothing() {
    let image = RgbImage::from_fn(9, 7, |x, y| {
        image::Rgb([x, y, x * y].map(|value| u8::try_from(value).unwrap()))
    });
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
    for (at, byte) in [20_000_u32.to_be_bytes(), 9000_u32.to_be_bytes()]
        .concat()
        .into_iter()
        .enumerate()
    {
        png[16 + at] = byte;
    }
    let sum = samples::crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    let flaw = measure(ImageFormat::Png, &png).unwrap_err();
    assert_eq!(flaw, Flaw::TooLarge(20_000, 9000));
    assert_eq!(
        flaw.to_string(),
        "the picture has 20000 × 9000 pixels, more than 100 million"
    );
    let long = samples::png((70_000, 1), 0, 8, 0);
    let flaw = measure(ImageFormat::Png, &long).unwrap_err();
    assert_eq!(
        flaw.to_string(),
        "the picture has 70000 × 1 pixels, more than 65535 on one side"
    );
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
        encoder.add_frame(webp::AnimFrame::from_rgb(
            frame,
            2,
            2,
            i32::try_from(at).unwrap() * 100,
        ));
    }
    assert_eq!(
        measure(ImageFormat::WebP, &encoder.encode()),
        Err(Flaw::Moves)
    );
}

#[test]
fn the_colours_of_printing_are_refused() {
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    encoder
        .write_image(&[0; 12], 2, 2, image::ExtendedColorType::Rgb8)
        .unwrap();
    // The number of components in the frame header, which is three.
    let frame = bytes
        .windows(2)
        .position(|window| window == [0xff, 0xc0])
        .unwrap();
    assert_eq!(bytes[frame + 9], 3);
    bytes[frame + 9] = 4;
    assert_eq!(measure(ImageFormat::Jpeg, &bytes), Err(Flaw::ForPrinting));
}

#[test]
fn every_kind_of_picture_passes_as_it_is() {
    let samples = samples::samples();
    assert!(samples.len() >= 70, "only {} pictures", samples.len());
    for sample in samples {
        assert_eq!(
            measure(sample.format, &sample.bytes),
            Ok((37, 29)),
            "{}",
            sample.name
        );
        assert_eq!(
            measure_header(sample.format, &sample.bytes),
            Ok((37, 29)),
            "{}",
            sample.name
        );
        // Cameras append data after the end.
        if sample.format != ImageFormat::WebP {
            let longer = [&sample.bytes[..], b"\0\0trailer\xff\xd8"].concat();
            assert_eq!(
                measure(sample.format, &longer),
                Ok((37, 29)),
                "{} with a trailer",
                sample.name
            );
        }
    }
}

#[test]
fn a_jpeg_that_is_cut_and_ended_is_refused_wherever_it_was_cut() {
    for sample in samples::jpegs() {
        let end = sample.bytes.len() - 2;
        assert_eq!(sample.bytes[end..], [0xff, 0xd9], "{}", sample.name);
        // The passes are complete only at the end of the last one.
        for cut in 2..end {
            let damaged = [&sample.bytes[..cut], &[0xff, 0xd9]].concat();
            assert!(
                measure(ImageFormat::Jpeg, &damaged).is_err(),
                "{} cut at {cut} of {end}",
                sample.name
            );
        }
    }
}

#[test]
fn a_webp_that_is_cut_and_mended_is_refused() {
    for sample in samples::webps() {
        for cut in (30..sample.bytes.len() * 9 / 10).filter(|cut| cut % 2 == 0) {
            let damaged = samples::with_valid_checksums(ImageFormat::WebP, &sample.bytes[..cut]);
            assert!(
                measure(ImageFormat::WebP, &damaged).is_err(),
                "{} cut at {cut}",
                sample.name
            );
        }
    }
}

#[test]
fn pictures_whose_beginning_and_end_are_sound_are_refused_for_what_is_between() {
    let png = |head: &[u8], data: &[u8]| {
        let ihdr = [&[0, 0, 0, 9, 0, 0, 0, 9][..], head].concat();
        let parts = [
            samples::chunk(b"IHDR", &ihdr),
            samples::chunk(b"IDAT", data),
            samples::chunk(b"IEND", b""),
        ];
        [&b"\x89PNG\r\n\x1a\n"[..], &parts.concat()].concat()
    };
    let packed = |rows: usize| {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, &vec![0; rows * 28]).unwrap();
        packed.finish().unwrap()
    };
    assert_eq!(
        measure(ImageFormat::Png, &png(&[8, 2, 0, 0, 0], &packed(9))),
        Ok((9, 9))
    );
    for (what, bytes) in [
        ("no data", png(&[8, 2, 0, 0, 0], b"")),
        ("garbage", png(&[8, 2, 0, 0, 0], b"garbage")),
        ("too short", png(&[8, 2, 0, 0, 0], &packed(4))),
        ("no palette", png(&[8, 3, 0, 0, 0], &packed(9))),
        (
            "interlaced and too short",
            png(&[8, 2, 0, 0, 1], &packed(5)),
        ),
    ] {
        let flaw = measure(ImageFormat::Png, &bytes).unwrap_err();
        assert!(
            [Flaw::Damaged, Flaw::Unreadable].contains(&flaw),
            "{what}: {flaw:?}"
        );
    }
}

#[test]
fn a_webp_whose_picture_is_larger_than_it_says_is_refused_before_it_is_decoded() {
    let mut bytes = samples::webps().remove(0).bytes;
    let at = bytes
        .windows(3)
        .position(|three| three == [0x9d, 0x01, 0x2a])
        .unwrap();
    let mut canvas = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x24\0\0\x1c\0\0".to_vec();
    bytes[at + 3..at + 7].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    canvas.extend_from_slice(&bytes[12..]);
    let long = u32::try_from(canvas.len() - 8).unwrap().to_le_bytes();
    canvas[4..8].copy_from_slice(&long);
    assert_eq!(measure(ImageFormat::WebP, &canvas), Err(Flaw::Damaged));
}

#[test]
fn no_picture_that_may_be_published_costs_more_than_ten_bytes_a_pixel() {
    let most = |format, bytes: &[u8], channels| cost(format, bytes, (10_000, 10_000), channels);
    let progressive = samples::jpegs()
        .into_iter()
        .find(|sample| sample.name.starts_with("passes-true-sampling-0-colours-3"));
    for cost in [
        most(ImageFormat::Png, b"", 4),
        most(ImageFormat::WebP, b"", 4),
        most(ImageFormat::Jpeg, &progressive.unwrap().bytes, 3),
    ] {
        assert!(cost <= MAX_PIXELS * 11, "{cost}");
        assert!(cost >= MAX_PIXELS * 4, "{cost}");
    }
    assert!(most(ImageFormat::Png, b"", 4) <= gate::MOST_AT_ONCE * 105 / 100);
}
