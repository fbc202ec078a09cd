//! `StreamField`, as HTML. A project gives its blocks names and shapes of its own: what a block is
//! follows from both.

use super::elements::{figure, linked, paragraphs, player};
use super::library::{Library, picture};
use super::rich_text;
use super::table;
use crate::adapter::escaped;
use import::Loss;
use serde_json::{Map, Value};
use std::fmt::Write;

/// How deep blocks may be nested.
const MOST_DEPTH: usize = 32;

/// The fields of a block that say how it looks, not what it says.
const LOOKS: [&str; 25] = [
    "align",
    "alignment",
    "background",
    "class",
    "classname",
    "color",
    "colour",
    "columns",
    "css_class",
    "format",
    "icon",
    "id",
    "language",
    "layout",
    "level",
    "position",
    "settings",
    "size",
    "spacing",
    "style",
    "target",
    "theme",
    "variant",
    "width",
    "height",
];

/// The fields of a block in the order in which they are read, by what they hold.
const HEADINGS: [&str; 3] = ["heading", "heading_text", "title"];
const TEXTS: [&str; 10] = [
    "intro",
    "text",
    "paragraph",
    "body",
    "content",
    "description",
    "rich_text",
    "html",
    "quote",
    "code",
];
const PICTURES: [&str; 5] = ["image", "picture", "photo", "images", "pictures"];
const ALTERNATIVES: [&str; 4] = ["alt_text", "alt", "alternative_text", "image_alt"];
const CAPTIONS: [&str; 2] = ["caption", "image_caption"];
const CREDITS: [&str; 4] = ["attribution", "credit", "copyright", "photographer"];
const SPEAKERS: [&str; 6] = [
    "attribution",
    "attribute_name",
    "author",
    "source",
    "cite",
    "name",
];
const LINKS: [&str; 7] = [
    "page",
    "link",
    "link_page",
    "url",
    "external_url",
    "document",
    "file",
];
const PLAYERS: [&str; 6] = ["embed", "embed_url", "video", "video_url", "url", "link"];
const LABELS: [&str; 3] = ["link_text", "label", "button_text"];
/// What names of blocks and fields have in them where a number is that of a picture, a document or a
/// page.
const OF_PICTURES: [&str; 4] = ["image", "picture", "photo", "cover"];
const OF_DOCUMENTS: [&str; 5] = ["document", "file", "attachment", "download", "pdf"];
const OF_PAGES: [&str; 4] = ["page", "link", "article", "related"];
/// And where there are several pictures.
const OF_GALLERIES: [&str; 6] = [
    "gallery", "images", "pictures", "photos", "carousel", "slide",
];

/// Makes HTML of blocks.
pub(super) struct Blocks<'a, 'b> {
    library: &'a Library<'b>,
    losses: &'a mut Vec<Loss>,
    depth: usize,
}

impl<'a, 'b> Blocks<'a, 'b> {
    pub(super) fn new(library: &'a Library<'b>, losses: &'a mut Vec<Loss>) -> Self {
        Self {
            library,
            losses,
            depth: 0,
        }
    }

    /// The value of a field of a page.
    pub(super) fn field(&mut self, value: &Value) -> String {
        self.block("text", value)
    }

    /// A block of this name.
    fn block(&mut self, name: &str, value: &Value) -> String {
        if self.depth >= MOST_DEPTH {
            self.lose("blocks that are nested too deeply were left out", name);
            return String::new();
        }
        self.depth += 1;
        let html = match value {
            // A switch says how something looks.
            Value::Null | Value::Bool(_) => String::new(),
            Value::String(text) => self.text(name, text),
            Value::Number(_) => self.number(name, value, None),
            Value::Array(all) => self.all(name, all),
            Value::Object(fields) => self.structure(name, fields),
        };
        self.depth -= 1;
        html
    }

