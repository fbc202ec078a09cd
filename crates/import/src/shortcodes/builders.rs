//! Page builders: `WPBakery`, Divi, Flatsome, Avada, Enfold and others. How a page is laid out is left
//! behind; what its parts say and show stays.

use super::code::Shortcode;
use super::values::{self, files, is_said, link, plain, unpacked};
use super::{Surroundings, escaped, frame};
use crate::loss::Loss;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many shortcodes of each builder a text has.
#[derive(Default)]
pub(super) struct Builders(BTreeMap<&'static str, usize>);

/// Page builders, by what the names of their shortcodes begin with.
const FAMILIES: [(&str, &str); 12] = [
    ("vc_", "WPBakery"),
    ("wpb_", "WPBakery"),
    ("et_pb_", "Divi"),
    ("fusion_", "Avada"),
    ("ux_", "Flatsome"),
    ("av_", "Enfold"),
    ("fl_", "Beaver Builder"),
    ("nectar_", "Salient"),
    ("mk_", "Jupiter"),
    ("su_", "Shortcodes Ultimate"),
    ("elementor-", "Elementor"),
    ("siteorigin_", "SiteOrigin"),
];

/// The shortcodes of Flatsome whose names begin otherwise.
const FLATSOME: [&str; 22] = [
    "section",
    "section_inner",
    "row",
    "row_inner",
    "row_inner_1",
    "col",
    "col_inner",
    "col_inner_1",
    "col_grid",
    "title",
    "button",
    "text_box",
    "featured_box",
    "message_box",
    "accordion",
    "accordion-item",
    "tabgroup",
    "tab",
    "testimonial",
    "team_member",
    "divider",
    "gap",
];

/// The page builder of a shortcode.
fn family(code: &Shortcode<'_>) -> Option<&'static str> {
    let of_prefix = FAMILIES
        .iter()
        .find(|(begin, _)| code.name.starts_with(begin))
        .map(|(_, family)| *family);
    of_prefix.or_else(|| FLATSOME.contains(&code.name).then_some("Flatsome"))
}

impl Builders {
    /// Takes a shortcode of a page builder: what it says goes into the HTML. Returns whether it is
    /// one.
    pub(super) fn take(
        &mut self,
        code: &Shortcode<'_>,
        around: &dyn Surroundings,
        html: &mut String,
    ) -> bool {
        let Some(family) = family(code) else {
            return false;
        };
        // A word in brackets, such as [title], is none.
        let is_sure = !FLATSOME.contains(&code.name)
            || !code.attributes.is_empty()
            || self.0.contains_key("Flatsome");
        if !is_sure {
            return false;
        }
        *self.0.entry(family).or_default() += usize::from(!code.closes);
        if code.closes {
            html.push_str("<div></div>");
        } else {
            html.push_str("<div></div>");
            html.push_str(&said(code, around));
        }
        true
    }

    /// What was left behind.
    pub(super) fn losses(&self) -> Vec<Loss> {
        let one = |(family, count): (&&str, &usize)| {
            let what = format!(
                "how {family} lays out the page was left behind (shortcodes: {count}): its words, pictures and films stay"
            );
            Loss::new(what, "")
        };
        self.0.iter().map(one).collect()
    }
}

/// HTML that a builder keeps packed; `None` where the shortcode is something else.
pub(super) fn raw(
    code: &Shortcode<'_>,
    inner: Option<&str>,
    losses: &mut Vec<Loss>,
) -> Option<String> {
    let is_script = code.name == "vc_raw_js";
    let inner = inner?.trim();
    let is_packed = |text: &str| text.len() >= 24 && unpacked(text).is_some();
    if is_script || code.name == "vc_raw_html" || (family(code).is_some() && is_packed(inner)) {
        let html = unpacked(inner).filter(|_| !is_script);
        if html.is_none() {
            let what = format!("what [{}] keeps packed was left out", code.name);
            losses.push(Loss::new(what, ""));
        }
        return Some(html.unwrap_or_default());
    }
    None
}

/// The text with the HTML that builders keep packed in it, for whoever reads its words.
pub fn without_packed(content: &str) -> String {
    let mut text = content.to_owned();
    for name in ["vc_raw_html", "vc_raw_js"] {
        let (begin, end) = (format!("[{name}"), format!("[/{name}]"));
        let mut whole = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(&begin) {
            let Some(length) = rest[at..].find(&end) else {
                break;
            };
            let inside = &rest[at..at + length];
            let packed = inside.split_once(']').map_or("", |(_, packed)| packed);
            whole.push_str(&rest[..at]);
            if name == "vc_raw_html" {
                whole.push_str(&unpacked(packed.trim()).unwrap_or_default());
            }
            rest = &rest[at + length + end.len()..];
        }
        whole.push_str(rest);
        text = whole;
    }
    text
}

const HEADINGS: [&str; 10] = [
    "title",
    "heading",
    "headline",
    "h2",
    "title_text",
    "tab_title",
    "main_heading",
    "question",
    "header",
    "section_title",
];

const TEXTS: [&str; 26] = [
    "h4",
    "subhead",
    "subheading",
    "sub_heading",
    "subtitle",
    "sub_title",
    "text",
    "content",
    "description",
    "desc",
    "caption",
    "label",
    "name",
    "author",
    "author_name",
    "job_title",
    "position",
    "company",
    "company_name",
    "quote",
    "answer",
    "number",
    "sum",
    "price",
    "artist_name",
    "album_name",
];

const PICTURES: [&str; 17] = [
    "image",
    "img",
    "images",
    "ids",
    "gallery_ids",
    "image_url",
    "photo",
    "portrait_url",
    "bg",
    "bg_image",
    "background_image",
    "image_id",
    "custom_src",
    "src",
    "attachment",
    "include",
    "header_image_url",
];

const FILMS: [&str; 9] = [
    "link",
    "url",
    "video",
    "video_url",
    "video_link",
    "src",
    "mp4",
    "audio",
    "video_src",
];

const BUTTONS: [(&str, &str); 6] = [
    ("button_text", "button_url"),
    ("button_text", "button_link"),
    ("button_one_text", "button_one_url"),
    ("button_two_text", "button_two_url"),
    ("btn_title", "btn_link"),
    ("link_text", "link"),
];

/// Shortcodes whose title is for editors only.
const SILENT: [&str; 9] = [
    "contact-form-7",
    "contact-form",
    "gravityform",
    "wpforms",
    "ninja_form",
    "formidable",
    "mailpoet_form",
    "rev_slider",
    "metaslider",
];

/// What a shortcode says and shows by itself, as HTML.
pub(super) fn said(code: &Shortcode<'_>, around: &dyn Surroundings) -> String {
    let mut html = String::new();
    if code.closes || SILENT.contains(&code.name) {
        return html;
    }
    let is_button = code.name.contains("button") || code.name.contains("btn");
    if is_button {
        button(code, &mut html);
    } else {
        words(code, &mut html);
    }
    pictures(code, around, &mut html);
    films(code, &mut html);
    documents(code, &mut html);
    for (text, address) in BUTTONS {
        if let (Some(text), Some(to)) = (code.get(text), code.get(address)) {
            anchor(&plain(text), to, &mut html);
        }
    }
    let lone = BUTTONS
        .iter()
        .find(|(text, to)| code.get(text).is_some() && code.get(to).is_none());
    if let Some(text) = lone
        .and_then(|(text, _)| code.get(text))
        .filter(|_| html.is_empty())
    {
        let _ = write!(html, "<p>{}</p>", plain(text));
    }
    html.push_str(&values::bars(code.get("values").unwrap_or_default()));
    if html.is_empty() {
        // Of a map or a card, its address stays.
        code.address()
            .into_iter()
            .for_each(|to| anchor(to, to, &mut html));
    }
    html
}

/// The documents that a viewer shows: `[pdf-embedder url="…"]` and its like.
fn documents(code: &Shortcode<'_>, html: &mut String) {
    for (_, value) in &code.attributes {
        let path = value.split(['?', '#']).next().unwrap_or_default();
        let (rest, ending) = path.rsplit_once('.').unwrap_or_default();
        let is_document = DOCUMENTS.contains(&ending.to_ascii_lowercase().as_str());
        let is_address = value.starts_with("http") || value.starts_with('/');
        if is_document && is_address && !html.contains(&escaped(value)) {
            let name = rest.rsplit('/').next().unwrap_or_default();
            anchor(&escaped(&format!("{name}.{ending}")), value, html);
        }
    }
}

/// The endings of documents.
const DOCUMENTS: [&str; 14] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "zip", "rar",
    "hwp",
];

fn words(code: &Shortcode<'_>, html: &mut String) {
    let is_heading = |key: &str| {
        let of_text = key == "text" && (code.name.contains("heading") || code.name == "title");
        of_text || HEADINGS.contains(&key)
    };
    for (key, value) in &code.attributes {
        let value = plain(value);
        // The label of a piece of code is for editors.
        if !is_said(&value) || (key == "label" && code.name.contains("html")) {
            continue;
        }
        if is_heading(key) && !code.name.contains("image") {
            let level = values::level(code);
            let _ = write!(html, "<h{level}>{value}</h{level}>");
        } else if TEXTS.contains(&key.as_str()) && code.name != "et_pb_image" {
            let _ = write!(html, "<p>{value}</p>");
        }
    }
}

fn button(code: &Shortcode<'_>, html: &mut String) {
    let text = code.first(&["text", "title", "button_text", "label"]);
    let to = code.first(&["link", "url", "href", "button_url"]);
    match (text, to) {
        (Some(text), Some(to)) if code.get("button_text").is_none() => {
            anchor(&plain(text), to, html);
        }
        (Some(text), None) => {
            let _ = write!(html, "<p>{}</p>", plain(text));
        }
        _ => {}
    }
}

fn anchor(words: &str, to: &str, html: &mut String) {
    let to = link(to);
    let _ = if to.is_empty() || to == "#" {
        write!(html, "<p>{words}</p>")
    } else {
        write!(html, "<p><a href=\"{}\">{words}</a></p>", escaped(&to))
    };
}

fn pictures(code: &Shortcode<'_>, around: &dyn Surroundings, html: &mut String) {
    let own = [
        "ux_image",
        "ux_banner",
        "team_member",
        "featured_box",
        "testimonial",
        "logo",
    ];
    let by_id = (code.name == "ux_image").then(|| code.get("id")).flatten();
    let named = |key: &&str| code.get(key);
    let found: Vec<&str> = PICTURES.iter().filter_map(named).chain(by_id).collect();
    let alternative = escaped(&plain(
        code.first(&["alt", "image_alt"]).unwrap_or_default(),
    ));
    let is_own = own.contains(&code.name) || family(code).is_some() || code.name.contains("image");
    for value in found {
        if let Some(numbers) = files(value) {
            let shown = numbers.iter().map(|number| around.media(*number));
            shown
                .filter(|_| is_own || numbers.len() > 1)
                .for_each(|one| html.push_str(&one));
        } else if values::is_picture(value) {
            let _ = write!(
                html,
                "<img src=\"{}\" alt=\"{alternative}\">",
                escaped(&link(value))
            );
        }
    }
}

fn films(code: &Shortcode<'_>, html: &mut String) {
    let mut shown = Vec::new();
    for value in FILMS.iter().filter_map(|key| code.get(key)) {
        if let Some(packed) = value.strip_prefix("#E-8_").and_then(unpacked) {
            html.push_str(&packed);
        }
        let to = link(value);
        if values::is_film(&to) && !shown.contains(&to) {
            html.push_str(&values::film(&to).unwrap_or_else(|| frame(&to)));
            shown.push(to);
        }
    }
}
