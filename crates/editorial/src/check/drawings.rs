//! The sign of the portal and the form of its share cards. Both are rendered by the tool as well,
//! without fonts and without photographs, so that they may hold shapes only.

use crate::check::picture_file::measure;
use crate::content::drawings::{CARD, CardBox, CardForm, Holds};
use crate::diagnostics::{Lines, Location, Message, Problem};
use crate::message;
use roxmltree::{Document, Node};

/// Elements that the tool does not render, because they look different on every machine, or are no
/// shapes.
const NO_SHAPES: [&str; 7] = [
    "text", "tspan", "textPath", "tref", "image", "feImage", "flowRoot",
];

/// The least width and height of the title's box in pixels: below, no title is legible on a share
/// card.
const LEAST_TITLE: (f32, f32) = (300.0, 120.0);

/// The least and the largest height of the other words' boxes in pixels.
const HEIGHTS: (f32, f32) = (16.0, 120.0);

/// Checks the sign.
///
/// # Errors
/// All that is wrong with it.
pub fn sign(name: &str, bytes: &[u8]) -> Result<String, Vec<Problem>> {
    let (width, height) = measure(name, bytes)?;
    let text = text(bytes);
    let drawing = Drawing::of(name, text)?;
    let mut problems = drawing.no_shapes();
    if width != height {
        let message = message!(
            "the sign is {width} wide and {height} high, and it has to be as wide as it is high",
            width,
            height
        );
        problems.push(drawing.problem(
            drawing.document.root_element(),
            message,
            message!("widen its viewBox on both sides"),
        ));
    }
    if problems.is_empty() {
        Ok(text.to_owned())
    } else {
        Err(problems)
    }
}

