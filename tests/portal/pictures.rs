//! Pictures in a build: photographs, damaged files, and the memory that they take.

use crate::build::{build, files, project, text};
use crate::tree::{Element, page};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, Rgb, RgbImage};
use std::fs;
use std::path::Path;

/// A photograph that its file stores rotated, as telephones do, with Exif data.
fn photograph() -> Vec<u8> {
    let image = RgbImage::from_fn(1500, 1000, |x, y| {
        let value = |by: u32| u8::try_from((x * by + y * 3) / 7 % 256).unwrap_or_default();
        Rgb([value(2), value(3), value(5)])
    });
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x0f, 0, 2, 0, 0, 0, 12, 0, 0, 0, 38]);
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(b"Camera Corp\0");
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&image).unwrap();
    bytes
}

/// The project with a photograph instead of the drawing.
fn with_photograph() -> tempfile::TempDir {
    let folder = project();
    let article = folder.path().join("content/articles/port/deep-water-port");
    fs::remove_file(article.join("harbour.svg")).unwrap();
    fs::write(article.join("harbour.jpg"), photograph()).unwrap();
    let facts = fs::read_to_string(article.join("article.json")).unwrap();
    fs::write(
        article.join("article.json"),
        facts.replace("harbour.svg", "harbour.jpg"),
    )
    .unwrap();
    folder
}

fn candidates(element: &Element) -> Vec<(String, u32)> {
    let srcset = element.attribute("srcset").unwrap_or_default();
    let parse = |text: &str| {
        let (file, width) = text.trim().split_once(' ').unwrap();
        (
            file.trim_start_matches('/').to_owned(),
            width.trim_end_matches('w').parse().unwrap(),
        )
    };
    srcset.split(',').map(parse).collect()
}

#[test]
fn a_photograph_is_published_upright_in_every_width_that_its_page_names_and_without_the_cameras_notes()
 {
    let folder = with_photograph();
    let output = build(folder.path(), &[]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let site = folder.path().join("site");
    let html = page(&fs::read_to_string(site.join("vi/port/deep-water-port/index.html")).unwrap());
    let figure = html.with_class("figure");
    let (source, image) = (&figure.named("source")[0], &figure.named("img")[0]);
    let pixels = |name: &str| image.attribute(name).unwrap().parse::<u32>().unwrap();
    assert_eq!((pixels("width"), pixels("height")), (1000, 1500));
    for (element, format) in [
        (source, image::ImageFormat::WebP),
        (image, image::ImageFormat::Jpeg),
    ] {
        let offered = candidates(element);
        assert_eq!(
            offered.iter().map(|(_, width)| *width).collect::<Vec<_>>(),
            [320, 640, 1000]
        );
        for (file, width) in offered {
            let bytes = fs::read(site.join(&file)).unwrap();
            assert_eq!(image::guess_format(&bytes).unwrap(), format, "{file}");
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!(
                (picture.width(), picture.height()),
                (width, width * 3 / 2),
                "{file}"
            );
            assert!(
                !bytes
                    .windows(6)
                    .any(|part| part == b"Camera" || part == b"Exif\0\0"),
                "{file}"
            );
        }
    }
    assert_eq!(
        figure.named("img")[0]
            .attribute("src")
            .unwrap()
            .trim_start_matches('/'),
        candidates(image)[2].0
    );
}

#[test]
fn photographs_are_the_same_in_every_build() {
    let pictures = || {
        let folder = with_photograph();
        assert_eq!(build(folder.path(), &[]).status.code(), Some(0));
        let site = folder.path().join("site");
        let is_picture = |path: &Path| {
            path.extension()
                .is_some_and(|ending| ending == "webp" || ending == "jpg")
        };
        let pictures = files(&site)
            .into_iter()
            .filter(|(path, _)| is_picture(path));
        pictures
            .map(|(path, bytes)| (path.strip_prefix(&site).unwrap().to_owned(), bytes))
            .collect::<Vec<_>>()
    };
    let (first, second) = (pictures(), pictures());
    assert_eq!(first.len(), 6);
    assert!(first == second);
}

/// A PNG file of one colour, which is small however large the picture is.
fn plain(width: u32, height: u32, colours: png::ColorType, depth: png::BitDepth) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colours);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    let mut rows = writer.stream_writer().unwrap();
    let bits = colours.samples() * usize::from(depth as u8) * width as usize;
    let row = vec![0; bits.div_ceil(8)];
    (0..height).for_each(|_| std::io::Write::write_all(&mut rows, &row).unwrap());
    rows.finish().unwrap();
    writer.finish().unwrap();
    bytes
}

/// The project with these named pictures added to its article.
fn with_pictures(pictures: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = project();
    let article = folder.path().join("content/articles/port/deep-water-port");
    let numbered = || pictures.iter().enumerate();
    let file = |(number, (name, _)): (usize, &(String, Vec<u8>))| {
        format!(", \"p{number}\": {{ \"file\": \"{name}\" }}")
    };
    let files: String = numbered().map(file).collect();
    let alternative = |(number, _): (usize, &(String, Vec<u8>))| {
        format!(", \"p{number}\": {{ \"alternative\": \"A picture\" }}")
    };
    let texts: String = numbered().map(alternative).collect();
    for (name, bytes) in pictures {
        fs::write(article.join(name), bytes).unwrap();
    }
    for (file, after, what) in [
        (
            "article.json",
            "\"credit\": \"Portal drawing office\" }",
            &files,
        ),
        (
            "en.json",
            "\"harbour\": { \"alternative\": \"Drawing of a quay\" }",
            &texts,
        ),
        ("vi.json", "\"caption\": \"Bến cảng buổi sáng.\" }", &texts),
    ] {
        let text = fs::read_to_string(article.join(file)).unwrap();
        assert!(text.contains(after), "{file}");
        fs::write(
            article.join(file),
            text.replace(after, &format!("{after}{what}")),
        )
        .unwrap();
    }
    folder
}

