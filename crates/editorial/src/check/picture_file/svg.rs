//! Checks drawings (SVG), which may hold shapes, text, and references to their own parts.
//!
//! An allow-list decides: the elements and attributes of [`allowed`], styles in which [`style`]
//! finds nothing that loads, references within the drawing ([`references`]), and metadata of
//! drawing programs. Everything else is refused, because the drawing is published unchanged, and
//! anybody can open it by its address.

mod allowed;
mod document;
mod references;
mod style;

use crate::diagnostics::Message;
use crate::message;
use allowed::Kind;
use references::References;
use roxmltree::{Attribute, Node};

/// A flaw of a drawing.
#[derive(Debug)]
pub struct Flaw {
    /// The byte offset.
    pub at: usize,
    /// The message.
    pub message: Message,
    /// The help: what to do about it.
    pub help: Message,
}

impl Flaw {
    fn new(at: usize, message: Message, help: Message) -> Self {
        Self { at, message, help }
    }
}

/// How many flaws of one drawing are reported. A new export removes the others too.
const MOST_FLAWS: usize = 10;

fn export_plain() -> Message {
    message!("export the drawing as plain SVG, without scripts and links")
}
fn export_still() -> Message {
    message!("export the drawing without what moves")
}
fn save_plain() -> Message {
    message!("save the drawing as plain SVG, or take this out")
}
fn without_loading() -> Message {
    message!(
        "leave out what the style loads; name gradients and patterns by their id, as in url(#sky)"
    )
}
fn without_link() -> Message {
    message!("take the link out, or put the picture into the drawing")
}

/// A drawing's width and height in CSS pixels, or its flaws.
pub fn measure(text: &str) -> Result<(u32, u32), Vec<Flaw>> {
    let document = document::read(text).map_err(|flaw| vec![flaw])?;
    let root = document.root_element();
    if let Some(flaw) = no_drawing(root) {
        return Err(vec![flaw]);
    }
    let mut flaws = Vec::new();
    let mut references = References::default();
    for node in document.descendants() {
        if node.is_pi() {
            let message = message!("an instruction to another program stands in the drawing");
            flaws.push(Flaw::new(node.range().start, message, export_plain()));
        } else if node.is_element() {
            element(node, &mut flaws, &mut references);
        }
    }
    if flaws.is_empty() {
        flaws.extend(references.too_much(&document));
    }
    let size = size(root);
    if size.is_none() && flaws.is_empty() {
        let help = message!("write viewBox=\"0 0 640 400\" with its own numbers into <svg …>");
        flaws.push(Flaw::new(
            root.range().start,
            message!("the drawing does not say how large it is"),
            help,
        ));
    }
    size.filter(|_| flaws.is_empty())
        .ok_or_else(|| shortened(flaws))
}

/// The same for a drawing that was measured before, without the checks.
pub fn measure_unchecked(text: &str) -> Result<(u32, u32), Vec<Flaw>> {
    let document = document::read(text).map_err(|flaw| vec![flaw])?;
    size(document.root_element()).ok_or_else(Vec::new)
}

/// The first flaws, and how many more there are.
fn shortened(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    if flaws.len() > MOST_FLAWS {
        let left = flaws.split_off(MOST_FLAWS);
        let message = message!(
            "{number} more parts of the drawing are not allowed, from here on",
            number = left.len()
        );
        flaws.push(Flaw::new(left[0].at, message, save_plain()));
    }
    flaws
}

/// The flaw of a document whose root is no drawing.
fn no_drawing(root: Node<'_, '_>) -> Option<Flaw> {
    let at = root.range().start;
    if root.tag_name().name() != "svg" {
        return Some(Flaw::new(
            at,
            message!("the file is not a drawing: it does not begin with <svg>"),
            export_plain(),
        ));
    }
    let help = message!("begin it with <svg xmlns=\"http://www.w3.org/2000/svg\" …>");
    let is_svg = root.tag_name().namespace() == Some(allowed::SVG);
    (!is_svg).then(|| {
        Flaw::new(
            at,
            message!("the file does not say that it is a drawing, so no browser shows it"),
            help,
        )
    })
}

