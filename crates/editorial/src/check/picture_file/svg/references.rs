//! Checks the references of a drawing: to its own parts, and to embedded photographs. The number of
//! drawn elements has a limit, because each part can use others many times.

use super::style::Rule;
use super::{Flaw, Refused, export_plain, short, without_link};
use crate::check::picture_file::raster;
use crate::message;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use image::ImageFormat;
use percent_encoding::percent_decode_str;
use roxmltree::{Document, Node, NodeId};
use std::collections::HashMap;

/// How many elements a browser may have to draw, counted at each use.
const MOST_DRAWN: usize = 200_000;

/// How deep parts may use other parts.
const MOST_NESTED: usize = 32;

/// Elements that may refer to a part of the drawing.
const REFERRING: [&str; 9] = [
    "a",
    "filter",
    "linearGradient",
    "meshgradient",
    "pattern",
    "radialGradient",
    "textPath",
    "tref",
    "use",
];

/// Elements that may embed a photograph, or show a part of the drawing.
const CARRYING: [&str; 2] = ["image", "feImage"];

/// Elements that are drawn together with the part that they refer to.
const DRAWN_WITH: [&str; 4] = ["feImage", "filter", "pattern", "use"];

/// Parts that cost no more when they are used several times.
const COLOURS: [&str; 3] = ["linearGradient", "meshgradient", "radialGradient"];

/// The parts that the elements of a drawing use.
#[derive(Default)]
pub(super) struct References {
    of: HashMap<NodeId, Vec<String>>,
    rules: Vec<Rule>,
    /// How many pixels the photographs in the drawing have together.
    pixels: u64,
}

impl References {
    /// Notes the target of an `href`.
    ///
    /// # Errors
    /// Where it leads out of the drawing, or embeds something else than a photograph.
    pub(super) fn reference(&mut self, node: Node<'_, '_>, address: &str) -> Result<(), Refused> {
        let name = node.tag_name().name();
        if squeezed(address).contains("javascript:") {
            return Err((
                message!("href=\"…\" makes the drawing run a script"),
                export_plain(),
            ));
        }
        if let Some(target) = address.strip_prefix('#') {
            if !REFERRING.contains(&name) && !CARRYING.contains(&name) {
                return Err((
                    message!("<{name}> cannot have href=\"…\"", name),
                    without_link(),
                ));
            }
            if DRAWN_WITH.contains(&name) {
                self.paint(node, target.to_owned());
            }
            return Ok(());
        }
        if squeezed(address).starts_with("data:") && CARRYING.contains(&name) {
            return self.photograph(address);
        }
        Err((
            message!(
                "the drawing leads to or loads {address}",
                address = short(address)
            ),
            without_link(),
        ))
    }

    /// Checks an embedded photograph, by the same rules as a picture file of an article.
    fn photograph(&mut self, address: &str) -> Result<(), Refused> {
        let help = message!("put it in as PNG, JPEG or WebP");
        let Some(data) = data(address) else {
            return Err((
                message!(
                    "the drawing leads to or loads {address}",
                    address = short(address)
                ),
                help,
            ));
        };
        let bytes = data
            .chars()
            .filter(|c| !c.is_ascii_whitespace())
            .collect::<String>();
        let bytes = GeneralPurpose::new(&STANDARD, LENIENT).decode(bytes).ok();
        let format = bytes
            .as_deref()
            .and_then(|bytes| image::guess_format(bytes).ok());
        let format = format.filter(|format| {
            matches!(
                format,
                ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP
            )
        });
        let Some((bytes, format)) = bytes.zip(format) else {
            return Err((message!("a photograph in the drawing cannot be read"), help));
        };
        let refused = |flaw: raster::Flaw| {
            let (message, help) = flaw.words();
            (message!("in the drawing, {message}", message), help)
        };
        let (width, height) = raster::dimensions(format, &bytes).map_err(refused)?;
        self.pixels += u64::from(width) * u64::from(height);
        if self.pixels > raster::MAX_PIXELS {
            let most = raster::MAX_PIXELS / 1_000_000;
            let message = message!(
                "the photographs in the drawing have together more than {most} million pixels",
                most
            );
            return Err((message, message!("put them in smaller")));
        }
        raster::measure(format, &bytes).map(|_| ()).map_err(refused)
    }

    /// Notes a part that an element uses.
    pub(super) fn paint(&mut self, node: Node<'_, '_>, target: String) {
        self.of.entry(node.id()).or_default().push(target);
    }

    /// Notes the parts that a style sheet uses.
    pub(super) fn sheet(&mut self, rules: Vec<Rule>) {
        self.rules.extend(rules);
    }

