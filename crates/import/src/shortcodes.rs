//! Turns what WordPress stores into the HTML that it shows: expands blocks, shortcodes, addresses on
//! lines of their own, and paragraphs that are separated by empty lines.

mod blocks;
mod builders;
mod code;
mod ends;
mod galleries;
mod lines;
mod overrides;
mod players;
mod values;

use super::loss::{Loss, excerpt};
use builders::Builders;
use code::Shortcode;
use ends::Ends;
use lines::{addresses, paragraphs};
use std::collections::HashSet;

pub use blocks::shown as shown_blocks;
pub use builders::without_packed;
pub use galleries::{Gallery, OrderBy};

/// What texts are shown with: the pictures and the blocks of their site.
pub trait Surroundings {
    /// The HTML of a gallery.
    fn gallery(&self, gallery: &Gallery) -> String;
    /// The HTML of the file of this number: a picture, a film or a recording.
    fn media(&self, number: u64) -> String;
    /// The text of a block that several texts share.
    fn block(&self, number: u64) -> Option<String>;
    /// The HTML of the notes at the foot of the text.
    fn notes(&self) -> String;
    /// The text of a template of a page builder, by its number or its name.
    fn template(&self, name: &str) -> Option<String>;
}

/// The HTML of a text.
pub fn expand(content: &str, around: &dyn Surroundings, losses: &mut Vec<Loss>) -> String {
    let whole = blocks::expand(content, around, losses);
    let expanded = shortcodes(&whole, around, losses, 0);
    // The block editor writes its paragraphs itself.
    if content.contains("<!-- wp:") {
        addresses(&expanded)
    } else {
        paragraphs(&addresses(&expanded))
    }
}

/// Reads one text and collects its HTML.
struct Reader<'a, 'b> {
    content: &'a str,
    around: &'b dyn Surroundings,
    losses: &'b mut Vec<Loss>,
    html: String,
    ends: Ends<'a>,
    opened: HashSet<&'a str>,
    builders: Builders,
    has_all_pictures: bool,
    /// How many templates it stands in.
    depth: usize,
}

/// How deep templates may stand in each other.
const MOST_DEEP: usize = 3;

/// Shortcodes that show a template of a page builder.
const TEMPLATES: [&str; 5] = [
    "block",
    "elementor-template",
    "templatera",
    "INSERT_ELEMENTOR",
    "reblex",
];

fn shortcodes(
    content: &str,
    around: &dyn Surroundings,
    losses: &mut Vec<Loss>,
    depth: usize,
) -> String {
    let mut reader = Reader {
        content,
        around,
        losses,
        html: String::with_capacity(content.len()),
        ends: Ends::of(content),
        opened: HashSet::new(),
        builders: Builders::default(),
        has_all_pictures: false,
        depth,
    };
    let mut at = 0;
    while let Some(found) = content[at..].find('[') {
        reader.html.push_str(&content[at..at + found]);
        at = reader.bracket(at + found);
    }
    reader.html.push_str(&content[at..]);
    reader.losses.extend(reader.builders.losses());
    reader.html
}

impl<'a> Reader<'a, '_> {
    /// Reads what begins with a bracket. Returns where to go on.
    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.content[at..];
        // Two brackets escape a shortcode that is only shown.
        let double = rest
            .starts_with("[[")
            .then(|| self.ends.double(at))
            .flatten();
        if let Some(end) = double {
            self.html.push_str(&self.content[at + 1..end - 1]);
            return end;
        }
        match Shortcode::at(rest) {
            Some(code) => self.shortcode(&code, at),
            None => self.words(at),
        }
    }

    /// Takes a bracket for a word.
    fn words(&mut self, at: usize) -> usize {
        self.html.push('[');
        at + 1
    }

    fn shortcode(&mut self, code: &Shortcode<'a>, at: usize) -> usize {
        let begin = at + code.end;
        let close = if code.closes {
            None
        } else {
            self.ends.of_name(code.name, begin)
        };
        let inner = close.map(|close| &self.content[begin..close]);
        let whole = close.map_or(begin, |close| close + code.name.len() + "[/]".len());
        if !code.closes {
            if let ("caption" | "wp_caption", Some(inner)) = (code.name, inner) {
                self.html.push_str(&caption(code, inner));
                return whole;
            }
            if TEMPLATES.contains(&code.name)
                && self.depth < MOST_DEEP
                && let Some(text) = code.get("id").and_then(|id| self.around.template(id))
            {
                let html = shortcodes(&text, self.around, self.losses, self.depth + 1);
                self.html.extend(["<div></div>", &html, "<div></div>"]);
                return whole;
            }
            if code.name == "gallery" {
                self.gallery(code);
                return whole;
            }
            if let Some(html) = players::player(code, inner, self.around) {
                self.html.push_str(&html);
                return whole;
            }
            if let Some(html) = builders::raw(code, inner, self.losses) {
                self.html.push_str(&html);
                return whole;
            }
        }
        if self.builders.take(code, self.around, &mut self.html) {
            return begin;
        }
        if code.closes && self.opened.contains(code.name) {
            return begin;
        }
        if !is_evident(code, inner.is_some()) {
            return self.words(at);
        }
        self.opened.insert(code.name);
        self.unknown(code, &self.content[at..whole]);
        begin
    }

    /// Leaves out a shortcode that nobody knows. What it says and what stands in it stays.
    fn unknown(&mut self, code: &Shortcode<'_>, whole: &str) {
        let what = format!(
            "the shortcode [{}] was left out, what stood in it stays",
            excerpt(code.name)
        );
        self.losses.push(Loss::new(what, whole));
        self.html.push_str(&builders::said(code, self.around));
    }

    fn gallery(&mut self, code: &Shortcode<'_>) {
        let gallery = Gallery::of(code);
        let is_whole = gallery.is_whole();
        if is_whole && self.has_all_pictures {
            self.losses.push(Loss::new(
                "a gallery of all pictures of the text was there again: it was left out",
                "",
            ));
            return;
        }
        self.has_all_pictures |= is_whole;
        self.html.push_str(&self.around.gallery(&gallery));
    }
}

