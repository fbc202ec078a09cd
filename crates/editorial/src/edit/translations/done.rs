//! `site translations done`: records which original a translation was made from. Only that key
//! changes; everything else in the file stays as the editor wrote it.

use crate::content::stamp;
use crate::diagnostics::{Failure, Stop, shown};
use crate::edit::article_folder::{self, ArticleFolder, no_json};
use crate::json::{Kind, Node, tree};
use crate::message;
use model::Lang;
use std::fs;
use std::path::Path;

const KEY: &str = "translated_from";

/// Records the current stamp of the original, and returns a sentence about it.
///
/// # Errors
/// Where there is no such translation, a file is not JSON, or it cannot be read or written.
pub fn done(content: &Path, article: &str, lang: Lang) -> Result<String, Stop> {
    let folder = ArticleFolder::find(content, article)?;
    let original = folder.original()?;
    if lang == original {
        return Err(Stop::refused(message!(
            "{lang} is the original of {article}: it was translated from nothing",
            lang = lang.tag(),
            article
        )));
    }
    let file = folder.file(lang);
    if !file.is_file() {
        return Err(Stop::refused(message!(
            "there is no {file}: `site new translation {article} {lang}` makes it",
            file = shown(&file),
            article,
            lang = lang.tag()
        )));
    }
    let stamp = folder.stamp(original)?;
    let text = fs::read_to_string(&file).map_err(|error| Failure::io("read", &file, &error))?;
    let changed = with_stamp(&text, &stamp).ok_or_else(|| no_json(&file))?;
    article_folder::replace(&file, changed.as_bytes())?;
    Ok(format!(
        "{}: made from {}.json as it is now ({stamp})",
        shown(&file),
        original.tag()
    ))
}

/// The text with the key set to this stamp: replaced in place, or else inserted as the first key
/// after `$schema`. `None` where the text is no JSON object.
fn with_stamp(text: &str, stamp: &str) -> Option<String> {
    debug_assert!(stamp::is_stamp(stamp), "{stamp} is no stamp");
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let Node {
        range,
        kind: Kind::Object(members),
    } = tree(text)?
    else {
        return None;
    };
    if let Some(member) = members.iter().find(|member| member.key == KEY) {
        let value = &member.value.range;
        return Some(format!(
            "{mark}{}\"{stamp}\"{}",
            &text[..value.start],
            &text[value.end..]
        ));
    }
    let entry = format!("\"{KEY}\": \"{stamp}\"");
    let Some(first) = members.first() else {
        return Some(format!(
            "{mark}{}{{ {entry} }}{}",
            &text[..range.start],
            &text[range.end..]
        ));
    };
    // The white space between the bracket and the first key is how this file breaks its lines.
    let lead = &text[range.start + 1..first.key_range.start];
    let (at, entry) = if first.key == "$schema" {
        (first.value.range.end, format!(",{lead}{entry}"))
    } else {
        (
            first.key_range.start,
            format!("{entry},{}", if lead.is_empty() { " " } else { lead }),
        )
    };
    Some(format!("{mark}{}{entry}{}", &text[..at], &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::with_stamp;

    #[test]
    fn only_the_stamp_changes_in_a_file() {
        let new = "0123456789";
        for (before, after) in [
            (
                "{\n  \"lead\": \"đ\",\n  \"translated_from\":   \"aaaaaaaaaa\" ,\n  \"body\": [ ]\n}",
                "{\n  \"lead\": \"đ\",\n  \"translated_from\":   \"0123456789\" ,\n  \"body\": [ ]\n}",
            ),
            (
                "{\r\n\t\"lead\": \"a\"\r\n}\r\n",
                "{\r\n\t\"translated_from\": \"0123456789\",\r\n\t\"lead\": \"a\"\r\n}\r\n",
            ),
            (
                "{\n  \"$schema\": \"x\",\n  \"lead\": \"a\"\n}\n",
                "{\n  \"$schema\": \"x\",\n  \"translated_from\": \"0123456789\",\n  \"lead\": \"a\"\n}\n",
            ),
            (
                "{\"$schema\":\"x\"}",
                "{\"$schema\":\"x\",\"translated_from\": \"0123456789\"}",
            ),
            (
                "\u{feff}{ }",
                "\u{feff}{ \"translated_from\": \"0123456789\" }",
            ),
        ] {
            assert_eq!(with_stamp(before, new).unwrap(), after);
            serde_json::from_str::<serde_json::Value>(after.trim_start_matches('\u{feff}'))
                .unwrap();
        }
        assert_eq!(with_stamp("[]", new), None);
        assert_eq!(with_stamp("{", new), None);
    }
}