    fn text(&mut self, name: &str, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            return String::new();
        }
        let is_address = (text.starts_with("https://") || text.starts_with("http://"))
            && !text.contains(char::is_whitespace);
        if is_address && is(name, &["link", "url", "button"]) {
            return format!("<p><a href=\"{0}\">{0}</a></p>", escaped(text));
        }
        if is_address {
            return player(text, "");
        }
        if is_html(text) {
            return rich_text::html(text, self.library, self.losses);
        }
        if is(name, &["markdown"]) {
            let mut html = String::new();
            pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(text));
            return html;
        }
        if let Some(level) = heading_level(name, None) {
            return format!("<h{level}>{}</h{level}>", escaped(text));
        }
        let paragraphs = paragraphs(text);
        if is(name, &["quote"]) {
            return format!("<blockquote>{paragraphs}</blockquote>");
        }
        paragraphs
    }

    /// What a number leads to, by the name of its block.
    fn number(&mut self, name: &str, number: &Value, label: Option<&str>) -> String {
        let Some(id) = number.as_u64() else {
            return self.unknown(name, &number.to_string());
        };
        if is(name, &OF_PICTURES) {
            return match self.library.picture(id) {
                Some(picture) => figure(&picture),
                None => self.hidden("a picture", &format!("image {id}")),
            };
        }
        let (kind, found) = if is(name, &OF_DOCUMENTS) {
            ("document", self.library.document(id))
        } else if is(name, &OF_PAGES) {
            ("page", self.library.page(id, self.losses))
        } else {
            return self.unknown(name, &number.to_string());
        };
        match found {
            Some(target) => linked(label.unwrap_or(&target.title), &target.address),
            None => self.hidden("a link", &format!("{kind} {id}")),
        }
    }

    /// A stream within a stream, a list, or several pictures.
    fn all(&mut self, name: &str, all: &[Value]) -> String {
        let block =
            |one: &Value| Some((one["type"].as_str()?.to_owned(), one.get("value")?.clone()));
        if let Some(blocks) = all.iter().map(block).collect::<Option<Vec<_>>>() {
            return blocks
                .iter()
                .map(|(name, value)| self.block(name, value))
                .collect();
        }
        let is_entry = |one: &Value| match one {
            Value::String(text) => !is_html(text.trim()) || is(name, &["list", "item", "bullet"]),
            _ => false,
        };
        if all.iter().all(is_entry) && !is(name, &["paragraph", "embed", "video"]) {
            let entries: String = all
                .iter()
                .filter_map(Value::as_str)
                .map(|text| {
                    let text = text.trim();
                    if is_html(text) {
                        format!(
                            "<li>{}</li>",
                            rich_text::html(text, self.library, self.losses)
                        )
                    } else {
                        format!("<li>{}</li>", escaped(text))
                    }
                })
                .collect();
            let element = if is(name, &["number", "ordered"]) && !is(name, &["unordered"]) {
                "ol"
            } else {
                "ul"
            };
            return format!("<{element}>{entries}</{element}>");
        }
        if is(name, &OF_GALLERIES) {
            let html: String = all.iter().map(|one| self.block("image", one)).collect();
            return format!("<figure class=\"gallery\">{html}</figure>");
        }
        all.iter().map(|one| self.block(name, one)).collect()
    }

    /// A block with fields.
    fn structure(&mut self, name: &str, fields: &Map<String, Value>) -> String {
        if let Some(html) = table::html(fields, &mut |kind, value| self.cell(kind, value)) {
            return html;
        }
        let mut rest = Fields(fields.clone());
        if is(name, &["heading", "title"]) {
            let size = rest.words(&["size", "level"]);
            let words = rest.words(&HEADINGS).or_else(|| rest.words(&TEXTS));
            if let Some(words) = words {
                let level = heading_level(name, size.as_deref()).unwrap_or(2);
                let html = format!("<h{level}>{}</h{level}>", escaped(&words));
                return html + &self.rest(name, rest);
            }
        }
        if is(name, &["quote"]) {
            let said = rest.take(&["quote", "text", "quotation", "content", "body"]);
            let said = said.map_or_else(String::new, |said| self.block("text", &said));
            let speaker = rest
                .words(&SPEAKERS)
                .map_or_else(String::new, |who| format!("<cite>{}</cite>", escaped(&who)));
            if !said.is_empty() {
                let html = format!("<blockquote>{said}{speaker}</blockquote>");
                return html + &self.rest(name, rest);
            }
        }
        if is(name, &["embed", "video", "film", "audio"])
            && let Some(address) = rest.words(&PLAYERS)
        {
            let title = rest.words(&["title", "caption", "heading"]);
            let html = player(&address, &title.unwrap_or_default());
            return html + &self.rest(name, rest);
        }
        self.known(name, rest)
    }

    /// The fields whose names say what they are, then the others.
    fn known(&mut self, name: &str, mut rest: Fields) -> String {
        let mut html = String::new();
        if let Some(words) = rest.words(&HEADINGS) {
            let _ = write!(html, "<h2>{}</h2>", escaped(&words));
        }
        html.push_str(&self.pictures(name, &mut rest));
        if let Some((key, link)) = rest.take_named(&LINKS) {
            let label = rest.words(&LABELS);
            html.push_str(&match (&link, &label) {
                (Value::String(address), Some(label)) => linked(label, address.trim()),
                (Value::Number(_), label) => self.number(key, &link, label.as_deref()),
                _ => self.block(key, &link),
            });
        }
        while let Some(value) = rest.take(&TEXTS) {
            html.push_str(&self.block("text", &value));
        }
        html + &self.rest(name, rest)
    }

    /// The pictures of a block, with what it says about them.
    fn pictures(&mut self, name: &str, rest: &mut Fields) -> String {
        let Some(value) = rest.take(&PICTURES) else {
            return String::new();
        };
        let id = value.as_u64();
        if id.is_none() && picture(&value, "").is_none() {
            return self.block("images", &value);
        }
        let decorates = rest.take(&["decorative"]) == Some(Value::Bool(true));
        let alternative = rest.words(&ALTERNATIVES);
        let caption = rest.words(&CAPTIONS);
        let credit = rest.words(&CREDITS);
        if decorates {
            self.lose("a picture that only decorates was left out", name);
            return String::new();
        }
        let found = match id {
            Some(id) => self.library.picture(id),
            None => picture(&value, self.library.address),
        };
        let Some(mut found) = found else {
            return self.hidden("a picture", &format!("image {value}"));
        };
        if let Some(alternative) = alternative {
            found.alternative = alternative;
        }
        found.caption = match (caption, credit) {
            (Some(caption), Some(credit)) => format!("{caption} ({credit})"),
            (caption, credit) => caption.or(credit).unwrap_or_default(),
        };
        figure(&found)
    }

    /// What is left of a block: its streams and lists are read on, words under another name stay,
    /// and everything else is named.
    fn rest(&mut self, name: &str, rest: Fields) -> String {
        let mut html = String::new();
        for (key, value) in rest.0 {
            let whole = format!("{name}.{key}");
            match value {
                Value::String(text) if text.trim().is_empty() || LOOKS.contains(&key.as_str()) => {}
                Value::String(text) => {
                    if !is(&key, &["video", "embed", "url", "link"]) {
                        self.lose(
                            &format!("a field of an unknown kind gave its words only: {whole}"),
                            &text,
                        );
                    }
                    html.push_str(&self.text(&key, &text));
                }
                Value::Number(_) if LOOKS.contains(&key.as_str()) => {}
                Value::Number(_)
                    if is(&key, &OF_PICTURES) || is(&key, &OF_DOCUMENTS) || is(&key, &OF_PAGES) =>
                {
                    html.push_str(&self.number(&key, &value, None));
                }
                Value::Number(_) => html.push_str(&self.unknown(&whole, &value.to_string())),
                Value::Object(fields) if LOOKS.contains(&key.as_str()) || fields.is_empty() => {}
                Value::Array(_) | Value::Object(_) => html.push_str(&self.block(&key, &value)),
                Value::Null | Value::Bool(_) => {}
            }
        }
        html
    }

    fn unknown(&mut self, name: &str, value: &str) -> String {
        self.lose(
            &format!("a block of an unknown kind was left out: {name}"),
            value,
        );
        String::new()
    }

    fn hidden(&mut self, what: &str, which: &str) -> String {
        self.lose(
            &format!("{what} was left out, because the API does not show it: {which}"),
            "",
        );
        String::new()
    }

    fn lose(&mut self, what: &str, excerpt: &str) {
        self.losses.push(Loss::new(what, excerpt));
    }

    /// The cell of a table.
    fn cell(&mut self, name: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) if !is_html(text.trim()) => escaped(text.trim()),
            Value::Number(number) if !is(name, &["image", "page", "document"]) => {
                number.to_string()
            }
            value => self.block(name, value),
        }
    }
}