/// Checks the form of share cards, and finds its boxes.
///
/// # Errors
/// All that is wrong with it.
pub fn card(name: &str, bytes: &[u8]) -> Result<CardForm, Vec<Problem>> {
    measure(name, bytes)?;
    let text = text(bytes);
    let drawing = Drawing::of(name, text)?;
    let mut problems = drawing.no_shapes();
    let root = drawing.document.root_element();
    let (width, height) = CARD;
    if numbers(root.attribute("viewBox")) != [0.0, 0.0, f64::from(width), f64::from(height)] {
        let help = message!(
            "write viewBox=\"0 0 {width} {height}\" into <svg …>, and place everything within it",
            width,
            height
        );
        problems.push(drawing.problem(
            root,
            message!(
                "a share card is {width} wide and {height} high",
                width,
                height
            ),
            help,
        ));
    }
    let mut boxes: Vec<CardBox> = Vec::new();
    for node in root.descendants() {
        let Some(holds) = Holds::ALL
            .into_iter()
            .find(|holds| node.attribute("id") == Some(holds.id()))
        else {
            continue;
        };
        match drawing.card_box(node, holds) {
            Ok(found) if boxes.iter().any(|other| other.holds == holds) => {
                let message =
                    message!("there are two boxes called \"{id}\"", id = found.holds.id());
                problems.push(drawing.problem(node, message, message!("delete one of the two")));
            }
            Ok(found) => boxes.push(found),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() && !boxes.iter().any(|found| found.holds == Holds::Title) {
        let help = message!(
            "add <rect id=\"title\" x=\"309\" y=\"206\" width=\"582\" height=\"300\" fill=\"#ffffff\"/>: it is not \
                    drawn, and its colour is that of the words"
        );
        problems.push(drawing.problem(
            root,
            message!("the card does not say where the title stands"),
            help,
        ));
    }
    if problems.is_empty() {
        Ok(CardForm {
            drawing: text.to_owned(),
            boxes,
        })
    } else {
        Err(problems)
    }
}

/// The text of a drawing that was measured, and so is UTF-8.
fn text(bytes: &[u8]) -> &str {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A drawing, and what it is called in problems.
struct Drawing<'a> {
    name: &'a str,
    text: &'a str,
    document: Document<'a>,
}

impl<'a> Drawing<'a> {
    fn of(name: &'a str, text: &'a str) -> Result<Self, Vec<Problem>> {
        let document = Document::parse(text).map_err(|error| {
            vec![Problem::with_file(
                name,
                Message::verbatim(error.to_string()),
            )]
        })?;
        Ok(Self {
            name,
            text,
            document,
        })
    }

    fn problem(&self, node: Node<'_, '_>, message: Message, help: Message) -> Problem {
        let location = Location::among(&Lines::of(self.text), self.text, node.range().start);
        Problem::at(self.name, location, message).help(help)
    }

    /// The elements that are no shapes.
    fn no_shapes(&self) -> Vec<Problem> {
        let nodes = self
            .document
            .descendants()
            .filter(|node| NO_SHAPES.contains(&node.tag_name().name()));
        let problem = |node: Node<'_, '_>| {
            let name = node.tag_name().name();
            let message = message!(
                "<{name}> stands in the drawing, and what is drawn into pictures holds shapes only",
                name
            );
            let help = if name.contains("mage") {
                message!("draw it as shapes")
            } else {
                message!("turn the letters into paths")
            };
            self.problem(node, message, help)
        };
        nodes.map(problem).collect()
    }

    /// A box, where it is one.
    fn card_box(&self, node: Node<'_, '_>, holds: Holds) -> Result<CardBox, Problem> {
        let id = holds.id();
        let wrong = |message: Message, help: Message| Err(self.problem(node, message, help));
        if node.tag_name().name() != "rect" {
            let help = message!(
                "give the id to a <rect> with x, y, width and height, or give this element another id"
            );
            return wrong(
                message!(
                    "\"{id}\" has to be a box, and is a <{element}>",
                    id,
                    element = node.tag_name().name()
                ),
                help,
            );
        }
        if node
            .ancestors()
            .any(|around| around.has_attribute("transform"))
        {
            return wrong(
                message!("the box \"{id}\" is moved by a transform", id),
                message!("place it by x and y alone"),
            );
        }
        #[allow(clippy::cast_possible_truncation, reason = "numbers of pixels")]
        let number = |name: &str| match numbers(node.attribute(name))[..] {
            [value] => Some(value as f32),
            _ => None,
        };
        let (Some(x), Some(y), Some(width), Some(height)) =
            (number("x"), number("y"), number("width"), number("height"))
        else {
            return wrong(
                message!("the box \"{id}\" does not say where it is", id),
                message!("write x, y, width and height as numbers"),
            );
        };
        #[allow(
            clippy::cast_precision_loss,
            reason = "a card has a few hundred pixels"
        )]
        let (right, bottom) = (CARD.0 as f32, CARD.1 as f32);
        if x < 0.0
            || y < 0.0
            || width <= 0.0
            || height <= 0.0
            || x + width > right
            || y + height > bottom
        {
            return wrong(
                message!("the box \"{id}\" is not within the card", id),
                message!("move it, or make it smaller"),
            );
        }
        if holds == Holds::Title && (width < LEAST_TITLE.0 || height < LEAST_TITLE.1) {
            let (width, height) = LEAST_TITLE;
            return wrong(
                message!("the box \"title\" is too small"),
                message!("give it at least {width} by {height}", width, height),
            );
        }
        if !matches!(holds, Holds::Title | Holds::Sign)
            && !(HEIGHTS.0..=HEIGHTS.1).contains(&height)
        {
            let help = message!(
                "its height is the size of the letters: {least} to {most} pixels",
                least = HEIGHTS.0,
                most = HEIGHTS.1
            );
            return wrong(
                message!("the box \"{id}\" is {height} high", id, height),
                help,
            );
        }
        let ink = match (holds, node.attribute("fill")) {
            (Holds::Sign, _) => [0; 3],
            (_, fill) => {
                if let Some(ink) = fill.and_then(colour) {
                    ink
                } else {
                    let help = message!("write fill=\"#ffffff\" with the colour of the words");
                    return wrong(
                        message!(
                            "the box \"{id}\" does not say in which colour its words are",
                            id
                        ),
                        help,
                    );
                }
            }
        };
        Ok(CardBox {
            holds,
            x,
            y,
            width,
            height,
            ink,
            range: node.range(),
        })
    }
}

/// The numbers of an attribute.
fn numbers(value: Option<&str>) -> Vec<f64> {
    let parts = value
        .unwrap_or_default()
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty());
    parts
        .map(|part| part.trim_end_matches("px").parse().unwrap_or(f64::NAN))
        .filter(|number: &f64| number.is_finite())
        .collect()
}

