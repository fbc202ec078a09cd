//! Texts that page builders keep beside the post: Elementor as JSON, Beaver Builder in PHP's form.
//! They are read where the post itself has no words, and where the builder shows what the post lacks.

mod php;

use crate::html;
use crate::loss::Loss;
use crate::shortcodes::escaped;
use crate::wxr::Item;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The text of an item. What only its page builder shows stands at the end.
pub(super) fn content(item: &Item) -> Cow<'_, str> {
    let parts = lacking(item);
    if parts.is_empty() {
        Cow::Borrowed(&item.content)
    } else if has_words(item) {
        Cow::Owned(format!("{}\n\n{}", item.content, parts.concat()))
    } else {
        Cow::Owned(parts.concat())
    }
}

/// What the report says where parts of a page builder stand behind the post's own text.
pub(super) fn moved(item: &Item) -> Option<Loss> {
    let parts = lacking(item);
    if parts.is_empty() || !has_words(item) {
        return None;
    }
    let what = "what only its page builder showed stands at its end: move it to where it belongs";
    Some(Loss::new(what, &html::words(&parts.concat())))
}

fn has_words(item: &Item) -> bool {
    item.content.contains("<img")
        || !item.content.trim().is_empty() && !html::words(&item.content).is_empty()
}

/// The parts of a page builder that the post's own text lacks.
///
/// A builder writes its page into the post as well, and older data stays where somebody went back to
/// WordPress' own editor. So a post with words is asked whether its page is the builder's.
fn lacking(item: &Item) -> Vec<String> {
    let own_words = has_words(item);
    let is_shown = |mark: &str, value: &str| !own_words || item.meta(mark) == Some(value);
    let elementor = || {
        let data = item.meta("_elementor_data")?;
        serde_json::from_str(data).ok()
    };
    let beaver = || php::read(item.meta("_fl_builder_data")?);
    let data = is_shown("_elementor_edit_mode", "builder")
        .then(elementor)
        .flatten()
        .or_else(|| is_shown("_fl_builder_enabled", "1").then(beaver).flatten());
    let mut parts = Vec::new();
    if let Some(data) = data {
        walk(&data, &mut parts);
    }
    if own_words && !parts.is_empty() {
        let own = spoken(&item.content);
        parts.retain(|part| !says_it(&item.content, &own, part));
    }
    parts
}

/// The words of a text in small letters, with one space before and after each.
fn spoken(html: &str) -> String {
    let words = html::words(html).to_lowercase();
    let words = words
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut spoken = String::from(" ");
    for word in words {
        spoken.push_str(word);
        spoken.push(' ');
    }
    spoken
}

/// Whether a text with these words has a part of the builder's page, too: its words in their order,
/// or its picture or film.
fn says_it(content: &str, own: &str, part: &str) -> bool {
    let words = spoken(part);
    if words.trim().is_empty() {
        let address = part.split('"').nth(1).unwrap_or_default();
        let name = address.rsplit(['/', '=']).next().unwrap_or_default();
        // The post may show the picture in another size: `name-300x200.jpg`.
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        return ["/", "="].iter().any(|before| {
            let named = format!("{before}{stem}");
            content.match_indices(&named).any(|(at, _)| {
                let next = content[at + named.len()..].chars().next();
                next.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
            })
        });
    }
    own.contains(&words)
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
fn walk(data: &Value, parts: &mut Vec<String>) {
    let mut open = vec![data];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.iter().rev()),
            Value::Object(object)
                if object.contains_key("settings") || object.contains_key("elements") =>
            {
                if let Some(Value::Object(settings)) = object.get("settings") {
                    let level = settings.get("header_size").and_then(Value::as_str);
                    said(settings, level.unwrap_or("h2"), parts);
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
fn said(settings: &Map<String, Value>, level: &str, parts: &mut Vec<String>) {
    let to = settings
        .get("link")
        .map(|link| link.get("url").unwrap_or(link));
    let to = to.and_then(Value::as_str).filter(|to| to.len() > 1);
    for (key, value) in settings {
        match value {
            Value::String(text) if FILMS.contains(&key.as_str()) && text.starts_with("http") => {
                parts.push(format!("<iframe src=\"{}\"></iframe>", escaped(text)));
            }
            Value::String(text) if key == "photo_src" => parts.extend(picture(text)),
            Value::String(text) if says(key) && is_words(text) => {
                let is_heading = key.contains("title") || key.contains("head");
                let tag = if is_heading { level } else { "div" };
                parts.push(match to.filter(|_| key == "text" || key == "title") {
                    Some(to) => format!("<{tag}><a href=\"{}\">{text}</a></{tag}>", escaped(to)),
                    None => format!("<{tag}>{text}</{tag}>"),
                });
            }
            Value::Number(number) if says(key) => {
                parts.push(format!("<div>{number}</div>"));
            }
            Value::Object(inner) => {
                let address = inner.get("url").and_then(Value::as_str).unwrap_or_default();
                let is_film = FILMS.contains(&key.as_str());
                if is_film && address.starts_with("http") {
                    parts.push(format!("<video src=\"{}\"></video>", escaped(address)));
                } else {
                    parts.extend(picture(address));
                }
            }
            Value::Array(values) => {
                for inner in values.iter().filter_map(Value::as_object) {
                    let address = inner.get("url").and_then(Value::as_str);
                    if let Some(address) = address {
                        parts.extend(picture(address));
                    }
                    said(inner, "h3", parts);
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

fn picture(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let endings = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
    endings
        .iter()
        .any(|ending| lower.ends_with(ending))
        .then(|| format!("<img src=\"{}\">", escaped(address)))
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
    fn what_only_the_builder_shows_stands_behind_the_text() {
        let data = r#"[{"settings":{"title":"Bến mới"}},{"settings":{"editor":"<p>Chỉ ở đây.</p>"}},
            {"settings":{"image":{"url":"https://a.example/b.png"}}},{"settings":{"image":{"url":"https://a.example/c.png"}}}]"#;
        let mut page = item("_elementor_data", data);
        page.content = "<p>Lời mở đầu. BẾN  MỚI!</p><img src=\"/b-300x200.png\">".to_owned();
        // Somebody went back to WordPress' own editor: readers do not see the builder's page.
        assert_eq!(content(&page), page.content);
        assert!(moved(&page).is_none());
        page.meta
            .push(("_elementor_edit_mode".to_owned(), "builder".to_owned()));
        let whole = content(&page).into_owned();
        let behind = whole.strip_prefix(&page.content).unwrap().trim_start();
        assert_eq!(
            behind,
            "<div><p>Chỉ ở đây.</p></div><img src=\"https://a.example/c.png\">"
        );
        assert!(moved(&page).is_some());
    }

    #[test]
    fn what_beaver_builder_keeps_in_phps_form_is_read() {
        let data = "a:1:{s:3:\"abc\";O:8:\"stdClass\":2:{s:4:\"type\";s:6:\"module\";s:8:\"settings\";O:8:\"stdClass\":2:{s:7:\"heading\";s:11:\"Bến mới\";s:4:\"text\";s:13:\"<p>Chữ.</p>\";}}}";
        let html = content(&item("_fl_builder_data", data)).into_owned();
        assert!(html.contains("Bến mới") && html.contains("Chữ."), "{html}");
        assert_eq!(content(&item("_fl_builder_data", "a:1:{s:3")), "");
    }
}
