//! The values of page builders' shortcodes, which each of them packs in its own way.

use super::code::Shortcode;
use super::galleries::numbers;
use super::players::element;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A value as readers see it, with its markup. Builders write other signs for quotation marks and
/// brackets.
pub(super) fn plain(value: &str) -> String {
    value
        .replace("%22", "&quot;")
        .replace("%91", "&#91;")
        .replace("%93", "&#93;")
        .replace("``", "&quot;")
        .replace("`{`", "&#91;")
        .replace("`}`", "&#93;")
        .replace("||", "<br>")
}

/// Whether a value is words that readers see, and no setting.
pub(super) fn is_said(value: &str) -> bool {
    const SETTINGS: [&str; 22] = [
        "yes", "no", "true", "false", "on", "off", "none", "default", "hide", "show", "left",
        "right", "center", "top", "bottom", "custom", "light", "dark", "small", "large", "normal",
        "auto",
    ];
    let text = value.trim();
    let is_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || ".,%".contains(c));
    !text.is_empty()
        && !text.starts_with('#')
        && !text.contains("://")
        && !SETTINGS.contains(&text.to_ascii_lowercase().as_str())
        && (text.chars().any(char::is_alphanumeric) && (!is_number || text.len() > 1))
}

/// The level of a heading.
pub(super) fn level(code: &Shortcode<'_>) -> u8 {
    let said = code.first(&[
        "tag",
        "tag_name",
        "header_level",
        "title_level",
        "font_container",
        "size",
    ]);
    let said = said.unwrap_or_default();
    if ["h1", "h2"]
        .iter()
        .any(|tag| said == *tag || said.contains(&format!("tag:{tag}")))
    {
        2
    } else {
        3
    }
}

/// The address of a link: `url:https%3A%2F%2F…|title:…` of `WPBakery`, or itself.
pub(super) fn link(value: &str) -> String {
    let packed = value.split('|').find_map(|part| part.strip_prefix("url:"));
    match packed {
        Some(address) => percent_decode_str(address).decode_utf8_lossy().into_owned(),
        None => value.trim().replace("&amp;", "&"),
    }
}

/// The numbers of files; `None` where the value is something else.
pub(super) fn files(value: &str) -> Option<Vec<u64>> {
    let is_list = |c: char| c.is_ascii_digit() || c == ',' || c == ' ';
    let found = numbers(value);
    (value.chars().all(is_list) && !found.is_empty()).then_some(found)
}

fn ending(address: &str) -> String {
    let name = address.split(['?', '#']).next().unwrap_or_default();
    name.rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// Whether an address is that of a picture.
pub(super) fn is_picture(value: &str) -> bool {
    let is_address = value.contains('/');
    is_address
        && ["jpg", "jpeg", "png", "gif", "webp", "svg", "bmp"].contains(&ending(value).as_str())
}

const FILM_FILES: [&str; 5] = ["mp4", "webm", "ogv", "m4v", "mov"];
const RECORDINGS: [&str; 5] = ["mp3", "m4a", "ogg", "wav", "opus"];

/// Whether an address is that of a film or a recording.
pub(super) fn is_film(address: &str) -> bool {
    let pages = [
        "youtube.com/",
        "youtu.be/",
        "vimeo.com/",
        "dailymotion.com/",
        "dai.ly/",
    ];
    let is_page = address.starts_with("http") && pages.iter().any(|page| address.contains(page));
    let ending = ending(address);
    let is_file = FILM_FILES.contains(&ending.as_str()) || RECORDINGS.contains(&ending.as_str());
    is_page || (address.contains('/') && is_file)
}

/// The HTML of a file that is a film or a recording.
pub(super) fn film(address: &str) -> Option<String> {
    let ending = ending(address);
    if FILM_FILES.contains(&ending.as_str()) {
        Some(element("video", address))
    } else {
        RECORDINGS
            .contains(&ending.as_str())
            .then(|| element("audio", address))
    }
}

/// HTML that was packed in base64, mostly with percent signs below it; `None` where it is something
/// else.
pub(super) fn unpacked(text: &str) -> Option<String> {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = STANDARD.decode(packed).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    if text.contains('%') {
        return Some(percent_decode_str(&text).decode_utf8().ok()?.into_owned());
    }
    Some(text)
}

/// The bars of a diagram as a list: `[{"label":"…","value":"90"}]`, with percent signs.
pub(super) fn bars(value: &str) -> String {
    let text = percent_decode_str(value).decode_utf8_lossy();
    let Ok(Value::Array(bars)) = serde_json::from_str::<Value>(&text) else {
        return String::new();
    };
    let bar = |bar: &Value| {
        let text = |key: &str| bar[key].as_str().unwrap_or_default().to_owned();
        format!("<li>{} {}</li>", text("label"), text("value"))
    };
    let items: String = bars.iter().map(bar).collect();
    format!("<ul>{items}</ul>")
}
