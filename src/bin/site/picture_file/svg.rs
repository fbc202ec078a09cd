//! What a drawing may hold: shapes, text, and references to its own parts.

use crate::xml_limits;
use roxmltree::{Document, Node};

/// What is wrong with a drawing.
#[derive(Debug)]
pub(crate) struct Flaw {
    /// The byte that it begins at.
    pub(crate) at: usize,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) remedy: String,
}

const EXPORT: &str = "export the drawing as plain SVG, without scripts and links";

/// A drawing's width and height in CSS pixels, or all that is wrong with it.
pub(crate) fn measure(text: &str) -> Result<(u32, u32), Vec<Flaw>> {
    xml_limits::check(text)
        .map_err(|excess| vec![Flaw { at: excess.at, message: excess.message(), remedy: EXPORT.to_owned() }])?;
    let document = Document::parse(text).map_err(|error| vec![broken(text, &error)])?;
    let mut flaws = Vec::new();
    for node in document.descendants() {
        if node.is_pi() {
            flaw(&mut flaws, node.range().start, "an instruction to another program stands in the drawing", EXPORT);
        } else if node.is_element() {
            element(node, &mut flaws);
        }
    }
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        flaw(&mut flaws, root.range().start, "the file is not a drawing: it does not begin with <svg>", EXPORT);
    }
    let size = size(root);
    if size.is_none() && flaws.is_empty() {
        let remedy = "write viewBox=\"0 0 640 400\" with its own numbers into <svg …>";
        flaw(&mut flaws, root.range().start, "the drawing does not say how large it is", remedy);
    }
    size.filter(|_| flaws.is_empty()).ok_or(flaws)
}

fn flaw(flaws: &mut Vec<Flaw>, at: usize, message: impl Into<String>, remedy: &str) {
    flaws.push(Flaw { at, message: message.into(), remedy: remedy.to_owned() });
}

fn broken(text: &str, error: &roxmltree::Error) -> Flaw {
    let at = error.pos();
    let (line, column) = (at.row.saturating_sub(1) as usize, at.col.saturating_sub(1) as usize);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let inside = text[start..].char_indices().nth(column).map_or(0, |(at, _)| at);
    let message = match error {
        roxmltree::Error::DtdDetected => "the drawing has a <!DOCTYPE>, which can hide what it loads".to_owned(),
        error => {
            let reason = error.to_string();
            let reason = reason.rsplit_once(" at ").map_or(reason.as_str(), |(reason, _)| reason);
            format!("the drawing is not well-formed: {reason}")
        }
    };
    Flaw { at: start + inside, message, remedy: EXPORT.to_owned() }
}

fn element(node: Node<'_, '_>, flaws: &mut Vec<Flaw>) {
    let name = node.tag_name().name();
    if ["script", "foreignobject", "iframe", "handler"].contains(&name.to_ascii_lowercase().as_str()) {
        let message = format!("<{name}> stands in the drawing, and a drawing must not run or hold pages");
        flaw(flaws, node.range().start, message, EXPORT);
    }
    for attribute in node.attributes() {
        let (key, value) = (attribute.name(), attribute.value());
        let at = attribute.range().start;
        let is_handler = key.len() > 2 && key.to_ascii_lowercase().starts_with("on");
        if is_handler || squeezed(value).contains("javascript:") {
            flaw(flaws, at, format!("{key}=\"…\" makes the drawing run a script"), EXPORT);
        } else if key == "href" && !is_own(value) {
            flaw(
                flaws,
                at,
                format!("the drawing leads to or loads {value}"),
                "take the link out, or put the picture into the drawing",
            );
        } else if loads(value) {
            flaw(flaws, at, format!("{key}=\"…\" loads another file"), EXPORT);
        }
    }
    if name == "style" && node.descendants().filter_map(|node| node.text()).any(loads) {
        flaw(flaws, node.range().start, "<style> loads another file", EXPORT);
    }
}

/// A text as lenient readers see it: lower case, without white space and control characters.
fn squeezed(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect()
}

/// Whether a reference stays in the drawing: one of its parts, or a photograph that it carries.
fn is_own(target: &str) -> bool {
    let target = squeezed(target);
    target.starts_with('#') || (target.starts_with("data:image/") && !target.starts_with("data:image/svg"))
}

/// Whether a style loads something from outside the drawing.
fn loads(style: &str) -> bool {
    let style = squeezed(style);
    let outside = style.split("url(").skip(1).any(|target| !is_own(target.trim_start_matches(['"', '\''])));
    outside || style.contains("@import") || style.contains("image-set(")
}

/// `width` and `height` in pixels, or else the size of `viewBox`.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let side = |name| root.attribute(name).and_then(|value| pixels(value.trim().trim_end_matches("px")));
    let view: Vec<&str> =
        root.attribute("viewBox").unwrap_or_default().split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let whole = match view[..] {
        [_, _, width, height] => pixels(width).zip(pixels(height)),
        _ => None,
    };
    side("width").zip(side("height")).or(whole)
}

fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    (1.0..=100_000.0).contains(&number).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 64 40'>{inside}</svg>"
        )
    }

    #[test]
    fn a_drawing_is_measured_by_its_sides_or_its_view_box() {
        let size = |attributes: &str| measure(&format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>")).ok();
        assert_eq!(size("width='640' height='400px' viewBox='0 0 64 40'"), Some((640, 400)));
        assert_eq!(size("viewBox='0,0 , 64.4 40'"), Some((64, 40)));
        assert_eq!(size("width='100%' height='100%' viewBox='0 0 64 40'"), Some((64, 40)));
        for bad in ["", "width='640'", "viewBox='0 0 64'", "viewBox='0 0 NaN inf'", "width='-1' height='1'"] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_plain_drawing_may_use_its_own_parts() {
        let inside = "<title>x</title><style>.a{fill:url(#g)}</style><use href='#a'/><rect fill='url(#g)' onx-='' style='fill: url( \"#g\" )'/><image xlink:href='data:image/png;base64,AA'/>";
        assert!(measure(&svg(&inside.replace(" onx-=''", ""))).is_ok());
    }

    #[test]
    fn what_runs_or_loads_is_refused_at_its_place() {
        for bad in [
            "<script/>",
            "<SCRIPT/>",
            "<rect onclick='x'/>",
            "<rect OnLoad='x'/>",
            "<a href='https://a.example/'/>",
            "<a href=' java&#10;script:x'/>",
            "<animate attributeName='href' to='javascript:x'/>",
            "<foreignObject/>",
            "<image href='a.png'/>",
            "<image xlink:href='//a.example/a.png'/>",
            "<use href='a.svg#b'/>",
            "<image href='data:image/svg+xml,x'/>",
            "<a href='data:text/html,x'/>",
            "<style>@import 'a.css';</style>",
            "<style>a{background:url(https://a.example/)}</style>",
            "<style><![CDATA[a{background:URL( 'x.png' )}]]></style>",
            "<rect fill='url(a.svg#b)'/>",
            "<?xml-stylesheet href='a.css'?>",
        ] {
            let text = svg(bad);
            let flaws = measure(&text).expect_err(bad);
            assert!(flaws.iter().all(|flaw| flaw.at >= text.find('>').unwrap()), "{bad}: {flaws:?}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for bad in ["", "<svg", "<html/>", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "\u{1}"] {
            assert!(measure(bad).is_err(), "{bad}");
        }
    }
}
