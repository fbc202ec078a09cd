//! Turns what WordPress stores into the HTML that it shows: expands shortcodes, addresses on lines
//! of their own, and paragraphs that are separated by empty lines.

mod ends;
mod lines;

use super::loss::{Loss, excerpt};
use ends::Ends;
use lines::{addresses, paragraphs};
use std::collections::HashSet;
use std::fmt::Write;

/// A shortcode of a text: `[name key="value"]`.
struct Shortcode<'a> {
    name: &'a str,
    attributes: Vec<(String, String)>,
    /// The offset of its end in the text, in bytes.
    end: usize,
    closes: bool,
}

impl Shortcode<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The HTML of a text. `gallery` makes the HTML of the pictures with these numbers, or of all
/// pictures of the text where there are none.
pub fn expand(content: &str, gallery: &dyn Fn(&[u64]) -> String, losses: &mut Vec<Loss>) -> String {
    let expanded = shortcodes(content, gallery, losses);
    // The block editor writes its paragraphs itself.
    if content.contains("<!-- wp:") {
        addresses(&expanded)
    } else {
        paragraphs(&addresses(&expanded))
    }
}

/// The longest opening of a shortcode, in bytes. Anything longer is words in brackets.
const MOST_BYTES: usize = 4_096;

fn shortcodes(content: &str, gallery: &dyn Fn(&[u64]) -> String, losses: &mut Vec<Loss>) -> String {
    let mut html = String::with_capacity(content.len());
    let mut ends = Ends::of(content);
    let mut opened: HashSet<&str> = HashSet::new();
    let mut has_all_pictures = false;
    let mut at = 0;
    while let Some(found) = content[at..].find('[') {
        html.push_str(&content[at..at + found]);
        at += found;
        let rest = &content[at..];
        // Two brackets escape a shortcode that is only shown.
        if let Some(end) = rest.starts_with("[[").then(|| ends.double(at)).flatten() {
            html.push_str(&content[at + 1..end - 1]);
            at = end;
            continue;
        }
        let Some(code) = shortcode(rest) else {
            html.push('[');
            at += 1;
            continue;
        };
        let begin = at + code.end;
        let close = if code.closes {
            None
        } else {
            ends.of_name(code.name, begin)
        };
        let inner = close.map(|close| &content[begin..close]);
        let whole = close.map_or(begin, |close| close + code.name.len() + "[/]".len());
        let mut next = whole;
        match (code.name, inner) {
            ("caption" | "wp_caption", Some(inner)) => html.push_str(&caption(&code, inner)),
            ("gallery", _) => {
                let ids = numbers(code.get("ids").or(code.get("include")).unwrap_or_default());
                if ids.is_empty() && has_all_pictures {
                    losses.push(Loss::new(
                        "a gallery of all pictures of the text was there again: it was left out",
                        "",
                    ));
                } else {
                    has_all_pictures |= ids.is_empty();
                    html.push_str(&gallery(&ids));
                }
            }
            ("embed" | "youtube", Some(inner)) => html.push_str(&frame(inner.trim())),
            ("audio" | "video" | "playlist", _) => {
                let source = [
                    "src", "mp4", "webm", "mp3", "m4v", "m4a", "ogg", "ogv", "wav",
                ]
                .iter()
                .find_map(|key| code.get(key));
                let element = if code.name == "audio" {
                    "audio"
                } else {
                    "video"
                };
                let _ = write!(
                    html,
                    "<{element} src=\"{}\"></{element}>",
                    escaped(source.unwrap_or_default())
                );
            }
            (name, _) if code.closes && opened.contains(&name) => next = begin,
            (name, _) if is_evident(&code, inner.is_some()) => {
                opened.insert(name);
                losses.push(Loss::new(
                    format!(
                        "the shortcode [{}] was left out, what stood in it stays",
                        excerpt(name)
                    ),
                    &content[at..whole],
                ));
                next = begin;
            }
            _ => {
                html.push('[');
                next = at + 1;
            }
        }
        at = next;
    }
    html.push_str(&content[at..]);
    html
}

/// The numbers of a list, each once.
fn numbers(list: &str) -> Vec<u64> {
    let mut known = HashSet::new();
    list.split(',')
        .filter_map(|id| id.trim().parse().ok())
        .filter(|id| known.insert(*id))
        .collect()
}

/// Whether brackets are a shortcode and not only words in brackets.
fn is_evident(code: &Shortcode<'_>, has_end: bool) -> bool {
    has_end || code.closes || !code.attributes.is_empty() || code.name.contains(['_', '-'])
}

/// The shortcode at the beginning of a text, opening or closing.
fn shortcode(text: &str) -> Option<Shortcode<'_>> {
    let end = (MOST_BYTES.min(text.len())..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    let text = &text[..end];
    let inside = text.strip_prefix('[')?;
    let (closes, inside) = inside
        .strip_prefix('/')
        .map_or((false, inside), |rest| (true, rest));
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let length = inside.find(|c| !is_name(c))?;
    let (name, rest) = inside.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !rest.starts_with([' ', '\n', '\t', '\u{a0}', ']', '/'])
    {
        return None;
    }
    let mut attributes = Vec::new();
    let mut rest = rest;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix(']') {
            return Some(Shortcode {
                name,
                attributes,
                end: text.len() - after.len(),
                closes,
            });
        }
        let key_end = rest.find(|c: char| !is_name(c))?;
        if key_end == 0 {
            // A value without a name, or what is no shortcode after all.
            let value = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
            rest = value?.1;
            continue;
        }
        let (key, after) = rest.split_at(key_end);
        rest = after;
        if let Some(value) = after.strip_prefix('=') {
            let (value, after) = match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split_once(quote)?,
                _ => {
                    value.split_at(value.find(|c: char| c.is_whitespace() || c == ']' || c == '[')?)
                }
            };
            attributes.push((key.to_ascii_lowercase(), value.to_owned()));
            rest = after;
        }
    }
}

