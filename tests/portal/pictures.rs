//! Photographs on their way from a camera to a page.

use crate::build::{build, files, project, text};
use crate::tree::{Element, page};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, Rgb, RgbImage};
use std::fs;
use std::path::Path;

/// A photograph that lies on its side in the file, as telephones write it, with a camera's notes.
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

/// The project with a photograph in the place of the drawing.
fn with_photograph() -> tempfile::TempDir {
    let folder = project();
    let article = folder.path().join("content/articles/port/deep-water-port");
    fs::remove_file(article.join("harbour.svg")).unwrap();
    fs::write(article.join("harbour.jpg"), photograph()).unwrap();
    let facts = fs::read_to_string(article.join("article.json")).unwrap();
    fs::write(article.join("article.json"), facts.replace("harbour.svg", "harbour.jpg")).unwrap();
    folder
}

fn candidates(element: &Element) -> Vec<(String, u32)> {
    let srcset = element.attribute("srcset").unwrap_or_default();
    let candidate = |text: &str| {
        let (file, width) = text.trim().split_once(' ').unwrap();
        (file.trim_start_matches('/').to_owned(), width.trim_end_matches('w').parse().unwrap())
    };
    srcset.split(',').map(candidate).collect()
}

#[test]
fn a_photograph_is_published_upright_in_every_width_that_its_page_names_and_without_the_cameras_notes() {
    let folder = with_photograph();
    let output = build(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
    let site = folder.path().join("site");
    let html = page(&fs::read_to_string(site.join("vi/port/deep-water-port/index.html")).unwrap());
    let figure = html.with_class("figure");
    let (source, image) = (&figure.named("source")[0], &figure.named("img")[0]);
    let side = |name: &str| image.attribute(name).unwrap().parse::<u32>().unwrap();
    assert_eq!((side("width"), side("height")), (1000, 1500));
    for (element, format) in [(source, image::ImageFormat::WebP), (image, image::ImageFormat::Jpeg)] {
        let candidates = candidates(element);
        assert_eq!(candidates.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [320, 640, 1000]);
        for (file, width) in candidates {
            let bytes = fs::read(site.join(&file)).unwrap();
            assert_eq!(image::guess_format(&bytes).unwrap(), format, "{file}");
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (width, width * 3 / 2), "{file}");
            assert!(!bytes.windows(6).any(|part| part == b"Camera" || part == b"Exif\0\0"), "{file}");
        }
    }
    assert_eq!(figure.named("img")[0].attribute("src").unwrap().trim_start_matches('/'), candidates(image)[2].0);
}

#[test]
fn photographs_are_the_same_in_every_build() {
    let pictures = || {
        let folder = with_photograph();
        assert_eq!(build(folder.path(), &[]).status.code(), Some(0));
        let site = folder.path().join("site");
        let is_picture = |path: &Path| path.extension().is_some_and(|ending| ending == "webp" || ending == "jpg");
        let pictures = files(&site).into_iter().filter(|(path, _)| is_picture(path));
        pictures.map(|(path, bytes)| (path.strip_prefix(&site).unwrap().to_owned(), bytes)).collect::<Vec<_>>()
    };
    let (first, second) = (pictures(), pictures());
    assert_eq!(first.len(), 6);
    assert!(first == second);
}
