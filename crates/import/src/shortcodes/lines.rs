//! Lines as WordPress shows them: an empty line ends a paragraph, and an address alone on a line is
//! embedded or linked.

use super::{escaped, frame};
use std::collections::HashMap;

/// Hosts whose pages WordPress embeds where the address stands alone on a line.
const SHOWN: [&str; 12] = [
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "tiktok.com",
    "soundcloud.com",
    "spotify.com",
    "dailymotion.com",
    "flickr.com",
];

/// Embeds or links addresses that stand alone on their lines.
pub(super) fn addresses(html: &str) -> String {
    let line = |line: &str| {
        let words = line.trim();
        let alone = words
            .strip_prefix("<p>")
            .and_then(|words| words.strip_suffix("</p>"))
            .unwrap_or(words)
            .trim();
        let is_address = alone.starts_with("https://") || alone.starts_with("http://");
        if !is_address || alone.contains(|c: char| c.is_whitespace() || "<>\"'[]".contains(c)) {
            return line.to_owned();
        }
        let address = alone.replace("&amp;", "&");
        let host = address
            .split('/')
            .nth(2)
            .unwrap_or_default()
            .trim_start_matches("www.")
            .trim_start_matches("m.");
        if SHOWN.contains(&host) {
            frame(&address)
        } else {
            let address = escaped(&address);
            format!("<p><a href=\"{address}\">{address}</a></p>")
        }
    };
    html.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Elements in which line breaks mean nothing.
const WITHOUT_LINES: [&str; 14] = [
    "pre", "script", "style", "table", "ul", "ol", "dl", "select", "form", "textarea", "svg",
    "object", "figure", "video",
];

/// Turns empty lines into ends of paragraphs and other line breaks into `<br>`, except in
/// [`WITHOUT_LINES`].
pub(super) fn paragraphs(html: &str) -> String {
    let html = html.replace("\r\n", "\n").replace('\r', "\n");
    let mut shown = String::with_capacity(html.len() + html.len() / 8);
    let mut open: Vec<&str> = Vec::new();
    // How often each is open: `open` is searched only for an element that is in it.
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut rest = html.as_str();
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (words, after) = rest.split_at(at);
        if open.is_empty() {
            lines(words, &mut shown);
        } else {
            shown.push_str(words);
        }
        let end = if after.starts_with("<!--") {
            after.find("-->").map(|at| at + 3)
        } else {
            after.find('>').map(|at| at + 1)
        };
        let (tag, following) = after.split_at(end.unwrap_or(after.len()));
        shown.push_str(tag);
        rest = following;
        let (is_end, name) = tag
            .strip_prefix("</")
            .map_or((false, tag.strip_prefix('<').unwrap_or_default()), |name| {
                (true, name)
            });
        let name = &name[..name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len())];
        let known = WITHOUT_LINES
            .iter()
            .find(|known| known.eq_ignore_ascii_case(name));
        match known {
            Some(known) if is_end && counts.get(known).is_some_and(|count| *count > 0) => {
                while let Some(closed) = open.pop() {
                    counts.entry(closed).and_modify(|count| *count -= 1);
                    if closed == *known {
                        break;
                    }
                }
            }
            Some(known) if !is_end && !tag.ends_with("/>") => {
                open.push(known);
                *counts.entry(known).or_default() += 1;
            }
            _ => {}
        }
    }
    shown
}

fn lines(words: &str, shown: &mut String) {
    let mut ends = 0;
    for c in words.chars() {
        match c {
            '\n' => ends += 1,
            ' ' | '\t' | '\u{a0}' if ends > 0 => {}
            c => {
                end_lines(ends, shown);
                ends = 0;
                shown.push(c);
            }
        }
    }
    end_lines(ends, shown);
}

fn end_lines(ends: usize, shown: &mut String) {
    match ends {
        0 => {}
        1 => shown.push_str("<br>"),
        // An empty block ends the paragraph, also within marks.
        _ => shown.push_str("<div></div>"),
    }
}
