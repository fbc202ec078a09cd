//! Wagtail's rich text, in which links and pictures are numbers, as HTML.

use super::elements::{figure, player};
use super::library::Library;
use crate::adapter::escaped;
use import::Loss;

/// A rich text as HTML.
pub(super) fn html(text: &str, library: &Library<'_>, losses: &mut Vec<Loss>) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        html.push_str(before);
        let Some(tag) = Tag::read(from) else {
            html.push('<');
            rest = &from[1..];
            continue;
        };
        rest = &from[tag.length..];
        match tag.name.as_str() {
            "a" if tag.has("linktype") => html.push_str(&link(&tag, library, losses)),
            "embed" if tag.has("embedtype") => html.push_str(&embed(&tag, library, losses)),
            _ => html.push_str(&from[..tag.length]),
        }
    }
    html.push_str(rest);
    html
}

/// The beginning of a link. Its words and its end follow.
fn link(tag: &Tag, library: &Library<'_>, losses: &mut Vec<Loss>) -> String {
    let kind = tag.get("linktype");
    let found = tag.number().and_then(|id| match kind {
        "page" => library.page(id, losses),
        "document" => library.document(id),
        _ => None,
    });
    if let Some(target) = found {
        return format!("<a href=\"{}\">", escaped(&target.address));
    }
    let what = format!(
        "a link became words alone, because nobody sees where it leads: {kind} {}",
        tag.get("id")
    );
    losses.push(Loss::new(what, ""));
    "<a>".to_owned()
}

fn embed(tag: &Tag, library: &Library<'_>, losses: &mut Vec<Loss>) -> String {
    match tag.get("embedtype") {
        "image" => {
            let found = tag.number().and_then(|id| library.picture(id));
            if let Some(mut picture) = found {
                let alternative = tag.get("alt").trim();
                if !alternative.is_empty() {
                    alternative.clone_into(&mut picture.alternative);
                }
                return figure(&picture);
            }
            let what = format!(
                "a picture that the API does not show was left out: image {}",
                tag.get("id")
            );
            losses.push(Loss::new(what, tag.get("alt")));
            String::new()
        }
        "media" => player(tag.get("url"), ""),
        other => {
            let what = format!("something of an unknown kind within a text was left out: {other}");
            losses.push(Loss::new(what, tag.get("id")));
            String::new()
        }
    }
}

/// A tag that opens an element.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// Its length in bytes.
    length: usize,
}

impl Tag {
    /// The tag at the beginning of a text; `None` where there is none.
    fn read(text: &str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let end = |rest: &str| text.len() - rest.len();
        let name: String = inside
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut rest = &inside[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(behind) = rest.strip_prefix('>') {
                return Some(Self {
                    name: name.to_ascii_lowercase(),
                    attributes,
                    length: end(behind),
                });
            }
            let to = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c))?;
            let key = rest[..to].to_ascii_lowercase();
            rest = rest[to..].trim_start();
            let mut value = "";
            if let Some(behind) = rest.strip_prefix('=') {
                (value, rest) = value_of(behind.trim_start())?;
            } else if to == 0 {
                return None;
            }
            attributes.push((key, unescaped(value)));
        }
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| known == name)
    }

    fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    fn number(&self) -> Option<u64> {
        self.get("id").parse().ok()
    }
}

/// The value of an attribute, and what comes behind it.
fn value_of(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote);
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
    Some(text.split_at(end))
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wagtail::tests::with_library;

    #[test]
    fn numbers_become_addresses() {
        for (text, expected) in [
            (
                "<p>a <b>b</b> <a href=\"https://x.example/?a&amp;b\">c</a></p>",
                "<p>a <b>b</b> <a href=\"https://x.example/?a&amp;b\">c</a></p>",
            ),
            (
                "<a linktype=\"page\" id=\"3\">x</a>",
                "<a href=\"https://a.example/vi/port/x/\">x</a>",
            ),
            (
                "<a id='9' linktype='document'>x</a>",
                "<a href=\"https://a.example/documents/9/plan.pdf\">x</a>",
            ),
            (
                "<embed alt=\"B &amp; &quot;C&quot;\" embedtype=\"image\" format=\"left\" id=\"1\"/>",
                "<figure><img src=\"https://a.example/media/cang.jpg\" alt=\"B &amp; &quot;C&quot;\"></figure>",
            ),
            (
                "<embed embedtype=\"image\" id=\"1\" alt=\"\"/>",
                "<figure><img src=\"https://a.example/media/cang.jpg\" alt=\"Tàu\"></figure>",
            ),
            (
                "<embed embedtype=\"media\" url=\"https://youtu.be/a?b&amp;c\"/>",
                "<iframe src=\"https://youtu.be/a?b&amp;c\"></iframe>",
            ),
            ("1 < 2 <3 <", "1 < 2 <3 <"),
            ("<a linktype=\"page", "<a linktype=\"page"),
            ("<p =>x</p>", "<p =>x</p>"),
        ] {
            let (html, losses) = with_library(|library, losses| html(text, library, losses));
            assert_eq!(html, expected);
            assert_eq!(losses, [], "{text}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_named() {
        for (text, expected, part) in [
            (
                "<a linktype=\"page\" id=\"77\">x</a>",
                "<a>x</a>",
                "page 77",
            ),
            (
                "<a linktype=\"author\" id=\"3\">x</a>",
                "<a>x</a>",
                "author 3",
            ),
            ("<embed embedtype=\"image\" id=\"77\"/>", "", "image 77"),
            ("<embed embedtype=\"poll\" id=\"7\"/>", "", "poll"),
        ] {
            let (html, losses) = with_library(|library, losses| html(text, library, losses));
            assert_eq!(html, expected);
            assert_eq!(losses.len(), 1);
            assert!(losses[0].what.contains(part), "{losses:?}");
        }
    }
}
