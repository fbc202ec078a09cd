//! Drawings that the tool renders itself: the portal's sign, and what stands on share cards besides
//! words.

use editorial::check::drawings;
use editorial::content::drawings::{CardForm, Drawings};
use editorial::diagnostics::{Failure, Problem};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use roxmltree::{Document, Node};

/// The sign of a portal that brings none.
const SIGN: &str = include_str!("sign.svg");
/// The form of the share cards of a portal that brings none.
const CARD: &str = include_str!("card.svg");

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Where a drawing is rendered, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    /// The left edge.
    pub(crate) x: f32,
    /// The upper edge.
    pub(crate) y: f32,
    /// The width.
    pub(crate) width: f32,
    /// The height.
    pub(crate) height: f32,
}

/// The portal's sign, or that of the tool.
pub(crate) fn sign(drawings: &Drawings) -> &str {
    drawings.sign.as_deref().unwrap_or(SIGN)
}

/// The form of the portal's share cards, or that of the tool.
///
/// # Errors
/// Where the tool's own form cannot be read.
pub(crate) fn card(drawings: &Drawings) -> Result<CardForm, Failure> {
    drawings.card.clone().map_or_else(
        || drawings::card("card.svg", CARD.as_bytes()).map_err(own_is_broken),
        Ok,
    )
}

fn own_is_broken(problems: Vec<Problem>) -> Failure {
    Failure::new(
        problems
            .into_iter()
            .map(|problem| String::from(problem.message))
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

/// Renders a drawing, as large as its frame, over what is in a picture.
///
/// # Errors
/// Where it is no drawing.
pub(crate) fn render(drawing: &str, frame: Frame, picture: &mut Pixmap) -> Result<(), Failure> {
    let tree = Tree::from_str(drawing, &Options::default()).map_err(broken)?;
    let size = tree.size();
    let scale = Transform::from_scale(frame.width / size.width(), frame.height / size.height());
    resvg::render(
        &tree,
        scale.post_translate(frame.x, frame.y),
        &mut picture.as_mut(),
    );
    Ok(())
}

/// A drawing as an element of another one.
///
/// # Errors
/// Where it is no drawing.
pub(crate) fn nested(drawing: &str, frame: Frame) -> Result<String, Failure> {
    let document = Document::parse(drawing).map_err(broken)?;
    let root = document.root_element();
    let side = |name| {
        root.attribute(name)
            .unwrap_or("0")
            .trim()
            .trim_end_matches("px")
    };
    let whole = || format!("0 0 {} {}", side("width"), side("height"));
    let view = root.attribute("viewBox").map_or_else(whole, escaped);
    let Frame {
        x,
        y,
        width,
        height,
    } = frame;
    let inside = match (root.first_child(), root.last_child()) {
        (Some(first), Some(last)) => drawing[first.range().start..last.range().end].trim(),
        _ => "",
    };
    let attributes = [namespaces(root), attributes(root)].concat();
    Ok(format!(
        "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" viewBox=\"{view}\"{attributes}>{inside}</svg>"
    ))
}

/// The namespaces of a drawing's root, but for the one of drawings: it is that of the other drawing
/// too.
fn namespaces(root: Node<'_, '_>) -> String {
    let named = root
        .namespaces()
        .filter_map(|namespace| Some((namespace.name()?, namespace.uri())));
    named
        .filter(|(name, _)| *name != "xml")
        .map(|(name, uri)| format!(" xmlns:{name}=\"{}\"", escaped(uri)))
        .collect()
}

/// The attributes of a drawing's root that its parts inherit.
fn attributes(root: Node<'_, '_>) -> String {
    let own = [
        "x",
        "y",
        "width",
        "height",
        "viewBox",
        "id",
        "version",
        "baseProfile",
    ];
    let inherited = root
        .attributes()
        .filter(|attribute| attribute.namespace().is_none() && !own.contains(&attribute.name()));
    inherited
        .map(|attribute| format!(" {}=\"{}\"", attribute.name(), escaped(attribute.value())))
        .collect()
}

fn escaped(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("a drawing cannot be rendered: {error}"))
}

/// A drawing of this size around elements.
pub(crate) fn around(width: u32, height: u32, elements: &str) -> String {
    format!(
        "<svg xmlns=\"{SVG}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n{elements}\n</svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(picture: &Pixmap, x: u32, y: u32) -> (u8, u8, u8, u8) {
        let colour = picture.pixel(x, y).unwrap().demultiply();
        (colour.red(), colour.green(), colour.blue(), colour.alpha())
    }

    #[test]
    fn the_tools_own_drawings_pass_the_check_of_those_of_editors() {
        assert!(drawings::sign("sign.svg", SIGN.as_bytes()).is_ok());
        let boxes = card(&Drawings::default()).unwrap().boxes;
        assert_eq!(
            boxes.len(),
            5,
            "a box for everything that can stand on a card"
        );
    }

    #[test]
    fn a_drawing_in_another_one_looks_as_it_does_alone() {
        let inner = "\u{feff}<?xml version=\"1.0\"?><!-- a note --><svg xmlns=\"http://www.w3.org/2000/svg\" \
                     xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"10px\" height=\"10px\" fill=\"#00ff00\" id=\"a&amp;b\">\
                     <defs><rect id=\"half\" width=\"5\" height=\"10\"/></defs><use xlink:href=\"#half\"/></svg>";
        let inner = inner.trim_start_matches('\u{feff}');
        let outer = around(
            40,
            40,
            &nested(
                inner,
                Frame {
                    x: 10.0,
                    y: 10.0,
                    width: 20.0,
                    height: 20.0,
                },
            )
            .unwrap(),
        );
        let mut picture = Pixmap::new(80, 80).unwrap();
        render(
            &outer,
            Frame {
                x: 0.0,
                y: 0.0,
                width: 80.0,
                height: 80.0,
            },
            &mut picture,
        )
        .unwrap();
        assert_eq!(colour(&picture, 25, 40), (0, 255, 0, 255), "the left half");
        assert_eq!(colour(&picture, 50, 40), (0, 0, 0, 0), "the right half");
        assert_eq!(colour(&picture, 10, 40), (0, 0, 0, 0), "around it");
        assert!(
            nested(
                "<svg",
                Frame {
                    x: 0.0,
                    y: 0.0,
                    width: 1.0,
                    height: 1.0
                }
            )
            .is_err()
        );
    }
}
