//! Tests with generated photographs.

use super::*;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GenericImageView, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use synthetic::pictures as samples;

/// A folder with one picture, a cache, and a place for a site.
struct Fixture {
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Fixture {
    fn with(name: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        Self { folder, file }
    }

    /// Publishes the picture. Returns its published files, how many pictures were decoded, and the
    /// site's files by their names.
    fn publish(&self) -> (Published, usize, HashMap<String, Vec<u8>>) {
        let cache = Cache::open(&self.folder.path().join("cache")).unwrap();
        let output = Output::begin(
            &self.folder.path().join("site"),
            crate::output::WriteOptions::default(),
        )
        .unwrap();
        let pictures = {
            let file = (self.file.clone(), hash::of(&fs::read(&self.file).unwrap()));
            Pictures::write(&[file.clone(), file], &cache, &output, &Count::default()).unwrap()
        };
        let published = pictures.published(&self.file);
        let mut names = vec![published.file.clone()];
        names.extend(
            published
                .modern
                .iter()
                .chain(&published.renditions)
                .map(|rendition| rendition.file.clone()),
        );
        assert_eq!(output.size().files, names.len());
        let files = names
            .into_iter()
            .map(|name| (name.clone(), output.read(&name).unwrap()))
            .collect();
        (published, pictures.decoded(), files)
    }
}

/// A picture that no encoder can make small: every pixel differs from its neighbours, softly.
fn photograph(width: u32, height: u32) -> RgbImage {
    let wave =
        |value: u32, by: u32| u8::try_from((value * by / 3) % 200 + (value * 7 + by) % 56).unwrap();
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([wave(x, 1), wave(y, 2), wave(x + y, 1)])
    })
}

fn jpeg(image: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder.encode_image(image).unwrap();
    bytes
}

/// EXIF data with an orientation, a photographer's name and a GPS directory.
fn exif(orientation: u8) -> Vec<u8> {
    let mut bytes = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    bytes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    bytes.extend([0x01, 0x3b, 0, 2, 0, 0, 0, 12, 0, 0, 0, 50]);
    bytes.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 62]);
    bytes.extend([0; 4]);
    bytes.extend(b"Minh Photog\0");
    bytes.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    bytes
}

/// A picture with another colour in each of its corners.
fn corners() -> RgbImage {
    RgbImage::from_fn(32, 16, |x, y| match (x < 16, y < 8) {
        (true, true) => Rgb([250, 20, 20]),
        (false, true) => Rgb([20, 250, 20]),
        (true, false) => Rgb([20, 20, 250]),
        (false, false) => Rgb([250, 250, 20]),
    })
}

/// The colours of a picture's corners: top left, top right, bottom left, bottom right.
fn seen(image: &DynamicImage) -> String {
    let (width, height) = image.dimensions();
    let name = |x, y| match image.get_pixel(x, y).0.map(|value| value > 128) {
        [true, false, ..] => 'r',
        [false, true, ..] => 'g',
        [false, false, ..] => 'b',
        [true, true, ..] => 'y',
    };
    [
        (3, 3),
        (width - 4, 3),
        (3, height - 4),
        (width - 4, height - 4),
    ]
    .map(|(x, y)| name(x, y))
    .iter()
    .collect()
}

#[test]
fn a_photograph_is_published_upright_whichever_way_the_camera_was_held() {
    // EXIF 2.32, 4.6.4 A, tag 274: which sides the file's first row and its first column are.
    for (orientation, expected) in [
        (1, "rgby"),
        (2, "gryb"),
        (3, "ybgr"),
        (4, "byrg"),
        (5, "rbgy"),
        (6, "bryg"),
        (7, "ygbr"),
        (8, "gyrb"),
    ] {
        let fixture = Fixture::with("held.jpg", &jpeg(&corners(), Some(exif(orientation))));
        let (published, _, files) = fixture.publish();
        let upright = if orientation < 5 { (32, 16) } else { (16, 32) };
        for (name, bytes) in &files {
            let image = image::load_from_memory(bytes).unwrap();
            assert_eq!(
                image.dimensions(),
                upright,
                "orientation {orientation}, {name}"
            );
            assert_eq!(seen(&image), expected, "orientation {orientation}, {name}");
        }
        let bytes = fs::read(&fixture.file).unwrap();
        assert_eq!(
            editorial::check::picture_file::measure("held.jpg", &bytes),
            Ok(upright)
        );
        assert!(
            published.file.starts_with("assets/held-"),
            "{}",
            published.file
        );
    }
}

