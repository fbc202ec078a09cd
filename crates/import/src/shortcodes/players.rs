//! Films and recordings: `[audio]`, `[video]`, `[embed]`, `[youtube]` and the like.

use super::code::Shortcode;
use super::galleries::numbers;
use super::{Surroundings, escaped, frame};

/// The shortcodes that show what stands at an address.
pub(super) const KNOWN: [&str; 14] = [
    "audio",
    "video",
    "playlist",
    "embed",
    "youtube",
    "vimeo",
    "dailymotion",
    "soundcloud",
    "spotify",
    "facebook",
    "tiktok",
    "googlemaps",
    "ux_video",
    "fusion_youtube",
];

/// The keys of a file.
const FILES: [&str; 11] = [
    "src", "mp4", "webm", "mp3", "m4v", "m4a", "ogg", "ogv", "wav", "flv", "url",
];

/// The HTML of a film or a recording; `None` where the shortcode is something else.
pub(super) fn player(
    code: &Shortcode<'_>,
    inner: Option<&str>,
    around: &dyn Surroundings,
) -> Option<String> {
    let inside = inner
        .map(str::trim)
        .filter(|inner| inner.starts_with("http"));
    let address = code.first(&FILES).or(code.address()).or(inside);
    match code.name {
        "playlist" => {
            let ids = numbers(code.get("ids").unwrap_or_default());
            let files = ids.into_iter().map(|id| around.media(id));
            Some(files.collect()).filter(|html: &String| !html.is_empty())
        }
        "audio" | "video" | "playlist_file" => {
            Some(element(code.name, address.unwrap_or_default()))
        }
        "youtube" | "fusion_youtube" | "vimeo" | "fusion_vimeo" => {
            let id = code.get("id").or(code.values.first().map(String::as_str));
            let id = id.or(inner.map(str::trim)).filter(|id| !id.is_empty());
            let site = if code.name.ends_with("youtube") {
                "https://www.youtube.com/watch?v="
            } else {
                "https://vimeo.com/"
            };
            let page = address.map(str::to_owned);
            Some(frame(&page.or(id.map(|id| film(site, id)))?))
        }
        name if KNOWN.contains(&name) || name == "su_youtube" || name == "su_vimeo" => {
            Some(frame(address?))
        }
        _ => None,
    }
}

fn film(site: &str, id: &str) -> String {
    if id.contains("://") {
        id.to_owned()
    } else {
        format!("{site}{id}")
    }
}

/// A film or a recording in the uploads.
pub(super) fn element(name: &str, source: &str) -> String {
    format!("<{name} src=\"{}\"></{name}>", escaped(source))
}
