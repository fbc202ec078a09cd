//! Contact sheets: one row of screenshots for each language, grouped by theme and then by width.

use super::Wanted;
use image::{DynamicImage, GenericImage, RgbImage};
use std::path::Path;

/// The factor by which screenshots are scaled down.
const TIMES: u32 = 3;
/// The height of a page that a sheet shows, in pixels of the page.
const SHOWN: u32 = 1500;
/// The gap between two screenshots, in pixels.
const GAP: u32 = 8;

/// Writes `overview-<kind>.png` from the screenshots that were just taken.
pub(super) fn write(folder: &Path, kind: &str, wanted: &Wanted) {
    let columns: u32 = wanted.widths.iter().map(|width| width / TIMES + GAP).sum();
    let themes = u32::try_from(wanted.themes.len()).unwrap();
    let rows: Vec<&String> = wanted
        .langs
        .iter()
        .filter(|lang| exists(folder, kind, lang, wanted))
        .collect();
    if rows.is_empty() {
        return;
    }
    let height = (SHOWN / TIMES + GAP) * u32::try_from(rows.len()).unwrap();
    let mut sheet =
        RgbImage::from_pixel(columns * themes + GAP, height + GAP, image::Rgb([128; 3]));
    let mut top = GAP;
    for lang in rows {
        let mut left = GAP;
        for theme in &wanted.themes {
            for width in &wanted.widths {
                let picture = small(&folder.join(format!("{kind}-{lang}-{width}-{theme}.png")));
                sheet
                    .copy_from(&picture.to_rgb8(), left, top)
                    .expect("the picture has its place on the sheet");
                left += width / TIMES + GAP;
            }
        }
        top += SHOWN / TIMES + GAP;
    }
    sheet
        .save(folder.join(format!("overview-{kind}.png")))
        .expect("the sheet can be written");
}

/// Whether a kind of page has its first screenshot in a language.
fn exists(folder: &Path, kind: &str, lang: &str, wanted: &Wanted) -> bool {
    let first = format!(
        "{kind}-{lang}-{}-{}.png",
        wanted.widths[0], wanted.themes[0]
    );
    folder.join(first).is_file()
}

fn small(file: &Path) -> DynamicImage {
    let picture = image::open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (width, height) = (picture.width(), picture.height().min(SHOWN));
    picture
        .crop_imm(0, 0, width, height)
        .thumbnail_exact(width / TIMES, height / TIMES)
}