#[test]
fn nothing_of_what_a_camera_writes_is_published() {
    let source = jpeg(&photograph(400, 300), Some(exif(1)));
    let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(has(&source, b"Exif") && has(&source, b"Minh Photog"));
    let (_, _, files) = Fixture::with("metadata.jpg", &source).publish();
    assert_eq!(files.len(), 4);
    for (name, bytes) in files {
        for mark in [
            &b"Exif"[..],
            b"EXIF",
            b"Minh",
            b"MM\0\x2a",
            b"\x88\x25\0\x04",
            b"ICC",
            b"XMP ",
            b"http:",
        ] {
            assert!(
                !has(&bytes, mark),
                "{name} has {}",
                String::from_utf8_lossy(mark)
            );
        }
    }
}

#[test]
fn a_photograph_has_the_widths_that_screens_need_and_none_wider_than_itself() {
    let widths = |renditions: &[Rendition]| {
        renditions
            .iter()
            .map(|rendition| rendition.width)
            .collect::<Vec<_>>()
    };
    for (width, expected) in [
        (2400, vec![320, 640, 960, 1280, 1920]),
        (1300, vec![320, 640, 960, 1300]),
        (640, vec![320, 640]),
        (300, vec![300]),
    ] {
        let (published, _, files) =
            Fixture::with("wide.jpg", &jpeg(&photograph(width, 200), None)).publish();
        assert_eq!(widths(&published.modern), expected);
        assert_eq!(
            widths(&published.renditions),
            expected[..expected.len() - 1]
        );
        let widest = *expected.last().unwrap();
        for rendition in published.modern.iter().chain(&published.renditions) {
            let image = image::load_from_memory(&files[&rendition.file]).unwrap();
            assert_eq!(image.width(), rendition.width, "{}", rendition.file);
        }
        assert_eq!(
            image::load_from_memory(&files[&published.file])
                .unwrap()
                .width(),
            widest
        );
        assert!(
            published
                .modern
                .iter()
                .all(|rendition| has_ending(&rendition.file, "webp"))
        );
        assert!(
            published
                .renditions
                .iter()
                .all(|rendition| has_ending(&rendition.file, "jpg"))
        );
    }
}

fn has_ending(file: &str, ending: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|extension| extension == ending)
}