/// Small pictures of every format: sound ones, and copies with damage at many places.
fn damaged() -> Vec<(String, Vec<u8>)> {
    let image = RgbImage::from_fn(40, 30, |x, y| {
        Rgb([x, y, x * y].map(|value| u8::try_from(value * 37 % 251).unwrap()))
    });
    let encoded = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let formats = [
        ("png", image::ImageFormat::Png),
        ("jpg", image::ImageFormat::Jpeg),
        ("webp", image::ImageFormat::WebP),
    ];
    let mut pictures = Vec::new();
    for (ending, format) in formats {
        let sound = encoded(format);
        for number in 0..40 {
            let at = number * sound.len() / 40;
            let mut flipped = sound.clone();
            flipped[at] ^= 0x55;
            let mut cut = sound[..at].to_vec();
            cut.extend_from_slice(&sound[sound.len() - 12..]);
            let mut without = sound.clone();
            without.drain(at..(at + 9).min(sound.len()));
            for (what, bytes) in [("flipped", flipped), ("cut", cut), ("without", without)] {
                pictures.push((format!("{ending}-{what}-{number}.{ending}"), bytes));
            }
        }
        pictures.push((format!("sound.{ending}"), sound));
    }
    pictures
}

#[test]
fn what_the_check_passes_is_built_and_what_it_refuses_is_named() {
    let mut pictures = damaged();
    let check = |folder: &Path| {
        let site = env!("CARGO_BIN_EXE_site");
        std::process::Command::new(site)
            .arg("check")
            .current_dir(folder)
            .output()
            .unwrap()
    };
    let folder = with_pictures(&pictures);
    let output = check(folder.path());
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (Some(1), String::new())
    );
    let built = build(folder.path(), &[]);
    assert_eq!(
        (
            built.status.code(),
            text(&built.stderr).contains("panicked")
        ),
        (Some(1), false),
        "{}",
        text(&built.stderr)
    );

    let report = text(&output.stdout);
    let before = pictures.len();
    pictures.retain(|(name, _)| !report.contains(&format!("/{name}\n")));
    assert!(
        pictures.len() < before / 2,
        "{} of {before} passed",
        pictures.len()
    );
    for (name, _) in &pictures {
        // A JPEG or PNG that lacks a part before its end never passes.
        assert!(
            !name.contains("-cut-") || name.ends_with(".webp"),
            "{name} passed"
        );
    }
    assert_eq!(
        pictures
            .iter()
            .filter(|(name, _)| name.starts_with("sound"))
            .count(),
        3
    );
    let folder = with_pictures(&pictures);
    let output = check(folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let built = build(folder.path(), &[]);
    assert_eq!(
        built.status.code(),
        Some(0),
        "{}{}",
        text(&built.stdout),
        text(&built.stderr)
    );
}

/// The peak virtual memory of a build with four threads, in MiB. Resident memory would depend on
/// what the machine swaps out.
#[cfg(target_os = "linux")]
fn peak_of_a_build(folder: &Path) -> u64 {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_site"))
        .args([
            "build",
            "--bundle",
            "bundle",
            "--out",
            "site",
            "--no-cards",
            "--no-search",
            "--no-compression",
            "--quiet",
        ])
        .env("RAYON_NUM_THREADS", "4")
        // Otherwise each thread reserves memory that it may never use.
        .env("MALLOC_ARENA_MAX", "1")
        .current_dir(folder)
        .spawn()
        .unwrap();
    let mut peak = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let most = status
            .lines()
            .find_map(|line| line.strip_prefix("VmPeak:")?.trim().strip_suffix(" kB"));
        peak = most.map_or(peak, |most| most.parse::<u64>().unwrap() / 1024);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return peak;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn four_large_pictures_take_as_much_memory_as_one() {
    let large = plain(6000, 7000, png::ColorType::Rgba, png::BitDepth::Sixteen);
    let peak = |pictures: u8| {
        // A byte after a picture's end makes it another file.
        let picture = |number: u8| {
            (
                format!("large-{number}.png"),
                [&large[..], &[number]].concat(),
            )
        };
        peak_of_a_build(with_pictures(&(0..pictures).map(picture).collect::<Vec<_>>()).path())
    };
    let (none, one, four) = (peak(0), peak(1), peak(4));
    // The pixels take 168 MB at 8 bits a channel, and 336 MB at the 16 bits of the file. The pages
    // need theirs at another time, so that only a part of it comes on top.
    assert!(
        (none + 20..none + 330).contains(&one),
        "{none} MB without a picture, and {one} MB with one"
    );
    assert!(
        four < one + 100,
        "one picture took {one} MB, and four took {four} MB"
    );
}