fn element(node: Node<'_, '_>, flaws: &mut Vec<Flaw>, references: &mut References) {
    let tag = node.tag_name();
    let (name, at) = (tag.name(), node.range().start);
    match allowed::element(tag.namespace(), name) {
        Kind::Drawing => {
            for attribute in node.attributes() {
                let refused = drawing_attribute(node, &attribute, references);
                flaws.extend(
                    refused
                        .err()
                        .map(|(message, help)| Flaw::new(attribute.range().start, message, help)),
                );
            }
            if name == "style" {
                let refused = sheet(node, references);
                flaws.extend(
                    refused
                        .err()
                        .map(|(message, help)| Flaw::new(at, message, help)),
                );
            }
        }
        Kind::Note => {
            let handlers = node
                .attributes()
                .filter(|attribute| is_handler(attribute.name()));
            flaws.extend(handlers.map(|attribute| {
                Flaw::new(
                    attribute.range().start,
                    runs(attribute.name()),
                    export_plain(),
                )
            }));
        }
        Kind::Runs => {
            let message = message!(
                "<{name}> stands in the drawing, and a drawing must not run or hold pages",
                name
            );
            flaws.push(Flaw::new(at, message, export_plain()));
        }
        Kind::Moves => {
            let message = message!(
                "<{name}> makes the drawing move or change, and nothing here moves by itself",
                name
            );
            flaws.push(Flaw::new(at, message, export_still()));
        }
        Kind::Foreign => {
            let message = message!(
                "<{name}> is no element that a drawing may hold",
                name = short(name)
            );
            flaws.push(Flaw::new(at, message, save_plain()));
        }
    }
}

/// The message and the help of a refusal.
type Refused = (Message, Message);

fn is_handler(name: &str) -> bool {
    name.len() > 2
        && name
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("on"))
}

fn runs(name: &str) -> Message {
    message!(
        "{name}=\"…\" makes the drawing run a script",
        name = short(name)
    )
}

/// Checks an attribute of an element of the drawing.
fn drawing_attribute(
    node: Node<'_, '_>,
    attribute: &Attribute<'_, '_>,
    references: &mut References,
) -> Result<(), Refused> {
    let (name, value) = (attribute.name(), attribute.value());
    let is_reference =
        name == "href" && matches!(attribute.namespace(), None | Some(allowed::XLINK));
    if is_reference {
        return references.reference(node, value);
    }
    if attribute.namespace().is_none() && is_handler(name) {
        return Err((runs(name), export_plain()));
    }
    match allowed::attribute(attribute.namespace(), name) {
        allowed::Attribute::Plain => Ok(()),
        allowed::Attribute::Style => {
            let refused = |reason| {
                (
                    message!("{name}=\"…\" {reason}", name = short(name), reason),
                    without_loading(),
                )
            };
            let targets = style::values(value).map_err(refused)?;
            for target in targets {
                references.paint(node, target);
            }
            Ok(())
        }
        allowed::Attribute::Foreign => Err((
            message!(
                "{name}=\"…\" may not stand in a drawing",
                name = short(name)
            ),
            save_plain(),
        )),
    }
}

/// Checks a style sheet. Browsers join all text nodes that are children of the element, whatever
/// stands between them.
fn sheet(node: Node<'_, '_>, references: &mut References) -> Result<(), Refused> {
    if node
        .attribute("type")
        .is_some_and(|kind| !kind.eq_ignore_ascii_case("text/css"))
    {
        return Err((
            message!("<style> is in another language than CSS"),
            save_plain(),
        ));
    }
    if node.children().any(|child| child.is_element()) {
        return Err((message!("<style> holds an element"), save_plain()));
    }
    let text: String = node
        .children()
        .filter(Node::is_text)
        .filter_map(|child| child.text())
        .collect();
    let rules = style::sheet(&text)
        .map_err(|reason| (message!("<style> {reason}", reason), without_loading()))?;
    references.sheet(rules);
    Ok(())
}

/// A text from the drawing, cut for a message.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown + "…"
    } else {
        shown
    }
}

/// `width` and `height` in pixels, or else the size of `viewBox`.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let side = |name| {
        root.attribute(name)
            .and_then(|value| pixels(value.trim().trim_end_matches("px")))
    };
    let view: Vec<&str> = root
        .attribute("viewBox")
        .unwrap_or_default()
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let whole = match view[..] {
        [_, _, width, height] => pixels(width).zip(pixels(height)),
        _ => None,
    };
    side("width").zip(side("height")).or(whole)
}

fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked first"
    )]
    (1.0..=100_000.0)
        .contains(&number)
        .then(|| number.round() as u32)
}

#[cfg(test)]
mod tests;
