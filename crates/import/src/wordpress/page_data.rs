//! Texts that page builders keep beside the post: Elementor as JSON, Beaver Builder in PHP's form.
//! They are read where the post itself has no words.

mod php;

use crate::html;
use crate::shortcodes::escaped;
use crate::wxr::Item;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt::Write;

/// The text of an item.
pub(super) fn content(item: &Item) -> Cow<'_, str> {
    let has_words = || !html::words(&item.content).is_empty() || item.content.contains("<img");
    if !item.content.trim().is_empty() && has_words() {
        return Cow::Borrowed(&item.content);
    }
    let elementor = item
        .meta("_elementor_data")
        .and_then(|data| serde_json::from_str(data).ok());
    let beaver = || php::read(item.meta("_fl_builder_data")?);
    let mut html = String::new();
    if let Some(data) = elementor.or_else(beaver) {
        walk(&data, &mut html);
    }
    if html.is_empty() {
        Cow::Borrowed(&item.content)
    } else {
        Cow::Owned(html)
    }
}

/// The keys of words that readers see.
const WORDS: [&str; 35] = [
    "title",
    "title_text",
    "heading",
    "headline",
    "tab_title",
    "item_title",
    "alert_title",
    "text",
    "editor",
    "content",
    "html",
    "caption",
    "description",
    "description_text",
    "sub_heading",
    "subtitle",
    "tab_content",
    "item_description",
    "alert_description",
    "testimonial_content",
    "testimonial_name",
    "testimonial_job",
    "before_text",
    "after_text",
    "highlighted_text",
    "blockquote_content",
    "author_name",
    "shortcode",
    "price",
    "name",
    "prefix",
    "suffix",
    "period",
    "footer_additional_info",
    "cite",
];

/// The keys of the addresses of films.
const FILMS: [&str; 6] = [
    "youtube_url",
    "vimeo_url",
    "dailymotion_url",
    "video_link",
    "external_url",
    "hosted_url",
];

/// Writes what the parts of a page say and show. What stands in each other comes in its order.
fn walk(data: &Value, html: &mut String) {
    let mut open = vec![data];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.iter().rev()),
            Value::Object(object)
                if object.contains_key("settings") || object.contains_key("elements") =>
            {
                if let Some(Value::Object(settings)) = object.get("settings") {
                    let level = settings.get("header_size").and_then(Value::as_str);
                    said(settings, level.unwrap_or("h2"), html);
                }
                open.extend(object.get("elements"));
            }
            // Beaver Builder keeps its parts by their names.
            Value::Object(object) => open.extend(object.values().rev()),
            _ => {}
        }
    }
}

/// Writes what one part says and shows.
fn said(settings: &Map<String, Value>, level: &str, html: &mut String) {
    let to = settings
        .get("link")
        .map(|link| link.get("url").unwrap_or(link));
    let to = to.and_then(Value::as_str).filter(|to| to.len() > 1);
    for (key, value) in settings {
        match value {
            Value::String(text) if FILMS.contains(&key.as_str()) && text.starts_with("http") => {
                let _ = write!(html, "<iframe src=\"{}\"></iframe>", escaped(text));
            }
            Value::String(text) if key == "photo_src" => picture(text, html),
            Value::String(text) if says(key) && is_words(text) => {
                let is_heading = key.contains("title") || key.contains("head");
                let tag = if is_heading { level } else { "div" };
                let _ = match to.filter(|_| key == "text" || key == "title") {
                    Some(to) => write!(
                        html,
                        "<{tag}><a href=\"{}\">{text}</a></{tag}>",
                        escaped(to)
                    ),
                    None => write!(html, "<{tag}>{text}</{tag}>"),
                };
            }
            Value::Number(number) if says(key) => {
                let _ = write!(html, "<div>{number}</div>");
            }
            Value::Object(inner) => {
                let address = inner.get("url").and_then(Value::as_str).unwrap_or_default();
                let is_film = FILMS.contains(&key.as_str());
                if is_film && address.starts_with("http") {
                    let _ = write!(html, "<video src=\"{}\"></video>", escaped(address));
                } else {
                    picture(address, html);
                }
            }
            Value::Array(values) => {
                for inner in values.iter().filter_map(Value::as_object) {
                    let address = inner.get("url").and_then(Value::as_str);
                    if let Some(address) = address {
                        picture(address, html);
                    }
                    said(inner, "h3", html);
                }
            }
            _ => {}
        }
    }
}

/// Whether readers see the value of a key.
fn says(key: &str) -> bool {
    let ends = ["_text", "_content", "_description", "_label", "_number"];
    let begins = key.starts_with('_') || key.starts_with("starting");
    WORDS.contains(&key) || (ends.iter().any(|end| key.ends_with(end)) && !begins)
}

fn is_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !["yes", "no", "none"].contains(&text)
}

fn picture(address: &str, html: &mut String) {
    let lower = address.to_ascii_lowercase();
    let endings = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
    if endings.iter().any(|ending| lower.ends_with(ending)) {
        let _ = write!(html, "<img src=\"{}\">", escaped(address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(key: &str, value: &str) -> Item {
        Item {
            meta: vec![(key.to_owned(), value.to_owned())],
            ..Item::default()
        }
    }

    #[test]
    fn what_elementor_keeps_beside_an_empty_post_is_read() {
        let data = r#"[{"elType":"section","settings":[],"elements":[{"elType":"column","elements":[
            {"widgetType":"heading","settings":{"title":"Bến mới","header_size":"h3"}},
            {"widgetType":"text-editor","settings":{"editor":"<p>Một đoạn.</p>"}},
            {"widgetType":"image","settings":{"image":{"url":"https://a.example/b.png","id":3},"caption":"Bến"}},
            {"widgetType":"counter","settings":{"ending_number":120,"suffix":" tàu","starting_number":0}},
            {"widgetType":"price-table","settings":{"features_list":[{"item_text":"Có phí","_title":"x"}]}},
            {"widgetType":"video","settings":{"youtube_url":"https://youtu.be/x"}},
            {"widgetType":"accordion","settings":{"tabs":[{"tab_title":"Hỏi","tab_content":"<p>Đáp</p>"}]}}]}]}]"#;
        let html = content(&item("_elementor_data", data)).into_owned();
        for part in [
            "<h3>Bến mới</h3>",
            "<p>Một đoạn.</p>",
            "b.png",
            "youtu.be/x",
            "<h3>Hỏi</h3>",
            "<p>Đáp</p>",
            "Bến<",
            ">120<",
            " tàu<",
            "Có phí",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn what_beaver_builder_keeps_in_phps_form_is_read() {
        let data = "a:1:{s:3:\"abc\";O:8:\"stdClass\":2:{s:4:\"type\";s:6:\"module\";s:8:\"settings\";O:8:\"stdClass\":2:{s:7:\"heading\";s:11:\"Bến mới\";s:4:\"text\";s:13:\"<p>Chữ.</p>\";}}}";
        let html = content(&item("_fl_builder_data", data)).into_owned();
        assert!(html.contains("Bến mới") && html.contains("Chữ."), "{html}");
        assert_eq!(content(&item("_fl_builder_data", "a:1:{s:3")), "");
    }
}
