//! QR codes, read back by an independent library.

use super::draw;

/// Pixels for each module.
const SCALE: usize = 4;

/// The SVG as a camera sees it: only what the file itself draws, on a dark page.
fn pixels(svg: &str) -> (usize, Vec<u8>) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let view: Vec<usize> = document
        .root_element()
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    let size = view[2];
    assert_eq!(view, [0, 0, size, size]);
    let [ground, lines] = document
        .root_element()
        .children()
        .filter(roxmltree::Node::is_element)
        .collect::<Vec<_>>()[..]
    else {
        panic!("{svg} is not a ground with lines")
    };
    assert_eq!(ground.attribute("fill"), Some("#fff"));
    assert_eq!(
        ground.attribute("d").unwrap(),
        format!("M0 0h{size}v{size}H0z")
    );
    let side = size * SCALE;
    let mut pixels = vec![255; side * side];
    for line in lines.attribute("d").unwrap().split('M').skip(1) {
        let (from, shape) = line.split_once('h').unwrap();
        let (x, y) = from.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let length = shape.split_once('v').unwrap().0;
        assert_eq!(
            shape,
            format!("{length}v1h-{length}z"),
            "a run of modules is a closed rectangle"
        );
        for row in y * SCALE..(y + 1) * SCALE {
            pixels[row * side..][x * SCALE..(x + length.parse::<usize>().unwrap()) * SCALE].fill(0);
        }
    }
    (side, pixels)
}

fn read(svg: &str) -> String {
    let (side, pixels) = pixels(svg);
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| pixels[y * side + x]);
    let found = picture.detect_grids();
    assert_eq!(found.len(), 1);
    found[0].decode().unwrap().1
}

#[test]
fn a_code_reads_back_as_the_text_that_it_was_made_of() {
    let long = format!(
        "https://portal.example/zh-Hans/{}/{}/",
        "a".repeat(80),
        "b".repeat(80)
    );
    let most = "x".repeat(2331);
    for text in [
        "https://portal.example/zh-Hans/port/deep-water-port/",
        &long,
        "https://例え.example/#港 & 海",
        &most,
    ] {
        assert_eq!(read(&draw(text).unwrap()), text);
    }
}

#[test]
fn a_code_has_its_empty_edge_on_all_sides() {
    let (side, pixels) = pixels(&draw("https://portal.example/").unwrap());
    let dark: Vec<(usize, usize)> = (0..side * side)
        .filter(|&at| pixels[at] == 0)
        .map(|at| (at % side, at / side))
        .collect();
    let edge = 4 * SCALE;
    assert_eq!(dark.iter().map(|(x, _)| *x).min(), Some(edge));
    assert_eq!(dark.iter().map(|(_, y)| *y).min(), Some(edge));
    assert_eq!(dark.iter().map(|(x, _)| *x).max(), Some(side - edge - 1));
    assert_eq!(dark.iter().map(|(_, y)| *y).max(), Some(side - edge - 1));
}

#[test]
fn the_same_text_gives_the_same_bytes_and_one_that_is_too_long_is_named() {
    assert_eq!(
        draw("https://portal.example/").unwrap(),
        draw("https://portal.example/").unwrap()
    );
    let failure = draw(&"x".repeat(2332)).unwrap_err().to_string();
    assert!(
        failure.contains("no QR code can hold the address xxx"),
        "{failure}"
    );
}
