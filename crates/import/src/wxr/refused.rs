//! Problems of files that are no exports: what is wrong, where, and what to do.

use super::is_wordpress;
use crate::loss::excerpt;
use editorial::check::xml_limits::Excess;
use editorial::diagnostics::{Location, Message, Problem};
use roxmltree::{Error, Node};
use std::str::Utf8Error;

/// A file whose encoding is unknown, or that is damaged in the one that it has.
pub(super) fn not_utf8(name: &str, bytes: &[u8], what: &str, error: Option<Utf8Error>) -> Problem {
    let message = if what == "not UTF-8" {
        "the file is not UTF-8".to_owned()
    } else {
        format!("the file should be {what}, and has bytes that stand for nothing there")
    };
    let help = "WordPress exports UTF-8: export it anew, and do not save it with another program; or name its encoding with --encoding";
    at_byte(name, bytes, error, message).help(Message::verbatim(help))
}

/// A file that seems to be in an encoding.
pub(super) fn looks_like(name: &str, bytes: &[u8], error: Utf8Error, encoding: &str) -> Problem {
    let message = format!("the file is not UTF-8: it looks like {encoding}");
    let anew = "export it anew, and do not save it with another program";
    let help = match encoding_rs::Encoding::for_label(encoding.as_bytes()) {
        Some(_) => format!("if that is right, give --encoding {encoding}; else {anew}"),
        None => format!("{anew}; or let a program that knows these fonts make Unicode of it"),
    };
    at_byte(name, bytes, Some(error), message).help(Message::verbatim(help))
}

fn at_byte(name: &str, bytes: &[u8], error: Option<Utf8Error>, message: String) -> Problem {
    match error {
        None => Problem::with_file(name, Message::verbatim(message)),
        Some(error) => {
            let lossy = String::from_utf8_lossy(bytes);
            Problem::at(
                name,
                Location::new(&lossy, error.valid_up_to()),
                Message::verbatim(message),
            )
        }
    }
}

/// A file that is packed and cannot be unpacked.
pub(super) fn packed(name: &str, how: &str) -> Problem {
    Problem::with_file(
        name,
        Message::verbatim(format!(
            "the file is packed ({how}), and it cannot be unpacked"
        )),
    )
    .help(Message::verbatim(
        "unpack it, and give the .xml file that is in it; if that fails, get it once more",
    ))
}

/// A file that would be endless when it is unpacked.
pub(super) fn too_large(name: &str) -> Problem {
    Problem::with_file(
        name,
        Message::verbatim("the file is packed, and has more than 1 GiB when it is unpacked"),
    )
    .help(Message::verbatim(
        "unpack it, and give one .xml file after the other",
    ))
}

/// An archive without an export.
pub(super) fn archive_without_export(name: &str, others: &[String]) -> Problem {
    let names: Vec<String> = others.iter().take(5).map(|name| excerpt(name)).collect();
    let message = if names.is_empty() {
        "there is nothing in this archive".to_owned()
    } else {
        format!(
            "there is no .xml file in this archive: it has {}",
            names.join(", ")
        )
    };
    Problem::with_file(name, Message::verbatim(message)).help(Message::verbatim(
        "in WordPress choose Tools, Export, All content, and give the file that it saves",
    ))
}

/// A file that holds no export at all; `None` where only XML can tell.
pub(super) fn no_export(name: &str, text: &str) -> Option<Problem> {
    let text = text.trim_start();
    let head: String = text.chars().take(4_096).collect();
    let lower = head.to_ascii_lowercase();
    let export = "in WordPress choose Tools, Export, All content, and give the file that it saves";
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Some(page(name, text));
    }
    let first = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if text.trim_matches(['\u{feff}', '\0']).trim().is_empty() {
        let what = Message::verbatim("there is nothing in the file");
        let empty = Problem::at(name, Location::new(text, 0), what);
        return Some(empty.help(Message::verbatim(
            "get it once more: the site or the copy broke off before the first word",
        )));
    }
    if first(&["{", "["]) {
        let what = Message::verbatim(
            "this is JSON, as Ghost and other systems export it, and not a WordPress export",
        );
        let json = Problem::at(name, Location::new(text, 0), what);
        return Some(json.help(Message::verbatim(export)));
    }
    let what = if first(&["Rar!", "7z\u{bc}", "BZh"]) {
        "this is an archive: unpack it, and give the .xml file that is in it"
    } else if first(&["%PDF-"]) {
        "this is a PDF, not an export"
    } else if lower.contains("create table") || lower.contains("mysql dump") {
        "this is a copy of a database, not an export"
    } else if lower.contains(" on line ") && lower.contains("error") {
        "the site wrote an error message in place of the export"
    } else {
        return None;
    };
    Some(Problem::with_file(name, Message::verbatim(what)).help(Message::verbatim(export)))
}

/// A page of the web: mostly the one that asks for a password.
fn page(name: &str, text: &str) -> Problem {
    let between = |text: &str| {
        let title = text.split_once("<title")?.1.split_once('>')?.1;
        Some(title.split_once("</title")?.0.to_owned())
    };
    let title = between(text).map(|title| crate::html::words(&title));
    let title = title.filter(|title| !title.is_empty());
    let shown = title.map_or_else(String::new, |title| format!(" “{}”", excerpt(&title)));
    let message = format!("this is a page{shown}, not a WordPress export");
    Problem::at(name, Location::new(text, 0), Message::verbatim(message)).help(
        Message::verbatim("it is probably the page that asks for a password: log in to WordPress, choose Tools, Export, All content, and save what it offers; give a page to site import html"),
    )
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
    let ends = matches!(
        error,
        Error::UnexpectedEndOfStream | Error::UnclosedRootNode
    );
    let (message, help) = match error {
        Error::DtdDetected => (
            "the file has a <!DOCTYPE>, and with it names could stand for other files or for endless text".to_owned(),
            "WordPress never writes one: export it anew",
        ),
        Error::UnknownEntityReference(entity, _) => (
            format!("the file uses &{entity};, which it does not explain"),
            "WordPress never writes one outside of texts: export it anew",
        ),
        _ if is_cut_off(text, if ends { text.len() } else { start + inside }) => (
            format!("the file ends too early: {reason}"),
            "the export was probably cut off: export it anew, one year or one author at a time",
        ),
        _ => (format!("the file is not well-formed XML: {reason}"), "export it anew; a program may have damaged it"),
    };
    let offset = if ends { text.len() } else { start + inside };
    Problem::at(
        name,
        Location::new(text, offset),
        Message::verbatim(message),
    )
    .help(Message::verbatim(help))
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
    Problem::at(
        name,
        Location::new(text, root.range().start),
        Message::verbatim(message),
    )
    .help(Message::verbatim(help))
}

/// A file that exceeds a limit for XML.
pub(super) fn excessive(name: &str, text: &str, excess: &Excess) -> Problem {
    Problem::at(name, Location::new(text, excess.at), excess.message()).help(Message::verbatim(
        "WordPress never writes that: export it anew",
    ))
}
