//! Tests with the drawings in `tests/cases/drawings`: harmful ones are refused, and those that
//! drawing programs write pass.

use super::*;
use crate::check::picture_file;
use roxmltree::Document;
use std::fs;
use std::path::Path;

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 64 40'>{inside}</svg>"
    )
}

/// The drawings of a folder of `tests/cases/drawings`, by their names.
fn drawings(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("tests/cases/drawings")
        .join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut drawings: Vec<_> = files
        .map(|file| {
            (
                file.file_name().into_string().unwrap(),
                fs::read(file.path()).unwrap(),
            )
        })
        .collect();
    drawings.sort();
    drawings
}

#[test]
fn a_drawing_is_measured_by_its_sides_or_its_view_box() {
    let size = |attributes: &str| {
        measure(&format!(
            "<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>"
        ))
        .ok()
    };
    assert_eq!(
        size("width='640' height='400px' viewBox='0 0 64 40'"),
        Some((640, 400))
    );
    assert_eq!(size("viewBox='0,0 , 64.4 40'"), Some((64, 40)));
    assert_eq!(
        size("width='100%' height='100%' viewBox='0 0 64 40'"),
        Some((64, 40))
    );
    for bad in [
        "",
        "width='640'",
        "viewBox='0 0 64'",
        "viewBox='0 0 NaN inf'",
        "width='-1' height='1'",
    ] {
        assert_eq!(size(bad), None, "{bad}");
    }
}

#[test]
fn every_drawing_that_could_load_run_lead_or_move_is_refused_at_its_place() {
    let drawings = drawings("refused");
    assert!(
        drawings.len() >= 250,
        "only {} drawings were found",
        drawings.len()
    );
    for (name, bytes) in drawings {
        let problems = picture_file::measure(&name, &bytes).expect_err(&name);
        assert!(
            (1..=MOST_FLAWS + 1).contains(&problems.len()),
            "{name}: {problems:?}"
        );
        assert!(
            problems.iter().all(|problem| problem.help.is_some()),
            "{name}: {problems:?}"
        );
        assert!(
            problems
                .iter()
                .all(|problem| !problem.message.is_empty() && problem.message.len() < 300),
            "{name}"
        );
    }
}

#[test]
fn every_drawing_that_honest_programs_write_passes() {
    let drawings = drawings("allowed");
    assert!(
        drawings.len() >= 25,
        "only {} drawings were found",
        drawings.len()
    );
    for (name, bytes) in drawings {
        let size = picture_file::measure(&name, &bytes)
            .unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(
            picture_file::measure_header(&name, &bytes),
            Ok(size),
            "{name}"
        );
    }
}

/// Elements that are refused wherever they stand.
const ELEMENTS: [&str; 14] = [
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
    "<x:foreignObject xmlns:x='http://www.w3.org/2000/svg'/>",
    "<x:set xmlns:x='http://www.w3.org/2000/svg' attributeName='href' to='https://evil.example/'/>",
    "<x:image xmlns:x='http://www.w3.org/2000/svg' href='https://evil.example/x.png'/>",
    "<x:style xmlns:x='http://www.w3.org/2000/svg'>@import 'https://evil.example/x.css';</x:style>",
    "<x:rect xmlns:x='http://www.w3.org/2000/svg' fill='u\\72l(https://evil.example/x.svg#a)'/>",
    "<x:g xmlns:x='http://www.w3.org/2000/svg' xml:base='https://evil.example/'/>",
    "<x:img xmlns:x='http://www.w3.org/1999/xhtml' src='https://evil.example/x.png'/>",
    "<x:meta xmlns:x='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url=https://evil.example/'/>",
    "<x:base xmlns:x='http://www.w3.org/1999/xhtml' href='https://evil.example/'/>",
    "<img xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example/x.png'/>",
    "<x:math xmlns:x='http://www.w3.org/1998/Math/MathML'/>",
    "<x:x xmlns:x='urn:unknown'/>",
    "<?xml-stylesheet href='https://evil.example/x.css'?>",
];

