//! Puts translations into a text: in place of whole lines with their markup, of single texts between
//! tags, and of sentences.

use super::html::{Piece, pieces, plain, tag_end, tag_name};
use super::parts::{Part, parts};
use super::{Sentences, Translation};
use editorial::json::MOST_BYTES;

/// A text with translations in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Applied {
    /// The text.
    pub(crate) html: String,
    /// How many sentences were found.
    pub(crate) found: usize,
    /// How many letters of the original they have.
    pub(crate) found_letters: usize,
    /// The sentences that stay as they were.
    pub(crate) missing: Vec<String>,
    /// How many letters they have.
    pub(crate) missing_letters: usize,
    /// How many of the translations a machine wrote.
    pub(crate) by_machine: usize,
    /// Whether it is longer than any file of ours, so that the rest of it was left out.
    pub(crate) is_too_long: bool,
}

/// The most bytes that a text grows to: a short sentence that stands in a text often may have an endless
/// translation.
const MOST_LETTERS: usize = 2 * MOST_BYTES;

impl Applied {
    /// Adds what was found in another text of the same version.
    pub(crate) fn count(&mut self, other: &Self) {
        self.found += other.found;
        self.found_letters += other.found_letters;
        self.missing.extend(other.missing.iter().cloned());
        self.missing_letters += other.missing_letters;
        self.by_machine += other.by_machine;
        self.is_too_long |= other.is_too_long;
    }

    fn take(&mut self, original: &str, translation: &Translation) {
        self.found += 1;
        self.found_letters += letters(original);
        self.by_machine += usize::from(translation.machine);
    }

    fn miss(&mut self, original: &str) {
        self.missing_letters += letters(original);
        self.missing.push(plain(original).trim().to_owned());
    }
}

/// The attributes that are read aloud or shown.
const WORDS: [&str; 8] = [
    "alt", "title", "text", "caption", "heading", "label", "subtitle", "content",
];

/// Translates a text.
pub(crate) fn apply(sentences: &Sentences, html: &str) -> Applied {
    let mut applied = Applied::default();
    let mut line = Vec::new();
    for piece in pieces(html) {
        if applied.html.len() > MOST_LETTERS {
            applied.is_too_long = true;
            break;
        }
        if let Piece::Border(border) = piece {
            translate(sentences, &line, &mut applied);
            line.clear();
            let border = attributes(sentences, border, &mut applied);
            applied.html.push_str(&border);
        } else {
            line.push(piece);
        }
    }
    translate(sentences, &line, &mut applied);
    applied
}

/// Translates a line: texts and the marks around them.
fn translate(sentences: &Sentences, line: &[Piece<'_>], applied: &mut Applied) {
    let written: String = line.iter().map(text_of).collect();
    let texts: Vec<&str> = line
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) if has_words(text) => Some(*text),
            _ => None,
        })
        .collect();
    if texts.is_empty() {
        applied.html.push_str(&written);
        return;
    }
    let whole = sentences.get(&written).filter(|_| texts.len() > 1);
    let has_all = texts.iter().all(|text| sentences.get(text).is_some());
    let is_rich = |whole: &&Translation| whole.text.contains('<');
    let has_link = line
        .iter()
        .any(|piece| matches!(piece, Piece::Mark(tag) if tag_name(tag) == "a"));
    let fits = |whole: &&Translation| is_rich(whole) || (!has_all && !has_link);
    if let Some(whole) = whole.filter(fits) {
        applied.take(&written, whole);
        let (html, lost) = with_tags_of(line, &whole.text);
        applied.html.push_str(&around(&written, &html));
        for link in lost {
            applied.miss(&link);
        }
        return;
    }
    for piece in line {
        match piece {
            Piece::Text(text) if has_words(text) => one(sentences, text, applied),
            other => applied.html.push_str(text_of(other)),
        }
    }
}

fn text_of<'a>(piece: &Piece<'a>) -> &'a str {
    let (Piece::Text(text) | Piece::Mark(text) | Piece::Border(text)) = piece;
    text
}

/// Translates one text between tags.
fn one(sentences: &Sentences, text: &str, applied: &mut Applied) {
    if let Some(translation) = sentences.get(text) {
        applied.take(text, translation);
        applied.html.push_str(&around(text, &translation.text));
        return;
    }
    for part in parts(text, |part| sentences.get(part)) {
        if applied.html.len() > MOST_LETTERS {
            applied.is_too_long = true;
            return;
        }
        match part {
            Part::Found(part, translation) => {
                applied.take(part, translation);
                applied.html.push_str(&around(part, &translation.text));
            }
            Part::Missing(part) => {
                if has_words(part) {
                    applied.miss(part);
                }
                applied.html.push_str(part);
            }
        }
    }
}