/// Whether brackets are a shortcode and not only words in brackets.
fn is_evident(code: &Shortcode<'_>, has_end: bool) -> bool {
    let is_known = code.address().is_some() && players::KNOWN.contains(&code.name);
    has_end
        || code.closes
        || is_known
        || !code.attributes.is_empty()
        || code.name.contains(['_', '-'])
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

    struct Nothing;

    impl Surroundings for Nothing {
        fn gallery(&self, gallery: &Gallery) -> String {
            format!("<gallery {:?}>", gallery.ids)
        }

        fn media(&self, number: u64) -> String {
            format!("<img {number}>")
        }

        fn block(&self, number: u64) -> Option<String> {
            match number {
                1 => Some("<p>Shared.</p>".to_owned()),
                2 => Some("a<!-- wp:block {\"ref\":2} /-->b".to_owned()),
                _ => None,
            }
        }

        fn notes(&self) -> String {
            "<ol><li>Note</li></ol>".to_owned()
        }

        fn template(&self, name: &str) -> Option<String> {
            match name {
                "foot" => Some("[title text=\"Foot\"]".to_owned()),
                "round" => Some("[block id=\"round\"]".to_owned()),
                _ => None,
            }
        }
    }

    fn expanded(content: &str) -> (String, Vec<String>) {
        let mut losses = Vec::new();
        let html = expand(content, &Nothing, &mut losses);
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
        assert_eq!(html, "<div></div>a<div></div>");
        assert_eq!(
            losses,
            [
                "the shortcode [box] was left out, what stood in it stays",
                "the shortcode [contact-form-7] was left out, what stood in it stays",
                "how WPBakery lays out the page was left behind (shortcodes: 1): its words, pictures and films stay"
            ]
        );
    }

    #[test]
    fn what_page_builders_say_and_show_stays() {
        for (content, parts) in [
            (
                "[vc_custom_heading text=\"Bến mới\" font_container=\"tag:h2|text_align:left\"]",
                &["<h2>Bến mới</h2>"][..],
            ),
            ("[vc_single_image image=\"12\"]", &["<img 12>"]),
            ("[vc_gallery images=\"3,4\"]", &["<img 3><img 4>"]),
            (
                "[vc_video link=\"https://youtu.be/x\"]",
                &["<iframe src=\"https://youtu.be/x\">"],
            ),
            (
                "[vc_btn title=\"Xem\" link=\"url:https%3A%2F%2Fa.example%2Fb|title:B\"]",
                &["<a href=\"https://a.example/b\">Xem</a>"],
            ),
            (
                "[vc_raw_html]JTNDcCUzRUdpJUUxJUJBJUE1eSUzQyUyRnAlM0U=[/vc_raw_html]",
                &["<p>Giấy</p>"],
            ),
            (
                "[vc_tta_section title=\"Hỏi\"]Đáp[/vc_tta_section]",
                &["<h3>Hỏi</h3>Đáp"],
            ),
            (
                "[vc_progress_bar values=\"%5B%7B%22label%22%3A%22A%22%2C%22value%22%3A%2290%22%7D%5D\"]",
                &["<li>A 90</li>"],
            ),
            ("[title text=\"Tin\" tag_name=\"h3\"]", &["<h3>Tin</h3>"]),
            ("[ux_image id=\"12\"]", &["<img 12>"]),
            (
                "[button text=\"Xem\" link=\"/b/\"]",
                &["<a href=\"/b/\">Xem</a>"],
            ),
            (
                "[et_pb_blurb title=\"Cảng %22A%22\" image=\"https://a.example/b.png\"]Chữ[/et_pb_blurb]",
                &[
                    "<h3>Cảng &quot;A&quot;</h3>",
                    "<img src=\"https://a.example/b.png\"",
                    "Chữ",
                ],
            ),
            (
                "[et_pb_gallery gallery_ids=\"3,4\"][/et_pb_gallery]",
                &["<img 3><img 4>"],
            ),
            (
                "[et_pb_button button_text=\"Xem\" button_url=\"https://a.example/\"]",
                &["<a href=\"https://a.example/\">Xem</a>"],
            ),
            ("[et_pb_video src=\"/a.mp4\"]", &["<video src=\"/a.mp4\">"]),
            ("[block id=\"foot\"]", &["<h3>Foot</h3>"]),
            ("[block id=\"round\"]", &["<div>"]),
            ("[su_quote cite=\"x\"]Lời[/su_quote]", &["Lời"]),
            (
                "[fact title=\"Số một\" text=\"Chữ\"]",
                &["<h3>Số một</h3>", "<p>Chữ</p>"],
            ),
        ] {
            let (html, _) = expanded(content);
            for part in parts {
                assert!(html.contains(part), "{content}: {html}");
            }
            assert!(!html.contains("JTND"), "{html}");
        }
        let (html, losses) = expanded("[vc_raw_js]JTNDc2NyaXB0JTNF[/vc_raw_js]");
        assert_eq!((html.as_str(), losses.len()), ("", 1));
    }

    #[test]
    fn old_galleries_and_recordings_are_read_in_every_form() {
        for (content, html) in [
            ("[gallery ids=“1,2”]", "<gallery [1, 2]>"),
            ("[gallery ids=”1,2″]", "<gallery [1, 2]>"),
            ("[gallery ids=&#8221;1,2&#8243;]", "<gallery [1, 2]>"),
            ("[gallery ids='1 2']", "<gallery [1, 2]>"),
            (
                "[audio https://a.example/a.mp3]",
                "<audio src=\"https://a.example/a.mp3\"></audio>",
            ),
            (
                "[audio:https://a.example/a.mp3|titles=A]",
                "<audio src=\"https://a.example/a.mp3\"></audio>",
            ),
            (
                "[youtube https://youtu.be/x]",
                "<iframe src=\"https://youtu.be/x\"></iframe>",
            ),
            (
                "[youtube]abc[/youtube]",
                "<iframe src=\"https://www.youtube.com/watch?v=abc\"></iframe>",
            ),
            ("[playlist ids=\"7\"]", "<img 7>"),
        ] {
            assert_eq!(expanded(content), (html.to_owned(), vec![]), "{content}");
        }
    }

    #[test]
    fn shared_blocks_classic_parts_and_notes_are_put_in_their_places() {
        let (html, losses) =
            expanded("<!-- wp:block {\"ref\":1} /--><!-- wp:core/block {\"ref\":9} /-->");
        assert_eq!(html, "<p>Shared.</p>");
        assert!(losses[0].contains("none of the number 9"), "{losses:?}");
        let (html, losses) = expanded("<!-- wp:block {\"ref\":2} /-->");
        assert_eq!((html.as_str(), losses.len()), ("ab", 1));
        let (html, _) =
            expanded("<!-- wp:freeform -->\na\n\nb\n<!-- /wp:freeform --><!-- wp:footnotes /-->");
        assert_eq!(
            html,
            "<div></div>a<div></div>b<div></div><ol><li>Note</li></ol>"
        );
    }

    #[test]
    fn a_gallery_of_everything_is_shown_once_and_a_shortcode_without_end_is_words() {
        let (html, losses) = expanded("[gallery]a[gallery]");
        assert_eq!((html.as_str(), losses.len()), ("<gallery []>a", 1));
        let long = format!("[box a=\"{}\"]", "b".repeat(code::MOST_BYTES));
        assert_eq!(expanded(&long), (long, vec![]));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(content in "(\\[/?[a-z]{0,3}|caption|gallery| [a-z]=|\"|'|\\]|\\[\\[|\\]\\]|<img>|</a>|<ul|>|\n|đ| ){0,20}") {
            let _ = expanded(&content);
        }
    }
}