/// A picture with its caption: `[caption]<a><img></a> words[/caption]`, or with the words in the
/// shortcode.
fn caption(code: &Shortcode<'_>, inner: &str) -> String {
    let image = inner
        .rfind("<img")
        .and_then(|at| Some(at + inner[at..].find('>')? + 1))
        .unwrap_or(inner.len());
    let link = inner[image..]
        .trim_start()
        .strip_prefix("</a>")
        .map(|rest| inner.len() - rest.len());
    let (picture, words) = inner.split_at(link.unwrap_or(image));
    let words = code
        .get("caption")
        .filter(|_| words.trim().is_empty())
        .unwrap_or(words);
    format!(
        "<figure>{picture}<figcaption>{}</figcaption></figure>",
        words.trim()
    )
}

fn frame(address: &str) -> String {
    format!("<iframe src=\"{}\"></iframe>", escaped(address))
}

/// Escapes a text for the value of an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn expanded(content: &str) -> (String, Vec<String>) {
        let mut losses = Vec::new();
        let html = expand(content, &|ids| format!("<gallery {ids:?}>"), &mut losses);
        (html, losses.into_iter().map(|loss| loss.what).collect())
    }

    #[test]
    fn what_wordpress_shows_is_what_is_read() {
        for (content, html) in [
            ("a\n\nb\nc", "a<div></div>b<br>c"),
            ("a\r\n \r\nb", "a<div></div>b"),
            (
                "<ul>\n<li>a\n\nb</li>\n</ul>\nc",
                "<ul>\n<li>a\n\nb</li>\n</ul><br>c",
            ),
            (
                "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
                "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
            ),
            (
                "[caption id=\"x\" width=\"300\"]<a href=\"b\"><img src=\"a\" /></a> C <i>d</i>[/caption]",
                "<figure><a href=\"b\"><img src=\"a\" /></a><figcaption>C <i>d</i></figcaption></figure>",
            ),
            (
                "[caption caption='C']<img src=a>[/caption]",
                "<figure><img src=a><figcaption>C</figcaption></figure>",
            ),
            ("[gallery ids=\"1, 2\" columns=3]", "<gallery [1, 2]>"),
            ("[gallery]", "<gallery []>"),
            (
                "[embed]https://a.example/?b&c[/embed]",
                "<iframe src=\"https://a.example/?b&amp;c\"></iframe>",
            ),
            (
                "[audio mp3=\"https://a.example/a.mp3\"][/audio]",
                "<audio src=\"https://a.example/a.mp3\"></audio>",
            ),
            (
                "https://youtu.be/x",
                "<iframe src=\"https://youtu.be/x\"></iframe>",
            ),
            (
                "<p>https://www.youtube.com/watch?v=1&amp;t=2</p>",
                "<iframe src=\"https://www.youtube.com/watch?v=1&amp;t=2\"></iframe>",
            ),
            (
                "https://a.example/",
                "<p><a href=\"https://a.example/\">https://a.example/</a></p>",
            ),
            ("[[gallery]]", "[gallery]"),
            ("[[a [gallery ids='3,3']", "[[a <gallery [3]>"),
            (
                "[caption]<img src=a>b[/caption][caption]<img src=c>d[/caption]",
                "<figure><img src=a><figcaption>b</figcaption></figure><figure><img src=c><figcaption>d</figcaption></figure>",
            ),
            ("[caption][caption]", "[caption][caption]"),
            (
                "[1] [sic] [Photo: A B] [a](b)",
                "[1] [sic] [Photo: A B] [a](b)",
            ),
        ] {
            assert_eq!(expanded(content), (html.to_owned(), vec![]), "{content}");
        }
    }

    #[test]
    fn an_unknown_shortcode_leaves_what_stands_in_it() {
        let (html, losses) =
            expanded("[vc_row full=\"1\"][box]a[/box][/vc_row][contact-form-7 id=\"1\"]");
        assert_eq!(html, "a");
        assert_eq!(losses.len(), 3);
        assert_eq!(
            losses[0],
            "the shortcode [vc_row] was left out, what stood in it stays"
        );
    }

    #[test]
    fn a_gallery_of_everything_is_shown_once_and_a_shortcode_without_end_is_words() {
        let (html, losses) = expanded("[gallery]a[gallery]");
        assert_eq!((html.as_str(), losses.len()), ("<gallery []>a", 1));
        let long = format!("[box a=\"{}\"]", "b".repeat(MOST_BYTES));
        assert_eq!(expanded(&long), (long, vec![]));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(content in "(\\[/?[a-z]{0,3}|caption|gallery| [a-z]=|\"|'|\\]|\\[\\[|\\]\\]|<img>|</a>|<ul|>|\n|đ| ){0,20}") {
            let _ = expanded(&content);
        }
    }
}