/// A translation with the spaces that stood around the original.
fn around(original: &str, translation: &str) -> String {
    let begin = original.len() - original.trim_start().len();
    let end = original.trim_end().len();
    let (before, after) = if begin < end {
        (&original[..begin], &original[end..])
    } else {
        ("", "")
    };
    // A line break in a list is no line break of the text.
    let words: Vec<&str> = translation.split_whitespace().collect();
    format!("{before}{}{after}", words.join(" "))
}

/// A translation with the tags of the line that it translates: links lead where they led. Returns the
/// words of links that it lacks, too.
fn with_tags_of(line: &[Piece<'_>], translation: &str) -> (String, Vec<String>) {
    let mut tags: Vec<(&str, String)> = Vec::new();
    let mut links: Vec<String> = Vec::new();
    let mut inside = false;
    for piece in line {
        match piece {
            Piece::Mark(tag) => {
                let name = tag_name(tag);
                if name == "a" {
                    inside = !tag.starts_with("</");
                    links.extend(inside.then(String::new));
                }
                if !tag.starts_with("</") {
                    tags.push((tag, name));
                }
            }
            Piece::Text(text) if inside => {
                if let Some(link) = links.last_mut() {
                    link.push_str(text);
                }
            }
            _ => {}
        }
    }
    let mut html = String::new();
    let mut used = 0;
    let mut rest = translation;
    while let Some(at) = rest.find('<') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = tag_end(rest) else {
            html.push('<');
            rest = &rest[1..];
            continue;
        };
        let own = &rest[..end];
        rest = &rest[end..];
        let name = tag_name(own);
        let of_original = tags.iter().position(|(_, known)| *known == name);
        match of_original.filter(|_| !own.starts_with("</")) {
            Some(at) => {
                html.push_str(tags.remove(at).0);
                used += usize::from(name == "a");
            }
            None => html.push_str(own),
        }
    }
    html.push_str(rest);
    (html, links.split_off(used.min(links.len())))
}

/// A tag or a shortcode with its words translated.
fn attributes(sentences: &Sentences, border: &str, applied: &mut Applied) -> String {
    let is_tag = border.starts_with('<') && !border.starts_with("<!") && !border.starts_with("</");
    let is_code = border.starts_with('[') && !border.starts_with("[/");
    // Nothing that is longer is one tag with words in it.
    let end = if is_tag {
        tag_end(border)
    } else {
        Some(border.len())
    };
    let Some(end) = end.filter(|_| is_tag || is_code) else {
        return border.to_owned();
    };
    let (tag, behind) = border.split_at(end);
    let shown: &[&str] = if is_tag { &WORDS[..2] } else { &WORDS };
    let mut html = String::new();
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let before = &rest[..at];
        let name = before
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        html.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        let Some(quote) = rest.chars().next().filter(|c| "\"'".contains(*c)) else {
            continue;
        };
        let Some(length) = rest[1..].find(quote) else {
            break;
        };
        let value = &rest[1..=length];
        let translation = Some(value).filter(|value| shown.contains(&&*name) && has_words(value));
        html.push(quote);
        match translation.map(|value| (value, sentences.get(value))) {
            Some((value, Some(translation))) => {
                applied.take(value, translation);
                html.push_str(&as_value(&around(value, &translation.text)));
            }
            Some((value, None)) => {
                // The title of a tag is shown by none of our pages.
                if name != "title" || is_code {
                    applied.miss(value);
                }
                html.push_str(value);
            }
            None => html.push_str(value),
        }
        html.push(quote);
        rest = &rest[length + 2..];
    }
    html.push_str(rest);
    html.push_str(behind);
    html
}

/// Words as the value of an attribute.
fn as_value(words: &str) -> String {
    let mut value = String::new();
    for c in plain(words).chars() {
        match c {
            '"' => value.push_str("&quot;"),
            '\'' => value.push_str("&#39;"),
            '<' => value.push_str("&lt;"),
            '>' => value.push_str("&gt;"),
            '&' => value.push_str("&amp;"),
            '[' => value.push_str("&#91;"),
            ']' => value.push_str("&#93;"),
            c => value.push(c),
        }
    }
    value
}

/// Whether a text has words that are to be translated: not a number, and not an address.
pub(crate) fn has_words(text: &str) -> bool {
    let words = plain(text);
    let words = words.trim();
    let is_one = !words.contains(char::is_whitespace);
    let is_address =
        is_one && (words.contains("://") || words.starts_with("www.") || words.contains('@'));
    !is_address && words.chars().any(char::is_alphabetic)
}

/// How many letters a text has.
fn letters(text: &str) -> usize {
    plain(text).chars().filter(|c| c.is_alphabetic()).count()
}