/// Attributes that are refused on every element of a drawing.
const ATTRIBUTES: [&str; 12] = [
    "onload='alert(1)'",
    "ONFOCUSIN='alert(1)'",
    "xml:base='https://evil.example/'",
    "src='https://evil.example/x.png'",
    "srcset='https://evil.example/x.png 2x'",
    "ping='https://evil.example/'",
    "attributeName='href'",
    "xmlns:q='http://www.w3.org/1999/xhtml' q:style='background:url(https://evil.example/)'",
    "xmlns:q='http://www.w3.org/1999/xlink' q:href='https://evil.example/x.svg#a'",
    "xmlns:q='urn:unknown' q:a='b'",
    "background-image='url(https://evil.example/x.png)'",
    "http-equiv='refresh'",
];

#[test]
fn what_is_refused_is_refused_wherever_it_stands_in_an_honest_drawing() {
    let mut tried = 0;
    for (name, bytes) in drawings("allowed")
        .into_iter()
        .filter(|(_, bytes)| bytes.len() < 6000)
    {
        let text = String::from_utf8(bytes).unwrap();
        let document = Document::parse(&text).unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let inside = node.first_child().map(|child| child.range().start);
            for (at, piece) in inside
                .into_iter()
                .flat_map(|at| ELEMENTS.map(|piece| (at, piece.to_owned())))
            {
                let hostile = format!("{}{piece}{}", &text[..at], &text[at..]);
                assert!(measure(&hostile).is_err(), "{name}: {hostile}");
                tried += 1;
            }
            if node.tag_name().namespace() != Some(allowed::SVG) {
                continue;
            }
            let after = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/';
            let start = node.range().start;
            let at = start + text[start..].find(after).unwrap();
            for piece in ATTRIBUTES {
                let hostile = format!("{} {piece}{}", &text[..at], &text[at..]);
                assert!(measure(&hostile).is_err(), "{name}: {hostile}");
                tried += 1;
            }
        }
    }
    assert!(tried > 5000, "only {tried} were tried");
}

#[test]
fn a_flaw_names_its_place() {
    for bad in [
        "<script/>",
        "<rect onclick='x'/>",
        "<image href='a.png'/>",
        "<style>@import 'a.css';</style>",
        "<?a b?>",
    ] {
        let text = svg(bad);
        let flaws = measure(&text).expect_err(bad);
        assert!(
            flaws.iter().all(|flaw| flaw.at >= text.find('>').unwrap()),
            "{bad}: {flaws:?}"
        );
    }
}

#[test]
fn many_flaws_are_told_shortly() {
    let flaws = measure(&svg(&"<script/>".repeat(500))).unwrap_err();
    assert_eq!(flaws.len(), MOST_FLAWS + 1);
    assert_eq!(
        flaws[MOST_FLAWS].message,
        "490 more parts of the drawing are not allowed, from here on"
    );
}

#[test]
fn no_drawing_takes_the_tool_down() {
    let deep = |open: &str, close: &str| {
        svg(&format!(
            "{}{}",
            open.repeat(100_000),
            close.repeat(100_000)
        ))
    };
    for text in [
        deep("<g>", "</g>"),
        deep("<g>", ""),
        svg(&format!("<style>{}</style>", "a{".repeat(100_000))),
        svg(&format!("<style>{}</style>", "@media a{".repeat(100_000))),
        svg(&format!("<rect style='{}'/>", "calc(".repeat(100_000))),
    ] {
        assert!(measure(&text).is_err());
    }
}

#[test]
fn parts_may_be_used_as_often_as_a_browser_can_draw_them() {
    let used = |times: usize| {
        let uses = "<use href='#a'/>".repeat(times);
        measure(&svg(&format!(
            "<defs><g id='a'>{}</g></defs>{uses}",
            "<path d='M0 0'/>".repeat(98)
        )))
    };
    assert!(used(1500).is_ok());
    let flaws = used(2500).unwrap_err();
    assert_eq!(
        flaws[0].message,
        "a browser would have to draw more than 200000 elements"
    );
    // A gradient costs nothing more when many use it, and a part inside itself is skipped.
    let stops = "<stop/>".repeat(500);
    let shapes = "<rect fill='url(#a)'/>".repeat(2000);
    assert!(
        measure(&svg(&format!(
            "<linearGradient id='a'>{stops}</linearGradient>{shapes}"
        )))
        .is_ok()
    );
    assert!(
        measure(&svg(
            "<style>rect{mask:url(#a)}</style><mask id='a'><rect/></mask><rect/>"
        ))
        .is_ok()
    );
    assert!(measure(&svg("<g id='a'><use href='#a'/></g>")).is_ok());
}