/// A colour that is written as `#rgb` or `#rrggbb`.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text
        .trim()
        .strip_prefix('#')
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let value = |digits: &str| u8::from_str_radix(digits, 16).ok();
    match digits.len() {
        3 => Some([
            value(&digits[..1])? * 17,
            value(&digits[1..2])? * 17,
            value(&digits[2..])? * 17,
        ]),
        6 => Some([
            value(&digits[..2])?,
            value(&digits[2..4])?,
            value(&digits[4..])?,
        ]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(view: &str, inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\">{inside}</svg>")
    }

    fn refusals<T: std::fmt::Debug>(result: Result<T, Vec<Problem>>) -> String {
        let line = |problem: Problem| {
            format!(
                "{} {} {}",
                problem.file,
                problem.message,
                problem.help.as_deref().unwrap_or_default()
            )
        };
        result
            .unwrap_err()
            .into_iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_sign_is_square_and_holds_shapes_only() {
        assert!(
            sign(
                "sign.svg",
                svg("0 0 44 44", "<path d=\"M0 0h44v44z\"/>").as_bytes()
            )
            .is_ok()
        );
        for (view, inside, expected) in [
            (
                "0 0 44 40",
                "<path d=\"M0 0h44v40z\"/>",
                "44 wide and 40 high",
            ),
            (
                "0 0 44 44",
                "<text>VN</text>",
                "turn the letters into paths",
            ),
            (
                "0 0 44 44",
                "<image href=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==\"/>",
                "draw it as shapes",
            ),
            ("0 0 44 44", "<script/>", "<script>"),
        ] {
            let told = refusals(sign("sign.svg", svg(view, inside).as_bytes()));
            assert!(
                told.contains(expected) && told.contains("sign.svg"),
                "{told}"
            );
        }
    }

    #[test]
    fn the_form_of_a_card_says_where_everything_stands_and_in_which_colour() {
        let boxes = "<rect id=\"title\" x=\"10\" y=\"20\" width=\"400\" height=\"200\" fill=\"#fa0\"/>\
                     <g><rect id=\"sign\" x=\"1000\" y=\"20\" width=\"100\" height=\"100\"/></g>";
        let text = format!("\u{feff}{}", svg("0 0 1200 630", boxes));
        let form = card("card.svg", text.as_bytes()).unwrap();
        assert_eq!(
            form.boxes
                .iter()
                .map(|found| found.holds)
                .collect::<Vec<_>>(),
            [Holds::Title, Holds::Sign]
        );
        let title = &form.boxes[0];
        assert_eq!(
            (title.x, title.y, title.width, title.height, title.ink),
            (10.0, 20.0, 400.0, 200.0, [255, 170, 0])
        );
        assert!(form.drawing[title.range.clone()].starts_with("<rect id=\"title\""));
        assert!(form.drawing[title.range.clone()].ends_with("/>"));
    }

    #[test]
    fn what_is_wrong_with_a_card_is_told_with_what_to_do() {
        let title =
            "<rect id=\"title\" x=\"10\" y=\"20\" width=\"400\" height=\"200\" fill=\"#fff\"/>";
        for (view, inside, expected) in [
            (
                "0 0 1200 600",
                title.to_owned(),
                "a share card is 1200 wide and 630 high",
            ),
            (
                "0 0 1200 630",
                String::new(),
                "does not say where the title stands",
            ),
            (
                "0 0 1200 630",
                format!("{title}{title}"),
                "two boxes called \"title\"",
            ),
            (
                "0 0 1200 630",
                title.replace("rect", "circle"),
                "has to be a box",
            ),
            (
                "0 0 1200 630",
                format!("<g transform=\"scale(2)\">{title}</g>"),
                "moved by a transform",
            ),
            (
                "0 0 1200 630",
                title.replace("x=\"10\"", "x=\"10%\""),
                "does not say where it is",
            ),
            (
                "0 0 1200 630",
                title.replace("x=\"10\"", "x=\"900\""),
                "not within the card",
            ),
            (
                "0 0 1200 630",
                title.replace("\"200\"", "\"20\""),
                "too small",
            ),
            (
                "0 0 1200 630",
                title.replace("#fff", "white"),
                "in which colour",
            ),
            (
                "0 0 1200 630",
                format!("{title}{}", title.replace("title", "date")),
                "is 200 high",
            ),
            (
                "0 0 1200 630",
                format!("{title}<text>a</text>"),
                "turn the letters into paths",
            ),
        ] {
            let told = refusals(card("card.svg", svg(view, &inside).as_bytes()));
            assert!(told.contains(expected), "{expected}: {told}");
        }
    }
}
