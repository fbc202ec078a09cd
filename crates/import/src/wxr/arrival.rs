//! Files as they arrive: packed, in old encodings, with lines before and behind the export.
//!
//! What is certain is undone. Everything else is named for what it is.

use super::encodings::decode;
use super::refused;
use crate::loss::{Loss, excerpt};
use editorial::diagnostics::Problem;
use encoding_rs::Encoding;
use std::io::{Cursor, Read};

/// The most bytes that are unpacked of one file.
const MOST_UNPACKED: u64 = 1 << 30;

/// The text of an export, and what was mended in it.
#[derive(Debug)]
pub(super) struct Arrived {
    /// What the file is called in problems.
    pub(super) name: String,
    /// The text, which begins with the export. Its lines are those of the file.
    pub(super) text: String,
    /// What was undone or left out.
    pub(super) notes: Vec<Loss>,
}

/// The exports in a file: one, or all that an archive holds.
pub(super) fn arrive(
    name: &str,
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<Vec<Arrived>, Problem> {
    match bytes {
        [0x1f, 0x8b, ..] => arrive(name, &gunzip(name, bytes)?, encoding),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => unzip(name, bytes)?
            .into_iter()
            .map(|(name, bytes)| text(&name, &bytes, encoding))
            .collect(),
        _ => Ok(vec![text(name, bytes, encoding)?]),
    }
}

/// The text of a file that is no export.
pub(super) fn plain(
    name: &str,
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    notes: &mut Vec<Loss>,
) -> Result<String, Problem> {
    match bytes {
        [0x1f, 0x8b, ..] => decode(name, &gunzip(name, bytes)?, encoding, notes),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Err(refused::packed(name, "ZIP")),
        _ => decode(name, bytes, encoding, notes),
    }
}

fn gunzip(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut unpacked = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes)
        .take(MOST_UNPACKED)
        .read_to_end(&mut unpacked);
    match read {
        Ok(_) if unpacked.len() as u64 == MOST_UNPACKED => Err(refused::too_large(name)),
        // A file that is packed twice would be read without end.
        Ok(_) if unpacked.starts_with(&[0x1f, 0x8b]) => Err(refused::packed(name, "gzip")),
        Ok(_) => Ok(unpacked),
        Err(_) => Err(refused::packed(name, "gzip")),
    }
}

/// The exports in an archive: its files that end in `.xml`.
fn unzip(name: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let broken = || refused::packed(name, "ZIP");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    names.sort();
    let is_export = |name: &String| {
        let leaf = name.rsplit('/').next().unwrap_or_default();
        leaf.to_ascii_lowercase().ends_with(".xml") && !leaf.starts_with("._")
    };
    let (wanted, others): (Vec<String>, Vec<String>) = names.into_iter().partition(is_export);
    if wanted.is_empty() {
        return Err(refused::archive_without_export(name, &others));
    }
    let mut left = MOST_UNPACKED;
    let mut files = Vec::new();
    for inner in wanted {
        let mut unpacked = Vec::new();
        let file = archive.by_name(&inner).map_err(|_| broken())?;
        file.take(left)
            .read_to_end(&mut unpacked)
            .map_err(|_| broken())?;
        left -= unpacked.len() as u64;
        if left == 0 {
            return Err(refused::too_large(name));
        }
        files.push((format!("{name}/{}", excerpt(&inner)), unpacked));
    }
    Ok(files)
}

/// The text of one export.
fn text(name: &str, bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Arrived, Problem> {
    let mut notes = Vec::new();
    let text = decode(name, bytes, encoding, &mut notes)?;
    let text = without_lead(name, text, &mut notes)?;
    let text = without_rest(text, &mut notes);
    Ok(Arrived {
        name: name.to_owned(),
        text,
        notes,
    })
}

/// Blanks out what stands before the export: byte order marks, empty lines, messages of PHP, a
/// page. The declaration goes with them, because it may stand at the beginning only.
fn without_lead(name: &str, text: String, notes: &mut Vec<Loss>) -> Result<String, Problem> {
    let begins = |text: &str| text.find("<rss").filter(|at| is_tag(&text[at + 4..]));
    let Some(root) = begins(&text) else {
        return refused::no_export(name, &text).map_or(Ok(text), Err);
    };
    let start = text[..root].rfind("<?xml").unwrap_or(root);
    let lead = &text[..start];
    let lower = lead.to_ascii_lowercase();
    let declares = lower.contains("<!entity")
        || (lower.contains("<!doctype") && !lower.contains("<!doctype html"));
    if declares || text[start..root].contains("<!DOCTYPE") {
        return Ok(text);
    }
    if let Some(note) = stood_there(lead, "before") {
        notes.push(note);
    }
    let declaration = text[start..root]
        .find("?>")
        .map_or(start, |at| start + at + 2);
    Ok(blank(&text, declaration))
}

fn is_tag(behind: &str) -> bool {
    behind.starts_with(|c: char| c.is_whitespace() || c == '>')
}

/// The text with spaces in place of what stands before a byte. Its lines stay.
fn blank(text: &str, until: usize) -> String {
    let lead = text[..until]
        .chars()
        .map(|c| if c == '\n' { c } else { ' ' });
    lead.chain(text[until..].chars()).collect()
}

/// Cuts off what stands behind the export.
fn without_rest(mut text: String, notes: &mut Vec<Loss>) -> String {
    const END: &str = "</rss>";
    let Some(at) = text.rfind(END) else {
        return text;
    };
    let rest = &text[at + END.len()..];
    if !rest.contains("]]>") {
        notes.extend(stood_there(rest, "behind"));
        text.truncate(at + END.len());
    }
    text
}

/// The note on other words around an export; `None` where there are none.
fn stood_there(around: &str, place: &str) -> Option<Loss> {
    let words = crate::html::words(around);
    let words = words.trim().trim_matches('\u{feff}');
    if words.is_empty() {
        return None;
    }
    let lower = around.to_ascii_lowercase();
    let php = [
        "notice",
        "warning",
        "deprecated",
        "fatal error",
        "parse error",
    ];
    let is_php = lower.contains(" on line ") && php.iter().any(|word| lower.contains(word));
    let what = if is_php {
        format!(
            "the site wrote an error message into the file, {place} the export: it was left out"
        )
    } else if lower.contains("<html") {
        format!("a page stands {place} the export: it was left out")
    } else {
        format!("other words stand {place} the export: they were left out")
    };
    Some(Loss::new(what, words))
}
