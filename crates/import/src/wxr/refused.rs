//! Problems of files that are no exports: what is wrong, where, and what to do.

use super::is_wordpress;
use crate::loss::excerpt;
use editorial::check::xml_limits::Excess;
use editorial::diagnostics::Location;
use editorial::diagnostics::Problem;
use roxmltree::{Error, Node};

/// A file that is not UTF-8.
pub(super) fn not_utf8(name: &str, bytes: &[u8], error: std::str::Utf8Error) -> Problem {
    let lossy = String::from_utf8_lossy(bytes);
    let help = "WordPress exports UTF-8: export it anew, and do not save it with another program";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Problem::with_file(name, "the file is UTF-16, not UTF-8").help(help);
    }
    Problem::at(
        name,
        Location::new(&lossy, error.valid_up_to()),
        "the file is not UTF-8",
    )
    .help(help)
}

/// A file that is no XML.
pub(super) fn broken(name: &str, text: &str, error: &Error) -> Problem {
    let at = error.pos();
    let (line, column) = (
        at.row.saturating_sub(1) as usize,
        at.col.saturating_sub(1) as usize,
    );
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let inside = text
        .get(start..)
        .and_then(|rest| rest.char_indices().nth(column))
        .map_or(0, |(at, _)| at);
    let reason = error.to_string();
    let reason = reason
        .rsplit_once(" at ")
        .map_or(reason.as_str(), |(reason, _)| reason);
    let (message, help) = match error {
        Error::DtdDetected => (
            "the file has a <!DOCTYPE>, and with it names could stand for other files or for endless text".to_owned(),
            "WordPress never writes one: export it anew",
        ),
        Error::UnknownEntityReference(entity, _) => (
            format!("the file uses &{entity};, which it does not explain"),
            "WordPress never writes one outside of texts: export it anew",
        ),
        _ if is_cut_off(text, start + inside) => (
            format!("the file ends too early: {reason}"),
            "the export was probably cut off: export it anew, one year or one author at a time",
        ),
        _ => (format!("the file is not well-formed XML: {reason}"), "export it anew; a program may have damaged it"),
    };
    let ends = matches!(
        error,
        Error::UnexpectedEndOfStream | Error::UnclosedRootNode
    );
    let offset = if ends { text.len() } else { start + inside };
    Problem::at(name, Location::new(text, offset), message).help(help)
}

/// Whether a file was cut off: it does not end as an export does, and the error is near its end.
fn is_cut_off(text: &str, error: usize) -> bool {
    let rest = text.get(error..).unwrap_or_default();
    let is_whole = text.trim_end().ends_with("</rss>") || !rest.chars().take(200).eq(rest.chars());
    !is_whole && (text.trim().is_empty() || text.contains("<rss") || text.contains("<?xml"))
}

/// A file that is XML but no export. The message depends on what it is.
pub(super) fn foreign(name: &str, text: &str, root: Node<'_, '_>) -> Problem {
    let what = root.tag_name().name();
    let of_wordpress = |node: Node<'_, '_>| node.tag_name().namespace().is_some_and(is_wordpress);
    let is_export = what == "rss" && root.descendants().any(of_wordpress);
    let (message, help) = match what {
        "rss" if is_export => (
            "the export does not say which version it is: <wp:wxr_version> is missing below <channel>".to_owned(),
            "if another program wrote the file, put <wp:wxr_version>1.2</wp:wxr_version> behind <channel>; else export it anew",
        ),
        "rss" | "feed" | "RDF" => (
            format!("this is not a WordPress export: <{what}> is a feed, which holds the newest texts only"),
            "in WordPress choose Tools, Export, All content, and give the file that it saves",
        ),
        "html" => (
            "this is not a WordPress export: <html> is a page".to_owned(),
            "give a page to site import html; for an export choose Tools, Export, All content in WordPress",
        ),
        _ => (
            format!("this is not a WordPress export: <{}> is something else", excerpt(what)),
            "in WordPress choose Tools, Export, All content, and give the file that it saves",
        ),
    };
    Problem::at(name, Location::new(text, root.range().start), message).help(help)
}

/// A file that exceeds a limit for XML.
pub(super) fn excessive(name: &str, text: &str, excess: &Excess) -> Problem {
    Problem::at(name, Location::new(text, excess.at), excess.message())
        .help("WordPress never writes that: export it anew")
}