    /// The flaw of a drawing of which a browser would draw too much.
    pub(super) fn too_much(&self, document: &Document<'_>) -> Option<Flaw> {
        let parts = parts(document);
        let mut by_name: HashMap<&str, Vec<NodeId>> = HashMap::new();
        let mut of_any = Vec::new();
        for rule in &self.rules {
            let Some(part) = part(&parts, &rule.target) else {
                continue;
            };
            if rule.of.any || rule.of.names.is_empty() {
                of_any.push(part);
            } else {
                for name in &rule.of.names {
                    by_name.entry(name).or_default().push(part);
                }
            }
        }
        let mut drawing = Drawing {
            references: self,
            document,
            parts,
            by_name,
            of_any,
            drawn: 0,
            inside: Vec::new(),
        };
        drawing.draw(document.root_element()).err()
    }
}

/// A traversal of a drawing as a browser draws it, to count the elements.
struct Drawing<'a, 'd, 'i> {
    references: &'a References,
    document: &'d Document<'i>,
    /// The parts that can be used, by their ids.
    parts: HashMap<&'d str, NodeId>,
    /// The parts that style sheets use for elements with a name, a class or an id.
    by_name: HashMap<&'a str, Vec<NodeId>>,
    /// The parts that style sheets use for any element.
    of_any: Vec<NodeId>,
    /// How many elements were drawn.
    drawn: usize,
    /// The stack of parts that are being drawn. A browser skips a part inside itself.
    inside: Vec<NodeId>,
}

impl Drawing<'_, '_, '_> {
    fn draw(&mut self, part: Node<'_, '_>) -> Result<(), Flaw> {
        for node in part.descendants().filter(Node::is_element) {
            self.drawn += 1;
            if self.drawn > MOST_DRAWN {
                let message = message!(
                    "a browser would have to draw more than {most} elements",
                    most = MOST_DRAWN
                );
                return Err(Flaw::new(
                    node.range().start,
                    message,
                    message!("make the drawing simpler: its parts use each other too often"),
                ));
            }
            for target in self.used(node) {
                if self.inside.contains(&target) {
                    continue;
                }
                if self.inside.len() == MOST_NESTED {
                    let message = message!(
                        "parts of the drawing use each other more than {most} deep",
                        most = MOST_NESTED
                    );
                    return Err(Flaw::new(
                        node.range().start,
                        message,
                        message!("make the drawing simpler, and export it anew"),
                    ));
                }
                let Some(target) = self.document.get_node(target) else {
                    continue;
                };
                self.inside.push(target.id());
                self.draw(target)?;
                self.inside.pop();
            }
        }
        Ok(())
    }

    /// The parts that an element uses.
    fn used(&self, node: Node<'_, '_>) -> Vec<NodeId> {
        let own = self.references.of.get(&node.id()).into_iter().flatten();
        let own = own.filter_map(|target| part(&self.parts, target));
        let classes = node
            .attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace();
        let names = classes
            .chain(node.attribute("id"))
            .chain([node.tag_name().name()]);
        let styled = names.filter_map(|name| self.by_name.get(name)).flatten();
        own.chain(styled.chain(&self.of_any).copied()).collect()
    }
}

/// The parts that cost something at each use, by their ids. Where two have one id, browsers use the
/// first.
fn parts<'d>(document: &'d Document<'_>) -> HashMap<&'d str, NodeId> {
    let mut parts = HashMap::new();
    for node in document
        .descendants()
        .filter(|node| !COLOURS.contains(&node.tag_name().name()))
    {
        if let Some(id) = node.attribute("id") {
            parts.entry(id).or_insert(node.id());
        }
    }
    parts
}

/// A part by the fragment after the `#`, as it is or percent-decoded.
fn part(parts: &HashMap<&str, NodeId>, target: &str) -> Option<NodeId> {
    let plain = || parts.get(percent_decode_str(target).decode_utf8().ok()?.as_ref());
    parts.get(target).or_else(plain).copied()
}

/// A text as a lenient parser sees it: lower case, without white space and control characters.
fn squeezed(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Base64 with optional padding: not all drawing programs write it.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// The base64 data of a `data:` address that holds a photograph.
fn data(address: &str) -> Option<&str> {
    const KINDS: [&str; 4] = [
        "data:image/png",
        "data:image/jpeg",
        "data:image/jpg",
        "data:image/webp",
    ];
    let (head, data) = address.trim_start().split_once(',')?;
    let (kind, encoding) = head.split_once(';')?;
    let known = KINDS.contains(&kind.to_ascii_lowercase().as_str())
        && encoding.eq_ignore_ascii_case("base64");
    known.then_some(data)
}
