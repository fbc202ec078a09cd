//! Parses a drawing as XML: UTF-8, without a document type, and with limited nesting.

use super::{Flaw, export_plain};
use crate::check::xml_limits;
use crate::message;
use roxmltree::{Document, Error, ParsingOptions};

/// How many elements and texts a drawing may have. A drawing of 10 MB has fewer.
const MOST_NODES: u32 = 1_000_000;

/// How deep its elements may be nested. Browsers have a limit some hundreds higher.
const MOST_DEEP: usize = 256;

/// Reads a drawing.
pub(super) fn read(text: &str) -> Result<Document<'_>, Flaw> {
    if let Some(flaw) = other_encoding(text) {
        return Err(flaw);
    }
    xml_limits::check(text)
        .map_err(|excess| Flaw::new(excess.at, excess.message(), export_plain()))?;
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text, options).map_err(|error| broken(text, &error))?;
    let too_deep = document
        .descendants()
        .find(|node| node.is_element() && node.ancestors().nth(MOST_DEEP).is_some());
    if let Some(node) = too_deep {
        let message = message!(
            "the elements are nested more than {most} deep",
            most = MOST_DEEP
        );
        return Err(Flaw::new(
            node.range().start,
            message,
            message!("ungroup the drawing, and export it anew"),
        ));
    }
    Ok(document)
}

/// The flaw of an XML declaration with another encoding or version, which browsers would follow.
fn other_encoding(text: &str) -> Option<Flaw> {
    let start = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (line, _) = start.strip_prefix("<?xml")?.split_once("?>")?;
    let help = message!("save it as plain SVG in UTF-8");
    let said = |key: &str| {
        let (_, value) = line.split_once(key)?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|quote| ['"', '\''].contains(quote))?;
        value[1..].split_once(quote).map(|(value, _)| value)
    };
    if let Some(encoding) =
        said("encoding").filter(|encoding| !encoding.eq_ignore_ascii_case("utf-8"))
    {
        return Some(Flaw::new(
            0,
            message!(
                "the drawing says that it is in {encoding}",
                encoding = super::short(encoding)
            ),
            help,
        ));
    }
    let version = said("version").filter(|&version| version != "1.0")?;
    Some(Flaw::new(
        0,
        message!(
            "the drawing is in XML {version}",
            version = super::short(version)
        ),
        message!("save it as plain SVG in XML 1.0"),
    ))
}

fn broken(text: &str, error: &Error) -> Flaw {
    let at = error.pos();
    let (line, column) = (
        at.row.saturating_sub(1) as usize,
        at.col.saturating_sub(1) as usize,
    );
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let inside = text[start..]
        .char_indices()
        .nth(column)
        .map_or(0, |(at, _)| at);
    match error {
        Error::DtdDetected => {
            let message = message!("the drawing has a <!DOCTYPE>, which can hide what it loads");
            Flaw::new(
                start + inside,
                message,
                message!("delete <!DOCTYPE …>, which no browser needs, or export it as plain SVG"),
            )
        }
        Error::NodesLimitReached => {
            let message = message!("the drawing has more than {most} parts", most = MOST_NODES);
            Flaw::new(
                0,
                message,
                message!("make it simpler, or publish it as a photograph"),
            )
        }
        error => {
            let reason = error.to_string();
            let reason = reason
                .rsplit_once(" at ")
                .map_or(reason.as_str(), |(reason, _)| reason);
            Flaw::new(
                start + inside,
                message!("the drawing is not well-formed: {reason}", reason),
                export_plain(),
            )
        }
    }
}