/// The fields of a block that nothing was made of yet.
struct Fields(Map<String, Value>);

impl Fields {
    /// The first of these fields that holds something.
    fn take(&mut self, names: &[&'static str]) -> Option<Value> {
        Some(self.take_named(names)?.1)
    }

    /// Likewise, with its name.
    fn take_named(&mut self, names: &[&'static str]) -> Option<(&'static str, Value)> {
        let is_there = |name: &&&str| {
            let value = self.0.get(**name);
            value.is_some_and(|value| !value.is_null() && value != "")
        };
        let name = *names.iter().find(is_there)?;
        Some((name, self.0.remove(name)?))
    }

    /// The first of these fields that holds words.
    fn words(&mut self, names: &[&str]) -> Option<String> {
        let words = |name: &str| Some(self.0.get(name)?.as_str()?.trim().to_owned());
        let (name, words) = names
            .iter()
            .find_map(|name| Some((*name, words(name).filter(|words| !words.is_empty())?)))?;
        self.0.remove(name);
        Some(if is_html(&words) {
            import::words(&words)
        } else {
            words
        })
    }
}

/// Whether a block's name has one of these words in it: `image_block`, `images`, `blockquote`.
fn is(name: &str, words: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|part| {
            words.iter().any(|word| {
                // A short word is too often the end of another, such as that of "profile".
                part.starts_with(word) || (word.len() > 4 && part.ends_with(word))
            })
        })
}

/// Whether a text begins as rich text does.
fn is_html(text: &str) -> bool {
    text.strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'))
}

/// The level of a heading, from its size or its block's name; `None` where it is none.
fn heading_level(name: &str, size: Option<&str>) -> Option<u8> {
    let level = |text: &str| {
        let digit = text.chars().rev().find(char::is_ascii_digit)?;
        u8::try_from(digit.to_digit(10)?)
            .ok()
            .filter(|level| (2..=6).contains(level))
    };
    let is_h = |name: &str| name.len() == 2 && name.to_ascii_lowercase().starts_with('h');
    let is_heading =
        is(name, &["heading", "title", "header"]) || (is_h(name) && level(name).is_some());
    if !is_heading {
        return None;
    }
    let usual = if is(name, &["sub"]) { 3 } else { 2 };
    Some(
        size.and_then(level)
            .or_else(|| level(name))
            .unwrap_or(usual),
    )
}

#[cfg(test)]
mod tests;