#[test]
fn a_picture_with_few_colours_loses_none_and_one_that_shows_through_stays_so() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    corners()
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let (published, _, files) = Fixture::with("flat.png", bytes.get_ref()).publish();
    assert!(has_ending(&published.file, "png"));
    for file in files.values() {
        assert_eq!(image::load_from_memory(file).unwrap().to_rgb8(), corners());
    }

    let glass = RgbaImage::from_fn(900, 40, |x, y| {
        let [red, green, blue] = [x, y, x * y].map(|value| u8::try_from(value % 251).unwrap());
        Rgba([red, green, blue, if x < 450 { 0 } else { 255 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    glass.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let (published, _, files) = Fixture::with("glass.png", bytes.get_ref()).publish();
    assert!(has_ending(&published.file, "png"));
    for (name, file) in &files {
        let image = image::load_from_memory(file).unwrap().to_rgba8();
        assert_eq!(image.get_pixel(3, 10)[3], 0, "{name}");
        assert_eq!(image.get_pixel(image.width() - 3, 10)[3], 255, "{name}");
    }
}

#[test]
fn a_photograph_that_has_not_changed_is_not_decoded_again() {
    let fixture = Fixture::with("same.jpg", &jpeg(&photograph(700, 300), None));
    let first = fixture.publish();
    let second = fixture.publish();
    assert_eq!((first.1, second.1), (1, 0));
    assert_eq!((&first.0, &first.2), (&second.0, &second.2));

    fs::write(&fixture.file, jpeg(&photograph(700, 301), None)).unwrap();
    let third = fixture.publish();
    assert_eq!(third.1, 1);
    assert_ne!(third.0, first.0);
}

#[test]
fn without_the_cache_the_same_photograph_gives_the_same_files() {
    let bytes = jpeg(&photograph(700, 300), None);
    let first = Fixture::with("same.jpg", &bytes).publish();
    let second = Fixture::with("same.jpg", &bytes).publish();
    assert_eq!((first.1, second.1), (1, 1));
    assert_eq!((first.0, first.2), (second.0, second.2));
}

#[test]
fn a_drawing_is_published_as_it_is() {
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    let (published, decoded, files) = Fixture::with("a.svg", drawing).publish();
    assert_eq!(
        (published.modern.len(), published.renditions.len(), decoded),
        (0, 0, 0)
    );
    assert_eq!(files[&published.file], drawing);
}

#[test]
fn a_photograph_that_cannot_be_decoded_is_a_failure_with_its_name() {
    let mut bytes = Vec::new();
    png::Encoder::new(&mut bytes, 9, 9).write_header().unwrap();
    let fixture = Fixture::with("broken.png", &bytes);
    let output = Output::begin(
        &fixture.folder.path().join("site"),
        crate::output::WriteOptions::default(),
    )
    .unwrap();
    let failure = Pictures::write(
        &[(fixture.file.clone(), 1)],
        &Cache::none(),
        &output,
        &Count::default(),
    )
    .unwrap_err();
    assert!(failure.to_string().contains("broken.png"), "{failure}");
    assert!(failure.to_string().ends_with("export it anew"), "{failure}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn what_the_check_passes_the_build_makes(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(samples::damage(), 1..4),
        corrected in any::<bool>(),
    ) {
        let sample = which.get(samples::samples());
        let damage = |bytes: Vec<u8>, damage: &samples::Damage| match bytes.len() {
            0 => bytes,
            _ => damage.apply(sample.format, &bytes),
        };
        let damaged = damages.iter().fold(sample.bytes.clone(), damage);
        let damaged = if corrected { samples::with_valid_checksums(sample.format, &damaged) } else { damaged };
        if let Ok((width, height)) = editorial::check::picture_file::measure(&sample.name, &damaged) {
            let made = made(&damaged);
            prop_assert!(made.is_ok(), "{}: {:?}", sample.name, made.err());
            let widest = made.unwrap().pictures.iter().map(|picture| picture.width).max();
            prop_assert_eq!(widest, Some(width), "{} has the height {}", sample.name, height);
        }
    }
}

#[test]
fn every_kind_of_picture_is_made_as_wide_as_it_was_measured() {
    for sample in samples::samples() {
        let made = made(&sample.bytes).unwrap_or_else(|reason| panic!("{}: {reason}", sample.name));
        for picture in made.pictures {
            let image = image::load_from_memory(&picture.bytes).unwrap();
            assert_eq!((image.width(), image.height()), (37, 29), "{}", sample.name);
        }
    }
}

#[test]
fn a_wide_picture_in_any_kind_of_colours_is_reduced() {
    for (colours, depth) in [(0, 1), (0, 16), (2, 16), (3, 8), (4, 8), (6, 16)] {
        let made = made(&samples::png((2000, 50), colours, depth, 0)).unwrap();
        let widths: Vec<u32> = made.pictures.iter().map(|picture| picture.width).collect();
        assert_eq!(
            widths[..5],
            [320, 640, 960, 1280, 1920],
            "colours {colours}, depth {depth}"
        );
        let widest = image::load_from_memory(&made.pictures[4].bytes).unwrap();
        assert_eq!(
            (widest.width(), widest.height()),
            (1920, 48),
            "colours {colours}, depth {depth}"
        );
    }
}

#[test]
fn the_colours_of_a_profile_become_those_of_the_web() {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder
        .set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap())
        .unwrap();
    encoder
        .encode_image(&RgbImage::from_pixel(16, 16, Rgb([200, 100, 100])))
        .unwrap();
    let source = raster::decode(image::ImageFormat::Jpeg, &bytes).unwrap();
    let upright = source
        .pixels
        .upright(source.orientation, source.profile.as_ref(), false)
        .unwrap();
    // CSS Color 4: color(display-p3 0.784 0.392 0.392) is about rgb(211 96 97).
    let pixel = &upright.bytes[..3];
    assert!(pixel[0] > 205 && pixel[1] < 99, "{pixel:?}");
}

#[test]
fn a_plain_picture_stays_plain_and_what_is_no_picture_is_refused() {
    let plain = resize::resized(vec![7; 4 * 4 * 3], 3, ((4, 4), (2, 2)), false);
    assert_eq!(plain, Ok(vec![7; 2 * 2 * 3]));
    assert!(resize::resized(vec![7; 3], 3, ((4, 4), (2, 2)), false).is_err());
    assert!(resize::resized(vec![7; 5], 5, ((1, 1), (2, 2)), false).is_err());
}

#[test]
fn what_cannot_be_seen_gives_its_colour_to_nothing() {
    let half_seen = vec![200, 0, 0, 255, 0, 200, 0, 0];
    let one = resize::resized(half_seen, 4, ((2, 1), (1, 1)), true).unwrap();
    // Weighted by alpha and divided again in whole numbers: within a step of what it was.
    assert!(one[0].abs_diff(200) <= 1, "{one:?}");
    assert_eq!(one[1..3], [0, 0]);
}
